"""WebSockets by the sign-in that opened them: they end with it, in whichever process it ends."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from sqlalchemy import select

from backend.database import Database
from backend.problems import log_fault
from backend.tables import token_families

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often the sign-ins of open streams are looked at; another process may have ended one."""


class OpenStreams:
    """Of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._closing = asyncio.Event()

    @contextmanager
    def opened(self, family_id: str) -> Iterator[asyncio.Event]:
        """For the time of the block; the event is set when the sign-in is over."""
        over = asyncio.Event()
        self._streams[family_id].add(over)
        try:
            yield over
        finally:
            self._streams[family_id].discard(over)
            if not self._streams[family_id]:
                del self._streams[family_id]

    def end(self, family_id: str) -> None:
        """The sign-in is over, and that is committed."""
        for over in self._streams.get(family_id, ()):
            over.set()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Looks at the sign-ins for the time of the block."""
        task = asyncio.create_task(self._keep(), name="open streams")
        try:
            yield
        finally:
            self._closing.set()
            await task

    async def _keep(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._closing.wait()
            try:
                await self._look()
            # Whatever it is: the next look tries again, and the log says where it was.
            except Exception as error:  # noqa: BLE001
                log_fault(log, error)

    async def _look(self) -> None:
        asked = set(self._streams)
        if not asked:
            return
        good = token_families.c.id.in_(asked) & token_families.c.revoked_at.is_(None)
        async with self._database.read() as connection:
            found = await connection.execute(select(token_families.c.id).where(good))
            over = asked - set(found.scalars())
        for family_id in over:
            self.end(family_id)
