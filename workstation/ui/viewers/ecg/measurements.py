"""The measurements of the open ECG: one list, into which calipers and the median beat write."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NewType

from PySide6.QtCore import QObject, Signal

from backend_client.models.evidence import Origin
from workstation.studies.measure.ecg.measured import Measured

LineId = NewType("LineId", int)
"""Stays the line's own while it is moved, confirmed and put away with its file."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    id: LineId
    measured: Measured
    is_proposed: bool = False
    """Found by the program, not confirmed by the doctor: never offered to the conclusion."""
    is_noted: bool = False
    """Already in the conclusion, as it stands here."""
    may_change: Callable[[], bool] | None = field(default=None, compare=False)
    """Of a line that is kept with the request: whether it may be changed here. None: it may."""

    @property
    def is_fixed(self) -> bool:
        """Whether it stays as it is, whatever is done here: who may not write looks at it."""
        return self.may_change is not None and not self.may_change()


@dataclass(frozen=True, slots=True)
class KeptLines:
    """The list of a file that is closed for now."""

    lines: tuple[Line, ...] = ()
    chosen: LineId | None = None
    following: int = 1
    """Number of the next line: an id is never given twice."""


class EcgMeasurements(QObject):
    """Lines in the order in which they were made; one of them may be chosen.

    The object stays, whatever ECG is open: `restore` and `clear` change what it holds.
    """

    changed = Signal()
    """Other lines, another one chosen, or one confirmed or noted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = KeptLines()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them, proposed ones too."""
        return self._held.lines

    @property
    def chosen(self) -> Line | None:
        """The one on which keys act, and which goes into the conclusion."""
        chosen = self._held.chosen
        return self.line(chosen) if chosen is not None else None

    @property
    def kept(self) -> KeptLines:
        """What `restore` brings back."""
        return self._held

    def line(self, line_id: LineId) -> Line | None:
        """The line with that id; None where it was removed."""
        return next((line for line in self.lines if line.id == line_id), None)

    def add(self, measured: Measured, *, choose: bool = True) -> LineId:
        """A new last line, made by the doctor (or read from the device)."""
        return self._append(measured, choose=choose, is_proposed=False)

    def propose(self, measured: Measured) -> LineId:
        """A new last line, found by the program: marked until the doctor confirms it."""
        return self._append(measured, choose=False, is_proposed=True)

    def replace(self, line_id: LineId, measured: Measured, *, is_proposed: bool = False) -> None:
        """The line was moved or means something else: what stands here now is not in the
        conclusion. A proposed one that the doctor moved is the doctor's."""
        self._change(line_id, lambda line: _moved(line, measured, is_proposed=is_proposed))

    def confirm(self, line_id: LineId) -> None:
        """The doctor takes over what the program proposed; other lines stay as they are."""
        self._change(line_id, _confirmed)

    def note(self, line_id: LineId, *, is_noted: bool = True) -> None:
        """Whether the line as it stands is in the conclusion."""
        self._change(line_id, lambda line: replace(line, is_noted=is_noted))

    def remove(self, line_id: LineId) -> None:
        """Takes a line away; if it was the chosen one, none is chosen."""
        gone = self.line(line_id)
        if gone is None or gone.is_fixed:
            return
        lines = tuple(line for line in self.lines if line.id != line_id)
        chosen = self._held.chosen
        self._hold(replace(self._held, lines=lines, chosen=None if chosen == line_id else chosen))

    def choose(self, line_id: LineId | None) -> None:
        """Keys act on this line from now on; None on none."""
        known = line_id if line_id is not None and self.line(line_id) is not None else None
        self._hold(replace(self._held, chosen=known))

    def choose_next(self, steps: int = 1) -> None:
        """The following line (or with -1 the one before), round and round."""
        if not self.lines:
            return
        ids = [line.id for line in self.lines]
        chosen = self._held.chosen
        first = 0 if steps > 0 else len(ids) - 1
        self.choose(ids[(ids.index(chosen) + steps) % len(ids) if chosen in ids else first])

    def clear(self) -> None:
        """Another record is shown, or none."""
        self._hold(KeptLines())

    def restore(self, kept: KeptLines) -> None:
        """The same file is open again."""
        self._hold(kept)

    def _append(self, measured: Measured, *, choose: bool, is_proposed: bool) -> LineId:
        held = self._held
        line = Line(LineId(held.following), measured, is_proposed)
        chosen = line.id if choose else held.chosen
        self._hold(KeptLines((*held.lines, line), chosen, held.following + 1))
        return line.id

    def _change(self, line_id: LineId, change: Callable[[Line], Line]) -> None:
        changed = self.line(line_id)
        if changed is None or changed.is_fixed:
            return
        lines = tuple(change(line) if line.id == line_id else line for line in self.lines)
        self._hold(replace(self._held, lines=lines))

    def _hold(self, held: KeptLines) -> None:
        if held != self._held:
            self._held = held
            self.changed.emit()


def _moved(line: Line, measured: Measured, *, is_proposed: bool) -> Line:
    return Line(line.id, measured, is_proposed, may_change=line.may_change)


def _confirmed(line: Line) -> Line:
    if not line.is_proposed:
        return line
    return Line(line.id, replace(line.measured, origin=Origin.CONFIRMED))
