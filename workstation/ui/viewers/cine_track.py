"""What of a clip is played, in which order and when: loop or sweep, between marks. No Qt."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from workstation.studies.film import Timed

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Times the file's own pace."""
MOST_PER_SECOND = 66.0
"""Frames that a usual screen can show; faster than the file's pace, the others are left out."""


class PlayMode(Enum):
    """What comes after the last frame."""

    LOOP = "loop"
    SWEEP = "sweep"
    """There and back: each end is shown once."""


@dataclass(frozen=True, slots=True)
class Track:
    """One pass: `frames` in their order and when each begins, ms of the file's time from 0.

    `edges_ms` has one value more than `frames`: the length of the pass.
    """

    frames: tuple[int, ...]
    edges_ms: tuple[float, ...]

    @property
    def length_ms(self) -> float:
        """Of one pass, in the file's time."""
        return self.edges_ms[-1]

    def number_at(self, time_ms: float) -> int:
        """The place that is on after so long, counted through all passes."""
        passes, rest = divmod(time_ms, self.length_ms)
        return int(passes) * len(self.frames) + bisect_right(self.edges_ms[:-1], rest) - 1

    def start_of(self, number: int) -> float:
        """When a place begins, ms, counted through all passes."""
        passes, place = divmod(number, len(self.frames))
        return passes * self.length_ms + self.edges_ms[place]

    def frame_of(self, number: int) -> int:
        """The frame of the clip at that place."""
        return self.frames[number % len(self.frames)]

    def place_of(self, frame: int) -> int:
        """The first place of a frame, or of the one before it that is played; else the first."""
        here = [place for place, one in enumerate(self.frames) if one <= frame]
        if not here or frame > max(self.frames):
            return 0
        return max(here, key=lambda place: (self.frames[place], -place))


def track_of(
    info: Timed,
    first: int,
    last: int,
    mode: PlayMode = PlayMode.LOOP,
    *,
    stride: int = 1,
    length_ms: float = 0.0,
) -> Track:
    """Frames `first` to `last` with both ends; of these, each `stride`-th.

    Where `length_ms` is longer than the pass, it stands at its end until then: the last frame of
    a loop, the first one of a sweep.
    """
    there = list(range(first, last + 1))
    back = there[-2:0:-1] if mode is PlayMode.SWEEP else []
    order = [*there, *back]
    times = info.frame_times_ms
    edges = [0.0, *accumulate(times[one + 1] - times[one] for one in order)]
    frames, starts = order[::stride], edges[:-1:stride]
    rest = length_ms - edges[-1]
    if rest > 0 and back:
        frames, starts = [*frames, first], [*starts, edges[-1]]
    return Track(tuple(frames), (*starts, max(length_ms, edges[-1])))


def stride_of(info: Timed, speed: float) -> int:
    """Each how many-th frame is shown: 1 at the file's own pace and slower."""
    rate = info.frames_per_second
    if rate is None or speed <= 1:
        return 1
    return max(1, -int(-rate * speed // MOST_PER_SECOND))
