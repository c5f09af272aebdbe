"""Actions put together as people read them: by room, and a row of like ones on one line.

The page of keys and the guide's table are both made from these rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from workstation.ui.shortcuts.table import SHORTCUT_OF, Shortcut
from workstation.ui.shortcuts.words import key_label, room_name


@dataclass(frozen=True, slots=True)
class KeyRow:
    """Keys and what they do: "Ctrl+K", or "1…9" for a row of like actions."""

    keys: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The rows of one room."""

    room: str
    title: str
    rows: tuple[KeyRow, ...]


def key_groups(actions: Iterable[str]) -> list[KeyGroup]:
    """The actions by room: rooms as their first action comes, rows in the given order."""
    by_room: dict[str, list[Shortcut]] = {}
    for action in actions:
        shortcut = SHORTCUT_OF[action]
        by_room.setdefault(shortcut.room, []).append(shortcut)
    return [
        KeyGroup(room, room_name(room), tuple(_rows(shortcuts)))
        for room, shortcuts in by_room.items()
    ]


def _rows(shortcuts: list[Shortcut]) -> Iterator[KeyRow]:
    for name, alike in groupby(shortcuts, lambda shortcut: shortcut.name):
        keys = [key_label(shortcut.action) for shortcut in alike]
        span = keys[0] if len(keys) == 1 else f"{keys[0]}\u2026{keys[-1]}"
        yield KeyRow(span, QCoreApplication.translate("Actions", name).format(span))
