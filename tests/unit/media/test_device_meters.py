"""What the device test reads out of pictures and sound that are known."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from av import VideoFrame

from workstation.core.device_check import Access
from workstation.media.device_access import camera_access
from workstation.media.device_meters import (
    PictureMeter,
    SoundTrace,
    Tone,
    clipped_share,
    loudest_dbfs,
    tone,
    tone_levels,
)
from workstation.media.device_test import on_side
from workstation.media.sources import RATE


def picture(luma: int, spread: int = 0, width: int = 1280, height: int = 720) -> VideoFrame:
    """Half of it so much darker, half so much lighter."""
    pixels = np.full((height, width), luma - spread, np.uint8)
    pixels[:, width // 2 :] = luma + spread
    return VideoFrame.from_ndarray(pixels, format="gray")


def seen(*frames: VideoFrame) -> PictureMeter:
    meter = PictureMeter()
    for number, frame in enumerate(frames):
        meter.see(frame, 100.0 + number / 25)
    return meter


def test_size_rate_and_light_of_a_camera() -> None:
    meter = seen(*[picture(120, 40)] * 51)
    assert (meter.width, meter.height) == (1280, 720)
    assert meter.frame_rate == pytest.approx(25.0)
    assert meter.brightness == pytest.approx(120, abs=1)
    assert meter.contrast == pytest.approx(40, abs=2)


def test_a_covered_lens_has_no_contrast_and_the_first_dark_pictures_do_not_count() -> None:
    assert seen(*[picture(9)] * 30).contrast == pytest.approx(0, abs=0.5)
    bright_later = seen(*[picture(5)] * 10, *[picture(130, 50)] * 60)
    assert bright_later.brightness == pytest.approx(130, abs=1)


def test_a_camera_that_gives_nothing() -> None:
    meter = PictureMeter()
    assert (meter.has_seen, meter.frame_rate, meter.brightness) == (False, 0.0, 0.0)
    assert seen(picture(100)).frame_rate == 0.0


def test_level_is_that_of_the_loudest_fifth_of_a_second() -> None:
    word, level = tone(300.0, 0.4, 0.1)
    quiet = np.zeros(RATE, np.int16)
    assert loudest_dbfs(np.concatenate((quiet, word, quiet))) == pytest.approx(level, abs=0.5)
    assert loudest_dbfs(quiet) == -100.0
    assert loudest_dbfs(np.zeros(0, np.int16)) == -100.0


def test_clipping_is_told_from_loudness() -> None:
    loud, _ = tone(300.0, 0.4, 0.9)
    cut = np.clip(loud.astype(np.int32) * 3, -32_768, 32_767).astype(np.int16)
    assert clipped_share(loud) == 0.0
    assert clipped_share(cut) > 0.3


def trace(heard: np.ndarray, noise: int) -> SoundTrace:
    """Two seconds of a room, then what was heard in it."""
    room = np.random.default_rng(3).integers(-noise, noise, 2 * RATE + heard.size)
    room[2 * RATE :] += heard
    made = SoundTrace()
    for at in range(0, room.size, RATE // 50):
        made.hear(room[at : at + RATE // 50].astype(np.int16), at / RATE)
    return made


def test_a_tone_that_comes_back_is_measured_and_another_is_not_heard() -> None:
    played, level = tone(700.0, 0.6, 0.2)
    faint = (played * 0.05).astype(np.int16)
    heard = trace(faint, noise=60)
    same = heard.tone_db(Tone(700.0, level, 2.0, 2.6), before_s=2.0)
    assert same == pytest.approx(-26.0, abs=1.5)
    assert heard.tone_db(Tone(1100.0, level, 2.0, 2.6), before_s=2.0) is None
    silent = trace(np.zeros_like(played), noise=60)
    assert silent.tone_db(Tone(700.0, level, 2.0, 2.6), before_s=2.0) is None
    assert SoundTrace().tone_db(Tone(700.0, level, 2.0, 2.6), before_s=2.0) is None


def test_the_tones_level_is_true() -> None:
    samples, level = tone(700.0, 1.0, 0.5)
    assert tone_levels(samples, 700.0)[4] == pytest.approx(level, abs=0.2)


@pytest.mark.parametrize("side", [0, 1])
def test_a_side_is_heard_alone(side: int) -> None:
    stereo = on_side(np.full(10, 7, np.int16), side)
    assert stereo[side::2].tolist() == [7] * 10
    assert stereo[1 - side :: 2].tolist() == [0] * 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of Video4Linux")
def test_a_camera_in_another_programs_hands_is_busy(tmp_path: Path) -> None:
    camera = tmp_path / "video0"
    camera.touch()
    assert camera_access(Access.FAILED, devices=tmp_path) is Access.FAILED
    holding = ["-c", f"f = open({str(camera)!r}); print('open', flush=True); input()"]
    other = subprocess.Popen(
        [sys.executable, *holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        other.stdout.readline()
        assert camera_access(Access.FAILED, devices=tmp_path) is Access.BUSY
    finally:
        other.communicate()
    with camera.open():  # our own hold is none
        assert camera_access(Access.NONE, devices=tmp_path) is Access.NONE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of Video4Linux")
def test_a_camera_that_may_not_be_opened_is_named_so(tmp_path: Path) -> None:
    """Asked in a process of its own: root, who may open everything, gives that up there."""
    asking = [
        "import os, sys",
        "from pathlib import Path",
        "from workstation.core.device_check import Access",
        "from workstation.media.device_access import camera_access",
        "os.chdir(sys.argv[1])",
        "Path().chmod(0o755)",
        "Path('video0').touch(mode=0o000)",
        "os.geteuid() or os.setresuid(65534, 65534, 65534)",
        "print(camera_access(Access.NONE, devices=Path('.')).name)",
    ]
    said = subprocess.run(
        [sys.executable, "-c", "; ".join(asking), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == Access.NO_PERMISSION.name
