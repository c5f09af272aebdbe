"""Links that are not good, counted by address: who tries many has to wait."""

import hashlib
import math
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.problems import Refused
from backend.settings import Clock
from backend.tables import wrong_links as table
from backend_client.models.common import Problem, ProblemCode

WINDOW = timedelta(minutes=1)


class Guesses:
    """One count for all processes; a token cannot be guessed at any rate, this keeps noise down."""

    def __init__(self, database: Database, most: int, now: Clock) -> None:
        self._database = database
        self._most = most
        self._now = now

    async def wrong(self, address: str) -> None:
        """The address has come with a token that opens nothing."""
        try:
            await self._count(_key(address), self._now())
        except IntegrityError:  # another process has just counted this address's first one
            await self._count(_key(address), self._now())

    async def refuse_guesser(self, connection: AsyncConnection, address: str) -> None:
        """Raises Refused (too_many_attempts) for an address that has tried too many."""
        mine = (table.c.address_hash == _key(address)) & (table.c.count >= self._most)
        since = (await connection.execute(select(table.c.since).where(mine))).scalar()
        left = (since + WINDOW - self._now()).total_seconds() if since is not None else 0
        if left > 0:
            title = "Too many links that are not good"
            code = ProblemCode.TOO_MANY_ATTEMPTS
            raise Refused(Problem(status=429, title=title, code=code, retry_after=math.ceil(left)))

    async def forget_old(self) -> None:
        """Throws away what does not count any more."""
        async with self._database.write() as connection:
            over = table.c.since <= self._now() - WINDOW
            await connection.execute(delete(table).where(over))

    async def _count(self, key: str, now: datetime) -> None:
        """One more of this minute, or the first of the next one."""
        mine, over = table.c.address_hash == key, table.c.since <= now - WINDOW
        one_more = update(table).where(mine, ~over).values(count=table.c.count + 1)
        anew = update(table).where(mine, over).values(count=1, since=now)
        first = insert(table).values(address_hash=key, count=1, since=now)
        async with self._database.write() as connection:
            for statement in (one_more, anew, first):
                if (await connection.execute(statement)).rowcount:
                    return


def _key(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
