"""Keys by their physical place: one table, and the router that brings a press to its screen."""

from workstation.ui.shortcuts.physical_keys import pressed_key
from workstation.ui.shortcuts.router import Bound, ShortcutRouter
from workstation.ui.shortcuts.table import KEY_OF, SHORTCUT_OF, SHORTCUTS, Shortcut
from workstation.ui.shortcuts.words import action_name, key_label, room_name, with_key

__all__ = [
    "KEY_OF",
    "SHORTCUTS",
    "SHORTCUT_OF",
    "Bound",
    "Shortcut",
    "ShortcutRouter",
    "action_name",
    "key_label",
    "pressed_key",
    "room_name",
    "with_key",
]
