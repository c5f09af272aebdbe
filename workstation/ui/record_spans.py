"""A long list held by key ranges: which rows are here, which have to be read, where each stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Generic, TypeVar

Record = TypeVar("Record")
KEPT = 20
"""Ranges that stay in memory around what is looked at; of the others only their number of rows."""
AHEAD = 25
"""Rows beyond what is looked at that are read before anybody comes to them."""
TAIL = 25
"""Empty rows at the end of what was read of a list that goes on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read next: the rows behind `after` up to `until`; None: from the beginning,
    or one page on from `after`."""

    after: str | None
    until: str | None


@dataclass(slots=True, eq=False)
class Span(Generic[Record]):
    """The rows of a key range. Cursors name places, so the range is the same whatever comes or
    goes in it."""

    after: str | None
    until: str | None
    """None: to the list's end."""
    records: list[Record] | None
    """None: not in memory."""
    number: int
    """Of the range, from the top."""
    count: int = 0
    last: Any = None
    """Order of the record at `until`, when it was read."""
    is_stale: bool = False
    """To be read again; until then the old rows are shown."""


class Spans(Generic[Record]):
    """The ranges of one list, from its top; `next_cursor` leads on behind the last one."""

    def __init__(self, key: Callable[[Record], str], order: Callable[[Record], Any] | None) -> None:
        self.key, self.order = key, order
        self.spans: list[Span[Record]] = []
        self.next_cursor: str | None = None
        self.tail = 0
        """Empty rows behind what was read."""
        self._starts: list[int] | None = None
        self._homes: dict[str, Span[Record]] = {}

    @property
    def known(self) -> int:
        """Rows whose place is known."""
        return self._at()[-1]

    def replace(self, records: list[Record], next_cursor: str | None) -> None:
        """One range from the top, in place of all."""
        self.spans = []
        self._homes = {}
        self.append(records, next_cursor)
        self.tail = TAIL if next_cursor is not None else 0

    def append(self, records: list[Record], next_cursor: str | None) -> Span[Record]:
        """One more range behind the last."""
        after = self.spans[-1].until if self.spans else None
        span = Span(after, next_cursor, records, len(self.spans))
        self.next_cursor = next_cursor
        self.spans.append(span)
        self.settle(span)
        return span

    def end_at(self, span: Span[Record], next_cursor: str) -> None:
        """The last range ends there now: the list goes on behind it."""
        span.until = self.next_cursor = next_cursor
        if span.records and self.order is not None:
            span.last = self.order(span.records[-1])

    def settle(self, span: Span[Record]) -> None:
        """After a change of its records: its number of rows, and where each is found."""
        if span.records is not None:
            span.count = len(span.records)
            for record in span.records:
                self._homes[self.key(record)] = span
            if span.records and self.order is not None and span.last is None:
                span.last = self.order(span.records[-1])
        self._starts = None

    def forget(self, record: Record) -> None:
        """It stands nowhere any more."""
        self._homes.pop(self.key(record), None)
        self._starts = None

    def home(self, key: str) -> Span[Record] | None:
        """The range in memory that holds the record."""
        return self._homes.get(key)

    def start(self, span: Span[Record]) -> int:
        """The row at which it begins."""
        return self._at()[span.number]

    def row_of(self, key: str) -> int | None:
        """The record's row; None where it is not in memory."""
        span = self._homes.get(key)
        if span is None or span.records is None:
            return None
        places = (place for place, one in enumerate(span.records) if self.key(one) == key)
        return self.start(span) + next(places)

    def record(self, row: int) -> Record | None:
        """The record of a row; None where it is not in memory, or beyond the list."""
        if not 0 <= row < self.known:
            return None
        number = bisect_right(self._at(), row) - 1
        records = self.spans[number].records
        return None if records is None else records[row - self._at()[number]]

    def in_memory(self) -> Iterator[Record]:
        """All records that are here, from the top."""
        for span in self.spans:
            yield from span.records or ()

    def place_for(self, record: Record) -> Span[Record] | None:
        """The range that the record belongs to; None: behind all that was read."""
        if self.order is None or not self.spans:
            return None
        place, end = self.order(record), len(self.spans) - 1
        span = self.spans[bisect_left(self.spans, place, hi=end, key=lambda one: one.last)]
        is_beyond = span.until is not None and place > span.last
        return None if is_beyond else span

    def found(self, wanted: Wanted) -> Span[Record] | None:
        """The range that was asked for; None: it is not one of this list any more."""
        at = (wanted.after, wanted.until)
        return next((span for span in self.spans if (span.after, span.until) == at), None)

    def spoil(self) -> None:
        """Every range has to be read again."""
        for span in self.spans:
            span.is_stale = True

    def wanted(self, first: int, last: int) -> Wanted | None:
        """What to read next for who looks at these rows; None: all of it is here."""
        for span in self._near(first, last):
            if span.records is None or span.is_stale:
                return Wanted(span.after, span.until)
        return None if last + AHEAD < self.known else self._on()

    def drop_far(self, first: int, last: int) -> None:
        """Keeps the ranges that are nearest to these rows."""
        here = [number for number, span in enumerate(self.spans) if span.records is not None]
        if len(here) <= KEPT:
            return
        middle = bisect_right(self._at(), (first + last) // 2) - 1
        here.sort(key=lambda number: abs(number - middle))
        for number in here[KEPT:]:
            span = self.spans[number]
            for record in span.records or ():
                self._homes.pop(self.key(record), None)
            span.records, span.is_stale = None, False

    def _on(self) -> Wanted | None:
        return None if self.next_cursor is None else Wanted(self.next_cursor, None)

    def _near(self, first: int, last: int) -> list[Span[Record]]:
        """The ranges of these rows, nearest to their beginning first, then what is just ahead."""
        starts = self._at()
        low = max(0, bisect_right(starts, max(0, first)) - 1)
        high = bisect_left(starts, last + AHEAD)
        before = max(0, bisect_right(starts, max(0, first - AHEAD)) - 1)
        return self.spans[low:high] + self.spans[before:low]

    def _at(self) -> list[int]:
        """The first row of each range, and the number of all rows."""
        if self._starts is None:
            self._starts = [0, *accumulate(span.count for span in self.spans)]
        return self._starts
