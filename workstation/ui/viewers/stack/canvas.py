"""One slice through a table of greys, with letters at the edges; the mouse pulls at the window.

The picture's memory is the canvas's own and is used again for each slice: nothing is made anew
while a doctor scrolls.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from workstation.studies.imaging import Frame
from workstation.studies.slice_store import Numbers
from workstation.studies.stack_greys import Table, draw
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.stack.figure_tool import FigureTool

_DRAGGED_FROM = 4.0
"""Screen pixels: a press of the right button that moves no farther opens the menu."""
_NOTCH = 120
"""Of a wheel (QWheelEvent): a touch pad sends parts of it."""


class StackCanvas(PictureCanvas):
    """The left or the right button pulls at the window, the middle one or Shift moves the picture,
    the wheel goes through the slices.
    """

    window_pulled = Signal(float, float)
    """To the right and down, as shares of the canvas."""
    menu_wanted = Signal(object)
    pointed = Signal(object)
    """A point of the slice in its stored pixels, or None."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._look = theme
        self._buffer: npt.NDArray[np.uint32] = np.zeros((1, 1), np.uint32)
        self._words = ""
        self._pulled_from: QPointF | None = None
        self._panned_from: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._menu_is_due = False
        self._turned = 0
        self.tool: FigureTool | None = None
        """What the left button draws with; it says for itself which presses are its own."""
        self.slice_number = 0
        self.overlay: Callable[[QPainter], None] = lambda _: None
        """Paints over the picture."""
        self.setObjectName("stackCanvas")
        self.setMouseTracking(True)

    def expect(self, width: int, height: int, aspect: float) -> None:
        """Slices of that size come: the picture is fitted anew."""
        self._buffer = np.zeros((height, width), np.uint32)
        super().expect(width, height, aspect)

    def show_slice(self, numbers: Numbers, table: Table) -> None:
        """Draws a slice; it has the size that is expected."""
        draw(numbers, table, self._buffer)
        pixels = self._buffer.view(np.uint8).reshape(*self._buffer.shape, 4)
        self._words = ""
        self.show_frame(Frame(pixels, 0, lambda: None))

    def show_words(self, words: str) -> None:
        """Words in the place of a picture."""
        self.clear()
        self._words = words

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_picture and self._words:
            painter = QPainter(self)
            painter.setFont(self._look.font("body"))
            painter.setPen(self._look.color("viewer.overlay.dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)

    def _paint_over(self, painter: QPainter) -> None:
        self.overlay(painter)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned -= event.angleDelta().y()
        slices = int(self._turned / _NOTCH)
        self._turned -= slices * _NOTCH
        if slices:
            self.wheel_turned.emit(slices)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        self._pressed_at, self._menu_is_due = event.position(), False
        if event.button() is Qt.MouseButton.LeftButton and self._is_of_tool(event):
            return
        moves = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() is Qt.MouseButton.MiddleButton or moves:
            self._panned_from = event.position()
        else:
            self._pulled_from = event.position()
            self._menu_is_due = event.button() is Qt.MouseButton.RightButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._point(at)
        if self.tool is not None and self.tool.move(at):
            return
        if self._panned_from is not None:
            self.pan(at - self._panned_from)
            self._panned_from = at
        elif self._pulled_from is not None and self._is_dragged(at):
            self._menu_is_due = False
            way, self._pulled_from = at - self._pulled_from, at
            self.window_pulled.emit(way.x() / self.width(), way.y() / self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pulled_from = self._panned_from = self._pressed_at = None
        if self.tool is not None and event.button() is Qt.MouseButton.LeftButton:
            self.tool.release(event.position())
        if self._menu_is_due:
            self._menu_is_due = False
            self.menu_wanted.emit(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By its key; what the mouse asks for comes when the button is let go."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(event.globalPos())
        event.accept()

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self.pointed.emit(None)

    def _is_of_tool(self, event: QMouseEvent) -> bool:
        if self.tool is None or not self.has_picture:
            return False
        return self.tool.press(event.position(), self.slice_number)

    def _point(self, at: QPointF) -> None:
        self.pointed.emit(self.viewport.picture_point(at) if self.has_picture else None)

    def _is_dragged(self, at: QPointF) -> bool:
        if (
            self._pressed_at is not None
            and (at - self._pressed_at).manhattanLength() < _DRAGGED_FROM
        ):
            return False
        self._pressed_at = None
        return True
