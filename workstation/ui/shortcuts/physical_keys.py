"""Which key of the keyboard was pressed, whatever the layout: a place, not a letter.

A real key event carries a scan code, which names the position. Events without one (made by
assistive software or tests) are matched by the letter's pair in ЙЦУКЕН and QWERTY.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ROWS = (("1234567890", 10), ("QWERTYUIOP", 24), ("ASDFGHJKL", 38), ("ZXCVBNM", 52))
EVDEV = {start + i: key for keys, start in _ROWS for i, key in enumerate(keys)} | {61: "/"}
"""Scan codes of X11 and Wayland."""
_PC_ROWS = (("1234567890", 0x02), ("QWERTYUIOP", 0x10), ("ASDFGHJKL", 0x1E), ("ZXCVBNM", 0x2C))
PC = {start + i: key for keys, start in _PC_ROWS for i, key in enumerate(keys)} | {0x35: "/"}
"""Scan codes of Windows."""
_SCAN_CODES = PC if sys.platform == "win32" else EVDEV

CYRILLIC, LATIN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM"
"""The same keys under both layouts."""
_PAIRS = dict(zip(CYRILLIC, LATIN, strict=True)) | {
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
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Backspace: "Backspace",
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
_MODIFIERS = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    )
)


def is_modifier(event: QKeyEvent) -> bool:
    """Whether it is a key that only changes others."""
    return event.key() in _MODIFIERS


def physical_place(event: QKeyEvent) -> int:
    """What a press, its repeats and its release have in common, whatever modifiers are held."""
    return event.nativeScanCode() or -event.key()


def pressed_key(event: QKeyEvent) -> str:
    """The physical key with its modifiers: "N", "Ctrl+K", "Enter"; "" for what is not in use."""
    name = _name(event)
    if not name:
        return ""
    modifiers = event.modifiers()
    prefix = "Ctrl+" if modifiers & Qt.KeyboardModifier.ControlModifier else ""
    prefix += "Alt+" if modifiers & Qt.KeyboardModifier.AltModifier else ""
    shifted = modifiers & Qt.KeyboardModifier.ShiftModifier and not name.startswith("Shift+")
    return prefix + ("Shift+" if shifted and name != "+" else "") + name


def _name(event: QKeyEvent) -> str:
    named = _NAMED.get(Qt.Key(event.key())) or _SCAN_CODES.get(event.nativeScanCode(), "")
    if named:
        return named
    letter = chr(event.key()) if 0x20 < event.key() < 0x500 else ""
    if event.modifiers() & Qt.KeyboardModifier.KeypadModifier and letter.isdecimal():
        return letter  # the digits at the right are the same digits
    return "" if event.nativeScanCode() else _PAIRS.get(letter, letter)
