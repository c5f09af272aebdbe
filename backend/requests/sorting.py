"""The queue in the order of any column, either way; ties by term, then by id.

Each key is an expression of which an index holds the order (`backend/tables.py`), so a page costs
the same however deep it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, literal_column, tuple_
from sqlalchemy.types import TypeEngine

from backend.pages import Place, PlainId, cursor_at, place_of
from backend.problems import invalid
from backend.tables import SORT_KEYS, requests
from backend_client.models.common import UtcTime
from backend_client.models.listing import QueueSort

KEY = "sort_key"


class SortedPlace(Place, frozen=True, array_like=True):
    """Where a page of a sorted list begins: in which order, and behind which row."""

    sort: QueueSort
    descending: bool
    key: str | int
    due_rank: UtcTime
    id: PlainId


@dataclass(frozen=True, slots=True)
class Sorting:
    """One order of the queue other than that of the term upwards."""

    sort: QueueSort
    descending: bool

    @property
    def key(self) -> ColumnElement[Any]:
        """What stands first in the order."""
        text = SORT_KEYS[self.sort.value]
        kind: TypeEngine[Any] = String() if self.is_text else Integer()
        return literal_column(text, kind)

    @property
    def is_text(self) -> bool:
        """Whether the key is a text, or else a number."""
        return self.sort in (QueueSort.PATIENT, QueueSort.DIAGNOSIS)

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """The whole order, upwards."""
        return (self.key, requests.c.due_rank, requests.c.id)

    def order(self, columns: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
        """Of these columns, its own way."""
        return [one.desc() if self.descending else one for one in columns]

    def behind(self, cursor: str) -> ColumnElement[bool]:
        """What comes behind the cursor's place. Raises Refused (invalid)."""
        here, there = tuple_(*self.columns), self._place(cursor)
        return here < there if self.descending else here > there

    def until(self, cursor: str) -> ColumnElement[bool]:
        """What stands before the cursor's place, or in it. Raises Refused (invalid)."""
        here, there = tuple_(*self.columns), self._place(cursor)
        return here >= there if self.descending else here <= there

    def cursor(self, key: str | int, due_rank: UtcTime, request_id: str) -> str:
        """Continues behind the row."""
        return cursor_at(SortedPlace(self.sort, self.descending, key, due_rank, request_id))

    def _place(self, cursor: str) -> tuple[Any, ...]:
        place = place_of(cursor, SortedPlace)
        same = (place.sort, place.descending) == (self.sort, self.descending)
        if not same or isinstance(place.key, str) is not self.is_text:
            raise invalid("cursor: of another order")
        if isinstance(place.key, int) and not 0 <= place.key < 1000:
            raise invalid("cursor: not one of this server")
        return (place.key, place.due_rank, place.id)


def sorting_of(sort: QueueSort, *, descending: bool) -> Sorting | None:
    """None: by term, upwards. Raises Refused (invalid) for an order that is not known."""
    if sort is QueueSort.TERM and not descending:
        return None
    if sort.value not in SORT_KEYS:
        raise invalid("sort: not known")
    return Sorting(sort, descending)
