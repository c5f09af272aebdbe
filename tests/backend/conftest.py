"""Databases and folders for the backend's tests, on SQLite and PostgreSQL (`databases.py`)."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.settings import CATALOGUES, Settings
from tests.backend.clinic import ClinicMaker, SetClock, write_catalogues
from tests.backend.compiled import compiled_once
from tests.backend.databases import BOTH, databases_of
from tests.backend.migrated import migrate, migrated_file
from tests.backend.postgres_server import PostgresMissing, PostgresServer, postgres_server
from tests.backend.s3_server import S3Server, s3_server

TEMPLATE = "template_backend"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs on the databases that it is to run on, where it does not say so itself."""
    said = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "database_url" in metafunc.fixturenames and not any("database_url" in one for one in said):
        names = databases_of(metafunc.definition.path.name, metafunc.definition.originalname)
        metafunc.parametrize("database_url", names, indirect=True)


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Statements are put together once, not for each server again."""
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests."""
    try:
        with postgres_server() as server:
            yield server
    except PostgresMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A migrated database: a copy is quicker than its making."""
    name = postgres.create(name=TEMPLATE)
    migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    return migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database, for what SQLite does not have."""
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database without rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "backend.db")
        return f"sqlite:///{tmp_path}/backend.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """One server for all tests."""
    with s3_server() as server:
        yield server


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


@pytest.fixture
def shipped(clinics: ClinicMaker) -> ClinicMaker:
    """The same with the catalogues that come with the program."""
    return replace(clinics, settings=replace(clinics.settings, catalogues=CATALOGUES))
