"""Made-up ECGs whose every wave begins and ends where it says."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backend.demo_data.files.ecg_shapes import SHAPES
from backend.demo_data.files.ecg_signal import LEADS, RATE_HZ, EcgTrace, make_trace
from workstation.studies.ecg import EcgLead, SampleUnit

Signal = npt.NDArray[np.float64]
RATE = float(RATE_HZ)
"""Samples a second of `heart`."""


def lead(
    samples: Signal | Sequence[float],
    name: str = "II",
    *,
    unit: SampleUnit = SampleUnit.MILLIVOLT,
    gaps: tuple[tuple[int, int], ...] = (),
) -> EcgLead:
    """A lead as readers make it: read-only, 0 in its gaps."""
    stored = np.array(samples, np.float32)
    for start, stop in gaps:
        stored[start:stop] = 0
    stored.flags.writeable = False
    return EcgLead(name, stored, unit, gaps=gaps)


def trace(shape: str = "normal") -> EcgTrace:
    """Ten seconds with the intervals that were put into them."""
    return make_trace(SHAPES[shape], "measured")


def heart(shape: str = "normal") -> tuple[EcgLead, ...]:
    """Its twelve leads in mV."""
    return tuple(
        lead(row / 1000, name) for name, row in zip(LEADS, trace(shape).samples, strict=True)
    )


def spikes(places: Sequence[int], count: int, rate: float) -> EcgLead:
    """A QRS of 80 ms and 1 mV about each place, and nothing else."""
    samples = np.zeros(count)
    half = round(0.04 * rate)
    shape = np.cos(np.linspace(-np.pi / 2, np.pi / 2, 2 * half + 1)) ** 2
    for place in places:
        first, last = max(0, place - half), min(count, place + half + 1)
        samples[first:last] += shape[first - place + half : last - place + half]
    return lead(samples)
