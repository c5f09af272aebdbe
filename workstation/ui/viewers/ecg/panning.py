"""The hand that moves the paper: the left button where no tool wants it, or the middle one."""

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QScrollBar

from workstation.ui.viewers.ecg.layout import Page

_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)


class Movable(Protocol):
    """The sheet, as the hand knows it."""

    @property
    def px_per_mm(self) -> float:
        """Logical pixels of a millimetre."""

    @property
    def page(self) -> Page | None:
        """What is shown."""

    def horizontalScrollBar(self) -> QScrollBar:
        """Along the page."""

    def verticalScrollBar(self) -> QScrollBar:
        """Down the page."""

    def turn_page(self, seconds: float) -> bool:
        """Shows later seconds."""


class Hand:
    """Moves the paper with the mouse; where the page ends, the record goes on."""

    def __init__(self, sheet: Movable) -> None:
        self._sheet = sheet
        self._button = Qt.MouseButton.NoButton
        self._at = QPointF()

    def take(self, event: QMouseEvent) -> bool:
        """Whether the button takes the paper."""
        if event.button() not in _BUTTONS or self._sheet.page is None:
            return False
        self._button, self._at = event.button(), event.position()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Moves what was taken."""
        if not event.buttons() & self._button:
            self._button = Qt.MouseButton.NoButton
            return False
        moved = event.position() - self._at
        down = self._sheet.verticalScrollBar()
        down.setValue(down.value() - round(moved.y()))
        self._move_time(moved.x())
        self._at = event.position()
        return True

    def let_go(self, event: QMouseEvent) -> bool:
        """Whether the paper was held by that button."""
        held = self._button is not Qt.MouseButton.NoButton and event.button() is self._button
        if held:
            self._button = Qt.MouseButton.NoButton
        return held

    def _move_time(self, pixels: float) -> None:
        bar, page = self._sheet.horizontalScrollBar(), self._sheet.page
        target = bar.value() - round(pixels)
        is_turned = not bar.minimum() <= target <= bar.maximum()
        if is_turned and page is not None:
            is_turned = self._sheet.turn_page(-pixels / (page.speed * self._sheet.px_per_mm))
        if not is_turned:
            bar.setValue(target)
