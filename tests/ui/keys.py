"""Key events as keyboards send them: letters of both layouts, with or without a scan code."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget,
    key: Qt.Key | str,
    *,
    scan_code: int = 0,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
) -> None:
    """Presses and releases a key; a letter may be given as such, of any alphabet."""
    code = key if isinstance(key, Qt.Key) else Qt.Key(ord(key.upper()))
    text = key if isinstance(key, str) else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code.value, modifiers, scan_code, 0, 0, text)
        QApplication.sendEvent(widget, event)
