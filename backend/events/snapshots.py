"""Requests as they stand, read once for all subscribers of a process who are told of them."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.events.tail import LogTails
from backend.requests.records import RequestRecord, record_of, select_records
from backend.requests.rows import RowMaker
from backend.requests.visible import visible_requests
from backend.rules.kept_files import items_of
from backend.settings import Clock
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.requests import RequestRow

KEPT = 512


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A request as of an event's number, without what depends on the viewer."""

    seq: int
    record: RequestRecord | None


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
        files = items_of(snapshot.record.files, viewer.id)
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
            for one in wanted:
                self._keep((viewer.centre_id, one), Snapshot(at, records.get(one)))
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
