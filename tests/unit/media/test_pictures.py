"""Pictures through shared memory: the newest wins, and only what may be shown is shown."""

import time

import numpy as np
import pytest
from av import VideoFrame

from workstation.media.clock_strip import draw_clock, read_age_ms
from workstation.media.frame_ring import ReadyFrame, RingWriter
from workstation.media.frame_room import FrameRoom
from workstation.media.messages import FrameReady, Stream


def grey(level: int, width: int = 64, height: int = 48) -> VideoFrame:
    """A picture of one brightness."""
    pixels = np.full((height, width, 3), level, np.uint8)
    return VideoFrame.from_ndarray(pixels, format="rgb24")


class Window:
    """Takes what is offered when it has time."""

    def __init__(self, pixels: int = 64 * 48) -> None:
        self.room = FrameRoom(pixels)
        self.offers: list[ReadyFrame] = []
        self.ring = RingWriter(self.room.room, self.offers.append)

    def look(self) -> tuple[int, int]:
        """Number and brightness of the offered picture; the next may come."""
        ready = message(self.offers.pop())
        frame = self.room.look(ready)
        self.ring.taken(self.room.change_to(ready))
        return frame.number, frame.pixels[0]


def message(ready: ReadyFrame) -> FrameReady:
    """The offer as it comes through the pipe."""
    where = (ready.slot, ready.width, ready.height)
    return FrameReady(1, Stream.REMOTE, *where, ready.count, ready.captured_s)


def test_each_picture_is_shown_where_the_window_keeps_up() -> None:
    window = Window()
    for number in range(1, 20):
        window.ring.write(grey(number * 10), 0.0)
        assert window.look() == (number, number * 10)
    assert window.ring.shown == 19


def test_after_a_pause_the_window_sees_the_newest_next_but_one() -> None:
    window = Window()
    for number in range(1, 21):
        window.ring.write(grey(number * 10), 0.0)
    assert len(window.offers) == 1
    assert window.look() == (1, 10)
    assert window.look() == (20, 200)
    assert not window.offers


def test_what_is_shown_is_not_drawn_over() -> None:
    window = Window()
    window.ring.write(grey(50), 0.0)
    ready = message(window.offers.pop())
    shown = window.room.look(ready)
    window.ring.taken(window.room.change_to(ready))
    for _ in range(10):
        window.ring.write(grey(200), 0.0)
    assert set(shown.pixels.tolist()) == {50, 255}  # 255: opaque


def test_a_picture_beyond_the_room_is_made_smaller_in_its_shape() -> None:
    window = Window(pixels=64 * 48)
    window.ring.write(grey(90, width=640, height=480), 0.0)
    ready = window.offers[0]
    assert ready.width * ready.height <= 64 * 48
    assert ready.width / ready.height == pytest.approx(4 / 3, rel=0.05)
    assert window.look()[1] == pytest.approx(90, abs=2)


@pytest.mark.parametrize(
    ("slot", "width", "height"), [(3, 8, 8), (-1, 8, 8), (0, 0, 8), (0, -8, -8), (0, 10_000, 10)]
)
def test_the_window_does_not_believe_everything(slot: int, width: int, height: int) -> None:
    room = FrameRoom(64)
    with pytest.raises(ValueError, match="no such picture"):
        room.look(FrameReady(1, Stream.REMOTE, slot, width, height, 1, 0.0))


def test_the_clock_in_a_picture_is_read_again() -> None:
    luma = np.full((480, 640), 128, np.uint8)
    draw_clock(luma, 1000.0)
    assert read_age_ms(luma, 1000.25) == 250
    assert read_age_ms(np.full((480, 640), 128, np.uint8), time.monotonic()) is None
    assert read_age_ms(np.zeros((4, 4), np.uint8), 0) is None
