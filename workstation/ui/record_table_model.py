"""One typed table model for all lists of records."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

Record = TypeVar("Record")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
RECORD_ROLE = Qt.ItemDataRole.UserRole.value
"""Role under which a delegate finds the whole record of a row."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """A column: its key, title, and a record's text in it (also for screen readers)."""

    key: str
    title: Callable[[], str]
    text: Callable[[Record], str]
    tooltip: Callable[[Record], str] | None = None


class RecordTableModel(QAbstractTableModel, Generic[Record]):
    """Records in the order of `order`, found by `key`, changed one at a time.

    `more_wanted` asks for the next page when a view nears the end and `has_more` was set.
    """

    more_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        *,
        key: Callable[[Record], str],
        order: Callable[[Record], Any],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._order = order
        self._records: list[Record] = []
        self._has_more = False

    def columns(self) -> tuple[Column[Record], ...]:
        """The columns, left to right."""
        return self._columns

    def record(self, row: int) -> Record | None:
        """The record of a row, None outside the list."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def records(self) -> list[Record]:
        """A copy of the list, top to bottom."""
        return list(self._records)

    def row_of(self, key: str) -> int | None:
        """The row of the record with that key."""
        for row, record in enumerate(self._records):
            if self._key(record) == key:
                return row
        return None

    def replace(self, records: Sequence[Record], *, has_more: bool = False) -> None:
        """Shows these records instead of all before; selection and scroll are reset by Qt."""
        self.beginResetModel()
        self._records = sorted(records, key=self._order)
        self._has_more = has_more
        self.endResetModel()

    def extend(self, records: Sequence[Record], *, has_more: bool) -> None:
        """Adds a page behind the last row; records that are already there are renewed."""
        self._has_more = has_more
        for record in records:
            self.upsert(record)

    def upsert(self, record: Record) -> None:
        """Renews the record in its row, moves it where its order changed, or inserts it."""
        row = self.row_of(self._key(record))
        if row is None:
            self._insert(record)
        elif self._order(self._records[row]) == self._order(record):
            self._records[row] = record
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))
        else:
            self._move(row, record)

    def remove(self, key: str) -> None:
        """Takes the record out of the list."""
        row = self.row_of(key)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._records[row]
            self.endRemoveRows()

    def refresh(self) -> None:
        """Has every visible cell painted again, such as when the minute has changed."""
        if self._records:
            last = self.index(len(self._records) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole.value) -> Any:
        record = self.record(index.row()) if index.isValid() else None
        if record is None:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole.value:
            return column.text(record)
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.ToolTipRole.value and column.tooltip is not None:
            return column.tooltip(record)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole.value,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole.value:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._columns[section].title() if role == Qt.ItemDataRole.DisplayRole.value else None

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._has_more = False
            self.more_wanted.emit()

    def _place(self, record: Record) -> int:
        return bisect_left(self._records, self._order(record), key=self._order)

    def _insert(self, record: Record) -> None:
        row = self._place(record)
        self.beginInsertRows(QModelIndex(), row, row)
        self._records.insert(row, record)
        self.endInsertRows()

    def _move(self, row: int, record: Record) -> None:
        rest = self._records[:row] + self._records[row + 1 :]
        target = bisect_left(rest, self._order(record), key=self._order)
        if target != row:
            parent = QModelIndex()
            self.beginMoveRows(parent, row, row, parent, target if target < row else target + 1)
            self._records = [*rest[:target], record, *rest[target:]]
            self.endMoveRows()
        else:
            self._records[row] = record
        self.dataChanged.emit(self.index(target, 0), self.index(target, len(self._columns) - 1))
