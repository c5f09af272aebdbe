"""Migrations, transactions and addresses of the database."""

import asyncio
import threading
import warnings
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError, SAWarning, StatementError

from backend.database import Database
from backend.migrations import HEAD
from backend.settings import CannotStart
from backend.tables import events, facts, metadata
from tests.backend.clinic import START

UNREACHABLE = "postgresql://nobody@127.0.0.1:1/nothing"


async def migrated(url: str) -> Database:
    database = Database(url)
    await database.migrate()
    return database


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_name": has_a_table_object})
    with warnings.catch_warnings():
        unread = "Skipped unsupported reflection of expression-based index"
        warnings.filterwarnings("ignore", unread, SAWarning)
        return list(compare_metadata(context, metadata))


def has_a_table_object(name: str | None, kind: str, parents: object) -> bool:
    """All but what search builds for each database in its own way, and indexes of expressions,
    which each database writes in its own words: test_queue_plans.py sees that they are used."""
    others = {"table": "request_words", "index": "ix_requests_by_"}
    return kind not in others or not (name or "").startswith(others[kind])


async def test_migrations_build_the_tables_that_the_program_uses(empty_database_url: str) -> None:
    database = await migrated(empty_database_url)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


def test_newest_step_is_the_last_file() -> None:
    versions = Path(__file__).parents[2] / "backend" / "migrations" / "versions"
    assert sorted(file.name[:4] for file in versions.glob("[0-9]*.py"))[-1] == HEAD


async def test_migrating_again_does_nothing(empty_database_url: str) -> None:
    database = await migrated(empty_database_url)
    async with database.write() as connection:
        await connection.execute(insert(facts).values(name="a", value="b"))
    await database.migrate()
    async with database.read() as connection:
        assert (await connection.execute(select(facts.c.value))).scalar() == "b"
    await database.close()


async def test_database_of_a_newer_program_is_refused(database_url: str) -> None:
    database = await migrated(database_url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotStart, match="newer version of this program"):
        await database.migrate()
    await database.close()


async def test_failed_migration_leaves_nothing_behind(empty_database_url: str) -> None:
    """A table that stands in the way: the steps before it are undone too."""
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.execute(text("CREATE TABLE documents (id INTEGER)"))
    with pytest.raises(StatementError):
        await database.migrate()
    async with database.write() as connection:
        await connection.execute(text("DROP TABLE documents"))
    await database.migrate()
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_failed_transaction_is_undone(database_url: str) -> None:
    database = await migrated(database_url)
    with pytest.raises(IntegrityError):
        await _write_twice(database)
    async with database.read() as connection:
        assert (await connection.execute(select(facts.c.name))).all() == []
    await database.close()


async def _write_twice(database: Database) -> None:
    async with database.write() as connection:
        for _ in range(2):
            await connection.execute(insert(facts).values(name="a", value="b"))


async def test_reference_to_nothing_is_refused_without_naming_values(database_url: str) -> None:
    database = await migrated(database_url)
    row = {"centre_id": "Верещагин", "seq": 1, "request_id": "x", "at": START}
    with pytest.raises(IntegrityError) as refused:
        await _insert_event(database, row)
    assert "Верещагин" not in str(refused.value).partition("DETAIL")[0]
    await database.close()


async def _insert_event(database: Database, row: dict[str, object]) -> None:
    async with database.write() as connection:
        await connection.execute(insert(events).values(row))


async def test_moment_without_a_zone_is_refused(database_url: str) -> None:
    database = await migrated(database_url)
    row = {"centre_id": "x", "seq": 1, "request_id": "x", "at": START.replace(tzinfo=None)}
    with pytest.raises(StatementError, match="time zone"):
        await _insert_event(database, row)
    await database.close()


async def test_many_writers_wait_for_each_other(database_url: str) -> None:
    """Two processes' worth: two databases that do not share a lock in memory."""
    databases = [await migrated(database_url), Database(database_url)]
    async with databases[0].write() as connection:
        await connection.execute(insert(facts).values(name="count", value="0"))

    async def add_one(database: Database) -> None:
        async with database.write() as connection:
            count = select(facts.c.value).with_for_update()
            value = int((await connection.execute(count)).scalar_one())
            await connection.execute(facts.update().values(value=str(value + 1)))

    await asyncio.gather(*(add_one(databases[number % 2]) for number in range(40)))
    async with databases[0].read() as connection:
        assert (await connection.execute(select(facts.c.value))).scalar() == "40"
    for database in databases:
        await database.close()


async def test_folder_of_the_database_is_made(tmp_path: Path) -> None:
    database = await migrated(f"sqlite:///{tmp_path}/new/folder/backend.db")
    await database.close()
    assert (tmp_path / "new" / "folder" / "backend.db").exists()


@pytest.mark.parametrize("address", ["sqlite:///{file}/x.db", "sqlite:///{file}", UNREACHABLE])
async def test_database_that_cannot_be_opened_is_refused_in_words(
    tmp_path: Path, address: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"this is no database " * 100)
    database = Database(address.format(file=file))
    with pytest.raises(CannotStart, match="cannot be opened"):
        await database.migrate()
    await database.close()
    await _driver_threads_end()


async def _driver_threads_end() -> None:
    """aiosqlite does not wait for the thread of a connection that could not be opened."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "nonsense", "", "sqlite+pysqlite:///x", "sqlite://"]
)
def test_unknown_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(CannotStart, match="database address"):
        Database(url)
