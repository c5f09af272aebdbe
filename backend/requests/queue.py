"""The queue: keyset pages of a list in any order, and how many each list holds."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, select

from backend.database import Database
from backend.prepared import Prepared, Values
from backend.requests.filters import kept_filters, narrowed, searched
from backend.requests.groups import CONDITIONS, Condition, in_list, moments
from backend.requests.listed import (
    ACCOUNT,
    WALKED,
    Statement,
    counted,
    counted_among,
    counted_on_walk,
    cut,
    in_columns_order,
    length,
    ordered,
    page_of,
    walk,
)
from backend.requests.order import cursor_behind, place_in, place_values, up_to
from backend.requests.records import RequestRecord
from backend.requests.rows import RowMaker
from backend.requests.sorting import Sorting, sorting_of
from backend.rules.catalogues import Catalogues
from backend.rules.kept_files import items_of
from backend.search import found_by, found_first, held_by_walked, holders_of
from backend.settings import Clock
from backend_client.models.accounts import Account
from backend_client.models.common import Page
from backend_client.models.listing import MOST_COUNTED, Listing
from backend_client.models.requests import QueueCounts, QueueGroup, RequestRow

KEPT_STATEMENTS = 64


class Queue:
    """Lists requests for an account."""

    def __init__(
        self, database: Database, rows: RowMaker, catalogues: Catalogues, now: Clock
    ) -> None:
        self._database = database
        self._rows = rows
        self._catalogues = catalogues
        self._now = now
        self._prepared = lru_cache(KEPT_STATEMENTS)(self._prepare)

    async def page(
        self,
        account: Account,
        listing: Listing,
        cursor: str | None,
        until: str | None,
        limit: int,
    ) -> Page[RequestRow]:
        """At most `limit` rows behind `cursor`, none of them behind `until`; raises Refused
        (invalid)."""
        sorting = sorting_of(listing.sort, descending=listing.descending)
        if sorting is not None:
            return await self._sorted(account, listing, sorting, (cursor, until), limit)
        place = None if cursor is None else place_in(cursor)
        rank = None if place is None else place.threat_rank
        given = self._given(account) | ({} if place is None else place_values(place))
        more = self._narrowed(account, listing)
        more += [] if until is None else [up_to(place_in(until))]
        if more or listing.search:
            found = ordered(listing.group, rank, *more, search=listing.search)
            values = await self._searched(account, listing.search, found, None, limit, given)
        else:
            values = await self._prepared(listing.group, rank, limit).rows(given)
        records = [RequestRecord(*row) for row in values]
        behind = cursor_behind(records[limit - 1]) if len(records) > limit else None
        return self._answer(account, records[:limit], behind)

    async def _sorted(
        self,
        account: Account,
        listing: Listing,
        sorting: Sorting,
        ends: tuple[str | None, str | None],
        limit: int,
    ) -> Page[RequestRow]:
        cursor, until = ends
        more = self._narrowed(account, listing)
        more += [] if cursor is None else [sorting.behind(cursor)]
        more += [] if until is None else [sorting.until(until)]
        found, given = in_columns_order(listing, sorting, *more), self._given(account)
        values = await self._searched(account, listing.search, found, sorting, limit, given)
        records = [RequestRecord(*row[:-1]) for row in values]
        behind = None
        if len(records) > limit:
            last = records[limit - 1]
            behind = sorting.cursor(values[limit - 1][-1], last.due_rank, last.id)
        return self._answer(account, records[:limit], behind)

    async def _searched(
        self,
        account: Account,
        search: str,
        found: Statement,
        sorting: Sorting | None,
        limit: int,
        given: Mapping[str, object],
    ) -> Sequence[Values]:
        """What many hold is soon met on a walk along the list; what few hold, an index knows."""
        centre = account.centre_id
        async with self._database.read_anew() as connection:

            async def rows(statement: Statement) -> Sequence[Values]:
                return (await connection.execute(statement, given)).all()

            if not self._walks(search):
                return await rows(cut(found.where(found_by(search, centre)), limit, sorting))
            walked = walk(found, held_by_walked(search, centre), sorting)
            values = await rows(cut(walked, limit, sorting))
            if len(values) > limit or (await rows(length(found)))[0][0] <= WALKED:
                return values
            return await rows(cut(found.where(found_first(search, centre)), limit, sorting))

    def _given(self, account: Account) -> dict[str, object]:
        now = self._now()
        day_end = self._catalogues.day_end(account.centre_id, now)
        whose = {"centre_id": account.centre_id, "account_id": account.id}
        return {**whose, **moments(now, day_end)}

    def _narrowed(self, account: Account, listing: Listing) -> list[Condition]:
        """What narrows the group, but the search."""
        return [*narrowed(listing.filter, account, self._catalogues, self._now())]

    def _answer(
        self, account: Account, records: Sequence[RequestRecord], behind: str | None
    ) -> Page[RequestRow]:
        now = self._now()
        rows = [
            self._rows.row(record, items_of(record.files, account.id), account, now)
            for record in records
        ]
        return Page(items=rows, next_cursor=behind)

    def _prepare(self, group: QueueGroup, rank: int | None, limit: int) -> Prepared:
        return Prepared(self._database, page_of(group, rank, limit))

    async def counts(self, account: Account) -> QueueCounts:
        """Sizes of all groups, up to MOST_COUNTED, in one reading."""
        lists = {group.value: in_list(group, ACCOUNT) for group in CONDITIONS}
        counted = await self._count(account, lists)
        return QueueCounts(counts={group: counted[group.value] for group in CONDITIONS})

    async def filter_counts(self, account: Account) -> dict[str, int]:
        """The same of the account's filters, by their ids."""
        async with self._database.read() as connection:
            kept = await kept_filters(connection, account)
        by_index = [one for one in kept if self._walks(one.listing.search)]
        others = {one.id: one for one in kept if one not in by_index}
        lists: dict[str, Condition] = {
            key: and_(*self._whole(account, one.listing)) for key, one in others.items()
        }
        counts = await self._count(account, lists) if lists else {}
        for one in by_index:
            counts[one.id] = await self._count_searched(account, one.listing)
        return counts

    def _walks(self, search: str) -> bool:
        """Whether what is searched for is looked for along a list before an index is asked."""
        return bool(search.strip()) and self._database.is_shared

    def _whole(self, account: Account, listing: Listing) -> list[Condition]:
        """Everything that a listing asks."""
        which = in_list(listing.group, ACCOUNT, listing.search)
        found = searched(listing.search, account.centre_id)
        return [which, *self._narrowed(account, listing), *found]

    async def _count_searched(self, account: Account, listing: Listing) -> int:
        """As `_searched` finds them."""
        search, centre = listing.search, account.centre_id
        which = in_list(listing.group, ACCOUNT, search)
        conditions = (which, *self._narrowed(account, listing))
        given = self._given(account)
        async with self._database.read_anew() as connection:
            walk = counted_on_walk(held_by_walked(search, centre), *conditions)
            held, length = (await connection.execute(walk, given)).one()
            if held >= MOST_COUNTED or length <= WALKED:
                return min(int(held), MOST_COUNTED)
            among = counted_among(holders_of(search, centre), *conditions)
            return int((await connection.execute(among, given)).scalar_one())

    async def _count(
        self, account: Account, lists: Mapping[str, ColumnElement[bool]]
    ) -> dict[str, int]:
        """In one reading."""
        columns = [counted(one).scalar_subquery().label(name) for name, one in lists.items()]
        async with self._database.read_anew() as connection:
            found = await connection.execute(select(*columns), self._given(account))
            return dict(found.mappings().one())
