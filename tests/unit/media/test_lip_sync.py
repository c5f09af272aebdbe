"""The picture waits for its sound, in its order, and no longer than that."""

import asyncio
import time
from fractions import Fraction
from itertools import pairwise

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


def taken(second: float) -> VideoFrame:
    """A picture that says when it was taken."""
    frame = VideoFrame(4, 4, "yuv420p")
    frame.time_base, frame.pts = Fraction(1, 90_000), round(second * 90_000)
    return frame


async def test_pictures_are_shown_as_evenly_as_they_were_taken() -> None:
    """Every other one came 60 ms later than it could: nothing is seen of it."""
    screen, begin = Screen(10), time.monotonic()
    for number in range(10):
        second = number * 0.04
        late = 0.06 if number % 2 else 0.0
        screen.sync.take(taken(second), begin + second + late, 0.15)
    await screen.all.wait()
    gaps = [later - earlier for (_, earlier), (_, later) in pairwise(screen.shown)]
    assert max(gaps) <= 0.06
    assert screen.shown[0][1] - begin >= 0.1


async def test_a_picture_that_is_later_than_its_sound_waits_no_longer() -> None:
    """It came 0.2 s after it could, which is more than the first one waits."""
    screen, now = Screen(2), time.monotonic()
    screen.sync.take(taken(0.0), now - 0.2, 0.15)
    screen.sync.take(taken(0.0), now, 0.15)
    await asyncio.sleep(0.02)
    assert [came for came, _ in screen.shown] == [now - 0.2, now]


async def test_times_that_jump_neither_raise_nor_hold_a_picture_back() -> None:
    """Rubbish of the other side, or another stream: each is shown within the longest wait."""
    screen, begin = Screen(6), time.monotonic()
    for number, second in enumerate((0.0, 9e6, 0.1, -9e6, 5.0, 5.0)):
        screen.sync.take(taken(second), begin + number / 100, 9.0)
    await asyncio.wait_for(screen.all.wait(), 5)
    assert max(shown - came for came, shown in screen.shown) <= 0.5
