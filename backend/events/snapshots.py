"""Requests as they stand, read once for all subscribers of a process who are told of them."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.events.tail import LogTails
from backend.requests.records import RequestRecord, record_of, select_records
from backend.requests.rows import RowMaker
from backend.requests.visible import visible_requests
from backend.rules.completeness import tally
from backend.settings import Clock
from backend.tables import documents, opened_documents, requests
from backend_client.models.accounts import Account
from backend_client.models.requests import RequestRow

KEPT = 512


@dataclass(slots=True)
class Files:
    """A request's documents: their checklist items, days of the examination, and readers."""

    known: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    opened: set[tuple[str, str]] = field(default_factory=set)
    """Document and account."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A request as of an event's number, without what depends on the viewer."""

    seq: int
    record: RequestRecord | None
    files: Files


class Snapshots:
    """Makes rows for viewers; of many viewers of one event only the first reads the tables."""

    def __init__(self, database: Database, rows: RowMaker, tails: LogTails, now: Clock) -> None:
        self._database = database
        self._rows = rows
        self._tails = tails
        self._now = now
        self._known: OrderedDict[tuple[str, str], Snapshot] = OrderedDict()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def row(self, viewer: Account, request_id: str, seq: int) -> RequestRow | None:
        """The request for `viewer`, no older than event `seq`; None: not visible (any more)."""
        snapshot = self._kept(viewer, request_id, seq) or await self._read(viewer, request_id, seq)
        if snapshot.record is None:
            return None
        files = tally(
            (item, taken_on, (document, viewer.id) in snapshot.files.opened)
            for document, (item, taken_on) in snapshot.files.known.items()
        )
        # Made for each viewer anew: that is quicker than the sending, and never another's.
        return self._rows.row(snapshot.record, files, viewer, self._now())

    def _kept(self, viewer: Account, request_id: str, seq: int) -> Snapshot | None:
        snapshot = self._known.get((viewer.centre_id, request_id))
        return snapshot if snapshot is not None and snapshot.seq >= seq else None

    async def _read(self, viewer: Account, request_id: str, seq: int) -> Snapshot:
        """The request's snapshot; those of the next events' requests are read along with it."""
        async with self._turns[viewer.centre_id]:
            known = self._kept(viewer, request_id, seq)  # who had the turn before has read it
            if known is not None:
                return known
            # The number first: what is read after it is at least as new.
            at = max(seq, self._tails.read_up_to(viewer.centre_id))
            wanted = {request_id} | self._tails.requests_from(viewer.centre_id, seq)
            async with self._database.glance() as connection:
                records = await _records(connection, viewer, wanted)
                files = await _files(connection, wanted)
            for one in wanted:
                self._keep((viewer.centre_id, one), Snapshot(at, records.get(one), files[one]))
            return self._known[(viewer.centre_id, request_id)]

    def _keep(self, key: tuple[str, str], snapshot: Snapshot) -> None:
        self._known[key] = snapshot
        self._known.move_to_end(key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)


async def _records(
    connection: AsyncConnection, viewer: Account, wanted: Iterable[str]
) -> dict[str, RequestRecord]:
    mine = requests.c.id.in_(wanted) & visible_requests(viewer)
    rows = (await connection.execute(select_records().where(mine))).mappings()
    return {row["id"]: record_of(row) for row in rows}


async def _files(connection: AsyncConnection, wanted: Iterable[str]) -> defaultdict[str, Files]:
    columns = (documents.c.id, documents.c.request_id, documents.c.item_code, documents.c.taken_on)
    found = (
        select(*columns, opened_documents.c.account_id)
        .outerjoin(opened_documents, opened_documents.c.document_id == documents.c.id)
        .where(documents.c.request_id.in_(wanted))
    )
    files: defaultdict[str, Files] = defaultdict(Files)
    for row in await connection.execute(found):
        one = files[row.request_id]
        one.known[row.id] = (row.item_code, row.taken_on)
        if row.account_id is not None:
            one.opened.add((row.id, row.account_id))
    return files
