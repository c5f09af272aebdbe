"""The database behind one door: SQLite in a file, or PostgreSQL. Dialects differ only here."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Protocol, cast

import msgspec
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from backend.migrations import HEAD
from backend.settings import CannotStart

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
BUSY_MILLISECONDS = 10_000
CONNECTIONS = 12
"""Of one process; one of them listens to the other processes."""
READERS = 4
"""More connections of one process, for statements that are prepared."""
LONGEST_WAIT_SECONDS = 120.0
"""For a connection: in a rush all wait their turn, and whoever asked has given up before this."""
MIGRATION_LOCK = 0x7E1E3ED
"""Number of PostgreSQL's advisory lock under which one process migrates."""


PASSING = frozenset({"40001", "40P01"})
"""SQLSTATEs of a transaction that lost to others: a serialization failure, a deadlock."""


def lost_to_others(error: DBAPIError) -> bool:
    """Whether the transaction did nothing wrong, and succeeds when it is tried again."""
    return getattr(error.orig, "sqlstate", None) in PASSING


class Driver(Protocol):
    """What of asyncpg's connection is used here."""

    async def fetch(self, query: str, *args: object) -> Sequence[Sequence[Any]]:
        """All rows."""

    def is_closed(self) -> bool:
        """Whether the server has hung up."""


class Database:
    """Readers and writers of one database; `migrate` first, `close` last."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        self._readers = _readers(url, self.engine)
        # SQLite has one writer. Waiting in line here is fair; its own waiting is a poll.
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read by; what it writes is undone."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncConnection]:
        """As `read`, for statements that stand alone: no transaction around them to wait for."""
        async with self.engine.connect() as connection:
            if self.is_shared:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @asynccontextmanager
    async def read_anew(self) -> AsyncIterator[AsyncConnection]:
        """As `read`, for a statement whose best plan depends on its values, as a search's does:
        PostgreSQL would keep one plan for all of them after the fifth."""
        async with self.engine.connect() as connection:
            if self.is_shared:
                await connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """As `read`, and everything is read as of one moment."""
        async with self.engine.connect() as connection:
            if self.is_shared:  # a reading transaction of SQLite is one by itself
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One writing transaction: committed at the end, undone by an exception."""
        async with self._turn(), self.engine.connect() as connection:
            await connection.execution_options(writes=True)
            async with connection.begin():
                yield connection

    async def migrate(self) -> None:
        """Brings the tables to this program's version.

        Raises CannotStart for a newer database, and for one that cannot be opened.
        """
        try:
            revision = await self._revision()
        except DBAPIError as error:
            raise _cannot_open(error.orig or error) from error
        except OSError as error:
            raise _cannot_open(error) from error
        if revision == HEAD:
            return
        # Alembic takes a quarter of a second to import and is seldom needed.
        from backend.migrations.upgrade import upgrade

        async with self.write() as connection:
            await self.one_at_a_time(connection, MIGRATION_LOCK)
            await connection.run_sync(upgrade)

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on it, which are to be told what this one does."""
        return not self._is_sqlite

    async def notify(self, connection: AsyncConnection, channel: str, word: str) -> None:
        """Tells all who listen on the channel, once the transaction is committed."""
        if self.is_shared:
            told = text("SELECT pg_notify(:channel, :word)")
            await connection.execute(told, {"channel": channel, "word": word})

    async def one_at_a_time(self, connection: AsyncConnection, number: int) -> None:
        """Of the transactions that ask for this number the others wait for the end of this one."""
        if self.is_shared:
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            await connection.execute(lock, {"number": number})

    @asynccontextmanager
    async def own_connection(self) -> AsyncIterator[object]:
        """The driver's own connection, which nobody gets after the caller."""
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            try:
                yield raw.driver_connection
            finally:
                await connection.invalidate()

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Driver]:
        """PostgreSQL's driver itself, for a single statement that only reads."""
        pooled = await self._readers.raw_connection()
        driver: Driver = cast("Driver", pooled.driver_connection)
        try:
            yield driver
        finally:
            if driver.is_closed():
                pooled.invalidate()
            pooled.close()

    async def close(self) -> None:
        """Closes all connections."""
        await self.engine.dispose()
        await self._readers.dispose()

    def _turn(self) -> AbstractAsyncContextManager[object]:
        return self._writer if self._is_sqlite else nullcontext()

    async def _revision(self) -> str | None:
        async with self.read() as connection:
            if not await connection.run_sync(_has_versions):
                return None
            rows = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return rows.scalar()


def _cannot_open(cause: BaseException) -> CannotStart:
    return CannotStart(f"the database cannot be opened: {cause}")


def _has_versions(connection: Connection) -> bool:
    return connection.dialect.has_table(connection, "alembic_version")


def _engine(url: str) -> AsyncEngine:
    try:
        given = make_url(url)
    except ArgumentError as error:
        raise CannotStart(f"this is no database address: {url!r}") from error
    driver = DRIVERS.get(given.drivername)
    if driver is None or not given.database:
        raise CannotStart("a database address is sqlite:///path or postgresql://user@host/name")
    address = given.set(drivername=driver)
    # Parameters of a failed statement are patients' data: they stay out of messages.
    engine = create_async_engine(
        address,
        hide_parameters=True,
        json_deserializer=msgspec.json.decode,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT_SECONDS,
    )
    if given.drivername == "sqlite":
        _make_folder(given)
        _speak_sqlite(engine)
    return engine


def _readers(url: str, engine: AsyncEngine) -> AsyncEngine:
    """Connections for prepared statements: PostgreSQL plans each of them once, not each time."""
    if engine.dialect.name == "sqlite":
        return engine
    return create_async_engine(
        make_url(url).set(drivername=DRIVERS["postgresql"]),
        hide_parameters=True,
        json_deserializer=msgspec.json.decode,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT_SECONDS,
        connect_args={"server_settings": {"plan_cache_mode": "force_generic_plan"}},
    )


def _make_folder(address: URL) -> None:
    # Where that fails, the opening fails, and says so in better words.
    with suppress(OSError):
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)


class _PragmaCursor(Protocol):
    def execute(self, statement: str) -> object: ...

    def close(self) -> None: ...


def _speak_sqlite(engine: AsyncEngine) -> None:
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # The driver shall not begin transactions by itself: `_begin_sqlite` does, DDL included.
    connection.isolation_level = None
    cursor: _PragmaCursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once when another one writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
