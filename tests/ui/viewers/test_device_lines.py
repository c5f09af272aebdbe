"""Lines of a device over clips and in rendered pictures, through the decoder process."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import MadeUpStudy, make_clip, until
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import grey_files, slices
from workstation.commands.render import Wish, picture_of
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.device_lines import lines_image
from workstation.ui.viewers.picture_marks import OTHER_MARK

WIDE, HIGH = 32, 24
"""Of a made-up clip."""


def raise_it(error: BaseException) -> None:
    raise error


def cyan(picture: QImage, color: QColor) -> int:
    """How many pixels are about of that colour."""
    near = 0
    for y in range(0, picture.height(), 2):
        for x in range(0, picture.width(), 2):
            one = picture.pixelColor(x, y)
            away = abs(one.red() - color.red()) + abs(one.green() - color.green())
            near += away + abs(one.blue() - color.blue()) < 60
    return near


class OverlaidClip(MadeUpStudy):
    """A clip whose first frame has a row of lines."""

    async def overlay(self, index: int) -> bytes:
        mask = np.zeros((HIGH, WIDE), np.uint8)
        mask[HIGH // 2] = 1
        return np.packbits(mask.reshape(-1), bitorder="little").tobytes()


async def test_lines_over_the_frame_of_a_clip_that_has_them(
    qtbot: QtBot, viewer_theme: Theme
) -> None:
    view = CineView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    tasks = TaskScope(raise_it)
    info = make_clip(overlays=(0, None, None, None, None))
    view.show_clip(info, OverlaidClip(info), tasks)
    view.pause()
    view.seek(0)
    await until(lambda: view.canvas.laid_over is not None)
    left = [line.text for line in view.canvas.corners.bottom_left]
    assert "device's lines: shown (O)" in left
    view.key_actions()["view.lines"]()
    assert view.canvas.laid_over is None
    view.key_actions()["view.lines"]()
    view.seek(1)
    await until(lambda: view.canvas.laid_over is None)
    assert "view.lines" not in view.key_actions()
    view.clear()
    view.hide()
    await tasks.close()


async def test_a_clip_without_lines_says_nothing_of_them(qtbot: QtBot, viewer_theme: Theme) -> None:
    view = CineView(viewer_theme)
    qtbot.addWidget(view)
    view.show()
    tasks = TaskScope(raise_it)
    view.show_clip(make_clip(), OverlaidClip(make_clip()), tasks)
    await until(lambda: view.canvas.has_picture)
    assert not [one for one in view.canvas.corners.bottom_left if "lines" in one.text]
    view.clear()
    view.hide()
    await tasks.close()


async def test_a_rendered_slice_has_the_lines(
    qapp: QApplication, viewer_theme: Theme, tmp_path: Path
) -> None:
    dataset = slices.ct(1)
    bare = tmp_path / "bare.dcm"
    bare.write_bytes(make.written(dataset))
    grey_files.add_overlay(dataset, [grey_files.cross()])
    lined = tmp_path / "lined.dcm"
    lined.write_bytes(make.written(dataset))
    color = viewer_theme.color(OTHER_MARK)
    wish = Wish((640, 400))
    assert cyan(await picture_of(bare, wish, viewer_theme), color) == 0
    assert cyan(await picture_of(lined, wish, viewer_theme), color) > 100


@pytest.mark.parametrize("bits", [b"", bytes(95), bytes(96)])
def test_no_picture_of_nothing_or_of_too_few_bits(bits: bytes) -> None:
    assert lines_image(bits, HIGH, WIDE, QColor("white")) is None


def test_lines_of_a_large_picture_are_wide_enough_to_be_seen() -> None:
    mask = np.zeros((3000, 40), np.uint8)
    mask[1500] = 1
    image = lines_image(np.packbits(mask, bitorder="little").tobytes(), 3000, 40, QColor("white"))
    assert image is not None
    column = [image.pixelColor(20, y).alpha() == 255 for y in range(1490, 1511)]
    assert sum(column) >= 5
    assert column[10]
