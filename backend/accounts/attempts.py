"""Failed sign-ins of one login: each costs a longer wait, whether or not the login exists."""

import hashlib
import math
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.database import Database
from backend.problems import Refused
from backend.settings import Clock
from backend.tables import sign_in_attempts as table
from backend_client.models.common import Problem, ProblemCode

FREE_FAILURES = 4
"""People mistype; from the fifth failure on there is a wait."""
LONGEST_SECONDS = 300
FORGOTTEN_AFTER = timedelta(days=1)


def delay(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: 1, 2, 4 ... seconds."""
    over = failures - FREE_FAILURES
    if over <= 0:
        return timedelta()
    return timedelta(seconds=min(2 ** min(over - 1, 30), LONGEST_SECONDS))


class Attempts:
    """Counts an attempt as failed before it is looked at, so that many at once gain nothing."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now

    async def begin(self, login: str) -> None:
        """Counts one attempt; raises Refused (too_many_attempts) while the login must wait."""
        try:
            await self._count(_key(login), self._now())
        except IntegrityError:  # another process has just counted this login's first failure
            await self._count(_key(login), self._now())

    async def _count(self, key: str, now: datetime) -> None:
        mine = table.c.login_hash == key
        async with self._database.write() as connection:
            forgotten = table.c.retry_at < now - FORGOTTEN_AFTER
            await connection.execute(delete(table).where(forgotten))
            found = select(table.c.failures, table.c.retry_at).where(mine).with_for_update()
            known = (await connection.execute(found)).first()
            if known is None:
                first = insert(table).values(login_hash=key, failures=1, retry_at=now)
                await connection.execute(first)
                return
            if known.retry_at > now:
                raise _too_many((known.retry_at - now).total_seconds())
            failures = known.failures + 1
            counted = {"failures": failures, "retry_at": now + delay(failures)}
            await connection.execute(update(table).where(mine).values(counted))

    async def succeeded(self, login: str) -> None:
        """Forgets the login's failures."""
        async with self._database.write() as connection:
            await connection.execute(delete(table).where(table.c.login_hash == _key(login)))


def _key(login: str) -> str:
    return hashlib.sha256(login.encode()).hexdigest()


def _too_many(seconds: float) -> Refused:
    title = "Too many failed attempts to sign in"
    code = ProblemCode.TOO_MANY_ATTEMPTS
    return Refused(Problem(status=429, title=title, code=code, retry_after=math.ceil(seconds)))
