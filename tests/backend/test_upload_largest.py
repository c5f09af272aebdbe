"""The largest file there may be, and offsets that 31 bits do not hold: 4 GiB, mostly of nothing."""

import os
from pathlib import Path

import httpx
from sqlalchemy import insert, update

from backend.tables import upload_parts, uploads
from backend.uploads.content import UNKNOWN
from backend.uploads.finishing import Whole
from backend.uploads.records import place_of, upload_record
from backend_client.models.common import ProblemCode
from backend_client.models.documents import Document
from backend_client.models.uploads import COMPLETE_HEADER, LARGEST_FILE, OFFSET_HEADER, Upload
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, problem
from tests.backend.test_upload_races import uploader_of
from tests.backend.test_uploads import ONE, Sender, card, doctor_of

END = b"the end of the file"
NEAR = LARGEST_FILE - len(END)
HALF = 2**31 + 7
"""An offset on the way there."""
HASH = "0" * 64


async def received(clinic: Clinic, upload: Upload, size: int) -> None:
    """As after so many bytes in one part; nobody has to write them."""
    part = {"upload_id": upload.id, "start": 0, "size": size, "storage_path": "uploads/nowhere"}
    async with clinic.parts.database.write() as connection:
        which = uploads.c.id == upload.id
        await connection.execute(update(uploads).where(which).values(received=size))
        await connection.execute(insert(upload_parts).values(part))


async def offset(sender: Sender, upload: Upload) -> tuple[int, str]:
    headers = (await sender.offset(upload)).headers
    return int(headers[OFFSET_HEADER]), headers[COMPLETE_HEADER]


async def test_largest_file_is_received_to_its_last_byte(clinics: ClinicMaker) -> None:
    assert LARGEST_FILE == 4 * 1024**3
    async with clinics.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        half, upload = await sender.begin(LARGEST_FILE), await sender.begin(LARGEST_FILE)
        await received(clinic, half, HALF)
        on = await sender.send(half, HALF, END)
        await received(clinic, upload, NEAR)
        over = await sender.send(upload, NEAR, END + b"!")
        wrong = await sender.send(upload, NEAR - 2**31, END)
        near = await offset(sender, upload)
        last = await sender.send(upload, NEAR, END)
        whole = await offset(sender, upload)
    assert (on.status_code, on.headers[OFFSET_HEADER]) == (204, str(HALF + len(END)))
    assert problem(over).code is ProblemCode.INVALID
    assert problem(wrong).code is ProblemCode.UPLOAD_OFFSET
    assert wrong.headers[OFFSET_HEADER] == str(NEAR)
    assert near == (NEAR, "?0")
    assert (last.status_code, last.headers[OFFSET_HEADER]) == (204, str(LARGEST_FILE))
    assert whole == (LARGEST_FILE, "?1")


async def test_largest_document_is_sent_from_any_offset(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(REQUEST) as clinic:
        document = await largest_document(clinic, tmp_path / "files")
        caller = await clinic.caller()
        path = f"/documents/{document.id}/content"
        asked = [f"bytes={NEAR}-", f"bytes=-{len(END)}", f"bytes={HALF}-{HALF + 3}"]
        parts = [await caller.get(path, {"Range": one}) for one in asked]
        behind = await caller.get(path, {"Range": f"bytes={LARGEST_FILE}-"})
        shown = await card(clinic)
    assert [one.content for one in parts] == [END, END, b"half"]
    assert [_range_of(one) for one in parts] == [
        *[f"bytes {NEAR}-{LARGEST_FILE - 1}/{LARGEST_FILE}"] * 2,
        f"bytes {HALF}-{HALF + 3}/{LARGEST_FILE}",
    ]
    assert behind.headers["content-range"] == f"bytes */{LARGEST_FILE}"
    assert [one.size for one in shown.documents] == [LARGEST_FILE]


def _range_of(answer: httpx.Response) -> str:
    assert answer.status_code == 206
    return str(answer.headers["content-range"])


async def largest_document(clinic: Clinic, folder: Path) -> Document:
    """All bytes are there, put together as a file with holes: its hash is nobody's."""
    upload = await (await doctor_of(clinic)).begin(LARGEST_FILE)
    await received(clinic, upload, LARGEST_FILE)
    place = folder / place_of(ONE, upload.id)
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        os.truncate(file.fileno(), LARGEST_FILE)
        for start, content in ((HALF, b"half"), (NEAR, END)):
            file.seek(start)
            file.write(content)
    uploader = await uploader_of(clinic)
    async with clinic.parts.changes.change(uploader.centre_id) as change:
        record = await upload_record(change.connection, uploader, upload.id)
        whole = Whole(record, UNKNOWN)
        return await clinic.parts.finisher.keep(change, uploader, whole, HASH)
