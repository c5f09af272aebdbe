"""Uploads that end while something else happens to them, and what their keys answer afterwards."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from weakref import WeakValueDictionary

import httpx
from sqlalchemy import select

from backend.files import Files
from backend.settings import Settings
from backend.tables import audit_entries
from backend.uploads.records import Uploader
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.documents import Document
from backend_client.models.uploads import Upload
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, problem, read
from tests.backend.test_uploads import DIGEST, ONE, PDF, Sender, card, doctor_of

OTHER_HASH = "0" * 64
KEY = {"Idempotency-Key": "one"}
MEANWHILE_S = 0.3
"""Long enough for a statement to reach what it waits for."""


class LateFiles(Files):
    """Somebody else is quicker than this process."""

    def __init__(self, settings: Settings, first: Callable[[], Awaitable[object]]) -> None:
        super().__init__(settings.files_url, settings.s3_keys)
        self._first = first

    async def stream(self, path: str, start: int, end: int) -> AsyncIterator[bytes]:
        await self._first()
        return await super().stream(path, start, end)


async def sent(sender: Sender, content: bytes = PDF) -> Upload:
    upload = await sender.begin()
    await sender.send(upload, 0, content)
    return upload


async def finish(sender: Sender, upload: Upload, sha256: str = DIGEST) -> httpx.Response:
    """Under the one key of these tests."""
    keyed = Sender(sender.client, sender.prefix, sender.headers | KEY)
    return await keyed.finish(upload, sha256)


async def test_file_finished_as_its_time_is_over_is_kept(clinics: ClinicMaker) -> None:
    """The sweep waits for the transaction that makes the document, and then leaves its file."""
    async with clinics.open(REQUEST) as clinic:
        upload = await sent(await doctor_of(clinic))
        uploader = await uploader_of(clinic)
        finisher = clinic.parts.finisher
        clinic.clock.advance(hours=25)
        async with clinic.parts.changes.change(uploader.centre_id) as change:
            whole = await finisher.whole(uploader, upload.id, DIGEST)
            document = await finisher.keep(change, uploader, whole, DIGEST)
            sweep = asyncio.create_task(finisher.forget_old())
            await asyncio.wait([sweep], timeout=MEANWHILE_S)
        await sweep
        caller = await clinic.caller()
        assert (await caller.get(f"/documents/{document.id}/content")).content == PDF


async def test_two_processes_that_finish_one_upload_make_one_document(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sent(sender)
        answers: list[Document] = []

        async def first() -> None:
            answers.append(read(await sender.finish(upload), Document))

        elsewhere = replace(
            clinic.parts.finisher,
            files=LateFiles(clinic.parts.settings, first),
            turns=WeakValueDictionary(),
        )
        uploader = await uploader_of(clinic)
        whole = await elsewhere.whole(uploader, upload.id, DIGEST)
        async with clinic.parts.changes.change(uploader.centre_id) as change:
            answers.append(await elsewhere.keep(change, uploader, whole, DIGEST))
        assert answers[0] == answers[1]
        assert len((await card(clinic)).documents) == 1


async def test_wrong_hash_is_the_first_result_of_its_key(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sent(sender, PDF[:-1] + b"?")
        two = [await finish(sender, upload) for _ in range(2)]
    assert [problem(one).code for one in two] == [ProblemCode.HASH_MISMATCH] * 2


async def test_key_of_a_finished_upload_is_refused_for_another_hash(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sent(sender)
        document = read(await finish(sender, upload), Document)
        assert (await finish(sender, upload, OTHER_HASH)).status_code == 422
        assert read(await finish(sender, upload), Document) == document


async def test_key_of_something_else_does_not_touch_the_upload(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sent(sender)
        claim = f"{sender.prefix}/requests/{ONE}/claim"
        taken = await sender.client.post(claim, headers=sender.headers | KEY)
        assert taken.is_success
        assert (await finish(sender, upload, OTHER_HASH)).status_code == 422
        assert read(await sender.finish(upload), Document).sha256 == DIGEST


async def test_audit_names_the_request_of_an_upload(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        upload = await sent(sender)
        await sender.state(upload)
        await sender.give_up(upload)
    async with clinics.open() as clinic, clinic.parts.database.read() as connection:
        found = select(audit_entries.c.action, audit_entries.c.request_ids)
        entries = [(row.action, row.request_ids) for row in await connection.execute(found)]
    for action in ("send_piece", "read_upload", "give_up_upload"):
        assert (action, ONE) in entries


async def uploader_of(clinic: Clinic) -> Uploader:
    """The doctor of these tests."""
    doctor = read(await (await clinic.caller()).get("/me"), Account)
    return Uploader(doctor.centre_id, doctor.short_name, account_id=doctor.id)
