"""Databases and folders for the backend's tests.

TEST_POSTGRES_URL names an empty PostgreSQL database: then every test runs there too.
"""

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.database import Database
from backend.settings import Settings
from tests.backend.clinic import ClinicMaker, SetClock, write_catalogues

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
DATABASES = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/backend.db"
    assert POSTGRES is not None
    asyncio.run(_empty(POSTGRES))
    return POSTGRES


async def _empty(url: str) -> None:
    database = Database(url)
    async with database.write() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """A demo server with small catalogues and cheap passwords."""
    return Settings(
        database_url=database_url,
        files_url=f"file://{tmp_path}/files",
        demo=True,
        catalogues=write_catalogues(tmp_path / "catalogues"),
        password_memory_kib=32,
    )


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    """Opens servers with made-up requests."""
    return ClinicMaker(settings, SetClock())
