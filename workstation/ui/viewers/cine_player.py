"""Which frame of a clip is due: by the file's own frame times and a clock. No Qt, no timers."""

from bisect import bisect_right
from collections.abc import Callable

from workstation.studies.imaging import ClipInfo


class CinePlayer:
    """Plays in an endless loop. Frames are counted through all loops: `number % frame_count`.

    Time is never made up for: what was not shown in its time is skipped and counted.
    """

    def __init__(self, info: ClipInfo, now_ms: Callable[[], float]) -> None:
        self._info = info
        self._now_ms = now_ms
        self._started_ms = 0.0
        self._number = 0
        self._shown: int | None = None
        self.is_playing = False
        self.dropped = 0
        """Frames whose time passed unseen since the clip was opened."""
        self.dropped_lately = 0
        """Of these, since the last whole pass without any."""
        self._dropped_at = 0

    @property
    def index(self) -> int:
        """The frame of the clip that is on: 0 to frame_count - 1."""
        return self._number % self._info.frame_count

    @property
    def number(self) -> int:
        """The frame that is on, counted through all loops."""
        return self._number

    def play(self) -> None:
        """Goes on from the present frame."""
        if not self.is_playing and not self._info.is_still:
            self.is_playing = True
            self._started_ms = self._now_ms() - self._start_of(self._number)
            self._shown = None

    def pause(self) -> None:
        """Stays on the frame that is due."""
        self._number = self.due()
        self.is_playing = False

    def step(self, frames: int) -> None:
        """Pauses and goes so many frames on or back, round the ends."""
        self.seek((self.index + frames) % self._info.frame_count)

    def seek(self, index: int) -> None:
        """Pauses on that frame."""
        self.is_playing = False
        self._number = max(0, min(index, self._info.frame_count - 1))
        self._shown = None

    def due(self) -> int:
        """The frame that should be seen now, counted through all loops."""
        if not self.is_playing:
            return self._number
        loops, rest = divmod(self._now_ms() - self._started_ms, self._info.duration_ms)
        starts = self._info.frame_times_ms[:-1]
        self._number = int(loops) * self._info.frame_count + bisect_right(starts, rest) - 1
        return self._number

    def wait_ms(self) -> float:
        """Milliseconds until the next frame is due; 0 where it is already."""
        return max(0.0, self._start_of(self.due() + 1) + self._started_ms - self._now_ms())

    def accepts(self, number: int) -> bool:
        """Whether this frame may come to the screen: not where a later one is already there."""
        return self._shown is None or number >= self._shown

    def shown(self, number: int) -> None:
        """Notes that this frame came to the screen, and which were skipped before it."""
        if self._shown is not None and self.is_playing:
            self._count(max(0, number - self._shown - 1), number)
        self._shown = number

    def _count(self, skipped: int, number: int) -> None:
        if number - self._dropped_at > self._info.frame_count:
            self.dropped_lately = 0
        if skipped:
            self.dropped += skipped
            self.dropped_lately += skipped
            self._dropped_at = number

    def _start_of(self, number: int) -> float:
        loops, index = divmod(number, self._info.frame_count)
        return loops * self._info.duration_ms + self._info.frame_times_ms[index]
