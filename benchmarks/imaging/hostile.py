"""Hostile uploads of the imaging desk in the review screen: how long after the key something is in
sight, whether the window's loop stands still meanwhile, and how much memory the window takes.

The twin of `benchmarks.ecg.hostile`, with its floors: a sound slice behind each of them in the same
run, the same timer in a bare window at the same time.
"""

import os
import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from benchmarks.figures import Figure, at_most, report
from benchmarks.memory import forget_peak, memory_mib

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_MORE_MIB: Final = 250.0
"""Beyond what the process holds before there is a window: what a long clip may take, too."""


def files() -> dict[str, bytes]:
    """Each hostile one between two sound ones, which are to open as if nothing had been."""
    from tests.unit.studies import slices  # not at the top: the decoder process imports this, too
    from tests.unit.studies.imaging_fuzz import uploads

    found = {"sound": slices.ct_file(1)}
    every = chain.from_iterable(group() for group in uploads.GROUPS)
    for number, (name, data) in enumerate(every):
        found[name] = data
        # Not the same bytes again: the service keeps what it knows of a file by its digest.
        found[f"sound {number}"] = slices.ct_file(1, partial(_renamed, number))
    return found


def _renamed(number: int, dataset: "Dataset") -> None:
    dataset.PatientID = str(number)


def figures() -> list[Figure]:
    """Of all groups."""
    from benchmarks.ecg import hostile

    given = files()
    if sys.platform == "linux":  # making the files has taken more than opening them
        forget_peak(os.getpid())
    before = _peak_mib()
    found = hostile.figures_of(given)
    grown = _peak_mib() - before
    return [
        *found,
        at_most("memory of the window beyond that before, peak", grown, _MORE_MIB, "MiB", floor=0),
    ]


def _peak_mib() -> float:
    """Largest memory that the process has held since then; 0 where the system does not say."""
    return memory_mib(os.getpid(), "VmHWM") if sys.platform == "linux" else 0.0


def main() -> int:
    """Prints the figures as JSON lines."""
    return report(figures())


if __name__ == "__main__":
    sys.exit(main())
