"""Real backends for the client's tests: on SQLite, with two small centres."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.settings import Settings
from tests.backend.clinic import ClinicMaker, SetClock, write_catalogues
from tests.backend.compiled import compiled_once
from tests.backend.migrated import migrated_file


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Statements are put together once, not for each server again."""
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database."""
    return migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """A demo server with small catalogues and cheap passwords."""
    shutil.copy(sqlite_template, tmp_path / "backend.db")
    return Settings(
        database_url=f"sqlite:///{tmp_path}/backend.db",
        files_url=f"file://{tmp_path}/files",
        demo=True,
        catalogues=write_catalogues(tmp_path / "catalogues"),
        password_memory_kib=32,
    )


@pytest.fixture
def clinics(settings: Settings) -> ClinicMaker:
    """Opens servers with made-up requests."""
    return ClinicMaker(settings, SetClock())
