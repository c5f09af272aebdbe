"""Proposed bounds and intervals against cardiologists' marks: median error under 20 ms each.

Twelve records of LUDB, 500 samples a second, each against both truths of `annotated`. Floor: the
sampling interval. A median over twelve records says little of the thirteenth: the largest error
is stated beside it, and the doctor confirms every value.

The axis and ST at J that follow from proposed bounds: how far they are from those that follow
from the cardiologists' bounds on the same beat. Nobody has promised a limit: stated.
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.figures import Figure, report, stated
from tests.unit.studies.measure.ecg.annotated import (
    Truth,
    axis_errors,
    bound_errors,
    false_p_waves,
    interval_errors,
    st_errors,
)
from workstation.studies.measure.ecg.proposals import BOUNDS_OF, WORTH_OFFERING_MS, Landmark

SAMPLE_MS = 2.0


def _figures_of(name: str, errors: list[float], which: Truth) -> Iterator[Figure]:
    words = f"{name}, {which.value} of the leads"
    median = float(np.median(np.abs(errors)))
    yield Figure(
        name=f"{words}: median error ({len(errors)} records)",
        value=median,
        unit="ms",
        floor=SAMPLE_MS,
        ratio=median / SAMPLE_MS,
        goal=f"under {WORTH_OFFERING_MS:g} ms",
        met=median < WORTH_OFFERING_MS,
    )
    yield stated(f"{words}: bias", float(np.median(errors)), SAMPLE_MS, "ms")
    yield stated(f"{words}: largest error", float(np.max(np.abs(errors))), SAMPLE_MS, "ms")


def _following(which: Truth) -> Iterator[Figure]:
    """What follows from the bounds of QRS."""
    for name, errors, unit in (
        ("axis", axis_errors(which), "deg"),
        ("ST at J", st_errors(which), "mV"),
    ):
        words = f"{name}, bounds of {which.value} of the leads"
        median, most = float(np.median(errors)), max(errors)
        yield stated(f"{words}: median difference ({len(errors)} values)", median, 0, unit)
        yield stated(f"{words}: largest difference", most, 0, unit)


def figures() -> list[Figure]:
    """Of all bounds and intervals."""
    found: list[Figure] = []
    for which in Truth:
        for landmark in Landmark:
            found += _figures_of(landmark.value, bound_errors(landmark, which), which)
        for kind in BOUNDS_OF:
            found += _figures_of(kind.value.upper(), interval_errors(kind, which), which)
        found += _following(which)
    found.append(stated("P waves proposed where there are none", false_p_waves(), 0, "records"))
    return found


if __name__ == "__main__":
    raise SystemExit(report(figures()))
