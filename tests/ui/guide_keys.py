"""The guide's table of all keys, as it has to stand in docs/guide-ru.md."""

from pathlib import Path

from workstation.ui.shortcuts import SHORTCUTS
from workstation.ui.shortcuts.rows import KeyGroup, key_groups
from workstation.ui.shortcuts.table import ROOMS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide-ru.md"
TITLE = "## Все клавиши"
HEAD = ["| где | клавиша | что делает |", "|---|---|---|"]


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
    section = GUIDE.read_text(encoding="utf-8").split(TITLE, 1)[1]
    return [line for line in section.splitlines() if line.startswith("|")]
