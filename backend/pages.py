"""Keyset pages: a cursor is the place of the last item that was given, the next page begins behind.

However deep a page is, an index leads to its first row; rows that come or go in between neither
repeat an item nor leave one out (docs/decisions/0021).
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, RowMapping, Select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.problems import invalid
from backend_client.models.common import Page

PlainId = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z_-]{1,36}$")]
"""An id inside a cursor."""
Ordinal = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""A number inside a cursor, of a column of 32 bits."""

Item = TypeVar("Item")


class Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Base of places: one field for each column of the order, bounded as the column is."""


Found = TypeVar("Found", bound=Place)


def cursor_at(place: Place) -> str:
    """Continues behind the place; opaque to clients."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode()


def place_of(cursor: str, kind: type[Found]) -> Found:
    """Raises Refused (invalid) for a cursor that is not one of this list."""
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=kind)
        for value in msgspec.structs.astuple(place):
            if isinstance(value, datetime):
                value.astimezone(UTC)
    except (binascii.Error, msgspec.DecodeError, ValueError, OverflowError) as error:
        raise invalid("cursor: not one of this server") from error
    return place


def moment(name: str, value: datetime) -> datetime:
    """A moment that bounds a list, as UTC. Raises Refused (invalid): no zone, or no such moment."""
    try:
        if value.tzinfo is not None:
            return value.astimezone(UTC)
    except OverflowError as error:
        raise invalid(f"{name}: outside of all years") from error
    raise invalid(f"{name}: a moment needs its time zone")


@dataclass(frozen=True)
class Keyset(Generic[Found]):
    """An order without ties: its columns, all one way, and the place of a row in it."""

    kind: type[Found]
    columns: tuple[ColumnElement[Any], ...]
    newest_first: bool = False

    def behind(self, cursor: str) -> ColumnElement[bool]:
        """What comes behind the cursor's place. Raises Refused (invalid)."""
        values = msgspec.structs.astuple(place_of(cursor, self.kind))
        here = tuple_(*self.columns)
        return here < values if self.newest_first else here > values

    def cut(
        self, found: Select[*tuple[Any, ...]], cursor: str | None, limit: int
    ) -> Select[*tuple[Any, ...]]:
        """The page's rows, and one more where there is more. Raises Refused (invalid)."""
        if cursor is not None:
            found = found.where(self.behind(cursor))
        order = [one.desc() if self.newest_first else one for one in self.columns]
        return found.order_by(*order).limit(limit + 1)

    def cursor(self, row: RowMapping) -> str:
        """Continues behind the row, which holds all columns of the order."""
        return cursor_at(self.kind(*(row[column] for column in self.columns)))

    async def page(
        self,
        connection: AsyncConnection,
        found: Select[*tuple[Any, ...]],
        cursor: str | None,
        limit: int,
        item: Callable[[RowMapping], Item],
    ) -> Page[Item]:
        """At most `limit` items of what is found. Raises Refused (invalid)."""
        rows = (await connection.execute(self.cut(found, cursor, limit))).mappings().all()
        items = [item(row) for row in rows[:limit]]
        return Page(items=items, next_cursor=self.cursor(rows[limit - 1]) if rows[limit:] else None)
