"""An encrypted database in a folder of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.unit.store.opening import KEY, Opened
from workstation.store.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "account" / "store.db"


@pytest.fixture
def opened(path: Path) -> Opened:
    """Opens the database for a block; again and again if wanted."""

    @asynccontextmanager
    async def open_it() -> AsyncIterator[Database]:
        database = await Database.open(path, KEY)
        try:
            yield database
        finally:
            await database.close()

    return open_it
