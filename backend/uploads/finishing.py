"""Makes a document of what was received: put together, checked by its hash, kept with its row."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakValueDictionary

from obstore.exceptions import BaseError
from sqlalchemy import delete, insert, select, update

from backend.audit.trace import servers_own, tracing
from backend.changes import Change, Changes
from backend.database import Database
from backend.files import FileMissing, Files
from backend.problems import conflict, move_not_allowed, not_found
from backend.requests.gate import uploaded
from backend.requests.moving import note, standing_of
from backend.rules import history as lines
from backend.rules.catalogues import Catalogues
from backend.rules.status import is_open
from backend.settings import Clock
from backend.tables import documents, upload_parts, uploads
from backend.uploads.content import HEAD, UNKNOWN, FileType, type_of
from backend.uploads.receiving import over, wrong_offset
from backend.uploads.records import Uploader, UploadRecord, folder_of, place_of, upload_record
from backend_client.models.common import DocumentId, ProblemCode, RequestId
from backend_client.models.documents import Document

SHOWN = tuple(column for column in documents.c if column.name != "storage_path")


class WrongHash(Exception):
    """What has arrived is not what was sent."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that lies in the store, whole and checked."""

    record: UploadRecord
    type: FileType


@dataclass(slots=True)
class _Reading:
    """The parts as one stream; raises WrongHash at its end."""

    files: Files
    paths: list[tuple[str, int]]
    sha256: str
    head: bytes = b""

    async def pieces(self) -> AsyncIterator[bytes]:
        digest = hashlib.sha256()
        for path, size in self.paths:
            async for piece in await self.files.stream(path, 0, size):
                self.head += piece[: HEAD - len(self.head)] if len(self.head) < HEAD else b""
                digest.update(piece)
                yield piece
        if digest.hexdigest() != self.sha256:
            raise WrongHash


@dataclass(frozen=True, slots=True)
class Finisher:
    """Finishes uploads, and forgets those that nobody goes on with."""

    database: Database
    changes: Changes
    files: Files
    catalogues: Catalogues
    now: Clock
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def turn(self, upload_id: str) -> asyncio.Lock:
        """Held while an upload is finished: who asks again meanwhile waits for the result."""
        return self.turns.setdefault(upload_id, asyncio.Lock())

    async def whole(self, uploader: Uploader, upload_id: str, sha256: str) -> Whole:
        """Puts the file together; nothing is to be done where it is a document already.

        Raises Refused (not_found, upload_offset, upload_over, hash_mismatch: begin anew).
        """
        async with self.database.read() as connection:
            record = await upload_record(connection, uploader, upload_id)
            columns = (upload_parts.c.storage_path, upload_parts.c.size)
            found = select(*columns).where(upload_parts.c.upload_id == upload_id)
            rows = (await connection.execute(found.order_by(upload_parts.c.start))).all()
        if record.document_id is not None:
            return _known(record, sha256)
        if record.received != record.size:
            raise wrong_offset(record.received)
        place = place_of(record.request_id, record.id)
        reading = _Reading(self.files, [(row.storage_path, row.size) for row in rows], sha256)
        try:
            await self.files.write_pieces(place, reading.pieces())
        except WrongHash as error:
            with tracing(servers_own(uploader.centre_id, reads=False)):
                await self._forget(uploader, upload_id)
            title = "The file has not arrived as it was sent: send it again"
            raise conflict(ProblemCode.HASH_MISMATCH, title) from error
        except (FileMissing, BaseError) as error:
            return await self._finished_elsewhere(uploader, upload_id, sha256, error)
        return Whole(record, type_of(reading.head))

    async def _finished_elsewhere(
        self, uploader: Uploader, upload_id: str, sha256: str, error: Exception
    ) -> Whole:
        """Another process was asked too and was quicker: the parts are gone, the document is there.

        Raises Refused (not_found, upload_over), and `error` where that is not so.
        """
        async with self.database.read() as connection:
            record = await upload_record(connection, uploader, upload_id)
        if record.document_id is None:
            raise error
        return _known(record, sha256)

    async def keep(self, change: Change, uploader: Uploader, whole: Whole, sha256: str) -> Document:
        """The document's row, in the transaction that tells of it; once for each upload.

        Raises Refused (not_found, move_not_allowed, upload_over).
        """
        standing = await standing_of(change, whole.record.request_id)
        record = await upload_record(change.connection, uploader, whole.record.id)
        if record.document_id is not None:
            return await _kept(change, record)
        if not is_open(standing.status):
            raise move_not_allowed("the request is over")
        document = _document(whole, sha256, self.now())
        await _insert(change, document, place_of(record.request_id, record.id))
        done = update(uploads).where(uploads.c.id == record.id)
        await change.connection.execute(done.values(document_id=record.id, sha256=sha256))
        mine = upload_parts.c.upload_id == record.id
        await change.connection.execute(delete(upload_parts).where(mine))
        await note(change, record.request_id, _line(uploader, record), self.now())
        await uploaded(change, self.catalogues, record.request_id, record.item_code, self.now())
        return document

    async def clear(self, document: Document) -> None:
        """The parts are not needed any more, nor what an attempt that died has left."""
        await self.files.delete_below(folder_of(document.id))
        await self.files.clear_attempts(place_of(document.request_id, document.id))

    async def give_up(self, uploader: Uploader, upload_id: str) -> None:
        """Forgets an upload that is no document yet; raises Refused (not_found, upload_over).

        While it is being finished this waits: else the file would appear after its deletion.
        """
        async with self.turn(upload_id):
            await self._forget(uploader, upload_id)

    async def _forget(self, uploader: Uploader, upload_id: str) -> None:
        """For whoever has the turn."""
        async with self.changes.change(uploader.centre_id) as change:
            record = await upload_record(change.connection, uploader, upload_id)
            unfinished = (uploads.c.id == upload_id) & uploads.c.document_id.is_(None)
            gone = await change.connection.execute(delete(uploads).where(unfinished))
            if not gone.rowcount:
                raise over()
        await self._delete(record)

    async def forget_old(self) -> None:
        """Deletes uploads that are over, and files that belong to none."""
        async with self.database.write() as connection:
            # In one statement: what is finished meanwhile is deleted as finished, its file is kept.
            old = delete(uploads).where(uploads.c.expires_at <= self.now()).returning(uploads)
            rows = (await connection.execute(old)).mappings().all()
        for row in rows:
            await self._delete(UploadRecord(**row))
        # The store first: an upload whose parts are seen here has its row by then.
        seen = {path.split("/")[1] for path in await self.files.sizes("uploads")}
        async with self.database.read() as connection:
            known = set((await connection.execute(select(uploads.c.id))).scalars())
        for upload_id in seen - known:
            await self.files.delete_below(folder_of(upload_id))

    async def _delete(self, record: UploadRecord) -> None:
        await self.files.delete_below(folder_of(record.id))
        place = place_of(record.request_id, record.id)
        await self.files.clear_attempts(place)
        if record.document_id is None:
            await self.files.delete(place)


def _line(uploader: Uploader, record: UploadRecord) -> str:
    if uploader.name is not None and uploader.takes(record.item_code):
        return lines.call_picture_added(uploader.name)
    return lines.document_added(uploader.name)


def _known(record: UploadRecord, sha256: str) -> Whole:
    """What is a document already; raises Refused (upload_over) where it is not the same file."""
    if record.sha256 != sha256:
        raise over()
    return Whole(record, UNKNOWN)


async def _kept(change: Change, record: UploadRecord) -> Document:
    found = select(*SHOWN).where(documents.c.id == record.document_id)
    row = (await change.connection.execute(found)).mappings().first()
    if row is None:
        raise not_found()
    return Document(**row, opened=False)


async def _insert(change: Change, document: Document, path: str) -> None:
    row = {column.name: getattr(document, column.name) for column in SHOWN}
    await change.connection.execute(insert(documents).values(**row, storage_path=path))


def _document(whole: Whole, sha256: str, now: datetime) -> Document:
    record = whole.record
    return Document(
        id=DocumentId(record.id),
        request_id=RequestId(record.request_id),
        item_code=record.item_code,
        title=record.title,
        kind=whole.type.kind,
        format=whole.type.format,
        size=record.size,
        sha256=sha256,
        taken_on=record.taken_on,
        uploaded_at=now,
        opened=False,
        series_uid=whole.type.series.series_uid,
        modality=whole.type.series.modality,
    )
