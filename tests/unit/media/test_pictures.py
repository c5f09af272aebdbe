"""Pictures through shared memory: the newest wins, and only what may be shown is shown."""

import asyncio
import time

import numpy as np
import pytest
from av import VideoFrame

from workstation.media.clock_strip import draw_clock, read_age_ms
from workstation.media.frame_ring import ReadyFrame, RingWriter
from workstation.media.frame_room import FrameRoom
from workstation.media.messages import FrameReady, Stream
from workstation.media.tracks import OutgoingPicture


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


def test_a_camera_that_changes_its_size_is_shown_in_each() -> None:
    """The patient turns the phone, or the browser sends less: odd sizes and tiny ones, too."""
    window = Window(pixels=640 * 480)
    for width, height in ((640, 480), (180, 320), (321, 241), (16, 16), (2, 2), (1920, 1080)):
        window.ring.write(grey(120, width, height), 0.0)
        ready = window.offers[0]
        assert ready.width / ready.height == pytest.approx(width / height, rel=0.05)
        assert window.look()[1] == pytest.approx(120, abs=2)


class Camera:
    """Our picture on its way, with a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.picture = OutgoingPicture(640, 480, is_on=True, monotonic=lambda: self.now)

    async def sent(self) -> tuple[int, int, int]:
        """Width, height and brightness of what goes out next."""
        frame = await self.picture.recv()
        luma = frame.to_ndarray()[: frame.height, : frame.width]
        return frame.width, frame.height, round(float(luma.mean()))


async def test_a_camera_of_one_picture_a_second_does_not_flicker() -> None:
    """What it gave last is sent again until the next; dark only when it has been gone for long."""
    camera = Camera()
    assert (await camera.sent())[2] == 16  # nothing yet
    for _ in range(2):
        camera.picture.offer(grey(200, 640, 480))
        levels = {(await camera.sent())[2] for _ in range(3)}
        assert min(levels) > 150
        camera.now += 1
    camera.now += 2
    assert (await camera.sent())[2] == 16
    camera.picture.offer(grey(200, 640, 480))
    camera.picture.switch(is_on=False)
    assert (await camera.sent())[2] == 16
    camera.picture.stop()


async def test_a_picture_that_waited_for_the_encoder_has_the_time_at_which_it_was_taken() -> None:
    camera = Camera()
    stamps = []
    for taken, waited in ((1.0, 0.025), (1.0 + 1 / 30, 0.0), (1.0 + 2 / 30, 0.01)):
        camera.now = taken
        camera.picture.offer(grey(120, 640, 480))
        camera.now += waited
        frame = await camera.picture.recv()
        assert frame.pts is not None
        stamps.append(frame.pts)
    assert [later - stamps[0] for later in stamps] == [0, 3000, 6000]
    camera.picture.stop()


async def test_a_busy_moment_loses_no_picture_and_a_long_one_the_old_ones() -> None:
    camera = Camera()
    for levels, left in (((50, 100), (50, 100)), ((50, 100, 150, 200), (150, 200))):
        for level in levels:
            camera.now += 1 / 30
            camera.picture.offer(grey(level, 640, 480))
        seen = [(await camera.sent())[2] for _ in left]
        assert seen == pytest.approx([16 + level * 219 / 255 for level in left], abs=2)
    camera.picture.stop()


async def test_a_camera_switched_off_as_its_picture_comes_goes_on_dark() -> None:
    """The sender is waiting for the picture, and has not run since it came."""
    camera = Camera()
    for passes in range(5):
        camera.picture.switch(is_on=True)
        sent = asyncio.ensure_future(camera.sent())
        await asyncio.sleep(0.01)
        camera.picture.offer(grey(200, 640, 480))
        for _ in range(passes):
            await asyncio.sleep(0)
        was_sent = sent.done()
        camera.picture.switch(is_on=False)
        assert (await sent)[2] == (188 if was_sent else 16)
        assert (await camera.sent())[2] == 16
    camera.picture.stop()


async def test_whatever_size_a_camera_changes_to_goes_out_in_its_shape() -> None:
    camera = Camera()
    for width, height in ((640, 480), (1920, 1080), (480, 640), (101, 57), (2, 2)):
        camera.picture.offer(grey(120, width, height))
        sent_width, sent_height, _ = await camera.sent()
        assert sent_width <= 640
        assert sent_height <= 480
        assert sent_width % 2 == sent_height % 2 == 0
        assert sent_width / sent_height == pytest.approx(width / height, rel=0.05)
    camera.picture.stop()
