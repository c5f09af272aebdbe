"""The encrypted local database: one file, one connection, one worker thread."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from workstation.core.errors import (
    StoreError,
    StoreUnavailable,
    StoreUnreadable,
    UnreadableStore,
)
from workstation.store.migrations import MIGRATIONS
from workstation.store.sqlcipher import DriverError, connect, means_unreadable, module

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Database:
    """Runs functions on a connection in its thread, each in one transaction."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._engine: Engine | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, key: bytes) -> Self:
        """Opens or makes the file; `key` is 32 raw bytes.

        Raises:
            StoreUnreadable: wrong key, damaged, or written by a newer program. It is left alone.
            StoreUnavailable: no room, no permission.
        """
        database = cls(path, key)
        try:
            await database._in_thread(database._open)
        except StoreError:
            await database.close()
            raise
        return database

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns; its writes are kept together or, where it raises, not at all.

        Raises StoreUnreadable, StoreUnavailable. Once begun it ends, even for a cancelled caller.
        """
        return await self._in_thread(lambda: self._within_transaction(work))

    async def close(self) -> None:
        """Closes the file behind what still runs; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._worker, self._dispose)
        self._worker.shutdown()

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        if self._closed:
            raise StoreUnavailable("closed")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except DBAPIError as error:
            raise self._store_error(error.orig) from error
        except DriverError as error:
            raise self._store_error(error) from error
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._engine = create_engine(
            "sqlite://",
            module=module(),
            creator=lambda: connect(self.path, self._key),
            poolclass=StaticPool,
            hide_parameters=True,  # they are patients' data
        )
        event.listen(self._engine, "begin", _begin)
        with self._engine.connect() as connection:
            _migrate(connection, self.path)

    def _within_transaction(self, work: Callable[[Connection], Result]) -> Result:
        if self._engine is None:
            raise StoreUnavailable("closed")
        with self._engine.begin() as connection:
            return work(connection)

    def _dispose(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def _store_error(self, error: BaseException | None) -> StoreError:
        if means_unreadable(error):
            return StoreUnreadable(self.path, UnreadableStore.WRONG_KEY_OR_DAMAGED)
        return StoreUnavailable(getattr(error, "sqlite_errorname", type(error).__name__))


async def open_or_renew(path: Path, key: bytes) -> tuple[Database, Path | None]:
    """Opens the file; one that cannot be read is set aside and a new one is begun.

    Returns the database and where the unreadable one went (None: nowhere). Raises
    StoreUnavailable.
    """
    try:
        return await Database.open(path, key), None
    except StoreUnreadable as error:
        aside = await asyncio.to_thread(set_aside, path)
        logger.warning("local store unreadable (%s), kept as %s", error.reason.value, aside.name)
        return await Database.open(path, key), aside


def set_aside(path: Path) -> Path:
    """Renames a database and its journals; returns the new name. Nothing is deleted."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.name}.unreadable-{stamp}")
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, path: Path) -> None:
    """Brings the tables to this program's state, one version in one transaction."""
    version = _checked_version(connection, path)
    for number, upgrade in enumerate(MIGRATIONS[version:], start=version + 1):
        with connection.begin():
            upgrade(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _checked_version(connection: Connection, path: Path) -> int:
    """Reads the whole file once, so that damage shows now and not in the middle of the day."""
    # By the driver's own cursor: a transaction on a damaged file cannot even be ended.
    cursor = connection.connection.cursor()
    try:
        cursor.execute("PRAGMA quick_check(1)")
        if cursor.fetchone() != ("ok",):
            raise StoreUnreadable(path, UnreadableStore.WRONG_KEY_OR_DAMAGED)
        cursor.execute("PRAGMA user_version")
        (version,) = cursor.fetchone() or (0,)
        if version > len(MIGRATIONS):
            raise StoreUnreadable(path, UnreadableStore.NEWER)
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # what was ordered survives a power cut
    finally:
        cursor.close()
    return int(version)
