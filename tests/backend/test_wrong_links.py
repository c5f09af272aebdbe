"""Wrong links are counted once for all processes: more processes allow no more guesses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from backend.database import Database
from backend.patients.guesses import WINDOW, Guesses
from backend.problems import Refused
from backend.tables import wrong_links
from tests.backend.clinic import SetClock

MOST = 20
GUESSER, OTHER = "198.51.100.7", "198.51.100.8"


@asynccontextmanager
async def process(url: str, clock: SetClock) -> AsyncIterator[Guesses]:
    """What a server process has of it: connections of its own."""
    database = Database(url)
    try:
        yield Guesses(database, MOST, clock)
    finally:
        await database.close()


async def waits(url: str, guesses: Guesses, address: str) -> int | None:
    """Seconds that the address has to wait."""
    database = Database(url)
    try:
        async with database.read() as connection:
            await guesses.refuse_guesser(connection, address)
    except Refused as refusal:
        return refusal.problem.retry_after
    finally:
        await database.close()
    return None


async def test_two_processes_count_together(database_url: str) -> None:
    """Also where the first wrong links of an address come to both at the same moment."""
    clock = SetClock()
    async with process(database_url, clock) as one, process(database_url, clock) as two:
        wrong = [guesses.wrong(GUESSER) for _ in range(MOST // 2) for guesses in (one, two)]
        await asyncio.gather(*wrong[1:])
        assert await waits(database_url, one, GUESSER) is None
        await wrong[0]
        assert await waits(database_url, one, GUESSER) == WINDOW.total_seconds()
        assert await waits(database_url, two, GUESSER) == WINDOW.total_seconds()
        assert await waits(database_url, two, OTHER) is None


async def test_the_next_minute_begins_at_one(database_url: str) -> None:
    clock = SetClock()
    async with process(database_url, clock) as one, process(database_url, clock) as two:
        for _ in range(MOST):
            await one.wrong(GUESSER)
        clock.advance(minutes=1)
        await asyncio.gather(one.wrong(GUESSER), two.wrong(GUESSER))
        assert await waits(database_url, two, GUESSER) is None
        database = Database(database_url)
        async with database.read() as connection:
            counts = (await connection.execute(select(wrong_links.c.count))).scalars().all()
        await database.close()
    assert counts == [2]


@pytest.mark.parametrize("later", [0, 1])
async def test_what_is_over_is_thrown_away(database_url: str, later: int) -> None:
    clock = SetClock()
    async with process(database_url, clock) as guesses:
        await guesses.wrong(GUESSER)
        clock.advance(minutes=later)
        await guesses.forget_old()
        database = Database(database_url)
        async with database.read() as connection:
            kept = (await connection.execute(select(wrong_links.c.address_hash))).scalars().all()
        await database.close()
    assert len(kept) == 1 - later
    assert GUESSER not in kept
