"""What can be carried out now: bound actions that are possible, offers of screens, rooms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from workstation.ui.main_window import MainWindow
from workstation.ui.more_commands import Offering
from workstation.ui.shortcuts import ShortcutRouter, action_name, key_label, room_name
from workstation.ui.shortcuts.router import Bound

_OWN = ("palette", "keys")


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the palette. `key` is "" where no key does it from here."""

    id: str
    title: str
    room: str
    key: str
    act: Callable[[], None]


class WindowCommands:
    """Reads them from the window's router, the nearest to the focus first; rooms come last."""

    def __init__(self, window: MainWindow, shortcuts: ShortcutRouter) -> None:
        self._window, self._shortcuts = window, shortcuts

    def __call__(self) -> list[Command]:
        """The commands as they stand now."""
        reached = set(self._shortcuts.reached(self._window))
        actions = [
            self._command(entry, is_reached=entry in reached)
            for entry in self._shortcuts.possible(self._window)
            if entry.shortcut.room not in _OWN and entry.shortcut.action != "app.palette"
        ]
        return [*actions, *self._offers(), *self._rooms()]

    def _command(self, entry: Bound, *, is_reached: bool) -> Command:
        action = entry.shortcut.action
        return Command(
            id=action,
            title=action_name(action),
            room=room_name(entry.shortcut.room),
            key=key_label(action) if is_reached else "",
            act=_if_possible(entry),
        )

    def _offers(self) -> Iterator[Command]:
        """What the screens that are seen offer besides."""
        for screen in self._window.findChildren(Offering):
            if screen.isVisible() and screen.isEnabled():
                for one in screen.offers():
                    yield Command(one.id, one.title, one.room, one.key, one.act)

    def _rooms(self) -> Iterator[Command]:
        window = self._window
        go_to = QCoreApplication.translate("Palette", "Go to: {}")
        for key, title in window.room_titles().items():
            if key != window.seen_room:
                yield Command(f"room.{key}", go_to.format(title), "", "", _shower(window, key))


def _if_possible(entry: Bound) -> Callable[[], None]:
    """While the palette was open the server may have changed what can be done."""
    return lambda: entry.act() if entry.is_possible() else None


def _shower(window: MainWindow, key: str) -> Callable[[], None]:
    return lambda: window.show_room(key)
