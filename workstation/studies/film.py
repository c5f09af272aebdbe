"""Frames that have their times: what a player needs to know of a clip, or of a series of slices."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

from workstation.studies.imaging import FrameTimeSource


class Timed(Protocol):
    """What is played: a `ClipInfo`, or a `Film`."""

    @property
    def frame_count(self) -> int:
        """Frames that can be shown: 0 to `frame_count` - 1."""

    @property
    def frame_times_ms(self) -> tuple[float, ...]:
        """`frame_count` + 1 ascending values: start of each frame from 0, then the whole length."""

    @property
    def time_source(self) -> FrameTimeSource:
        """Where the times come from."""

    @property
    def r_waves_ms(self) -> tuple[float, ...]:
        """R waves that the device recorded, ascending, from the start of the first frame."""

    @property
    def heart_rate(self) -> float | None:
        """Beats a minute by the device."""

    @property
    def is_still(self) -> bool:
        """One frame: nothing to play."""

    @property
    def duration_ms(self) -> float:
        """Length of one pass."""

    @property
    def frames_per_second(self) -> float | None:
        """Mean rate; None for a still picture."""

    def frame_at(self, time_ms: float) -> int:
        """The frame that is on at `time_ms` of an endless loop."""


@dataclass(frozen=True, slots=True)
class Film:
    """Times of the slices of a series that is a film: an angiogram, a fluoroscopy."""

    frame_times_ms: tuple[float, ...]
    """One value more than frames, at least three: starts from 0, ascending; the whole length."""
    time_source: FrameTimeSource
    mended: bool = False
    """Whether the file's times did not fit its frames, or could not be."""
    r_waves_ms: tuple[float, ...] = ()
    heart_rate: float | None = None

    @property
    def frame_count(self) -> int:
        """Slices of the series."""
        return len(self.frame_times_ms) - 1

    @property
    def is_still(self) -> bool:
        """One frame: nothing to play."""
        return self.frame_count == 1

    @property
    def duration_ms(self) -> float:
        """Length of one pass."""
        return self.frame_times_ms[-1]

    @property
    def frames_per_second(self) -> float | None:
        """Mean rate; None for a still picture."""
        return None if self.is_still else 1000 * self.frame_count / self.duration_ms

    def frame_at(self, time_ms: float) -> int:
        """The frame that is on at `time_ms` of an endless loop."""
        return bisect_right(self.frame_times_ms[:-1], time_ms % self.duration_ms) - 1
