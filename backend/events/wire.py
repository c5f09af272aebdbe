"""Between processes: what one has committed, the others are told by PostgreSQL's LISTEN/NOTIFY.

Ids only travel: which centre, and how far its log has come. SQLite has one process: nothing to do.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.events.hub import EventHub
from backend.problems import log_fault
from backend.tables import centres

log = logging.getLogger(__name__)

CHANNEL = "events"
CHECK_SECONDS = 15.0
"""How often the line is tried: one that is dead without a word is noticed by this."""
ANSWER_SECONDS = 5.0
AGAIN_SECONDS = 1.0
"""Before a broken line is opened anew."""
Heard = Callable[[object, int, str, str], None]


class _Line(Protocol):
    """Of asyncpg's connection what is needed here."""

    async def add_listener(self, channel: str, callback: Heard) -> None: ...

    def add_termination_listener(self, callback: Callable[[object], None]) -> None: ...

    async def execute(self, query: str) -> str: ...


async def tell_others(
    database: Database, connection: AsyncConnection, centre_id: str, seq: int
) -> None:
    """The centre's log will have come to `seq` with this transaction's commit."""
    await database.notify(connection, CHANNEL, f"{seq} {centre_id}")


class EventWire:
    """Hears the other processes and tells this one's hub."""

    def __init__(self, database: Database, hub: EventHub) -> None:
        self._database = database
        self._hub = hub

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Listens for the time of the block; a line that breaks is opened anew."""
        if not self._database.is_shared:
            yield
            return
        ready = asyncio.Event()
        task = asyncio.create_task(self._keep(ready), name="events.wire")
        try:
            await ready.wait()
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep(self, ready: asyncio.Event) -> None:
        while True:
            try:
                await self._listen(ready)
            # Whatever it is: the line is opened anew, and the log says where it was.
            except Exception as error:  # noqa: BLE001
                log_fault(log, error)
            ready.set()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self, ready: asyncio.Event) -> None:
        """Returns, or raises, where the line is broken."""
        broken = asyncio.Event()
        async with self._database.own_connection() as driver:
            line = cast(_Line, driver)
            line.add_termination_listener(lambda _: broken.set())
            await line.add_listener(CHANNEL, self._heard)
            while not broken.is_set():
                # After the listening has begun: between the two nothing can be missed.
                await self._catch_up()
                ready.set()
                with suppress(TimeoutError):
                    async with asyncio.timeout(CHECK_SECONDS):
                        await broken.wait()
                if not broken.is_set():
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await line.execute("SELECT 1")
        log.warning("the line to the other processes is broken")

    def _heard(self, _: object, process: int, channel: str, word: str) -> None:
        seq, _, centre_id = word.partition(" ")
        if seq.isdigit():
            self._hub.told(centre_id, int(seq))

    async def _catch_up(self) -> None:
        async with self._database.read() as connection:
            rows = await connection.execute(select(centres.c.id, centres.c.event_seq))
            for row in rows:
                self._hub.told(row.id, row.event_seq)
