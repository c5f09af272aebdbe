"""What a doctor must know of the distances in a stack: missing slices, unequal steps, tilt."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Final

from workstation.studies.series_plane import SlicePlane, dot

_UNEQUAL_MM: Final = 0.1
_UNEQUAL_SHARE: Final = 0.05
"""Steps that differ from the usual one by more than both are unequal: positions are rounded."""
_WHOLE_WITHIN: Final = 0.1
"""A gap so near to a multiple of the step, in steps, is taken for missing slices."""
_FEW: Final = 0.25
"""Where a greater share of the steps is wide, the device changed its step: nothing is missing."""
_TILT_FROM_DEG: Final = 0.5


class SeriesFault(StrEnum):
    """What is said of a stack."""

    MISSING = "missing"
    """Slices are missing between `after` and the next one; `count` of them in all."""
    UNEQUAL = "unequal"
    """Distances differ: from `least` to `most` mm."""
    TILT = "tilt"
    """The row of positions leans against the slices' normal by `most` degrees."""
    REPEATS_MISSING = "repeats_missing"
    """Some places have fewer times or echoes than others: `count` slices too few."""
    DOUBLED = "doubled"
    """`count` slices were there again, the very same ones, and are shown once."""
    SAME_PLACE = "same_place"
    """`count` slices lie where another one lies: they stand behind the others."""
    TURNING = "turning"
    """Each slice looks another way: shown in the order of their numbers."""
    BY_NUMBER = "by_number"
    """No positions: the order is that of the Instance Numbers."""
    UNORDERED = "unordered"
    """Neither positions nor numbers: the order is that of the files."""
    SOME_WITHOUT_PLACE = "some_without_place"
    """`count` slices have no position: they stand behind the others."""


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """One statement about a stack, with its numbers."""

    fault: SeriesFault
    count: int = 0
    after: tuple[int, ...] = ()
    """Slices behind which something is missing: numbers in the stack from 1."""
    least: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Spaced:
    """One pass through the places of a stack, in order."""

    locations_mm: tuple[float, ...]
    numbers: tuple[int | None, ...]
    """Instance Numbers."""
    counts: tuple[int, ...]
    """Slices at each place."""
    first: SlicePlane
    last: SlicePlane


def spacing_notes(spaced: Spaced) -> tuple[float | None, list[SeriesNote]]:
    """The usual step in mm (None for one place), and what is wrong."""
    steps = [abs(b - a) for a, b in pairwise(spaced.locations_mm)]
    notes = _of_repeats(spaced.counts)
    if not steps:
        return None, notes
    step = median(steps)
    wide = _gaps(steps, step, spaced.numbers)
    notes += _missing(steps, step, wide)
    others = [one for place, one in enumerate(steps) if place not in wide]
    if others and max(abs(one - step) for one in others) > _allowed(step):
        notes.append(SeriesNote(SeriesFault.UNEQUAL, least=min(others), most=max(others)))
    tilt = tilt_deg(spaced.first, spaced.last)
    if tilt is not None and tilt > _TILT_FROM_DEG:
        notes.append(SeriesNote(SeriesFault.TILT, most=tilt))
    return step, notes


def number_notes(numbers: Sequence[int]) -> list[SeriesNote]:
    """Holes in ascending Instance Numbers, where nothing else tells what is missing."""
    steps = [float(b - a) for a, b in pairwise(numbers)]
    if not steps or median(steps) <= 0:
        return []
    return _missing(steps, median(steps), _gaps(steps, median(steps), [None] * len(numbers)))


def tilt_deg(first: SlicePlane, last: SlicePlane) -> float | None:
    """Angle between the slices' normal and the way from the first slice to the last.

    None where both lie at one place, or anything is unknown. A CT gantry that was tilted, or
    slices that were shifted in their own plane: columns of such a stack stand askew.
    """
    normal = first.normal
    if normal is None or first.position is None or last.position is None:
        return None
    way = tuple(b - a for a, b in zip(first.position, last.position, strict=True))
    along = abs(dot(way, normal))
    if along == 0:
        return None
    aside = math.sqrt(max(0.0, dot(way, way) - along * along))
    return math.degrees(math.atan2(aside, along))


def _missing(steps: Sequence[float], step: float, wide: Sequence[int]) -> list[SeriesNote]:
    if not wide:
        return []
    count = sum(round(steps[place] / step) - 1 for place in wide)
    return [SeriesNote(SeriesFault.MISSING, count, tuple(place + 1 for place in wide))]


def _gaps(steps: Sequence[float], step: float, numbers: Sequence[int | None]) -> list[int]:
    """Steps in which slices are missing: whole multiples of the usual one, and few.

    Where the device's numbers go on by one across it, the device made the gap itself.
    """
    wide = [
        place
        for place, one in enumerate(steps)
        if one > 1.5 * step
        and abs(one / step - round(one / step)) <= _WHOLE_WITHIN
        and not _is_next(numbers[place], numbers[place + 1])
    ]
    return wide if len(wide) <= _FEW * len(steps) else []


def _is_next(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(other - one) == 1


def _allowed(step: float) -> float:
    return max(_UNEQUAL_MM, _UNEQUAL_SHARE * step)


def usual_count(counts: Sequence[int]) -> int:
    """How many slices lie at most places."""
    return Counter(counts).most_common(1)[0][0]


def _of_repeats(counts: Sequence[int]) -> list[SeriesNote]:
    """Places that have fewer slices than most, or than the fullest."""
    usual = usual_count(counts)
    lacking = sum(max(counts) - count for count in counts)
    if not lacking:
        return []
    extra = sum(max(0, count - usual) for count in counts)
    if usual == 1 and extra <= len(counts) * _FEW:
        return [SeriesNote(SeriesFault.SAME_PLACE, count=extra)]
    return [SeriesNote(SeriesFault.REPEATS_MISSING, count=lacking)]
