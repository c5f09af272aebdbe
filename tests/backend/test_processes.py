"""Three processes on one PostgreSQL and one S3: to their clients they are one server."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from msgspec.structs import replace as with_fields
from sqlalchemy import delete

from backend.demo_data.load import LOADED
from backend.settings import Settings
from backend.tables import facts
from backend_client.models.accounts import SignedIn, SignIn
from backend_client.models.common import API_PREFIX
from backend_client.models.documents import Document, FileLink
from backend_client.models.events import RequestChanged
from backend_client.models.uploads import OFFSET_HEADER, FinishUpload, NewUpload, Upload
from tests.backend.clinic import (
    PASSWORD,
    REQUEST,
    Caller,
    ClinicMaker,
    SetClock,
    id_of,
    read,
    write_catalogues,
)
from tests.backend.live import changed, hello, subscribed
from tests.backend.s3_server import ENVIRONMENT, KEYS, S3Server
from tests.backend.server_process import command, serving

COUNT = 3
NUMBERS = [f"{number:02}" for number in range(12)]
FILE = b"%PDF-1.7 " + bytes(range(256)) * 2000
DIGEST = hashlib.sha256(FILE).hexdigest()


@dataclass(frozen=True)
class Cluster:
    """The processes, and one account's way to each of them by one token."""

    addresses: list[str]
    callers: list[Caller]
    clients: list[httpx.AsyncClient]


async def prepare(settings: Settings) -> None:
    """A database as after the demonstration, which the processes take for a real one."""
    requests = [replace(REQUEST, number=number) for number in NUMBERS]
    maker = ClinicMaker(settings, SetClock())
    async with maker.open(*requests) as clinic, clinic.parts.database.write() as connection:
        await connection.execute(delete(facts).where(facts.c.name == LOADED))


@asynccontextmanager
async def cluster(postgres_url: str, files_url: str, folder: Path) -> AsyncIterator[Cluster]:
    catalogues = write_catalogues(folder / "catalogues")
    settings = Settings(
        postgres_url,
        files_url,
        s3_keys=KEYS,
        demo=True,
        catalogues=catalogues,
        password_memory_kib=32,
    )
    await prepare(settings)
    arguments = command(folder, database=postgres_url, files=files_url)
    async with AsyncExitStack() as stack:
        starts = (stack.enter_async_context(serving(arguments, ENVIRONMENT)) for _ in range(COUNT))
        addresses = [(await start).address for start in starts]
        clients = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=address))
            for address in addresses
        ]
        given = SignIn(login="levashova", password=PASSWORD)
        token = read(await Caller(clients[0]).post("/sign-in", given), SignedIn).access_token
        yield Cluster(addresses, [Caller(client, token) for client in clients], clients)


async def claim(caller: Caller, number: str) -> None:
    assert (await caller.post(f"/requests/{id_of(number)}/claim")).is_success


async def test_three_processes_are_one_server(
    postgres_url: str, s3: S3Server, tmp_path: Path
) -> None:
    async with cluster(postgres_url, s3.bucket(), tmp_path) as three:
        await everybody_hears_everything(three)
        await files_go_in_here_and_out_there(three)


async def everybody_hears_everything(three: Cluster) -> None:
    """Claims in each process, at the same time: every stream tells all, in one order."""
    headers = three.callers[0].headers
    async with AsyncExitStack() as stack:
        streams = []
        for address in three.addresses:
            opened = subscribed(address.removeprefix("http://"), headers)
            streams.append(await stack.enter_async_context(opened))
            await hello(streams[-1])
        await asyncio.gather(
            *(claim(three.callers[place % COUNT], number) for place, number in enumerate(NUMBERS))
        )
        told = [[as_of_then(await changed(stream)) for _ in NUMBERS] for stream in streams]
    assert told[0] == told[1] == told[2]
    assert {message.request_id for message in told[0]} == {id_of(number) for number in NUMBERS}
    assert is_chain(told[0])


def as_of_then(message: RequestChanged) -> RequestChanged:
    """Without how far the log had come when the process read the row."""
    assert message.row is not None
    assert message.row.seq >= message.seq
    return with_fields(message, row=with_fields(message.row, seq=0))


def is_chain(messages: list[RequestChanged]) -> bool:
    """Whether each message names the one before it."""
    pairs = zip(messages, messages[1:], strict=False)
    return all(after.prev == before.seq == after.seq - 1 for before, after in pairs)


async def files_go_in_here_and_out_there(three: Cluster) -> None:
    """Begun in one process, gone on with in another, finished and read in the third."""
    new = NewUpload(item_code="ecg", title="a.pdf", size=len(FILE))
    path = f"/requests/{id_of(NUMBERS[0])}/uploads"
    upload = read(await three.callers[0].post(path, new), Upload)
    half = len(FILE) // 2
    for place, content in ((0, FILE[:half]), (half, FILE[half:])):
        client = three.clients[1 if place else 0]
        headers = three.callers[0].headers | {OFFSET_HEADER: str(place)}
        address = f"{API_PREFIX}/uploads/{upload.id}"
        assert (await client.patch(address, content=content, headers=headers)).is_success
    finishing = FinishUpload(sha256=DIGEST)
    answer = await three.callers[2].post(f"/uploads/{upload.id}/finish", finishing)
    document = read(answer, Document)
    content_there = await three.callers[0].get(
        f"/documents/{document.id}/content", headers={"Range": "bytes=0-8"}
    )
    link = read(await three.callers[1].get(f"/documents/{document.id}/link"), FileLink)
    assert link.url is not None
    async with httpx.AsyncClient() as anybody:
        fetched = await anybody.get(link.url)
    assert content_there.content == b"%PDF-1.7 "
    assert hashlib.sha256(fetched.content).hexdigest() == link.sha256 == DIGEST
