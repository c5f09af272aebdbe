"""Lines and letters that a device keeps apart from its picture, drawn over it: shown or hidden."""

import asyncio
from typing import Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QImage

from workstation.studies.errors import DecoderStopped, StudyClosed, StudyError
from workstation.ui.shortcuts import key_label
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_marks import OTHER_MARK

_KEPT_BYTES: Final = 64 * 1024 * 1024
_AROUND: Final = np.uint32(0xB0000000)
_THIN: Final = 1000
"""A line of one pixel of a picture larger than this would be lost on the screen."""

Mask = npt.NDArray[np.bool_]


@runtime_checkable
class OverlaySource(Protocol):
    """An open study with such lines."""

    async def overlay(self, index: int) -> bytes:
        """Those over a frame or a slice: a bit a pixel, row after row, the first in the lowest;
        raises StudyError."""


class DeviceLines(QObject):
    """Lays the lines over a canvas. They come after their picture; lines of another picture are
    never seen over it."""

    changed = Signal()
    """Whether there are lines over the present picture, and whether they are seen."""

    def __init__(self, theme: Theme, canvas: PictureCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._canvas = theme, canvas
        self._source: OverlaySource | None = None
        self._tasks: TaskScope | None = None
        self._images: dict[int, QImage | None] = {}
        self._asked: set[int] = set()
        self._failed: set[int] = set()
        self._number: int | None = None
        self.are_shown = True

    @property
    def are_there(self) -> bool:
        """Whether the device laid lines over the present picture."""
        number = self._number
        return number is not None and self._images.get(number) is not None

    @property
    def text(self) -> str:
        """What is written on the picture of them; nothing where there are none."""
        if self._number in self._failed:
            return self.tr("the device's lines cannot be read")
        if not self.are_there:
            return ""
        shown = self.tr("device's lines: shown ({})")
        hidden = self.tr("device's lines: hidden ({})")
        return (shown if self.are_shown else hidden).format(key_label("view.lines"))

    def open(self, source: object, tasks: TaskScope) -> None:
        """Another study, whose lines are asked for within `tasks` and are shown at first."""
        self.clear()
        self._source = source if isinstance(source, OverlaySource) else None
        self._tasks = tasks

    def clear(self) -> None:
        """No study."""
        self._source, self._tasks, self._number = None, None, None
        self._images, self._asked, self._failed = {}, set(), set()
        self.are_shown = True
        self._canvas.lay_over(None)

    def show(self, index: int, number: int | None) -> None:
        """The picture at `index` is on the screen, with the lines of that number, if any."""
        is_other, self._number = number != self._number, number
        self._lay()
        if is_other:
            self.changed.emit()
        if number is None or self._tasks is None or self._source is None:
            return
        if number not in self._images and number not in self._asked:
            self._asked.add(number)
            size = self._canvas.viewport.picture.toSize()
            bringing = self._bring(self._source, index, number, size)
            self._tasks.start(bringing, name="device lines")

    def toggle(self) -> None:
        """Shows or hides them."""
        self.are_shown = not self.are_shown
        self._lay()
        self.changed.emit()

    async def _bring(self, source: OverlaySource, index: int, number: int, size: QSize) -> None:
        color = self._theme.color(OTHER_MARK)
        image: QImage | None = None
        try:
            bits = await source.overlay(index)
            image = await asyncio.to_thread(lines_image, bits, size.height(), size.width(), color)
        except StudyClosed:
            return
        except DecoderStopped:  # asked for again when the picture is seen again
            self._asked.discard(number)
            return
        except StudyError:
            if source is self._source:
                self._failed.add(number)
        if source is not self._source:
            return
        self._asked.discard(number)
        self._keep(number, image)
        if number == self._number:
            self._lay()
            self.changed.emit()

    def _keep(self, number: int, image: QImage | None) -> None:
        self._images[number] = image
        held = sum(one.sizeInBytes() for one in self._images.values() if one is not None)
        for old in list(self._images):
            if held <= _KEPT_BYTES:
                return
            if old not in (number, self._number):
                gone = self._images.pop(old)
                held -= gone.sizeInBytes() if gone is not None else 0

    def _lay(self) -> None:
        number = self._number
        image = self._images.get(number) if number is not None and self.are_shown else None
        self._canvas.lay_over(image)


def lines_image(bits: bytes, rows: int, columns: int, color: QColor) -> QImage | None:
    """Lines in that colour with a dark edge, as large as the picture; None where there are none.

    `bits`: as `OverlaySource.overlay` gives them; None, too, where they are too few.
    """
    flat = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")[: rows * columns]
    if flat.size < rows * columns or not flat.any():
        return None
    wide = max(1, round(max(rows, columns) / _THIN))
    lines = _thicker(flat.reshape(rows, columns).astype(np.bool_), wide - 1)
    pixels = np.zeros((rows, columns), np.uint32)
    pixels[_thicker(lines, wide)] = _AROUND
    pixels[lines] = np.uint32(color.rgb() | 0xFF000000)
    data = pixels.view(np.uint8).reshape(rows, columns, 4)
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(data.data, columns, rows, 4 * columns, kind).copy()


def _thicker(mask: Mask, by: int) -> Mask:
    """Wider by so many pixels on every side."""
    found = mask
    for _ in range(by):
        grown = found.copy()
        grown[1:] |= found[:-1]
        grown[:-1] |= found[1:]
        across = grown.copy()
        across[:, 1:] |= grown[:, :-1]
        across[:, :-1] |= grown[:, 1:]
        found = across
    return found
