"""The queue: keyset pages of one group, and how many each group holds."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal_column, select

from backend.database import Database
from backend.prepared import Prepared, Values
from backend.requests.groups import CONDITIONS, in_group
from backend.requests.order import ORDER, behind, cursor_behind, place_in, place_values
from backend.requests.records import OWN, RequestRecord, select_records, seq_of
from backend.requests.rows import RowMaker
from backend.requests.visible import in_centre, visible_requests
from backend.rules.kept_files import items_of
from backend.search import found_by
from backend.settings import Clock
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.common import Page
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow

KEPT_STATEMENTS = 64


class Queue:
    """Lists requests for an account."""

    def __init__(self, database: Database, rows: RowMaker, now: Clock) -> None:
        self._database = database
        self._rows = rows
        self._now = now
        self._prepared = lru_cache(KEPT_STATEMENTS)(self._prepare)

    async def page(
        self, account: Account, group: QueueGroup, search: str, cursor: str | None, limit: int
    ) -> Page[RequestRow]:
        """At most `limit` rows; raises Refused (invalid)."""
        place = None if cursor is None else place_in(cursor)
        rank = None if place is None else place.threat_rank
        given: dict[str, object] = {"centre_id": account.centre_id, "account_id": account.id}
        given |= {} if place is None else place_values(place)
        if search:
            found = page_of(group, rank, limit, found_by(search, account.centre_id))
            async with self._database.read() as connection:
                values: Sequence[Values] = (await connection.execute(found, given)).all()
        else:
            values = await self._prepared(group, rank, limit).rows(given)
        return self._answer(account, values, limit)

    def _answer(self, account: Account, found: Sequence[Values], limit: int) -> Page[RequestRow]:
        now = self._now()
        records = [RequestRecord(*row) for row in found]
        rows = [
            self._rows.row(record, items_of(record.files, account.id), account, now)
            for record in records[:limit]
        ]
        more = len(records) > limit
        return Page(items=rows, next_cursor=cursor_behind(records[limit - 1]) if more else None)

    def _prepare(self, group: QueueGroup, rank: int | None, limit: int) -> Prepared:
        return Prepared(self._database, page_of(group, rank, limit))

    async def counts(self, account: Account) -> QueueCounts:
        """Sizes of all groups in one reading."""
        columns = [
            func.count(case((in_group(group, account.id), 1))).label(group.value)
            for group in CONDITIONS
        ]
        # The list's own condition on being open lets an index answer.
        found = select(*columns).where(visible_requests(account), requests.c.is_open)
        async with self._database.read() as connection:
            counted = (await connection.execute(found)).mappings().one()
        return QueueCounts(counts={group: counted[group.value] for group in CONDITIONS})


def page_of(
    group: QueueGroup, rank: int | None, limit: int, *conditions: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """For whoever is bound as `centre_id` and `account_id`; its limit stands in the statement, so
    that the database knows how little is wanted."""
    which = in_group(group, bindparam("account_id", type_=requests.c.owner_id.type))
    own = bindparam("centre_id", type_=requests.c.centre_id.type)
    centre = in_centre(own)
    columns = (requests.c[name] for name in (*OWN, "threat_rank"))
    found = select(*columns, seq_of(own)).where(centre, which, *conditions)
    if rank is not None:
        found = found.where(behind(rank))
    # Cut before it is joined: whatever the database expects, it reads no more than the page.
    page = found.order_by(*ORDER).limit(literal_column(str(limit + 1))).subquery("page")
    order = (page.c[column.name] for column in ORDER)
    return select_records(page).order_by(*order)
