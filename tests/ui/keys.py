"""Key events as keyboards send them: letters of both layouts, with or without a scan code.

They go the road of real ones: to the window, which hands them on to the widget with its focus.
"""

import sys

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.shortcuts.physical_keys import EVDEV, PC

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget,
    key: Qt.Key | str,
    *,
    scan_code: int = 0,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    repeats: int = 0,
) -> None:
    """Presses and releases a key in the widget's window; a letter may be given as such, of any
    alphabet. `repeats`: how often it comes again while it is held down.
    """
    for kind, again in _moves(repeats):
        event = _event(kind, key, scan_code, modifiers, again=again)
        QApplication.sendEvent(window_of(widget), event)


def scan_code(key: str) -> int:
    """The code that this system's keyboards send for a position."""
    codes = PC if sys.platform == "win32" else EVDEV
    return next(code for code, name in codes.items() if name == key)


def window_of(widget: QWidget) -> QWindow:
    """The window that the system sends the keys to."""
    window = widget.window().windowHandle()
    assert window is not None, "never shown"
    assert window.isActive() or not window.isVisible(), "keys do not come here yet"
    return window


def _moves(repeats: int) -> list[tuple[QEvent.Type, bool]]:
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    return [(press, False), *[(release, True), (press, True)] * repeats, (release, False)]


def _event(
    kind: QEvent.Type,
    key: Qt.Key | str,
    scan_code: int,
    modifiers: Qt.KeyboardModifier,
    *,
    again: bool,
) -> QKeyEvent:
    code = key if isinstance(key, Qt.Key) else Qt.Key(ord(key.upper()))
    text = key if isinstance(key, str) else ""
    return QKeyEvent(kind, code.value, modifiers, scan_code, 0, 0, text, again)
