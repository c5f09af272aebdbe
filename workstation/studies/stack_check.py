"""Whether what the decoder says of a stack can be: a hostile file may have taken it over."""

import math
from collections.abc import Sequence
from itertools import pairwise

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.film import Film
from workstation.studies.messages import PartSpan, StackOpened
from workstation.studies.stack import GreyNumbers, StackInfo, StackSlice
from workstation.studies.stack_luts import brought_together

_MOST_PIXELS = 64_000_000


def checked(opened: StackOpened, spans: Sequence[PartSpan]) -> StackInfo:
    """What was opened, if all of it is within sense and all places within the files in `spans`.

    Raises:
        UnreadableFile: it is not.
    """
    info = opened.info
    sound = (
        bool(info.slices)
        and len(opened.places) == len(info.slices)
        and _series_cover(info)
        and all(
            _is_sound(one, spans) and _is_within(one, place, spans)
            for one, place in zip(info.slices, opened.places, strict=True)
        )
    )
    if not sound:
        raise UnreadableFile(Unreadable.DAMAGED)
    return brought_together(info, opened.luts)


def _series_cover(info: StackInfo) -> bool:
    """Every slice belongs to one series."""
    place = 0
    for one in info.series:
        if one.first != place or one.count <= 0 or one.repeats <= 0:
            return False
        if not all(value is None or math.isfinite(value) for value in (one.step_mm, one.slice_ms)):
            return False
        if one.film is not None and not _is_film(one.film, one.count):
            return False
        place += one.count
    return place == len(info.slices)


def _is_film(film: Film, count: int) -> bool:
    """Its times are as many as its slices, begin at 0 and ascend; so do its R waves."""
    times = film.frame_times_ms
    return (
        count > 1
        and len(times) == count + 1
        and times[0] == 0
        and all(map(math.isfinite, (*times, *film.r_waves_ms)))
        and all(after > before for before, after in pairwise(times))
        and all(after > before for before, after in pairwise(film.r_waves_ms))
        and (film.heart_rate is None or 0 < film.heart_rate <= 1000)
    )


def _is_sound(one: StackSlice, spans: Sequence[PartSpan]) -> bool:
    plane = one.plane
    return (
        0 <= one.part < len(spans)
        and one.frame >= 0
        and (one.overlay is None or one.overlay >= 0)
        and 0 < plane.rows <= _MOST_PIXELS
        and 0 < plane.columns <= _MOST_PIXELS // plane.rows
        and _numbers_are(one.numbers)
        and _are_finite(one)
    )


def _numbers_are(numbers: GreyNumbers) -> bool:
    return 1 <= numbers.bits <= 16


def _are_finite(one: StackSlice) -> bool:
    """Places, sizes and windows are numbers; a window has a width."""
    plane = one.plane
    found = [one.rescale.slope, one.rescale.intercept, one.location_mm, one.thickness_mm]
    for several in (plane.position, plane.orientation, plane.spacing_mm):
        found += several or ()
    windows = [value for window in one.windows for value in (window.centre, window.width)]
    return (
        all(value is None or math.isfinite(value) for value in (*found, *windows))
        and all(window.width > 0 for window in one.windows)
        and all(value > 0 for value in plane.spacing_mm or ())
    )


def _is_within(one: StackSlice, place: int | None, spans: Sequence[PartSpan]) -> bool:
    if place is None:
        return True
    span = spans[one.part]
    return span.offset <= place and place + one.byte_count <= span.offset + span.size
