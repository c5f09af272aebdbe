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

from workstation.ui.record_spans import TAIL, Span, Spans, Wanted

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
    hint: Callable[[], str] | None = None
    """Tooltip of the title."""


class RecordTableModel(QAbstractTableModel, Generic[Record]):
    """Records in the order of `order`, found by `key`, changed one at a time.

    A long list is held by key ranges (`Spans`): rows that are not in memory, or not yet read, have
    no record. `wanted` says what to read for the rows that `look_at` named; `more_wanted` tells
    that there is something. Without `order` a new record finds its place by reading alone.
    """

    more_wanted = Signal()
    filled = Signal()
    """Rows that were read have taken their places."""

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
        self._spans = Spans(key, order)
        self._seen = (0, 0)

    def columns(self) -> tuple[Column[Record], ...]:
        """The columns, left to right."""
        return self._columns

    def record(self, row: int) -> Record | None:
        """The record of a row, None outside the list and where it is not in memory."""
        return self._spans.record(row)

    def records(self) -> list[Record]:
        """Those in memory, top to bottom."""
        return list(self._spans.in_memory())

    def row_of(self, key: str) -> int | None:
        """The row of the record with that key, where it is in memory."""
        return self._spans.row_of(key)

    def order_by(self, order: Callable[[Record], Any] | None) -> None:
        """Of the next list; None: the server alone knows it."""
        self._spans.order = order

    def replace(self, records: Sequence[Record], next_cursor: str | None = None) -> None:
        """Shows these records instead of all before; selection and scroll are reset by Qt."""
        self.beginResetModel()
        order = self._spans.order
        rows = list(records) if order is None else sorted(records, key=order)
        self._spans.replace(rows, next_cursor)
        self._seen = (0, 0)
        self.endResetModel()
        self.filled.emit()

    def look_at(self, first: int, last: int) -> None:
        """These rows are in sight: what is missing of them is wanted, what is far away goes."""
        self._seen = (first, last)
        self._spans.drop_far(first, last)
        if self.wanted() is not None:
            self.more_wanted.emit()

    def wanted(self) -> Wanted | None:
        """What to read next for the rows in sight; None: nothing is missing."""
        return self._spans.wanted(*self._seen)

    def spoil(self) -> None:
        """Something was missed: every range is to be read again, and shown as it is until then."""
        self._spans.spoil()

    def take(
        self, wanted: Wanted, records: Sequence[Record], next_cursor: str | None = None
    ) -> None:
        """What was read of it; `next_cursor` of a page that goes on behind the last one."""
        span = self._spans.found(wanted)
        if span is not None:
            self._renew(span, list(records))
            if span.until is None and next_cursor is not None:
                self._resize_tail(TAIL)
                self._spans.end_at(span, next_cursor)
        elif wanted.after == self._spans.next_cursor and wanted.until is None:
            self._append(list(records), next_cursor)
        self.filled.emit()

    def upsert(self, record: Record) -> bool:
        """Renews the record in its row, moves it where its order changed, or inserts it; False:
        where it stands is not known here."""
        home, target = self._spans.home(self._key(record)), self._spans.place_for(record)
        if home is not None and (target is home or self._spans.order is None):
            self._put_in(home, record)
            return self._spans.order is not None
        if self._spans.order is None:
            return False
        if home is not None:
            self.remove(self._key(record))
        if target is not None and target.records is None:
            self._grow(target, 1)
        elif target is not None:
            self._put_in(target, record)
        elif not self._spans.spans:
            self.replace([record])
        return target is not None

    def remove(self, key: str) -> None:
        """Takes the record out of the list."""
        row, span = self.row_of(key), self._spans.home(key)
        if row is not None and span is not None and span.records is not None:
            self.beginRemoveRows(NO_PARENT, row, row)
            self._spans.forget(span.records.pop(row - self._spans.start(span)))
            self._spans.settle(span)
            self.endRemoveRows()

    def refresh(self) -> None:
        """Has every visible cell painted again, such as when the minute has changed."""
        self._changed(0, self.rowCount() - 1)

    def _append(self, records: list[Record], next_cursor: str | None) -> None:
        for one in records:  # it has moved behind what was read since
            self.remove(self._key(one))
        first, before = self._spans.known, self.rowCount()
        tail = TAIL if next_cursor is not None else 0
        self._resize_tail(len(records) + tail)
        self._spans.append(records, next_cursor)
        self._spans.tail = tail
        self._changed(first, min(before, first + len(records)) - 1)

    def _resize_tail(self, rows: int) -> None:
        """Empty rows come or go at the end; what was read stands still."""
        known, before = self._spans.known, self._spans.tail
        if rows > before:
            self.beginInsertRows(NO_PARENT, known + before, known + rows - 1)
            self._spans.tail = rows
            self.endInsertRows()
        elif rows < before:
            self.beginRemoveRows(NO_PARENT, known + rows, known + before - 1)
            self._spans.tail = rows
            self.endRemoveRows()

    def _renew(self, span: Span[Record], records: list[Record]) -> None:
        span.is_stale = False
        for one in records:
            if self._spans.home(self._key(one)) not in (span, None):
                self.remove(self._key(one))
        if span.records is None:
            self._grow(span, len(records) - span.count)
            span.records = records
            self._spans.settle(span)
            start = self._spans.start(span)
            self._changed(start, start + span.count - 1)
            return
        here = {self._key(one) for one in records}
        for gone in [one for one in span.records if self._key(one) not in here]:
            self.remove(self._key(gone))
        for place, record in enumerate(records):
            self._put(span, record, place)

    def _grow(self, span: Span[Record], rows: int) -> None:
        """A range that is not in memory has so many rows more, or fewer."""
        end = self._spans.start(span) + span.count
        if rows > 0:
            self.beginInsertRows(NO_PARENT, end, end + rows - 1)
        elif rows < 0:
            self.beginRemoveRows(NO_PARENT, end + rows, end - 1)
        span.count += rows
        self._spans.settle(span)
        if rows > 0:
            self.endInsertRows()
        elif rows < 0:
            self.endRemoveRows()

    def _put_in(self, span: Span[Record], record: Record) -> None:
        """Where its order says; without one it stays where it is."""
        order, records = self._spans.order, span.records
        assert records is not None
        key = self._key(record)
        others = [one for one in records if self._key(one) != key]
        if order is None:
            place = next(at for at, one in enumerate(records) if self._key(one) == key)
        else:
            place = bisect_left(others, order(record), key=order)
        self._put(span, record, place)

    def _put(self, span: Span[Record], record: Record, place: int) -> None:
        """To that place of a range in memory, wherever in it it stood before."""
        records, start = span.records, self._spans.start(span)
        assert records is not None
        key = self._key(record)
        was = next((at for at, one in enumerate(records) if self._key(one) == key), None)
        if was is None:
            self.beginInsertRows(NO_PARENT, start + place, start + place)
            records.insert(place, record)
            self._spans.settle(span)
            self.endInsertRows()
            return
        if was == place and records[place] == record:
            return
        if was != place:
            target = start + (place if place < was else place + 1)
            self.beginMoveRows(NO_PARENT, start + was, start + was, NO_PARENT, target)
            records.insert(place, records.pop(was))
            self.endMoveRows()
        records[place] = record
        self._changed(start + place, start + place)

    def _changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._spans.known + self._spans.tail

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
        column = self._columns[section]
        if role == Qt.ItemDataRole.ToolTipRole.value and column.hint is not None:
            return column.hint()
        return column.title() if role == Qt.ItemDataRole.DisplayRole.value else None
