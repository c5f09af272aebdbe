"""Writes the audit: this process's own chain, so that several processes never wait for each other.

What changes something is written in the transaction of the change. What only reads is buffered and
written within a second: a process that is killed loses that second of readings, and no change.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.audit.entries import Entry, Row, chained, opening_digest
from backend.audit.trace import Trace
from backend.database import Database
from backend.problems import log_fault
from backend.settings import Clock
from backend.tables import audit_chains, audit_entries
from backend_client.models.audit import Outcome

log = logging.getLogger(__name__)

BUFFER_SECONDS = 0.5
"""How long readings wait before they are written; with the writing itself within a second."""
FULL = 5_000
"""Entries that may wait; behind them whoever reads waits for the writing."""
OPENING_LOCK = 0x7E1E3EF
"""Number under which one process opens its chain."""
NOTHING = bytes(32)
"""What stands before the first chain."""
REFUSED, FAILED = 400, 500
LAST_TRIES = 3
"""Of writing what waits at the end."""
LAST_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Written:
    """One writing transaction, and the entries that end it."""

    connection: AsyncConnection
    entries: list[Entry] = field(default_factory=list)
    traces: list[tuple[Trace, int]] = field(default_factory=list)

    def add(self, trace: Trace, entry: Entry) -> None:
        """The trace's change is committed with this entry."""
        self.entries.append(entry)
        self.traces.append((trace, entry.status))


class AuditLog:
    """The chain of this process; `kept` opens it."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now
        self._turn = asyncio.Lock()
        self._chain = 0
        self._length = 0
        self._head = NOTHING
        self._is_sure = True
        """Whether length and head are those of the table: unknown behind a failed commit."""
        self._waiting: list[Entry] = []
        self._news = asyncio.Event()
        self._closing = asyncio.Event()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Opens a chain, and writes what waits for the time of the block and at its end."""
        await self._open()
        task = asyncio.create_task(self._keep(), name="audit")
        try:
            yield
        finally:
            self._closing.set()
            self._news.set()
            await task
            await self._flush_last()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Written]:
        """A writing transaction; the entries that the block leaves are committed with it."""
        # Left in the other order: the commit first, then the chain's turn.
        async with AsyncExitStack() as turn, self._database.write() as connection:
            written = Written(connection)
            yield written
            if written.entries:
                link = self._linked(connection, written.entries)
                await turn.enter_async_context(link)
        for trace, status in written.traces:
            trace.written = status

    async def note(self, trace: Trace, status: int) -> None:
        """One entry for what the request did, unless its change has written it."""
        if not trace.role or _is_same(trace.written, status):
            return
        is_repeat = trace.is_repeat and status < REFUSED
        outcome = Outcome.REPEATED if is_repeat else _outcome(status)
        self._waiting.append(trace.entry(self._now(), outcome, status))
        self._news.set()
        if len(self._waiting) >= FULL:
            await self.flush()

    async def flush(self) -> None:
        """Writes what waits."""
        entries, self._waiting = self._waiting, []
        if not entries:
            return
        try:
            async with self.write() as written:
                written.entries.extend(entries)
        except BaseException:  # whatever it is, they wait for the next attempt
            self._waiting[:0] = entries
            raise

    async def _flush_last(self) -> None:
        """What came while the task wrote for the last time, or what it could not write."""
        failed = 0
        while self._waiting and failed < LAST_TRIES:
            if not await self._flushed():
                failed += 1
                await asyncio.sleep(LAST_PAUSE_SECONDS)
        if self._waiting:
            log.error("the audit lacks the last %d entries of readings", len(self._waiting))

    async def _open(self) -> None:
        async with self._database.write() as connection:
            await self._database.one_at_a_time(connection, OPENING_LOCK)
            last = select(audit_chains.c.number, audit_chains.c.opening)
            newest = last.order_by(audit_chains.c.number.desc()).limit(1)
            before = (await connection.execute(newest)).first()
            number, prev = (before.number, before.opening) if before else (0, NOTHING)
            row: Row = {"number": number + 1, "opened_at": self._now(), "prev": prev}
            opening = opening_digest(row)
            row |= {"opening": opening, "length": 0, "head": opening}
            await connection.execute(insert(audit_chains).values(row))
        self._chain, self._head = number + 1, opening

    @asynccontextmanager
    async def _linked(
        self, connection: AsyncConnection, entries: Sequence[Entry]
    ) -> AsyncIterator[None]:
        """Adds them to the chain; ends when the transaction is committed.

        Whoever has the turn waits for nobody: no other's rows are touched here.
        """
        async with self._turn:
            if not self._is_sure:
                await self._look(connection)
            self._is_sure = False
            rows, head = self._rows(entries)
            await connection.execute(insert(audit_entries), rows)
            yield
            self._length += len(rows)
            self._head = head
            self._is_sure = True

    def _rows(self, entries: Sequence[Entry]) -> tuple[list[Row], bytes]:
        rows, head = [], self._head
        for number, entry in enumerate(entries, start=self._length + 1):
            row = chained(entry, self._chain, number, head)
            rows.append(row)
            head = bytes(row["hash"]) if isinstance(row["hash"], bytes) else head
        return rows, head

    async def _look(self, connection: AsyncConnection) -> None:
        columns = (audit_chains.c.length, audit_chains.c.head)
        found = select(*columns).where(audit_chains.c.number == self._chain)
        row = (await connection.execute(found)).one()
        self._length, self._head = row.length, row.head

    async def _keep(self) -> None:
        while not self._closing.is_set():
            await self._news.wait()
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(BUFFER_SECONDS):
                    await self._closing.wait()
            if not await self._flushed():
                self._news.set()

    async def _flushed(self) -> bool:
        """Whether what waits could be written; else it waits on, and the log says why."""
        try:
            await self.flush()
        # Whatever it is: they are tried again, and the log says where it was.
        except Exception as error:  # noqa: BLE001
            log_fault(log, error)
            return False
        return True


def _is_same(written: int | None, status: int) -> bool:
    """Whether the change's entry says already how it ended."""
    return written is not None and (written == status or max(written, status) < REFUSED)


def _outcome(status: int) -> Outcome:
    if status < REFUSED:
        return Outcome.DONE
    return Outcome.REFUSED if status < FAILED else Outcome.FAILED
