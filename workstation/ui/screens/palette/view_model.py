"""The command palette: commands that answer the typed letters, recent ones first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workstation.ui.screens.palette.commands import Command
from workstation.ui.screens.palette.matching import Match, match

REMEMBERED = 12
"""How many commands count as recent."""


@dataclass(frozen=True, slots=True)
class Line:
    """A command and the places of its title's letters that were meant."""

    command: Command
    marks: frozenset[int]
    is_recent: bool


class PaletteModel(QObject):
    """`open`, `search_for`, `step`, `run`. The view closes at `done`, before the command acts."""

    changed = Signal()
    done = Signal()

    def __init__(self, commands: Callable[[], Iterable[Command]]) -> None:
        super().__init__()
        self._ask = commands
        self._commands: list[Command] = []
        self._recent: list[str] = []
        self._query = ""
        self.lines: list[Line] = []
        self.chosen = 0

    def open(self) -> None:
        """Asks anew what can be carried out."""
        self._commands = list(self._ask())
        self.search_for("")

    def search_for(self, query: str) -> None:
        """Shows the commands that answer; the best one is chosen."""
        self._query = query.strip()
        self.lines = self._found() if self._query else self._all()
        self.chosen = 0
        self.changed.emit()

    def step(self, lines: int) -> None:
        """Chooses the next line, or the one before; from the last to the first."""
        if self.lines:
            self.choose((self.chosen + lines) % len(self.lines))

    def choose(self, place: int) -> None:
        """Chooses a line."""
        if place != self.chosen and 0 <= place < len(self.lines):
            self.chosen = place
            self.changed.emit()

    def run(self) -> None:
        """Carries out the chosen command, once the palette is closed."""
        if not self.lines:
            return
        command = self.lines[self.chosen].command
        self._recent = [command.id, *(one for one in self._recent if one != command.id)]
        del self._recent[REMEMBERED:]
        self.done.emit()
        command.act()

    def _all(self) -> list[Line]:
        ordered = sorted(self._commands, key=self._age)
        return [Line(one, frozenset(), one.id in self._recent) for one in ordered]

    def _found(self) -> list[Line]:
        found = [(one, match(self._query, one.title, one.room, one.key)) for one in self._commands]
        answers = [(one, answer) for one, answer in found if answer is not None]
        answers.sort(key=self._rank)
        return [Line(one, answer.marks, one.id in self._recent) for one, answer in answers]

    def _rank(self, found: tuple[Command, Match]) -> tuple[int, int]:
        command, answer = found
        return -answer.score, self._age(command)

    def _age(self, command: Command) -> int:
        """0 for what was carried out last; the same for all that never was."""
        recent = self._recent
        return recent.index(command.id) if command.id in recent else REMEMBERED
