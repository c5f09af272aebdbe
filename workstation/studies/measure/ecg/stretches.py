"""Stretches of a trace between its gaps: what was recorded without a break."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import numpy.typing as npt

Stretch = tuple[int, int]
"""Samples [start, stop)."""


class Sliced(Protocol):
    """Samples that are seen piece by piece: a slice of them is an array."""

    def __len__(self) -> int:
        """Samples."""

    def __getitem__(self, part: slice, /) -> npt.NDArray[np.int16]:
        """Those of a slice with step 1."""


class Trace(Protocol):
    """What beats are looked for in: a lead, or a long recording's numbers as they are stored."""

    @property
    def samples(self) -> npt.NDArray[np.float32] | npt.NDArray[np.int16] | Sliced:
        """Shape (n,), equally spaced."""
        ...

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Where nothing was recorded."""
        ...


def recorded(count: int, gaps: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What remains of `count` samples without the gaps, which may overlap or be in any order."""
    found = []
    begin = 0
    real = [(start, stop) for start, stop in gaps if start < stop]
    for start, stop in sorted([*real, (count, count)]):
        if min(start, count) > begin:
            found.append((begin, min(start, count)))
        begin = max(begin, stop)
    return tuple(found)


def recorded_in_all(leads: Iterable[Trace]) -> tuple[Stretch, ...]:
    """Stretches in which every one of the leads was recorded; all have as many samples."""
    every = tuple(leads)
    if not every:
        return ()
    gaps = [gap for lead in every for gap in lead.gaps]
    return recorded(min(len(lead.samples) for lead in every), gaps)


def within(stretches: Iterable[Stretch], start: int, stop: int) -> bool:
    """Whether [start, stop) lies in one stretch."""
    return any(begin <= start and stop <= end for begin, end in stretches)
