"""What happened to a request, newest first: the newest lines in its card, all of it in pages."""

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.pages import Keyset, Ordinal, Place
from backend.tables import history
from backend_client.models.common import Page, UtcTime
from backend_client.models.requests import HistoryEntry

IN_A_CARD = 50
"""Lines of the history that a card holds."""


class _Line(Place, frozen=True, array_like=True):
    """Where a page ended; lines of one moment stand as they were written."""

    at: UtcTime
    id: Ordinal


LINES = Keyset(_Line, (history.c.at, history.c.id), newest_first=True)


async def history_page(
    connection: AsyncConnection, request_id: str, cursor: str | None = None, limit: int = IN_A_CARD
) -> Page[HistoryEntry]:
    """At most `limit` lines. Raises Refused (invalid)."""
    columns = (history.c.at, history.c.text, history.c.id)
    found = select(*columns).where(history.c.request_id == request_id)
    return await LINES.page(connection, found, cursor, limit, _entry)


def _entry(row: RowMapping) -> HistoryEntry:
    return HistoryEntry(at=row["at"], text=row["text"])
