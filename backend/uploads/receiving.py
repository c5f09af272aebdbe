"""Receives a file in pieces: what was acknowledged is kept, whatever dies after it.

The protocol is that of the IETF's resumable uploads (docs/decisions/0015): the server's offset is
the truth, a client asks for it and goes on there.
"""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlalchemy import func, insert, select, update

from backend.audit.log import AuditLog, Written
from backend.audit.trace import current, servers_own
from backend.changes import Change
from backend.database import Database
from backend.files import Files
from backend.problems import Refused, conflict, invalid, move_not_allowed
from backend.requests.gate import papers_of
from backend.requests.moving import Standing
from backend.rules.catalogues import Catalogues
from backend.rules.status import is_open
from backend.settings import Clock
from backend.tables import documents, upload_parts, uploads
from backend.uploads.records import Uploader, UploadRecord, folder_of, upload_record
from backend_client.models.audit import Outcome
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.uploads import OFFSET_HEADER, NewUpload

MOST_UNFINISHED = 50
"""Uploads of one request that may be under way."""
MOST_FILES = 2000
"""Documents of one request: its card holds them all. A CT series comes as 500 files and more."""


class CutOff(Exception):
    """The client is gone in the middle of its piece."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes pieces of uploads."""

    database: Database
    audit: AuditLog
    files: Files
    catalogues: Catalogues
    part_bytes: int
    seconds: int
    now: Clock

    async def begin(
        self, change: Change, uploader: Uploader, standing: Standing, given: NewUpload
    ) -> UploadRecord:
        """A new upload for one item of the request's checklist, or beside it.

        Raises Refused (move_not_allowed, invalid, too_many_uploads).
        """
        if not is_open(standing.status):
            raise move_not_allowed("the request is over")
        if not uploader.takes(given.item_code):
            (await papers_of(change, self.catalogues, standing.id)).title(given.item_code)
        await _refuse_too_many(change, standing.id)
        now = self.now()
        record = UploadRecord(
            id=str(uuid.uuid4()),
            request_id=standing.id,
            account_id=uploader.account_id,
            item_code=given.item_code,
            title=plain_name(given.title),
            taken_on=given.taken_on,
            size=given.size,
            received=0,
            created_at=now,
            expires_at=self._expiry(now),
            document_id=None,
            sha256=None,
        )
        row = {name: getattr(record, name) for name in UploadRecord.__slots__}
        await change.connection.execute(insert(uploads).values(row))
        return record

    async def append(
        self, uploader: Uploader, upload_id: str, offset: int, pieces: AsyncIterator[bytes]
    ) -> int:
        """Keeps what comes and answers the new offset; what came before a cut is kept too.

        Raises Refused (not_found, upload_offset, upload_over, invalid), CutOff.
        """
        async with self.database.read() as connection:
            record = await upload_record(connection, uploader, upload_id)
        if record.document_id is not None:
            raise over()
        if offset != record.received:
            raise wrong_offset(record.received)
        return await self._take(uploader, record, pieces)

    async def _take(
        self, uploader: Uploader, record: UploadRecord, pieces: AsyncIterator[bytes]
    ) -> int:
        part = bytearray()
        received = record.received
        try:
            async for piece in pieces:
                if received + len(part) + len(piece) > record.size:
                    raise invalid("the piece ends behind the announced size")
                part += piece
                if len(part) >= self.part_bytes:
                    full, part = part, bytearray()
                    received = await self._keep(uploader, record, received, full)
        except CutOff:
            await self._keep(uploader, record, received, part)
            raise
        return await self._keep(uploader, record, received, part)

    async def _keep(
        self, uploader: Uploader, record: UploadRecord, start: int, part: bytearray
    ) -> int:
        """First the bytes, then the row that counts them."""
        if not part:
            return start
        path = f"{folder_of(record.id)}/{start}-{uuid.uuid4().hex}"
        await self.files.write(path, part)
        if not await self._count(uploader, record, start, len(part), path):
            await self.files.delete(path)
            raise wrong_offset(None)
        return start + len(part)

    async def _count(
        self, uploader: Uploader, record: UploadRecord, start: int, size: int, path: str
    ) -> bool:
        """Whether nobody else has gone on with the upload at the same time."""
        unchanged = (uploads.c.id == record.id) & (uploads.c.received == start)
        values = {"received": start + size, "expires_at": self._expiry(self.now())}
        row = {"upload_id": record.id, "start": start, "size": size, "storage_path": path}
        async with self.audit.write() as written:
            counted = await written.connection.execute(
                update(uploads).where(unchanged, uploads.c.document_id.is_(None)).values(values)
            )
            if counted.rowcount:
                await written.connection.execute(insert(upload_parts).values(row))
                self._write_down(written, uploader)
        return counted.rowcount == 1

    def _write_down(self, written: Written, uploader: Uploader) -> None:
        """One entry for what one call sends, with the first part of it that is kept."""
        trace = current() or servers_own(uploader.centre_id)
        if trace.written is None:
            written.add(trace, trace.entry(self.now(), Outcome.DONE, HTTPStatus.NO_CONTENT))

    def _expiry(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.seconds)


async def _refuse_too_many(change: Change, request_id: str) -> None:
    under_way = (uploads.c.request_id == request_id) & uploads.c.document_id.is_(None)
    counted = select(func.count()).select_from(uploads).where(under_way)
    sent = (await change.connection.execute(counted)).scalar_one()
    if sent >= MOST_UNFINISHED:
        title = "Too many files of this request are being sent: finish those first"
        raise conflict(ProblemCode.TOO_MANY_UPLOADS, title)
    mine = select(func.count()).where(documents.c.request_id == request_id)
    if sent + (await change.connection.execute(mine)).scalar_one() >= MOST_FILES:
        title = "This request has as many files as a request may have"
        raise conflict(ProblemCode.TOO_MANY_UPLOADS, title, f"{MOST_FILES} at most")


def plain_name(name: str) -> str:
    """The name to be shown: without folders and without what cannot be printed."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(one for one in last if one.isprintable()).strip(" .") or "file"


def over() -> Refused:
    """The upload is finished: there is nothing to go on with."""
    return conflict(ProblemCode.UPLOAD_OVER, "This upload is finished")


def wrong_offset(received: int | None) -> Refused:
    """Where the client has to go on; None: another call is going on with it just now."""
    title = "The upload goes on at another offset"
    problem = Problem(status=409, title=title, code=ProblemCode.UPLOAD_OFFSET)
    return Refused(problem, {} if received is None else {OFFSET_HEADER: str(received)})
