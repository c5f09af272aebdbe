"""Resumable uploads: cut, gone on with, checked, and made documents of their request."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import msgspec
import pytest
from sqlalchemy import select

from backend.tables import upload_parts, uploads
from backend_client.models.common import API_PREFIX, ProblemCode, Wire
from backend_client.models.documents import CALL_PICTURE, CHAT_FILE, Document, DocumentKind
from backend_client.models.patient import PATIENT_PREFIX
from backend_client.models.requests import ItemState, RequestCard
from backend_client.models.uploads import (
    COMPLETE_HEADER,
    LARGEST_FILE,
    LENGTH_HEADER,
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    NewUpload,
    Upload,
)
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, id_of, problem, read
from tests.backend.consultation import MINE
from tests.backend.live import live
from tests.backend.s3_server import KEYS, S3Server

ONE = id_of("20-0001")
PDF = b"%PDF-1.7 " + bytes(range(256)) * 300
JPEG = b"\xff\xd8\xff\xe0" + bytes(5000)
DIGEST = hashlib.sha256(PDF).hexdigest()


class Sender:
    """Sends files as a doctor or as the patient does."""

    def __init__(self, client: httpx.AsyncClient, prefix: str, headers: dict[str, str]) -> None:
        self.client = client
        self.prefix = prefix
        self.headers = headers

    async def post(self, path: str, body: Wire) -> httpx.Response:
        content = msgspec.json.encode(body)
        return await self.client.post(self.prefix + path, content=content, headers=self.headers)

    async def begin(self, size: int = len(PDF), title: str = "a.pdf", item: str = "ecg") -> Upload:
        return read(await self.announce(size, title, item), Upload)

    async def announce(
        self, size: int = len(PDF), title: str = "a.pdf", item: str = "ecg"
    ) -> httpx.Response:
        path = "/uploads" if self.prefix == PATIENT_PREFIX else f"/requests/{ONE}/uploads"
        return await self.post(path, NewUpload(item_code=item, title=title, size=size))

    async def send(
        self, upload: Upload, offset: int, content: bytes | AsyncIterator[bytes]
    ) -> httpx.Response:
        headers = self.headers | {OFFSET_HEADER: str(offset), "Content-Type": PIECE_TYPE}
        path = f"{self.prefix}/uploads/{upload.id}"
        return await self.client.patch(path, content=content, headers=headers)

    async def finish(self, upload: Upload, sha256: str = DIGEST) -> httpx.Response:
        return await self.post(f"/uploads/{upload.id}/finish", FinishUpload(sha256=sha256))

    async def state(self, upload: Upload) -> httpx.Response:
        return await self.client.get(f"{self.prefix}/uploads/{upload.id}", headers=self.headers)

    async def offset(self, upload: Upload) -> httpx.Response:
        return await self.client.head(f"{self.prefix}/uploads/{upload.id}", headers=self.headers)

    async def give_up(self, upload: Upload) -> httpx.Response:
        path = f"{self.prefix}/uploads/{upload.id}"
        return await self.client.delete(path, headers=self.headers)


async def doctor_of(clinic: Clinic, login: str = "levashova") -> Sender:
    return Sender(clinic.client, API_PREFIX, (await clinic.caller(login)).headers)


async def patient_of(clinic: Clinic) -> Sender:
    patient = await clinic.patient(await clinic.caller(), ONE)
    return Sender(clinic.client, PATIENT_PREFIX, patient.headers)


async def sender_of(clinic: Clinic, who: str) -> Sender:
    return await (patient_of(clinic) if who == "patient" else doctor_of(clinic))


async def card(clinic: Clinic) -> RequestCard:
    return read(await (await clinic.caller()).get(f"/requests/{ONE}"), RequestCard)


@pytest.fixture(params=["folder", "s3"])
def stored(request: pytest.FixtureRequest, clinics: ClinicMaker) -> ClinicMaker:
    """Servers that keep their files in a folder, and in S3; parts are small."""
    settings = replace(clinics.settings, upload_part_bytes=10_000)
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3")
        settings = replace(settings, files_url=server.bucket(), s3_keys=KEYS)
    return replace(clinics, settings=settings)


@pytest.mark.parametrize("who", ["doctor", "patient"])
async def test_file_sent_in_pieces_is_a_document_of_its_item(stored: ClinicMaker, who: str) -> None:
    """OZ-4, OZ-20"""
    async with stored.open(REQUEST) as clinic:
        sender = await sender_of(clinic, who)
        upload = await sender.begin()
        first = await sender.send(upload, 0, PDF[:25_000])
        middle = await sender.offset(upload)
        second = await sender.send(upload, 25_000, PDF[25_000:])
        end = await sender.offset(upload)
        document = read(await sender.finish(upload), Document)
        again = read(await sender.finish(upload), Document)
        seen = await card(clinic)
        caller = await clinic.caller()
        content = await caller.get(f"/documents/{document.id}/content")
        left = await clinic.parts.files.sizes("uploads")
    assert [first.status_code, second.status_code] == [204, 204]
    assert (first.headers[OFFSET_HEADER], second.headers[OFFSET_HEADER]) == ("25000", "76809")
    assert middle.headers[OFFSET_HEADER] == "25000"
    assert (middle.headers[COMPLETE_HEADER], end.headers[COMPLETE_HEADER]) == ("?0", "?1")
    assert end.headers[LENGTH_HEADER] == str(len(PDF))
    assert (document.kind, document.format, document.sha256) == (DocumentKind.PDF, "PDF", DIGEST)
    assert again == document
    assert content.content == PDF
    assert [one.id for one in seen.documents] == [document.id]
    assert [item.state for item in seen.row.checklist if item.code == "ecg"] == [ItemState.PRESENT]
    lines = [entry.text for entry in seen.history]
    assert any("файл" in line for line in lines)
    assert left == {}


async def test_cut_connection_goes_on_where_it_was_cut(stored: ClinicMaker) -> None:
    """Over a real socket: what had come when the client died is kept."""
    async with stored.open(REQUEST) as clinic, live(clinic.app) as address:
        doctor = await doctor_of(clinic)
        async with httpx.AsyncClient(base_url=f"http://{address}") as client:
            sender = Sender(client, API_PREFIX, doctor.headers)
            upload = await sender.begin()
            offset = 0
            for cut in (12_000, 31_000, 50_001):
                offset = await _cut(address, sender, upload, offset, PDF[offset:cut])
            answer = await sender.send(upload, offset, PDF[offset:])
            while answer.status_code == 409:  # what was cut off last was still being kept
                offset = int(answer.headers[OFFSET_HEADER])
                answer = await sender.send(upload, offset, PDF[offset:])
            document = read(await sender.finish(upload), Document)
    assert document.sha256 == DIGEST


async def _cut(address: str, sender: Sender, upload: Upload, offset: int, content: bytes) -> int:
    """Announces the rest of the file, sends some of it and is gone; answers the new offset."""
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = [
        f"PATCH {API_PREFIX}/uploads/{upload.id} HTTP/1.1",
        f"Host: {address}",
        f"{OFFSET_HEADER}: {offset}",
        f"Content-Type: {PIECE_TYPE}",
        f"Content-Length: {upload.size - offset}",
        *(f"{name}: {value}" for name, value in sender.headers.items()),
    ]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
    await writer.drain()
    new_offset = await _gone_on(sender, upload, offset)
    writer.close()
    await writer.wait_closed()
    return new_offset


async def _gone_on(sender: Sender, upload: Upload, before: int) -> int:
    """The offset once the server has kept something of what it was sent."""
    async with asyncio.timeout(60):
        while True:
            offset = int((await sender.offset(upload)).headers[OFFSET_HEADER])
            if offset > before:
                return offset
            await asyncio.sleep(0)


async def test_wrong_offset_is_answered_with_the_right_one(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        await sender.send(upload, 0, PDF[:100])
        for offset in (0, 99, 101, LARGEST_FILE):
            answer = await sender.send(upload, offset, b"x")
            assert problem(answer).code is ProblemCode.UPLOAD_OFFSET
            assert answer.headers[OFFSET_HEADER] == "100"
        early = await sender.finish(upload)
    assert problem(early).code is ProblemCode.UPLOAD_OFFSET


async def test_of_two_that_send_the_same_piece_one_is_refused(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        answers = await asyncio.gather(*(sender.send(upload, 0, PDF) for _ in range(4)))
        document = read(await sender.finish(upload), Document)
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409, 409]
    assert document.sha256 == DIGEST


async def test_finishing_twice_at_once_makes_one_document(stored: ClinicMaker) -> None:
    async with stored.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        await sender.send(upload, 0, PDF)
        answers = await asyncio.gather(*(sender.finish(upload) for _ in range(3)))
        assert len({read(answer, Document).id for answer in answers}) == 1
        assert len((await card(clinic)).documents) == 1


async def test_file_that_arrived_altered_is_no_document(stored: ClinicMaker) -> None:
    async with stored.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        await sender.send(upload, 0, PDF[:-1] + b"?")
        refusal = await sender.finish(upload)
        gone = await sender.state(upload)
        assert await clinic.parts.files.sizes("documents") == {}
        assert await clinic.parts.files.sizes("uploads") == {}
        assert (await card(clinic)).documents == []
    assert problem(refusal).code is ProblemCode.HASH_MISMATCH
    assert gone.status_code == 404


async def test_more_than_was_announced_is_refused_and_the_rest_is_good(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        await sender.send(upload, 0, PDF[:1000])
        assert problem(await sender.send(upload, 1000, PDF)).code is ProblemCode.INVALID
        await sender.send(upload, 1000, PDF[1000:])
        assert read(await sender.finish(upload), Document).sha256 == DIGEST
        late = await sender.send(upload, len(PDF), b"x")
    assert problem(late).code is ProblemCode.UPLOAD_OVER


async def test_nobody_goes_on_with_anothers_upload(clinics: ClinicMaker) -> None:
    """OZ-28"""
    other = replace(REQUEST, number="20-0002")
    async with clinics.open(REQUEST, other) as clinic:
        mine = await (await doctor_of(clinic)).begin()
        theirs = await (await patient_of(clinic)).begin()
        stranger = await clinic.patient(await clinic.caller(), id_of("20-0002"))
        strangers = [
            await doctor_of(clinic, "orlov"),
            await doctor_of(clinic, "mironova"),
            Sender(clinic.client, PATIENT_PREFIX, stranger.headers),
        ]
        for sender in strangers:
            for upload in (mine, theirs):
                for answer in (
                    await sender.state(upload),
                    await sender.send(upload, 0, PDF),
                    await sender.finish(upload),
                    await sender.give_up(upload),
                ):
                    assert problem(answer).code is ProblemCode.NOT_FOUND
        answer = await (await doctor_of(clinic, "mironova")).announce()
    assert problem(answer).code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize(
    ("size", "title", "item"),
    [
        (0, "a", "ecg"),
        (LARGEST_FILE + 1, "a", "ecg"),
        (2**70, "a", "ecg"),
        (1, "", "ecg"),
        (1, "a" * 201, "ecg"),
        (1, "a", "nothing"),
        (1, "a", ""),
    ],
)
async def test_impossible_file_is_refused(
    clinics: ClinicMaker, size: int, title: str, item: str
) -> None:
    async with clinics.open(REQUEST) as clinic:
        answer = await (await doctor_of(clinic)).announce(size, title, item)
    assert problem(answer).code is ProblemCode.INVALID


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\ЭКГ 1.pdf", "ЭКГ 1.pdf"),
        ("a\0b\n\u202ec.pdf", "abc.pdf"),
        ("..", "file"),
        ("/", "file"),
    ],
)
async def test_name_is_shown_and_never_a_path(
    clinics: ClinicMaker, tmp_path: Path, title: str, shown: str
) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin(title=title)
        await sender.send(upload, 0, PDF)
        document = read(await sender.finish(upload), Document)
        assert list(await clinic.parts.files.sizes("documents")) == [
            f"documents/{ONE}/{document.id}"
        ]
    assert document.title == shown


async def test_upload_that_nobody_goes_on_with_is_forgotten(stored: ClinicMaker) -> None:
    async with stored.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        left, kept = await sender.begin(), await sender.begin()
        await sender.send(left, 0, PDF[:30_000])
        await sender.send(kept, 0, PDF[:30_000])
        await clinic.parts.files.write("uploads/of-none/0-x", b"left by a killed process")
        clinic.clock.advance(hours=23)
        sender = await doctor_of(clinic)
        await sender.send(kept, 30_000, PDF[30_000:])
        clinic.clock.advance(hours=2)
        await clinic.parts.finisher.forget_old()
        sender = await doctor_of(clinic)
        assert (await sender.state(left)).status_code == 404
        assert (await sender.state(kept)).status_code == 200
        paths = await clinic.parts.files.sizes("uploads")
        async with clinic.parts.database.read() as connection:
            counted = set((await connection.execute(select(upload_parts.c.upload_id))).scalars())
    assert {path.split("/")[1] for path in paths} == {kept.id} == counted


async def test_given_up_upload_is_forgotten(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sender.begin()
        await sender.send(upload, 0, PDF)
        assert (await sender.give_up(upload)).status_code == 204
        assert (await sender.state(upload)).status_code == 404
        assert await clinic.parts.files.sizes("uploads") == {}
        async with clinic.parts.database.read() as connection:
            assert (await connection.execute(select(uploads.c.id))).all() == []


async def test_patient_sees_no_way_to_fill_the_store(clinics: ClinicMaker) -> None:
    async with clinics.open(MINE) as clinic:
        sender = await patient_of(clinic)
        for _ in range(50):
            await sender.begin(size=1)
        refusal = await sender.announce()
    assert problem(refusal).code is ProblemCode.TOO_MANY_UPLOADS


async def test_a_still_picture_of_the_call_is_the_doctors_and_no_item_of_the_checklist(
    clinics: ClinicMaker,
) -> None:
    """The patient cannot send under that name, and the gate of documents does not move."""
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        before = await card_of(sender)
        upload = await sender.begin(size=len(JPEG), title="Снимок.jpg", item=CALL_PICTURE)
        await sender.send(upload, 0, JPEG)
        done = read(await sender.finish(upload, hashlib.sha256(JPEG).hexdigest()), Document)
        card = await card_of(sender)
        assert (done.item_code, done.kind) == (CALL_PICTURE, DocumentKind.PHOTO)
        assert done in card.documents
        assert card.row.checklist == before.row.checklist
        assert card.row.status is before.row.status
        assert "снимок из видеоконсультации" in card.history[0].text
        refusal = await (await patient_of(clinic)).announce(item=CALL_PICTURE)
        assert problem(refusal).code is ProblemCode.INVALID


async def test_a_file_sent_in_the_chat_is_the_patients_and_no_item_of_the_checklist(
    clinics: ClinicMaker,
) -> None:
    """DRC-6, SPB-17 it is among the documents; staff cannot send under that name."""
    async with clinics.open(REQUEST) as clinic:
        doctor, sender = await doctor_of(clinic), await patient_of(clinic)
        before = await card_of(doctor)
        upload = await sender.begin(size=len(JPEG), title="Рецепт.jpg", item=CHAT_FILE)
        await sender.send(upload, 0, JPEG)
        assert (await sender.finish(upload, hashlib.sha256(JPEG).hexdigest())).status_code == 200
        card = await card_of(doctor)
        [sent] = [one for one in card.documents if one.item_code == CHAT_FILE]
        assert (sent.title, sent.kind) == ("Рецепт.jpg", DocumentKind.PHOTO)
        assert card.row.checklist == before.row.checklist
        refusal = await doctor.announce(item=CHAT_FILE)
        assert problem(refusal).code is ProblemCode.INVALID


async def card_of(sender: Sender) -> RequestCard:
    path = f"{sender.prefix}/requests/{ONE}"
    return read(await sender.client.get(path, headers=sender.headers), RequestCard)
