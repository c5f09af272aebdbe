"""The picture waits for its sound: both were taken at one moment, but sound is longer on its way.

Late sound is noticed from 125 ms on, early sound from 45 ms on (ITU-R BT.1359-1, 2): the picture
waits for all but a part of what the sound is late, so that it stays as fresh as can be. What one
picture took longer than the quickest, on a busy computer or line, is part of that wait: they are
shown as evenly as they were taken.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from av import VideoFrame

from workstation.media.quickest import Quickest

SPEAKER_S: Final = 0.08
"""What a speaker is given ahead."""
_MAY_BE_LATE_S: Final = 0.04
_LONGEST_S: Final = 0.45
"""Sound waits 0.4 s at the most, and the speaker has its part."""
_STEP_S: Final = 0.02
"""So much the wait changes from one picture to the next: more would be seen."""
_APART_S: Final = 0.001

Show = Callable[[VideoFrame, float], None]


class LipSync:
    """Shows each picture when its sound is nearly there; in the order in which they came."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._wait_s: float | None = None
        self._due_s = 0.0
        self._quickest = Quickest()
        self._waiting: dict[float, asyncio.TimerHandle] = {}

    def take(self, frame: VideoFrame, now_s: float, sound_late_s: float) -> None:
        """A picture has come at that moment of the loop's clock, while sound is so late."""
        wanted = min(max(sound_late_s - _MAY_BE_LATE_S, 0.0), _LONGEST_S)
        before = wanted if self._wait_s is None else self._wait_s
        self._wait_s = min(max(wanted, before - _STEP_S), before + _STEP_S)
        left = max(self._wait_s - self._late_s(frame, now_s), 0.0)
        due = max(now_s + left, self._due_s + _APART_S)
        self._due_s = due
        loop = asyncio.get_running_loop()
        self._waiting[due] = loop.call_at(due, self._show_now, frame, now_s, due)

    def close(self) -> None:
        """Shows no more."""
        for one in self._waiting.values():
            one.cancel()
        self._waiting.clear()

    def _late_s(self, frame: VideoFrame, now_s: float) -> float:
        """How much later than the quickest it came; 0 where it does not say when it was taken."""
        if frame.pts is None:
            return 0.0
        relative_s = now_s - frame.time
        self._quickest.add(relative_s, now_s)
        return relative_s - self._quickest.relative_s

    def _show_now(self, frame: VideoFrame, came_s: float, due: float) -> None:
        del self._waiting[due]
        self._show(frame, came_s)
