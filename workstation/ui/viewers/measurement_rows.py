"""Lines of the list of measurements, of whatever viewer: files' headings and values under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workstation.ui.widgets.labels import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole.value
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class RowKey:
    """Which measurement it is: the document's id, and the viewer's number of the line."""

    document_id: str
    line_id: int


@dataclass(frozen=True, slots=True)
class MeasurementHeading:
    """A file over its measurements."""

    title: str


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    """A measurement in words, all of them literal."""

    key: RowKey
    label: str
    value: str
    where: str = ""
    """All of it in words, for the tooltip."""
    color: str = ""
    """Name of the colour in which it stands on the picture; "" where it stands nowhere."""
    is_noted: bool = False
    """Already in the conclusion."""
    is_proposed: bool = False
    """By the program, not confirmed: not offered to the conclusion."""
    warning: str = ""
    """Why the value may mislead."""
    is_missing: bool = False
    """There is no value: its place says what lacks for it, and nothing is offered."""
    made: str = ""
    """Who measured it and when, of what is kept with the request."""


Entry = MeasurementHeading | MeasurementRow


class MeasurementRows(QAbstractListModel):
    """Entries from top to bottom; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows other entries; where only their words differ, the rows stay the same rows."""
        fresh = tuple(entries)
        if fresh == self._entries:
            return
        if list(map(_identity, fresh)) == list(map(_identity, self._entries)):
            self._entries = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._entries = fresh
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """What stands in that row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, key: RowKey) -> int | None:
        """The row of a measurement."""
        for row, entry in enumerate(self._entries):
            if isinstance(entry, MeasurementRow) and entry.key == key:
                return row
        return None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if role == ENTRY_ROLE:
            return entry
        if isinstance(entry, MeasurementHeading):
            return entry.title if role == Qt.ItemDataRole.DisplayRole.value else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole.value:
            return f"{entry.label}: {entry.value}"
        if role == Qt.ItemDataRole.AccessibleTextRole.value:
            return self._spoken(entry)
        if role != Qt.ItemDataRole.ToolTipRole.value:
            return None
        return plain_tooltip(
            "\n".join(text for text in (entry.where, entry.made, entry.warning) if text)
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.entry(index.row()), MeasurementRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def _spoken(self, entry: MeasurementRow) -> str:
        states = [self.tr("proposed, not confirmed")] if entry.is_proposed else []
        states += [self.tr("in the conclusion")] if entry.is_noted else []
        states += [entry.warning] if entry.warning else []
        states += [entry.made] if entry.made else []
        return ", ".join((f"{entry.label}: {entry.value}", *states))


def _identity(entry: Entry) -> str | RowKey:
    return entry.title if isinstance(entry, MeasurementHeading) else entry.key
