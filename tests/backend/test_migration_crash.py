"""`kill -9` in the middle of a migration: the old tables stand, and the next start is whole."""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, insert, select, text

from backend.database import Database
from backend.migrations import HEAD
from backend.tables import requests
from tests.backend.consultation import ONE
from tests.backend.older_tables import build
from tests.backend.server_process import command, serving
from tests.backend.test_database import differences
from tests.backend.waiting import somebody_waits

BEFORE = "0006"
MANY = 300
WORDS = " ".join(f"слово{number}ёжик" for number in range(60))
HELD_S = 0.05
"""How long a lock has to be held for this to be the work, and not a start."""
START_SECONDS = 60


def of_those_days(connection: Connection) -> None:
    """Enough requests to be in the middle of them."""
    build(connection, BEFORE)
    table = Table("requests", MetaData(), autoload_with=connection)
    one = dict(connection.execute(select(table)).mappings().one())
    others = [
        {**one, "id": f"other-{number}", "number": f"{number}", "search_text": WORDS}
        for number in range(MANY)
    ]
    connection.execute(insert(table), others)


async def revision(database: Database) -> str:
    async with database.read() as connection:
        found: str = (
            await connection.execute(text("SELECT version_num FROM alembic_version"))
        ).scalar_one()
    return found


@asynccontextmanager
async def in_the_middle(database: Database, folder: Path) -> AsyncIterator[None]:
    """Begins once a server that was started inside of it migrates, which has not ended then."""
    if not database.is_shared:
        yield
        await asyncio.to_thread(until_written, folder / "empty.db")
        return
    async with database.write() as connection:
        # A later step wants this table for itself; the steps before it are done by then.
        await connection.execute(text("LOCK TABLE opened_documents IN ROW EXCLUSIVE MODE"))
        yield
        await somebody_waits(database, START_SECONDS)


def until_written(file: Path) -> None:
    """Somebody else's writing transaction has lasted for a while."""
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    free = time.monotonic()
    limit = free + START_SECONDS
    while time.monotonic() - free < HELD_S:
        assert time.monotonic() < limit, "the server has never begun"
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            continue
        connection.execute("ROLLBACK")
        free = time.monotonic()
    connection.close()


async def test_killed_migration_leaves_the_old_tables_and_is_done_by_the_next_start(
    empty_database_url: str, tmp_path: Path
) -> None:
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(of_those_days)
    arguments = command(tmp_path, database=empty_database_url)
    silent = subprocess.DEVNULL
    async with in_the_middle(database, tmp_path):
        process = subprocess.Popen(arguments, stdout=silent, stderr=silent)  # noqa: ASYNC220
    try:
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
    assert await revision(database) == BEFORE
    async with serving(arguments):
        pass
    assert await revision(database) == HEAD
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
        ids = set((await connection.execute(select(requests.c.id))).scalars())
    await database.close()
    assert ids == {ONE, *(f"other-{number}" for number in range(MANY))}
