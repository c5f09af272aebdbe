"""Conditions that a test of two transactions waits for."""

import asyncio

from sqlalchemy import text

from backend.database import Database

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def somebody_waits(database: Database, seconds: float = 30) -> None:
    """Until a transaction waits for what another holds; on SQLite all wait in line from the start.

    Each look is a transaction of its own: within one PostgreSQL shows the same activity again.
    Raises TimeoutError where nobody comes to wait in so many seconds.
    """
    if not database.is_shared:
        return
    async with asyncio.timeout(seconds):
        while True:
            async with database.read() as connection:
                if (await connection.execute(WAITING)).scalar_one():
                    return
