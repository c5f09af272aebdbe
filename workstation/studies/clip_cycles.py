"""Which frames of a clip are one heart cycle: by recorded R waves, else by the heart rate."""

from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from workstation.studies.film import Timed

SHORTEST_RR_MS: Final = 200.0
LONGEST_RR_MS: Final = 3000.0
"""Between R waves further apart or nearer (300 to 20 a minute) no cycle is named."""


class CycleSource(Enum):
    """How it is known where a cycle ends."""

    R_WAVES = "r_waves"
    """From one R wave of the file to the next."""
    HEART_RATE = "heart_rate"
    """From a frame that the doctor chose, as long as a beat by the file's heart rate."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Frames `first` to `last`, both included."""

    first: int
    last: int
    source: CycleSource


@dataclass(frozen=True, slots=True)
class PlayedStretch:
    """Frames `first` to `last`, both included, and the heart cycle that they are, if one."""

    first: int
    last: int
    cycle: Cycle | None = None


def cycles(info: Timed) -> tuple[Cycle, ...]:
    """Those between recorded R waves, in their order."""
    found = []
    for begin, end in pairwise(info.r_waves_ms):
        if SHORTEST_RR_MS <= end - begin <= LONGEST_RR_MS:
            first, last = _frame_on(info, begin), _frame_before(info, end)
            if first < last:
                found.append(Cycle(first, last, CycleSource.R_WAVES))
    return tuple(found)


def next_cycle(info: Timed, frame: int, present: Cycle | None = None) -> Cycle | None:
    """The cycle in which `frame` is, the one after `present` where that is given; round the end.

    Without recorded R waves: from `frame`, or from the end of `present`, as long as a beat by the
    heart rate. None where neither is known, or no whole beat is left in the clip.
    """
    known = cycles(info)
    if known:
        if present in known:
            return known[(known.index(present) + 1) % len(known)]
        return next((one for one in known if one.last >= frame), known[-1])
    if info.heart_rate is None:
        return None
    after = present.last + 1 if present is not None else frame
    return _by_rate(info, after) or _by_rate(info, frame) or _by_rate(info, 0)


def _by_rate(info: Timed, first: int) -> Cycle | None:
    if info.heart_rate is None or first >= info.frame_count:
        return None
    end = info.frame_times_ms[first] + 60_000 / info.heart_rate
    if end > info.duration_ms:
        return None
    last = _frame_before(info, end)
    return Cycle(first, last, CycleSource.HEART_RATE) if first < last else None


def _frame_on(info: Timed, time_ms: float) -> int:
    """The frame that is on at that moment of the clip."""
    return info.frame_at(min(time_ms, info.duration_ms - 1e-6))


def _frame_before(info: Timed, time_ms: float) -> int:
    """The last frame that begins before the one at `time_ms` does: the next cycle has that one."""
    if time_ms >= info.duration_ms:
        return info.frame_count - 1
    starts = info.frame_times_ms
    at = bisect_left(starts, time_ms + 1e-6) - 1
    return max(0, at - 1)
