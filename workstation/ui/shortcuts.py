"""One table of keys, bound by physical position: the same key under a Russian or English layout.

A real key event carries a scan code, which names the position. Events without one (made by
assistive software or tests) are matched by the letter's pair in ЙЦУКЕН and QWERTY.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_ROWS = (("1234567890", 10), ("QWERTYUIOP", 24), ("ASDFGHJKL", 38), ("ZXCVBNM", 52))
_EVDEV = {start + i: key for keys, start in _ROWS for i, key in enumerate(keys)} | {61: "/"}
_PC_ROWS = (("1234567890", 0x02), ("QWERTYUIOP", 0x10), ("ASDFGHJKL", 0x1E), ("ZXCVBNM", 0x2C))
_PC = {start + i: key for keys, start in _PC_ROWS for i, key in enumerate(keys)} | {0x35: "/"}
_SCAN_CODES = _PC if sys.platform == "win32" else _EVDEV

_PAIRS = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True)) | {
    ".": "/",  # the same key types "/" under QWERTY and "." under ЙЦУКЕН
    "?": "Shift+/",
    ",": "Shift+/",
}
_NAMED = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Insert: "Ins",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Plus: "+",
    Qt.Key.Key_Equal: "+",
    Qt.Key.Key_Minus: "-",
} | {Qt.Key(Qt.Key.Key_F1.value + i): f"F{i + 1}" for i in range(12)}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An action and its key. With `while_typing` it acts in a text field too."""

    action: str
    key: str
    while_typing: bool = False


SHORTCUTS = (
    Shortcut("queue.open", "Enter"),
    Shortcut("queue.next", "J"),
    Shortcut("queue.previous", "K"),
    Shortcut("queue.search", "/"),
    Shortcut("queue.take_next", "N"),
    Shortcut("sign_in.account_1", "1"),
    Shortcut("sign_in.account_2", "2"),
    Shortcut("sign_in.account_3", "3"),
    Shortcut("sign_in.account_4", "4"),
    *(Shortcut(f"card.item_{n}", str(n)) for n in range(1, 10)),
    Shortcut("review.back", "Esc", while_typing=True),
    Shortcut("review.next_file", "PageDown"),
    Shortcut("review.previous_file", "PageUp"),
    Shortcut("review.one_pane", "F"),
    *(Shortcut(f"review.item_{n}", str(n)) for n in range(1, 10)),
    Shortcut("case.time", "T"),
    Shortcut("case.call", "C"),
    Shortcut("case.conclusion", "F6", while_typing=True),
    Shortcut("call.back", "Esc", while_typing=True),
    Shortcut("call.place", "Enter"),
    Shortcut("call.link", "L"),
    Shortcut("call.write", "M"),
    Shortcut("call.microphone", "F2", while_typing=True),
    Shortcut("call.camera", "F3", while_typing=True),
    Shortcut("call.fold", "F11", while_typing=True),
    Shortcut("call.hang_up", "Ctrl+E", while_typing=True),
    Shortcut("conclusion.back", "Esc", while_typing=True),
    Shortcut("conclusion.unopened", "F7", while_typing=True),
    Shortcut("conclusion.sign", "Ctrl+Enter", while_typing=True),
    Shortcut("approvals.next", "J"),
    Shortcut("approvals.previous", "K"),
    Shortcut("approvals.approve", "A"),
    Shortcut("approvals.return", "R"),
    Shortcut("approvals.back", "Esc", while_typing=True),
    Shortcut("chat.leave", "Esc", while_typing=True),
    Shortcut("approvals.page_on", "PageDown"),
    Shortcut("approvals.page_back", "PageUp"),
    Shortcut("slot.back", "Esc"),
    Shortcut("slot.propose", "Enter"),
    *(Shortcut(f"slot.time_{n}", str(n)) for n in range(1, 4)),
    Shortcut("slot.day_before", "Left"),
    Shortcut("slot.day_after", "Right"),
    Shortcut("slot.earlier", "Up"),
    Shortcut("slot.later", "Down"),
    Shortcut("week.back", "PageUp"),
    Shortcut("week.on", "PageDown"),
    Shortcut("clip.play", "Space"),
    Shortcut("clip.next_frame", "Right"),
    Shortcut("clip.previous_frame", "Left"),
    Shortcut("view.zoom_in", "+"),
    Shortcut("view.zoom_out", "-"),
    Shortcut("view.fit", "0"),
    Shortcut("view.rotate", "R"),
    *(Shortcut(f"ecg.layout_{n}", str(n)) for n in range(1, 7)),
    Shortcut("ecg.speed", "S"),
    Shortcut("ecg.gain", "G"),
    Shortcut("ecg.true_size", "M"),
    Shortcut("app.next_theme", "Ctrl+Shift+L", while_typing=True),
    Shortcut("app.connect", "F5", while_typing=True),
)
KEY_OF = {shortcut.action: shortcut.key for shortcut in SHORTCUTS}
_WHILE_TYPING = {shortcut.action for shortcut in SHORTCUTS if shortcut.while_typing}
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


def key_label(action: str) -> str:
    """The key as written on a keycap."""
    key = KEY_OF[action]
    return QCoreApplication.translate("Keys", "Space") if key == "Space" else key


def pressed_key(event: QKeyEvent) -> str:
    """The physical key with its modifiers: "N", "Ctrl+K", "Enter"; "" for what is not in use."""
    name = _NAMED.get(Qt.Key(event.key())) or _SCAN_CODES.get(event.nativeScanCode(), "")
    if not name and event.nativeScanCode() == 0:
        letter = chr(event.key()) if 0x20 < event.key() < 0x500 else ""
        name = _PAIRS.get(letter, letter)
    if not name:
        return ""
    modifiers = event.modifiers()
    prefix = "Ctrl+" if modifiers & Qt.KeyboardModifier.ControlModifier else ""
    prefix += "Alt+" if modifiers & Qt.KeyboardModifier.AltModifier else ""
    shifted = modifiers & Qt.KeyboardModifier.ShiftModifier and not name.startswith("Shift+")
    return prefix + ("Shift+" if shifted and name != "+" else "") + name


class ShortcutRouter(QObject):
    """Brings a pressed key to the visible screen that bound it. Installed once, on the application.

    The innermost visible widget that holds the focus (or, without one, any visible widget) wins,
    so a viewer's digits act in the viewer and the card's digits on the card.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._bound: dict[str, list[tuple[QWidget, Callable[[], None]]]] = {}
        application.installEventFilter(self)

    def bind(self, widget: QWidget, action: str, act: Callable[[], None]) -> None:
        """While `widget` is visible and enabled, the key of `action` calls `act`."""
        entry = (widget, act)
        bound = self._bound.setdefault(action, [])
        bound.append(entry)
        widget.destroyed.connect(lambda: bound.remove(entry) if entry in bound else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = pressed_key(event)
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and key in ("Enter", "Space"):
            return self._press(focus, key)
        act = self._action_for(key)
        if act is None:
            return False
        act()
        return True

    @staticmethod
    def _press(button: QAbstractButton, key: str) -> bool:
        """A button that holds the focus is what Enter and Space are for; Qt knows Space itself."""
        if key == "Enter":
            button.click()
        return key == "Enter"

    def _action_for(self, key: str) -> Callable[[], None] | None:
        if not key or QApplication.activePopupWidget() is not None:
            return None
        focus = QApplication.focusWidget()
        typing = isinstance(focus, _TEXT_FIELDS)
        found = [
            (self._nearness(widget, focus), act)
            for shortcut in SHORTCUTS
            if shortcut.key == key and (not typing or shortcut.action in _WHILE_TYPING)
            for widget, act in self._bound.get(shortcut.action, ())
            if widget.isVisible() and widget.isEnabled() and widget.window().isEnabled()
        ]
        return min(found, key=lambda entry: entry[0])[1] if found else None

    @staticmethod
    def _nearness(widget: QWidget, focus: QWidget | None) -> int:
        """How many parents lie between the focus and the widget; far where it is elsewhere."""
        steps = 0
        while focus is not None and focus is not widget:
            focus = focus.parentWidget()
            steps += 1
        return steps if focus is widget else 1000
