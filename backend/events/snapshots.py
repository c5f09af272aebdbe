"""Requests as they stand, read once for all subscribers of a process who are told of them."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.events.log import log_state
from backend.requests.records import RequestRecord, record_of, select_records
from backend.requests.rows import RowMaker
from backend.requests.visible import visible_requests
from backend.rules.completeness import tally
from backend.settings import Clock
from backend.tables import documents, opened_documents, requests
from backend_client.models.accounts import Account
from backend_client.models.requests import RequestRow

KEPT = 512


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A request as of an event's number, without what depends on the viewer."""

    seq: int
    record: RequestRecord | None
    files: Sequence[tuple[str, str, date | None]]
    """Document, checklist item, day of the examination."""
    opened: frozenset[tuple[str, str]]
    """Document and account."""


class Snapshots:
    """Makes rows for viewers; of many viewers of one event only the first reads the tables."""

    def __init__(self, database: Database, rows: RowMaker, now: Clock) -> None:
        self._database = database
        self._rows = rows
        self._now = now
        self._known: OrderedDict[tuple[str, str], Snapshot] = OrderedDict()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def row(self, viewer: Account, request_id: str, seq: int) -> RequestRow | None:
        """The request for `viewer`, no older than event `seq`; None: not visible (any more)."""
        async with self._turns[viewer.centre_id]:
            key = (viewer.centre_id, request_id)
            snapshot = self._known.get(key)
            if snapshot is None or snapshot.seq < seq:
                snapshot = await self._read(viewer, request_id)
                self._keep(key, snapshot)
        if snapshot.record is None:
            return None
        files = tally(
            (item, taken_on, (document, viewer.id) in snapshot.opened)
            for document, item, taken_on in snapshot.files
        )
        return self._rows.row(snapshot.record, files, viewer, self._now())

    def _keep(self, key: tuple[str, str], snapshot: Snapshot) -> None:
        self._known[key] = snapshot
        self._known.move_to_end(key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    async def _read(self, viewer: Account, request_id: str) -> Snapshot:
        async with self._database.read() as connection:
            # The number first: what is read after it is at least as new.
            state = await log_state(connection, viewer.centre_id)
            found = select_records().where(requests.c.id == request_id, visible_requests(viewer))
            row = (await connection.execute(found)).mappings().first()
            record = None if row is None else record_of(row)
            files, opened = await _files(connection, request_id)
        return Snapshot(state.seq, record, files, opened)


async def _files(
    connection: AsyncConnection, request_id: str
) -> tuple[list[tuple[str, str, date | None]], frozenset[tuple[str, str]]]:
    columns = (documents.c.id, documents.c.item_code, documents.c.taken_on)
    mine = documents.c.request_id == request_id
    rows = await connection.execute(select(*columns).where(mine))
    files = [(row.id, row.item_code, row.taken_on) for row in rows]
    pairs = (
        select(opened_documents.c.document_id, opened_documents.c.account_id)
        .join(documents, documents.c.id == opened_documents.c.document_id)
        .where(mine)
    )
    opened = frozenset((row.document_id, row.account_id) for row in await connection.execute(pairs))
    return files, opened
