"""A clinic to measure: made-up requests in a database, real server processes before it."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import httpx
from sqlalchemy import delete

from backend.demo_data.load import LOADED
from backend.demo_data.shape import DemoRequest, DemoStaff
from backend.settings import Settings
from backend.tables import facts
from backend_client.models.accounts import SignedIn, SignIn
from tests.backend.clinic import (
    PASSWORD,
    REQUEST,
    Caller,
    ClinicMaker,
    SetClock,
    a_doctor,
    demo_of,
    read,
)
from tests.backend.postgres_server import postgres_server
from tests.backend.s3_server import ENVIRONMENT, KEYS
from tests.backend.server_process import ServerProcess, command, serving

Answer = TypeVar("Answer")
CONNECTIONS = 200
DOCTORS = 8
NAMES = ("Азов", "Белов", "Громов", "Дёмин", "Ершов", "Жуков", "Зимин", "Котов")


@dataclass(frozen=True, slots=True)
class Stage:
    """A database and a store of files, empty at first."""

    name: str
    folder: Path
    database: str
    files: str

    def settings(self) -> Settings:
        """Of who fills it."""
        return Settings(
            database_url=self.database,
            files_url=self.files,
            s3_keys=KEYS,
            demo=True,
            password_memory_kib=1024,
        )

    @asynccontextmanager
    async def servers(self, count: int = 1) -> AsyncIterator[list[ServerProcess]]:
        """So many processes."""
        arguments = command(self.folder, database=self.database, files=self.files)
        async with AsyncExitStack() as stack:
            starting = (
                stack.enter_async_context(serving(arguments, ENVIRONMENT)) for _ in range(count)
            )
            yield [await one for one in starting]


@contextmanager
def stages() -> Iterator[list[Stage]]:
    """One on SQLite, one on PostgreSQL."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres_server(synchronous_commit="on") as server,
    ):
        files = f"file://{folder}/files"
        sqlite = Stage("SQLite", Path(folder), f"sqlite:///{folder}/backend.db", files)
        postgres = Stage("PostgreSQL", Path(folder), server.url(server.create()), files)
        yield [sqlite, postgres]


def doctors() -> Sequence[DemoStaff]:
    """Doctors of one centre."""
    return [a_doctor(f"doctor{number}", f"{name} Иван Ильич") for number, name in enumerate(NAMES)]


def requests(count: int, **values: object) -> Sequence[DemoRequest]:
    """So many of one centre."""
    given = {"created_at": datetime.now(UTC), "clock_started_at": None, **values}
    first = replace(REQUEST, **given)  # type: ignore[arg-type]  # fields of a DemoRequest
    return [replace(first, number=f"{number:06}") for number in range(count)]


async def fill(stage: Stage, some: Sequence[DemoRequest]) -> None:
    """As after the demonstration, which the processes take for a real clinic."""
    clinics = ClinicMaker(stage.settings(), SetClock(datetime.now(UTC)))
    async with (
        clinics.open_demo(demo_of(some, doctors())) as clinic,
        clinic.parts.database.write() as connection,
    ):
        await connection.execute(delete(facts).where(facts.c.name == LOADED))


@asynccontextmanager
async def signed_in(address: str) -> AsyncIterator[list[Caller]]:
    """Every doctor, on as many connections as they need."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=None) as client:
        callers = []
        for one in doctors():
            given = SignIn(login=one.login, password=PASSWORD)
            signed = read(await Caller(client).post("/sign-in", given), SignedIn)
            callers.append(Caller(client, signed.access_token))
        yield callers


async def all_at_once(calls: Iterable[Awaitable[Answer]]) -> list[Answer]:
    """Their answers; as many at a time as there are connections, or httpx sorts queues all day."""
    free = asyncio.Semaphore(CONNECTIONS)

    async def one(call: Awaitable[Answer]) -> Answer:
        async with free:
            return await call

    return await asyncio.gather(*(one(call) for call in calls))


async def floor_of(caller: Caller, count: int) -> float:
    """Seconds of so many calls of a route that does nothing, all at once."""
    begun = time.monotonic()
    await all_at_once(caller.get("/server") for _ in range(count))
    return time.monotonic() - begun
