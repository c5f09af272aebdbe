"""The guide's table of all keys, as it has to stand in docs/guide-ru.md."""

from pathlib import Path

from workstation.ui.shortcuts import SHORTCUTS
from workstation.ui.shortcuts.mouse import Surface, mouse_group
from workstation.ui.shortcuts.rows import KeyGroup, key_groups
from workstation.ui.shortcuts.table import ROOMS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide-ru.md"
TITLE = "## Все клавиши"
HEAD = ["| где | клавиша | что делает |", "|---|---|---|"]
MOUSE_TITLE = "## Мышь"
MOUSE_HEAD = ["| где | мышь | что делает |", "|---|---|---|"]


def groups_in_order() -> list[KeyGroup]:
    """All actions of the table by room, in the guide's order of rooms."""
    order = list(ROOMS)
    groups = key_groups(shortcut.action for shortcut in SHORTCUTS)
    return sorted(groups, key=lambda group: order.index(group.room))


def expected_table() -> list[str]:
    """The lines of the table, in the language that the program speaks now."""
    lines = list(HEAD)
    for group in groups_in_order():
        for place, row in enumerate(group.rows):
            room = group.title if place == 0 else ""
            lines.append(f"| {room} | `{row.keys}` | {row.text} |")
    return lines


def table_of_the_guide() -> list[str]:
    """The lines of the guide's last table of keys."""
    return _table_under(TITLE)


def expected_mouse_table() -> list[str]:
    """What the mouse does, as it has to stand there, in the present language."""
    lines = list(MOUSE_HEAD)
    for group in map(mouse_group, Surface):
        for place, row in enumerate(group.rows):
            lines.append(f"| {group.title if place == 0 else ''} | {row.keys} | {row.text} |")
    return lines


def mouse_table_of_the_guide() -> list[str]:
    """The lines of the guide's table of the mouse."""
    return _table_under(MOUSE_TITLE)


def _table_under(title: str) -> list[str]:
    section = GUIDE.read_text(encoding="utf-8").split(f"{title}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in section.splitlines() if line.startswith("|")]
