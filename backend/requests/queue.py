"""The queue: keyset pages of one group, and how many each group holds."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.requests.groups import CONDITIONS, in_group
from backend.requests.order import ORDER, behind, cursor_behind
from backend.requests.records import RequestRecord, files_of, record_of, select_records
from backend.requests.rows import RowMaker
from backend.requests.visible import visible_requests
from backend.search import found_by
from backend.settings import Clock
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.common import Page
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow


class Queue:
    """Lists requests for an account."""

    def __init__(self, database: Database, rows: RowMaker, now: Clock) -> None:
        self._database = database
        self._rows = rows
        self._now = now

    async def page(
        self, account: Account, group: QueueGroup, search: str, cursor: str | None, limit: int
    ) -> Page[RequestRow]:
        """At most `limit` rows; raises Refused (invalid)."""
        found = select_records().where(visible_requests(account), in_group(group, account))
        found = found.where(found_by(search, account.centre_id)).order_by(*ORDER).limit(limit + 1)
        if cursor is not None:
            found = found.where(behind(cursor))
        async with self._database.read() as connection:
            records = [record_of(row) for row in (await connection.execute(found)).mappings()]
            rows = await self._rows_of(connection, records[:limit], account)
        more = len(records) > limit
        return Page(items=rows, next_cursor=cursor_behind(records[limit - 1]) if more else None)

    async def _rows_of(
        self, connection: AsyncConnection, records: Sequence[RequestRecord], account: Account
    ) -> list[RequestRow]:
        files = await files_of(connection, [record.id for record in records], account.id)
        now = self._now()
        return [self._rows.row(record, files.get(record.id), account, now) for record in records]

    async def counts(self, account: Account) -> QueueCounts:
        """Sizes of all groups in one reading."""
        columns = [
            func.count(case((in_group(group, account), 1))).label(group.value)
            for group in CONDITIONS
        ]
        # The list's own condition on being open lets an index answer.
        found = select(*columns).where(visible_requests(account), requests.c.is_open)
        async with self._database.read() as connection:
            counted = (await connection.execute(found)).mappings().one()
        return QueueCounts(counts={group: counted[group.value] for group in CONDITIONS})
