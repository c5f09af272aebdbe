"""The picture waits for its sound, in its order, and no longer than that."""

import asyncio
import time

import numpy as np
from av import VideoFrame

from workstation.media.lip_sync import LipSync

FRAME = VideoFrame.from_ndarray(np.zeros((4, 4, 3), np.uint8), format="rgb24")


class Screen:
    """Notes what is shown, and when."""

    def __init__(self, count: int) -> None:
        self.shown: list[tuple[float, float]] = []
        self.all = asyncio.Event()
        self._count = count
        self.sync = LipSync(self._show)

    def _show(self, frame: VideoFrame, came_s: float) -> None:
        self.shown.append((came_s, time.monotonic()))
        if len(self.shown) == self._count:
            self.all.set()


async def test_pictures_wait_for_late_sound_and_keep_their_order() -> None:
    """The sound comes nearer by half a second at once: no picture overtakes another."""
    screen, now = Screen(4), time.monotonic()
    for number, late in enumerate((0.2, 0.2, 0.0, 0.0)):
        screen.sync.take(FRAME, now + number / 1000, late)
    assert not screen.shown
    await screen.all.wait()
    came = [one for one, _ in screen.shown]
    assert came == sorted(came)
    assert all(shown - came >= 0.1 for came, shown in screen.shown)


async def test_without_sound_nothing_waits() -> None:
    screen, now = Screen(1), time.monotonic()
    screen.sync.take(FRAME, now - 1, 0.0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert screen.shown[0][0] == now - 1


async def test_what_waits_at_the_end_is_not_shown() -> None:
    screen, other, now = Screen(1), Screen(1), time.monotonic()
    screen.sync.take(FRAME, now, 0.06)
    screen.sync.close()
    other.sync.take(FRAME, now, 0.2)
    await other.all.wait()
    assert not screen.shown
