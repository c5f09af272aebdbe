"""Keys and actions as a doctor reads them: on keycaps, in tooltips, in the palette, in the guide.

The names stand in `table` in English; here they are translated when they are asked for.
"""

from PySide6.QtCore import QCoreApplication

from workstation.ui.shortcuts.table import KEY_OF, ROOMS, SHORTCUT_OF

_SIGNS = {
    "Shift+/": "?",
    "Left": "\u2190",
    "Right": "\u2192",
    "Up": "\u2191",
    "Down": "\u2193",
    "-": "\u2212",
}


def key_label(action: str) -> str:
    """The key as written on a keycap."""
    key = KEY_OF[action]
    if key == "Space":
        return QCoreApplication.translate("Keys", "Space")
    held, plus, last = key.rpartition("+")
    sign = _SIGNS.get(last, last)
    return _SIGNS.get(key) or (f"{held}{plus}{sign}" if held else key)


def with_key(text: str, action: str) -> str:
    """A tooltip: what is done, and the key that does it."""
    return f"{text} ({key_label(action)})"


def action_name(action: str) -> str:
    """What the action does; one of a row of like actions has its number in it."""
    name = QCoreApplication.translate("Actions", SHORTCUT_OF[action].name)
    return name.format(action.rpartition("_")[2])


def room_name(room: str) -> str:
    """The part of the program that a group of actions belongs to."""
    return QCoreApplication.translate("KeyRooms", ROOMS[room])
