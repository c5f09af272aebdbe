"""Slices of series in their true order: by position in the patient, never by file name.

What does not belong into one stack is laid apart: another series, size, orientation or pixel
size, localizers. What a doctor must know of a stack is said: see `series_spacing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from workstation.studies.series_plane import Cosines, SlicePlane
from workstation.studies.series_spacing import (
    SeriesFault,
    SeriesNote,
    Spaced,
    number_notes,
    spacing_notes,
    usual_count,
)

_SAME_WAY: Final = 0.01
"""Cosines that differ by less belong to one stack: half a degree."""
_SAME_SPACING: Final = 0.001
"""Of the pixel size, as a share of it."""
_SAME_PLACE_MM: Final = 0.01


@dataclass(frozen=True, slots=True)
class SliceFacts:
    """What the order of one slice follows from. `number` is the caller's own."""

    number: int
    plane: SlicePlane
    series: str = ""
    """Series Instance UID, and what else the file itself keeps apart (Stack ID)."""
    instance_uid: str = ""
    """SOP Instance UID and frame: what is there twice is shown once."""
    instance_number: int | None = None
    repeat: tuple[float, ...] = ()
    """What tells slices at one place apart: time, echo, b value."""
    is_localizer: bool = False
    """Image Type, value 3, is LOCALIZER (C.8.2.1.1.1, C.8.3.1.1.1)."""


@dataclass(frozen=True, slots=True)
class SliceStack:
    """Slices that are scrolled through together."""

    order: tuple[int, ...]
    """Numbers of the slices; where places repeat, one pass through all places after another."""
    locations_mm: tuple[float | None, ...]
    """Of each slice in `order`, along the normal."""
    step_mm: float | None
    """The usual distance from slice to slice; None for a single place, or unknown ones."""
    repeats: int
    """How many slices lie at each place: times, echoes."""
    is_localizer: bool
    notes: tuple[SeriesNote, ...]


def stacks(slices: Iterable[SliceFacts]) -> tuple[SliceStack, ...]:
    """Lays slices into stacks, localizers last, else in the order in which they were found."""
    once, doubled = _without_doubles(slices)
    groups: dict[tuple[object, ...], list[SliceFacts]] = defaultdict(list)
    for one in once:
        groups[(one.series, one.plane.rows, one.plane.columns, one.is_localizer)].append(one)
    found = [
        _stacked(group, doubled[group[0].series], turns=turns)
        for several in groups.values()
        for group, turns in _parallel(several)
    ]
    return tuple(sorted(found, key=lambda stack: stack.is_localizer))


def _without_doubles(slices: Iterable[SliceFacts]) -> tuple[list[SliceFacts], dict[str, int]]:
    """Each slice once, and how many were there again, by series."""
    seen: set[str] = set()
    once, doubled = [], defaultdict[str, int](int)
    for one in slices:
        if one.instance_uid and one.instance_uid in seen:
            doubled[one.series] += 1
            continue
        seen.add(one.instance_uid)
        once.append(one)
    return once, doubled


def _parallel(slices: Sequence[SliceFacts]) -> list[tuple[list[SliceFacts], bool]]:
    """Slices apart by orientation and pixel size; the second says that the slices turn.

    Where hardly two look the same way the device turned round the patient: one stack, by number.
    """
    groups: list[list[SliceFacts]] = []
    for one in slices:
        home = next((group for group in groups if _are_alike(group[0].plane, one.plane)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    if len(groups) > 3 and 2 * len(groups) > len(slices):
        return [(list(slices), True)]
    return [(group, False) for group in groups]


def _are_alike(one: SlicePlane, other: SlicePlane) -> bool:
    return _same_way(one.orientation, other.orientation) and _same_size(
        one.spacing_mm, other.spacing_mm
    )


def _same_way(one: Cosines | None, other: Cosines | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(a - b) < _SAME_WAY for a, b in zip(one, other, strict=True))


def _same_size(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(a - b) <= _SAME_SPACING * a for a, b in zip(one, other, strict=True))


def _stacked(group: Sequence[SliceFacts], doubled: int, *, turns: bool) -> SliceStack:
    notes = [SeriesNote(SeriesFault.DOUBLED, count=doubled)] if doubled else []
    if turns:
        notes.append(SeriesNote(SeriesFault.TURNING))
    placed = [one for one in group if one.plane.location_mm is not None]
    others = [one for one in group if one.plane.location_mm is None]
    if turns or not placed:
        return _by_number(group, notes)
    if others:
        notes.append(SeriesNote(SeriesFault.SOME_WITHOUT_PLACE, count=len(others)))
    places = _places(placed)
    passes = _passes(places)
    spaced = _spaced(places, passes[0])
    step, said = spacing_notes(spaced)
    ordered = [one for each in passes for one in each] + _numbered(others)
    return SliceStack(
        order=tuple(one.number for one in ordered),
        locations_mm=tuple(one.plane.location_mm for one in ordered),
        step_mm=step,
        repeats=usual_count(spaced.counts),
        is_localizer=group[0].is_localizer,
        notes=(*notes, *said),
    )


def _by_number(group: Sequence[SliceFacts], notes: list[SeriesNote]) -> SliceStack:
    """Where nothing is known of the place: by Instance Number, and that is said."""
    if len(group) > 1 and not any(note.fault is SeriesFault.TURNING for note in notes):
        numbered = all(one.instance_number is not None for one in group)
        notes = [*notes, SeriesNote(SeriesFault.BY_NUMBER if numbered else SeriesFault.UNORDERED)]
    ordered = _numbered(group)
    numbers = [one.instance_number for one in ordered if one.instance_number is not None]
    notes = [*notes, *number_notes(numbers)]
    return SliceStack(
        order=tuple(one.number for one in ordered),
        locations_mm=tuple(one.plane.location_mm for one in ordered),
        step_mm=None,
        repeats=1,
        is_localizer=group[0].is_localizer,
        notes=tuple(notes),
    )


def _numbered(slices: Sequence[SliceFacts]) -> list[SliceFacts]:
    """By Instance Number; those that have none keep their order behind the others."""
    return sorted(slices, key=lambda one: (one.instance_number is None, one.instance_number or 0))


def _places(slices: Sequence[SliceFacts]) -> list[list[SliceFacts]]:
    """Slices at one place together, the places in order along the normal.

    Which end comes first follows the device's numbers, so that slice 1 is its slice 1.
    """
    places: list[list[SliceFacts]] = []
    last: float | None = None
    for one in sorted(slices, key=lambda one: one.plane.location_mm or 0.0):
        at = one.plane.location_mm or 0.0
        if last is None or at - last > _SAME_PLACE_MM:
            places.append([])
        places[-1].append(one)
        last = at
    first, end = (_least_number(places[place]) for place in (0, -1))
    return places[::-1] if first is not None and end is not None and first > end else places


def _least_number(place: Sequence[SliceFacts]) -> int | None:
    numbers = [one.instance_number for one in place if one.instance_number is not None]
    return min(numbers, default=None)


def _passes(places: Sequence[Sequence[SliceFacts]]) -> list[list[SliceFacts]]:
    """The first slice of each place, then the second: by time or echo, else by number."""
    sorted_places = [
        sorted(place, key=lambda one: (one.repeat, one.instance_number or 0)) for place in places
    ]
    most = max(map(len, sorted_places))
    return [[place[n] for place in sorted_places if n < len(place)] for n in range(most)]


def _spaced(places: Sequence[Sequence[SliceFacts]], first: Sequence[SliceFacts]) -> Spaced:
    planes = [one.plane for one in first]
    return Spaced(
        locations_mm=tuple(plane.location_mm or 0.0 for plane in planes),
        numbers=tuple(one.instance_number for one in first),
        counts=tuple(map(len, places)),
        first=planes[0],
        last=planes[-1],
    )
