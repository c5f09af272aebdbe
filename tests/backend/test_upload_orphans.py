"""Files that would stay for ever with nothing that names them: given up, or left by a kill."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from weakref import WeakValueDictionary

import pytest

from backend.files import Files
from backend.problems import Refused
from backend.settings import Settings, utc_now
from backend.uploads.finishing import Finisher
from backend.uploads.orphans import LEFT_ALONE, Orphans
from backend.uploads.records import place_of
from backend_client.models.common import ProblemCode
from backend_client.models.documents import Document
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, problem, read
from tests.backend.s3_server import KEYS, S3Server
from tests.backend.test_upload_races import MEANWHILE_S, finish, sent, uploader_of
from tests.backend.test_uploads import DIGEST, ONE, PDF, Sender, doctor_of, sender_of
from tests.backend.test_uploads import stored as stored

LATER = LEFT_ALONE + timedelta(minutes=5)


class SlowFiles(Files):
    """Something happens while the last byte of a file is being written."""

    def __init__(self, settings: Settings, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(settings.files_url, settings.s3_keys)
        self._meanwhile = meanwhile

    async def write_pieces(self, path: str, pieces: AsyncIterator[bytes]) -> None:
        """The pieces are read, then it happens, then the file is there."""

        async def last() -> AsyncIterator[bytes]:
            async for piece in pieces:
                yield piece
            await self._meanwhile()

        await super().write_pieces(path, last())


class KilledFiles(Files):
    """The process dies before it deletes anything."""

    async def delete_below(self, folder: str) -> None:
        """Nothing is deleted."""
        raise ConnectionAbortedError(folder)


def at_another_process(clinic: Clinic, files: Files) -> Finisher:
    return replace(clinic.parts.finisher, files=files, turns=WeakValueDictionary())


def tomorrow() -> datetime:
    return utc_now() + LATER


def orphans(clinic: Clinic, a_round: int = 10_000) -> Orphans:
    """As they are a day later."""
    return Orphans(clinic.parts.database, clinic.parts.files, tomorrow, a_round)


async def finished(clinic: Clinic) -> list[str]:
    return sorted(await clinic.parts.files.sizes("documents"))


@pytest.mark.parametrize("who", ["doctor", "patient"])
async def test_file_that_is_being_finished_is_not_given_up(stored: ClinicMaker, who: str) -> None:
    """Who gives up meanwhile waits, and is told that it is a document."""
    async with stored.open(REQUEST) as clinic:
        sender = await sender_of(clinic, who)
        upload = await sent(sender)
        giving_up: list[asyncio.Task[object]] = []

        async def meanwhile() -> None:
            giving_up.append(asyncio.create_task(_refused(sender, upload.id)))
            await asyncio.wait(giving_up, timeout=MEANWHILE_S)

        slow = SlowFiles(clinic.parts.settings, meanwhile)
        parts = clinic.parts
        clinic.app.state.parts = replace(parts, finisher=replace(parts.finisher, files=slow))
        document = read(await finish(sender, upload), Document)
        assert await giving_up[0] is ProblemCode.UPLOAD_OVER
        assert await finished(clinic) == [place_of(ONE, document.id)]
        content = await (await clinic.caller()).get(f"/documents/{document.id}/content")
    assert content.content == PDF


async def _refused(sender: Sender, upload_id: str) -> ProblemCode:
    answer = await sender.client.delete(
        f"{sender.prefix}/uploads/{upload_id}", headers=sender.headers
    )
    return problem(answer).code


async def test_file_given_up_by_a_process_that_is_killed_is_swept(stored: ClinicMaker) -> None:
    """Between the commit and the deletion."""
    async with stored.open(REQUEST) as clinic:
        upload = await sent(await doctor_of(clinic))
        uploader, parts = await uploader_of(clinic), clinic.parts
        await parts.finisher.whole(uploader, upload.id, DIGEST)
        killed = at_another_process(clinic, KilledFiles(parts.settings.files_url, KEYS))
        with pytest.raises(ConnectionAbortedError):
            await killed.give_up(uploader, upload.id)
        assert await finished(clinic) == [place_of(ONE, upload.id)]
        await orphans(clinic).forget_old()
        await parts.finisher.forget_old()
        assert await finished(clinic) == []
        assert await parts.files.sizes("uploads") == {}


async def test_file_given_up_at_another_process_while_it_is_finished_is_swept(
    clinics: ClinicMaker, s3: S3Server
) -> None:
    """A folder has one process."""
    settings = replace(clinics.settings, files_url=s3.bucket(), s3_keys=KEYS)
    async with replace(clinics, settings=settings).open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        kept = read(await finish(sender, await sent(sender)), Document)
        upload = await sent(sender)
        uploader = await uploader_of(clinic)

        async def meanwhile() -> None:
            assert (await sender.give_up(upload)).status_code == 204

        elsewhere = at_another_process(clinic, SlowFiles(clinic.parts.settings, meanwhile))
        whole = await elsewhere.whole(uploader, upload.id, DIGEST)
        async with clinic.parts.changes.change(uploader.centre_id) as change:
            with pytest.raises(Refused):
                await elsewhere.keep(change, uploader, whole, DIGEST)
        left = place_of(ONE, upload.id)
        assert left in await finished(clinic)
        await Orphans(clinic.parts.database, clinic.parts.files).forget_old()
        assert left in await finished(clinic)  # it is too young
        await orphans(clinic).forget_old()
        assert await finished(clinic) == [place_of(ONE, kept.id)]


async def test_file_of_an_upload_that_may_still_become_a_document_is_left(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        upload = await sent(await doctor_of(clinic))
        await clinic.parts.finisher.whole(await uploader_of(clinic), upload.id, DIGEST)
        await orphans(clinic).forget_old()
        assert await finished(clinic) == [place_of(ONE, upload.id)]


async def test_large_store_is_looked_through_round_by_round(stored: ClinicMaker) -> None:
    """Each round looks at so many files and no more; in the end every one was looked at."""
    async with stored.open(REQUEST) as clinic:
        sender = await doctor_of(clinic)
        kept = read(await finish(sender, await sent(sender)), Document)
        for number in range(6):
            await clinic.parts.files.write(place_of(ONE, f"{number}-left"), b"by a kill")
        sweep, left = orphans(clinic, a_round=3), []
        for _ in range(3):
            await sweep.forget_old()
            left.append(len(await finished(clinic)))
        assert left[0] >= 4
        assert left == sorted(left, reverse=True)
        assert await finished(clinic) == [place_of(ONE, kept.id)]


async def test_files_of_another_database_are_left(stored: ClinicMaker) -> None:
    """Whose requests are not known here: a wrong address empties nobody's store."""
    strange = ["documents/strange/file", "documents/strange", f"documents/{ONE}/a/b"]
    async with stored.open(REQUEST) as clinic:
        for path in strange[::2]:
            await clinic.parts.files.write(path, b"theirs")
        await orphans(clinic).forget_old()
        assert await finished(clinic) == sorted(strange[::2])


async def test_attempt_that_a_kill_left_in_a_folder_is_deleted_with_time(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    async with clinics.open(REQUEST) as clinic:
        folder = tmp_path / "files" / "documents" / ONE
        folder.mkdir(parents=True)
        old, young = folder / "given-up#1", folder / "being-written#1"
        for file in (old, young):
            file.write_bytes(b"%PDF")
        long_ago = (utc_now() - LATER).timestamp()
        os.utime(old, (long_ago, long_ago))
        await Orphans(clinic.parts.database, clinic.parts.files).forget_old()
    assert [file.name for file in folder.iterdir()] == [young.name]
