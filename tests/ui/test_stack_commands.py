"""`inspect` of slices and `render` of pictures, from the command line's own functions."""

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import docx_factory, report_factory, slices
from tests.unit.studies.test_pictures import pages_of
from workstation.commands.described import described
from workstation.commands.files import CommandFailed
from workstation.commands.in_words import in_words
from workstation.commands.render import Wish, picture_of, wish_of
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import open_parts
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens


def test_slices_say_order_scale_and_units(qapp: QApplication) -> None:
    stack = open_parts([memoryview(file) for file in slices.ct_files([1, 2, 3, 6, 7, 8, 9, 10])])
    text = in_words(described(stack.info))
    assert "kind: stack" in text
    assert "modality CT" in text
    assert "pixel mm 0.5 0.25, scale pixel_spacing, step mm 5, thickness mm 5" in text
    assert "unit HU, windows 40 80" in text
    assert "2 slice(s) missing, between 3–4" in text


def test_one_slice_has_no_step(qapp: QApplication) -> None:
    found = open_file(memoryview(slices.ct_file(1)))
    assert isinstance(found, SliceSource)
    assert "step mm not known" in in_words(described(found.info))


async def test_a_slice_is_drawn_by_the_windows_viewer(qapp: QApplication, tmp_path: Path) -> None:
    """Through the decoder process, packed or not."""
    load_fonts()
    theme = Theme(load_tokens(), Scheme.DARK)
    for name, data in (("plain", slices.ct_file(4)), ("packed", slices.packed(4))):
        path = tmp_path / f"{name}.dcm"
        path.write_bytes(data)
        picture = await picture_of(path, Wish((640, 400)), theme)
        assert (picture.width(), picture.height()) == (640, 400)
        assert len({picture.pixel(x, 200) for x in range(0, 640, 3)}) > 3


def dressed() -> Theme:
    """As the window is, in its dark look."""
    load_fonts()
    return Theme(load_tokens(), Scheme.DARK)


def shade(picture: QImage, x: int, y: int) -> int:
    """How bright a pixel is."""
    return picture.pixelColor(x, y).lightness()


async def drawn(path: Path, *words: str) -> QImage:
    """The picture of a command line."""
    wish = wish_of([str(path), "out.png", "--size", "640x400", *words])
    return await picture_of(path, wish, dressed())


async def test_the_window_that_is_asked_for(qapp: QApplication, tmp_path: Path) -> None:
    """About HU 30 in the middle: white above a low window, black below a high one."""
    path = tmp_path / "slice"
    path.write_bytes(slices.ct_file(1))
    bright = await drawn(path, "--window=-500,100")
    dark = await drawn(path, "--window=900,100")
    assert shade(bright, 320, 160) > 240
    assert shade(dark, 320, 160) < 15


async def test_the_slice_that_is_asked_for(qapp: QApplication, tmp_path: Path) -> None:
    """Slices tell apart by 10 HU: in a window as narrow as that one is black, the next white."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}.dcm").write_bytes(slices.ct_file(number, flat(number)))
    window = "--window=55,20"
    shades = [
        shade(await drawn(tmp_path, "--frame", str(frame), window), 320, 160) for frame in range(3)
    ]
    assert shades[0] < 15
    assert 100 < shades[1] < 155
    assert shades[2] > 240


def flat(number: int) -> slices.Change:
    """All pixels alike: 25, 55 and 85 HU."""

    def change(dataset: Dataset) -> None:
        values = np.full((slices.ROWS, slices.COLUMNS), 1024 - 5 + 30 * number, np.int16)
        dataset.PixelData = values.tobytes()

    return change


async def test_the_frame_and_the_page_that_are_asked_for(
    qapp: QApplication, tmp_path: Path
) -> None:
    clip, document = tmp_path / "clip", tmp_path / "pages"
    clip.write_bytes(make.clip_file(3))
    document.write_bytes(pages_of((200, 150), (200, 150), (200, 150)))
    for path, words in ((clip, "--frame"), (document, "--frame")):
        first, last = await drawn(path, words, "0"), await drawn(path, words, "2")
        assert first != last
        assert (await drawn(path)) == first
    third = await drawn(document, "--page", "3")
    assert third == await drawn(document, "--frame", "2")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make.clip_file(2), ("--frame", "2")),
        (make.clip_file(2), ("--window", "40,80")),
        (make.clip_file(2), ("--page", "1")),
        (slices.ct_file(1), ("--frame", "1")),
        (slices.ct_file(1), ("--series", "2")),
        (make.jpeg(make.colour_frame(0)), ("--frame", "1")),
        (report_factory.echo_report(), ("--frame", "0")),
        (make.ecg_file(), ("--frame", "0")),
    ],
    ids=[
        *("frame", "window of a clip", "page of a clip", "slice", "series", "second photo"),
        *("frame of a report", "frame of an ECG"),
    ],
)
async def test_what_the_file_does_not_have_is_2(
    qapp: QApplication, data: bytes, words: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(CommandFailed) as raised:
        await drawn(path, *words)
    assert raised.value.code == 2


async def test_an_item_of_a_disc_is_drawn(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "disc.zip"
    path.write_bytes(docx_factory.zipped({"a.dcm": make.clip_file(2), "b.dcm": slices.ct_file(1)}))
    pictures = [await drawn(path, "--item", number) for number in ("1", "2")]
    assert pictures[0] != pictures[1]
    with pytest.raises(CommandFailed) as raised:
        await drawn(path)
    assert raised.value.code == 2
