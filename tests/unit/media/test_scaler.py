"""Pictures of another size: shape, even sides, time; no thread of its own for any of them."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from av import VideoFrame

from workstation.media.scaler import Scaler


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 480), (1024, 768), (720, 1280)])
def test_fewer_lines_keep_shape_and_time(width: int, height: int) -> None:
    scaler = Scaler()
    whole = VideoFrame(width, height, "yuv420p")
    whole.pts, whole.time_base = 7, Fraction(1, 90_000)
    assert scaler.with_lines(whole, None) is whole
    small = scaler.with_lines(whole, 180)
    assert small.height == 180
    assert small.width % 2 == 0
    assert small.width / small.height == pytest.approx(width / height, rel=0.02)
    assert (small.pts, small.time_base) == (7, Fraction(1, 90_000))


def test_one_scaler_for_pictures_of_every_size_and_order() -> None:
    """What it keeps of the last picture is not seen in the next."""
    scaler = Scaler()
    for level, width, height in ((40, 1280, 720), (200, 320, 240), (120, 101, 57), (90, 2, 2)):
        pixels = np.full((height, width, 3), level, np.uint8)
        frame = VideoFrame.from_ndarray(pixels, format="rgb24")
        shown = scaler.converted(frame, 64, 48, "bgra").to_ndarray()
        assert np.abs(shown[..., :3].astype(int) - level).max() <= 2
        sent = scaler.within(frame, 640, 360)
        assert sent.width % 2 == sent.height % 2 == 0
        luma = sent.to_ndarray()[: sent.height, : sent.width]
        assert np.abs(luma.astype(int) - (16 + level * 219 / 255)).max() <= 2


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="Linux counts its threads there")
def test_it_works_in_the_thread_that_asks() -> None:
    scaler = Scaler()
    frame = VideoFrame(1280, 720, "yuv420p")
    before = _threads()
    scaler.converted(frame, 320, 180, "bgra")
    assert _threads() == before


def _threads() -> set[str]:
    return {one.name for one in Path("/proc/self/task").iterdir()}
