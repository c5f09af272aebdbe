"""A short menu whose lines are chosen by their digits, alike under both layouts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from workstation.ui.shortcuts import pressed_key

Choice = tuple[str, Callable[[], None]]


class DigitMenu(QMenu):
    """Made anew each time; gone when it closes."""

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (text, act) in enumerate(choices, start=1):
            entry = self.addAction(f"{text}\t{number}")
            entry.triggered.connect(lambda _=False, act=act: act())

    def open_under(self, widget: QWidget) -> None:
        """Opens below the button; the caller goes on at once."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The digit of a line chooses it."""
        pressed, entries = pressed_key(event), self.actions()
        if pressed.isdecimal() and 1 <= int(pressed) <= len(entries):
            self.close()
            entries[int(pressed) - 1].trigger()
            return
        super().keyPressEvent(event)
