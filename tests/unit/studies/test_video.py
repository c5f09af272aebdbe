"""Videos as clips: the very frame at its very time, upright, whatever the container."""

import struct
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from av.container.output import OutputContainer
from av.video.stream import VideoStream
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.doors import a_decoder, opened_clip
from tests.unit.studies.reading import colours_of, read_clip, read_drawable
from tests.unit.studies.video_writer import (
    HEIGHT,
    WIDTH,
    fragments_of,
    number_of,
    video,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import Drawable
from workstation.studies.warnings import StudyWarning


def shown(opened: Drawable, index: int) -> int:
    """The number that stands in the drawn frame."""
    info = opened.info
    assert isinstance(info, ClipInfo)
    pixels = np.zeros((info.height, info.width, 4), np.uint8)
    opened.render(index, pixels)
    return number_of(colours_of(pixels))


KINDS = {
    "MP4, H.264 with frames ahead": ("mp4", "libx264", {"bf": "3", "g": "12"}),
    "MP4, H.264, open groups": ("mp4", "libx264", {"x264-params": "open-gop=1:bframes=3:keyint=8"}),
    "MP4, HEVC": ("mp4", "libx265", {"x265-params": "log-level=none:keyint=10"}),
    "MP4, MPEG-4": ("mp4", "mpeg4", {"g": "10", "bf": "2"}),
    "MOV, motion JPEG": ("mov", "mjpeg", {}),
    "MOV, H.264": ("mov", "libx264", {"g": "10"}),
    "AVI, MPEG-4": ("avi", "mpeg4", {"g": "10"}),
    "AVI, MPEG-4 with frames ahead": ("avi", "mpeg4", {"g": "10", "bf": "2"}),
    "AVI, motion JPEG": ("avi", "mjpeg", {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_very_frame_in_any_order(kind: str) -> None:
    """OZ-6: forwards, backwards, at a jump, and round the end."""
    container, coding, options = KINDS[kind]
    opened = read_drawable(video(container, coding, options=options))
    info = opened.info
    assert isinstance(info, ClipInfo)
    assert (info.frame_count, info.width, info.height) == (30, WIDTH, HEIGHT)
    assert info.time_source is FrameTimeSource.VIDEO
    assert info.format == kind.partition(",")[0]
    assert info.frames_per_second == pytest.approx(25, rel=0.02)
    order = [*range(30), 0, 1, *range(29, 19, -1), 3, 28, 11, 12, 10, 0]
    assert [shown(opened, index) for index in order] == order


def test_each_frame_stays_as_long_as_the_file_says() -> None:
    """A phone's video of a changing rate."""
    times = [0, 40, 80, 200, 210, 500, 540]
    file = video("mp4", "libx264", times=times, base=Fraction(1, 1000))
    info = read_clip(file)
    assert info.frame_times_ms[:-1] == pytest.approx(times)
    assert info.frame_times_ms[-1] > times[-1]
    assert info.time_source is FrameTimeSource.VIDEO


@pytest.mark.parametrize("degrees", [0, 90, 180, -90])
def test_a_video_is_upright_by_its_rotation(degrees: int) -> None:
    """As a phone held upright writes it: the picture lies on its side, a matrix turns it."""
    file = video(change=lambda _, stream: stream.set_display_rotation(degrees))
    opened = read_drawable(file)
    info = opened.info
    assert isinstance(info, ClipInfo)
    turned = degrees % 180 != 0
    assert (info.width, info.height) == ((HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT))
    pixels = np.zeros((info.height, info.width, 4), np.uint8)
    opened.render(5, pixels)
    back = np.rot90(pixels, -degrees // 90)
    assert number_of(back[..., :3]) == 5


def test_pixels_that_are_not_square() -> None:
    def wide(_: OutputContainer, stream: VideoStream) -> None:
        stream.codec_context.sample_aspect_ratio = Fraction(4, 3)

    assert read_clip(video(change=wide)).pixel_aspect == pytest.approx(0.75)


def test_sound_is_said_to_be_left_out() -> None:
    assert StudyWarning.SOUND_LEFT_OUT in read_clip(video(sound=True)).warnings
    assert StudyWarning.SOUND_LEFT_OUT not in read_clip(video()).warnings


STREAMS = {
    "MPEG-2": ("1.2.840.10008.1.2.4.100", "mpeg2video", "mpeg2video", {"g": "10", "bf": "2"}),
    "H.264": ("1.2.840.10008.1.2.4.102", "h264", "libx264", {"g": "10", "bf": "2"}),
    "HEVC": (
        "1.2.840.10008.1.2.4.107",
        "hevc",
        "libx265",
        {"x265-params": "log-level=none:keyint=10:open-gop=0"},
    ),
    "H.264 in MP4": ("1.2.840.10008.1.2.4.103", "mp4", "libx264", {"g": "10"}),
    "MPEG-2 in a transport stream": (
        "1.2.840.10008.1.2.4.101",
        "mpegts",
        "mpeg2video",
        {"g": "10", "bf": "2"},
    ),
}


def dicom_video(name: str, *, parts: int = 3, change: make.Change | None = None) -> bytes:
    """The video in fragments of a DICOM file that says 40 ms a frame."""
    syntax, container, coding, options = STREAMS[name]
    stream = video(container, coding, options=options)
    dataset = make.picture(np.zeros((1, HEIGHT, WIDTH, 3), np.uint8), "YBR_PARTIAL_420", 30)
    dataset.PixelData = encapsulate(list(fragments_of(stream, parts)), has_bot=False)
    dataset["PixelData"].VR = "OB"
    if change is not None:
        change(dataset)
    return make.written(dataset, UID(syntax))


@pytest.mark.parametrize("name", STREAMS)
def test_videos_inside_dicom(name: str) -> None:
    """OZ-6: names, regions and times of the data set, frames of the stream."""
    opened = read_drawable(dicom_video(name))
    info = opened.info
    assert isinstance(info, ClipInfo)
    assert (info.frame_count, info.patient_name) == (30, "Образцова Анна Ивановна")
    assert info.time_source is FrameTimeSource.FRAME_TIME
    assert info.duration_ms == 1200
    order = [*range(30), 0, *range(29, 19, -1), 3, 28, 11, 12]
    assert [shown(opened, index) for index in order] == order


def test_times_of_the_stream_where_the_data_set_has_none() -> None:
    def silent(dataset: Dataset) -> None:
        del dataset.FrameTime, dataset.FrameIncrementPointer

    info = read_clip(dicom_video("H.264 in MP4", change=silent))
    assert info.time_source is FrameTimeSource.VIDEO
    assert info.frame_times_ms[1] == pytest.approx(40)
    assert read_clip(dicom_video("H.264", change=silent)).warnings == (
        StudyWarning.FRAME_TIMES_UNKNOWN,
    )


def test_fewer_frames_than_the_data_set_says() -> None:
    def more(dataset: Dataset) -> None:
        dataset.NumberOfFrames = 50

    info = read_clip(dicom_video("H.264", change=more))
    assert (info.frame_count, info.frames_announced) == (30, 50)
    assert StudyWarning.FRAMES_MISSING in info.warnings


def test_another_size_than_the_data_set_says() -> None:
    def other(dataset: Dataset) -> None:
        dataset.Rows = HEIGHT - 8

    with pytest.raises(UnreadableFile) as raised:
        read_clip(dicom_video("H.264", change=other))
    assert raised.value.reason is Unreadable.DAMAGED


def test_a_video_that_is_cut_off() -> None:
    """What is whole is shown, or it is refused; never anything else."""
    whole = video("avi", "mjpeg")
    opened = read_drawable(whole[: len(whole) // 2])
    info = opened.info
    assert isinstance(info, ClipInfo)
    assert 5 < info.frame_count < 30
    assert shown(opened, 4) == 4
    for file in (video()[:600], video()[:40]):
        with pytest.raises(UnreadableFile):
            read_drawable(file)


@pytest.mark.parametrize("side", [65500, 15000])
def test_frames_that_claim_to_be_huge(side: int) -> None:
    """In the JPEGs themselves: refused before anything is unfolded."""
    file = video("avi", "mjpeg")
    size = struct.pack(">2H", HEIGHT, WIDTH)
    claimed = file.replace(size, struct.pack(">2H", side, side))
    assert claimed != file
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(claimed)
    assert raised.value.reason in (Unreadable.TOO_LARGE, Unreadable.DAMAGED)


def test_a_video_of_an_unknown_codec_is_named() -> None:
    file = video("mov", "mjpeg").replace(b"jpeg", b"zzzz")
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(file)
    assert raised.value.reason is Unreadable.UNSUPPORTED_SYNTAX
    assert raised.value.detail == "MOV video"


def test_a_playlist_is_not_followed() -> None:
    """FFmpeg's own formats that lead to other files are none of ours."""
    listed = b"ffconcat version 1.0\nfile /etc/passwd\n"
    with pytest.raises(UnreadableFile):
        read_drawable(b"\0\0\0\x18ftypisom" + bytes(12) + listed)


async def test_a_video_through_the_decoder_process() -> None:
    """Within its limits of memory and time, though FFmpeg comes with the first video."""
    async with a_decoder() as (decoder, told):
        study = await opened_clip(decoder, video())
        for index in (0, 1, 29, 7):
            with await study.frame(index) as frame:
                assert number_of(frame.pixels) == index
        await study.close()
        assert told.nothing


def test_a_quarter_clockwise_as_phones_write_it() -> None:
    """ISO/IEC 14496-12, 6.2.2: (x, y) goes to (-y, x), so what was right is below."""
    file = video(change=lambda _, stream: stream.set_display_rotation(-90))
    clockwise = struct.pack(">5l", 0, 0x10000, 0, -0x10000, 0)
    assert clockwise in file
    opened = read_drawable(file)
    pixels = np.zeros((WIDTH, HEIGHT, 4), np.uint8)
    opened.render(1, pixels)  # its left stripe alone is white
    assert pixels[:8, :, 0].min() > 200
    assert pixels[-8:, :, 0].max() < 50


def test_ffmpeg_comes_with_the_first_video_only() -> None:
    """PyAV's wheel carries codecs under the GPL, and takes 20 MB: nothing else imports it."""
    asked = (
        "import sys;"
        "from workstation.studies import process;"
        "from workstation.studies.readers import opening, dicom_image, picture, frame_codecs;"
        "print('av' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
