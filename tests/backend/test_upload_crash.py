"""`kill -9` in the middle of an upload: start again, nothing lost, nothing half done."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import delete, select

from backend.database import Database
from backend.demo_data.load import LOADED
from backend.files import Files
from backend.tables import documents, facts, upload_parts
from backend.uploads.records import place_of
from backend_client.models.accounts import SignedIn, SignIn
from backend_client.models.common import API_PREFIX
from backend_client.models.documents import Document
from backend_client.models.uploads import (
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    NewUpload,
    Upload,
)
from tests.backend.clinic import PASSWORD, REQUEST, Caller, ClinicMaker, id_of, read
from tests.backend.s3_server import ENVIRONMENT, KEYS, S3Server
from tests.backend.server_process import ServerProcess, command, serving

PIECE = 300_000
FILE = Random(4).randbytes(6 * PIECE)
"""No part of it is like another: parts that change places would be seen."""
DIGEST = hashlib.sha256(FILE).hexdigest()


async def prepare(clinics: ClinicMaker) -> None:
    """A database as after the demonstration, which the process takes for a real one."""
    async with clinics.open(REQUEST) as clinic, clinic.parts.database.write() as connection:
        await connection.execute(delete(facts).where(facts.c.name == LOADED))


class Sender:
    """A doctor who sends one file to one process after another."""

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str]) -> None:
        self.client = client
        self.caller = Caller(client)
        self.caller.headers = headers

    async def offset(self, upload: Upload) -> int:
        path = f"{API_PREFIX}/uploads/{upload.id}"
        answer = await self.client.head(path, headers=self.caller.headers)
        return int(answer.headers[OFFSET_HEADER])

    async def send(self, upload: Upload, offset: int, content: bytes | AsyncIterator[bytes]) -> int:
        headers = self.caller.headers | {OFFSET_HEADER: str(offset), "Content-Type": PIECE_TYPE}
        path = f"{API_PREFIX}/uploads/{upload.id}"
        answer = await self.client.patch(path, content=content, headers=headers)
        assert answer.status_code == 204, answer.text
        return int(answer.headers[OFFSET_HEADER])

    async def finish(self, upload: Upload) -> Document:
        path = f"/uploads/{upload.id}/finish"
        return read(await self.caller.post(path, FinishUpload(sha256=DIGEST)), Document)


async def sender_of(client: httpx.AsyncClient) -> Sender:
    given = SignIn(login="levashova", password=PASSWORD)
    signed_in = read(await Caller(client).post("/sign-in", given), SignedIn)
    return Sender(client, {"Authorization": f"Bearer {signed_in.access_token}"})


async def until_killed(server: ServerProcess) -> tuple[Upload, int]:
    """Two pieces are acknowledged; in the middle of the third the process dies."""

    async def deadly() -> AsyncIterator[bytes]:
        yield FILE[2 * PIECE : 2 * PIECE + 1000]
        server.process.kill()
        await asyncio.to_thread(server.process.wait)
        yield FILE[2 * PIECE + 1000 : 3 * PIECE]

    async with httpx.AsyncClient(base_url=server.address) as client:
        sender = await sender_of(client)
        new = NewUpload(item_code="ecg", title="a.bin", size=len(FILE))
        path = f"/requests/{id_of('20-0001')}/uploads"
        upload = read(await sender.caller.post(path, new), Upload)
        acknowledged = 0
        for _ in range(2):
            piece = FILE[acknowledged : acknowledged + PIECE]
            acknowledged = await sender.send(upload, acknowledged, piece)
        await dies(sender.send(upload, acknowledged, deadly()))
    return upload, acknowledged


async def dies(call: Awaitable[object]) -> None:
    try:
        await call
    except httpx.TransportError:
        return
    raise AssertionError("the process has answered")


async def finish_until_killed(server: ServerProcess, upload: Upload, acknowledged: int) -> None:
    """Everything is sent; while the file is put together the process dies."""
    async with httpx.AsyncClient(base_url=server.address) as client:
        sender = await sender_of(client)
        assert await sender.offset(upload) == acknowledged
        await sender.send(upload, acknowledged, FILE[acknowledged:])
        finishing = asyncio.create_task(sender.finish(upload))
        await sender.offset(upload)  # by now the finishing has begun, and may be over
        server.process.kill()
        await asyncio.gather(finishing, return_exceptions=True)


@pytest.mark.parametrize("store", ["folder", "s3"])
async def test_upload_survives_two_deaths_of_the_server(
    clinics: ClinicMaker,
    tmp_path: Path,
    database_url: str,
    store: str,
    request: pytest.FixtureRequest,
) -> None:
    await prepare(clinics)
    files_url = f"file://{tmp_path}/files"
    if store == "s3":
        s3: S3Server = request.getfixturevalue("s3")
        files_url = s3.bucket()
    arguments = command(tmp_path, database=database_url, files=files_url)
    async with serving(arguments, ENVIRONMENT) as server:
        upload, acknowledged = await until_killed(server)
    async with serving(arguments, ENVIRONMENT) as server:
        await finish_until_killed(server, upload, acknowledged)
    async with (
        serving(arguments, ENVIRONMENT) as server,
        httpx.AsyncClient(base_url=server.address) as client,
    ):
        sender = await sender_of(client)
        document = await sender.finish(upload)
        content = await sender.caller.get(f"/documents/{document.id}/content")
    assert acknowledged == 2 * PIECE
    assert content.content == FILE
    assert await rows_left(database_url) == ([document.id], [])
    files = Files(files_url, KEYS)
    assert list(await files.sizes("documents")) == [place_of(document.request_id, document.id)]
    assert await files.sizes("uploads") == {}
    assert half_written(tmp_path) == []


def half_written(folder: Path) -> list[Path]:
    """What obstore leaves in a folder of a write that was not ended."""
    return [path for path in folder.rglob("*#*") if path.is_file()]


async def rows_left(database_url: str) -> tuple[list[str], list[str]]:
    """Documents, and uploads that still have parts."""
    database = Database(database_url)
    async with database.read() as connection:
        made = list((await connection.execute(select(documents.c.id))).scalars())
        parts = list((await connection.execute(select(upload_parts.c.upload_id))).scalars())
    await database.close()
    return made, parts
