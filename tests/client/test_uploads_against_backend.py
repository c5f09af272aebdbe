"""Files sent to the real backend over real sockets: cut, killed under way, changed meanwhile."""

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlalchemy import delete

from backend.demo_data.load import LOADED
from backend.tables import facts
from backend_client.client import BackendClient
from backend_client.errors import Conflict, Corrupted, NotFound
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.uploads import Upload
from backend_client.transport import Retrying
from tests.backend.clinic import PASSWORD, REQUEST, Clinic, ClinicMaker, id_of
from tests.backend.live import live
from tests.backend.server_process import command, serving

ONE = RequestId(id_of("20-0001"))
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4000
DIGEST = hashlib.sha256(CONTENT).hexdigest()
PIECE = 200_000
PATIENT = Retrying(attempts=200, first_wait=0.02, longest_wait=0.2, within=60)


class CuttingTransport(httpx.AsyncHTTPTransport):
    """Breaks the connection in the middle of each piece, so often."""

    def __init__(self, cuts: int, after: int) -> None:
        super().__init__()
        self.cuts = cuts
        self._after = after

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH" and self.cuts:
            self.cuts -= 1
            assert isinstance(request.stream, httpx.AsyncByteStream)
            request.stream = _Cut(request.stream, self._after)
        return await super().handle_async_request(request)


class _Cut(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, after: int) -> None:
        self._inner = inner
        self._left = after

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for bit in self._inner:
            yield bit[: self._left]
            self._left -= len(bit)
            if self._left <= 0:
                raise httpx.WriteError("cut")


@asynccontextmanager
async def doctor_at(
    address: str, clinic: Clinic | None = None, transport: httpx.AsyncHTTPTransport | None = None
) -> AsyncIterator[BackendClient]:
    """A doctor's client that sends small pieces and waits for the server's return."""
    client = (
        BackendClient(address, persistence=PATIENT)
        if clinic is None
        else BackendClient(address, transport=transport, now=clinic.clock, persistence=PATIENT)
    )
    client.uploads.piece = PIECE
    await client.account.sign_in("levashova", PASSWORD)
    try:
        yield client
    finally:
        await client.aclose()


async def content_of(client: BackendClient, document: Document) -> bytes:
    taken = bytearray()

    async def take(chunk: bytes) -> None:
        taken.extend(chunk)

    await client.documents.download(document, take)
    return bytes(taken)


async def nothing_left(clinic: Clinic) -> None:
    """No part lies in the store, once what was under way when its connection broke is over."""
    async with asyncio.timeout(PATIENT.within):
        while await clinic.parts.files.sizes("uploads"):
            pass


async def test_a_sent_file_is_a_document_of_the_request(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """OZ-4, OZ-20"""
    path = tmp_path / "a.pdf"
    path.write_bytes(CONTENT)
    begun = list[Upload]()
    async with (
        clinics.open(REQUEST) as clinic,
        live(clinic.app) as address,
        doctor_at(f"http://{address}", clinic) as client,
    ):
        day = date(2026, 11, 12)
        document = await client.uploads.send(
            ONE, "ecg", path, "ЭКГ.pdf", taken_on=day, on_begun=begun.append
        )
        again = await client.uploads.go_on(begun[0].id, path)
        (listed,) = (await client.requests.card(ONE)).documents
        content = await content_of(client, document)
        state = await client.uploads.state(begun[0].id)
        with pytest.raises(Conflict) as over:
            await client.uploads.cancel(begun[0].id)
    assert document == again == listed
    assert (document.sha256, document.title, document.taken_on) == (DIGEST, "ЭКГ.pdf", day)
    assert document.kind is DocumentKind.PDF
    assert content == CONTENT
    assert state.document_id == document.id
    assert over.value.code is ProblemCode.UPLOAD_OVER


async def test_a_file_comes_over_a_line_that_breaks(clinics: ClinicMaker) -> None:
    """What came of each cut piece is kept: the progress never goes back."""
    settings = replace(clinics.settings, upload_part_bytes=30_000)
    cutting = CuttingTransport(cuts=4, after=100_000)
    told = list[int]()
    async with (
        replace(clinics, settings=settings).open(REQUEST) as clinic,
        live(clinic.app) as address,
        doctor_at(f"http://{address}", clinic, cutting) as client,
    ):
        document = await client.uploads.send(
            ONE, "ecg", io.BytesIO(CONTENT), "a", on_progress=lambda at, _: told.append(at)
        )
        content = await content_of(client, document)
    assert content == CONTENT
    assert cutting.cuts == 0
    assert told == sorted(told)


async def test_a_file_outlives_a_server_that_is_killed_under_way(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(REQUEST) as clinic, clinic.parts.database.write() as connection:
        await connection.execute(delete(facts).where(facts.c.name == LOADED))
    killed, begun = asyncio.Event(), list[Upload]()
    async with serving(command(tmp_path)) as server, doctor_at(server.address) as client:

        def kill(at: int, size: int) -> None:
            if not killed.is_set() and at > size / 2:
                server.process.kill()
                killed.set()

        sending = asyncio.create_task(
            client.uploads.send(
                ONE, "ecg", io.BytesIO(CONTENT), "a", on_begun=begun.append, on_progress=kill
            )
        )
        await killed.wait()
        await asyncio.to_thread(server.process.wait)
        port = int(server.address.rsplit(":", 1)[1])
        async with serving(command(tmp_path, port=port)):
            document = await sending
            content = await content_of(client, document)
            listed = (await client.requests.card(ONE)).documents
    assert str(document.id) == str(begun[0].id)
    assert content == CONTENT
    assert listed == [document]


async def test_a_file_that_changes_under_way_leaves_nothing_behind(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(CONTENT)
    begun = list[Upload]()

    def append(at: int, size: int) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    async with (
        clinics.open(REQUEST) as clinic,
        live(clinic.app) as address,
        doctor_at(f"http://{address}", clinic) as client,
    ):
        with pytest.raises(Corrupted):
            await client.uploads.send(
                ONE, "ecg", path, "a", on_begun=begun.append, on_progress=append
            )
        with pytest.raises(NotFound):
            await client.uploads.state(begun[0].id)
        await nothing_left(clinic)
        listed = (await client.requests.card(ONE)).documents
    assert listed == []


async def test_another_file_after_a_restart_is_refused_by_its_hash(clinics: ClinicMaker) -> None:
    """Half was sent by a program that ended; the other half comes from another file."""
    begun, half = list[Upload](), asyncio.Event()

    def stop(at: int, size: int) -> None:
        if at >= size / 2:
            half.set()

    async with (
        clinics.open(REQUEST) as clinic,
        live(clinic.app) as address,
        doctor_at(f"http://{address}", clinic) as client,
    ):
        uploads = client.uploads
        first = asyncio.create_task(
            uploads.send(
                ONE, "ecg", io.BytesIO(CONTENT), "a", on_begun=begun.append, on_progress=stop
            )
        )
        await half.wait()
        first.cancel()
        await asyncio.wait([first])
        with pytest.raises(Corrupted):
            await uploads.go_on(begun[0].id, io.BytesIO(b"x" + CONTENT[1:]))
        await nothing_left(clinic)
        listed = (await client.requests.card(ONE)).documents
    assert listed == []


async def test_a_cancelled_file_is_forgotten(clinics: ClinicMaker) -> None:
    begun, some = list[Upload](), asyncio.Event()
    async with (
        clinics.open(REQUEST) as clinic,
        live(clinic.app) as address,
        doctor_at(f"http://{address}", clinic) as client,
    ):
        sending = asyncio.create_task(
            client.uploads.send(
                ONE,
                "ecg",
                io.BytesIO(CONTENT),
                "a",
                on_begun=begun.append,
                on_progress=lambda *_: some.set(),
            )
        )
        await some.wait()
        sending.cancel()
        await asyncio.wait([sending])
        await client.uploads.cancel(begun[0].id)
        await nothing_left(clinic)
        with pytest.raises(NotFound):
            await client.uploads.go_on(begun[0].id, io.BytesIO(CONTENT))
