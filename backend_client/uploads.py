"""Files sent to requests: in pieces, gone on with where the connection broke, checked by SHA-256.

A file is read piece by piece in a worker thread and never held whole. What the server has
acknowledged it keeps (docs/decisions/0015), so a program that was ended goes on with `go_on`.
"""

import asyncio
import hashlib
import io
import os
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from backend_client.documents import OnProgress
from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    Conflict,
    Corrupted,
    UnfitFile,
)
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.documents import Document
from backend_client.models.uploads import (
    LARGEST_FILE,
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    NewUpload,
    Upload,
    UploadId,
)
from backend_client.requests import request_path
from backend_client.transport import Retrying, Transport, may_pass

Source = Path | BinaryIO
"""A file, or one that is open for reading and can seek; the latter stays open."""
OnBegun = Callable[[Upload], None]
"""Hears of the upload: with its id it can be gone on with, or cancelled."""

PIECE = 4 * 1024**2
"""Bytes of one call: as many as the server keeps as one part."""
PERSISTENT = Retrying(attempts=30, first_wait=0.5, longest_wait=15, within=180)
"""A file that takes an hour is worth three minutes of waiting for the server's return."""
FINISHING_S = 30.0
"""Seconds that the server may take to put a small file together."""
FINISHED_PER_S = 10 * 1024**2
"""Bytes that it is expected to put together in a second at the least."""


class UploadsResource:
    """Files on their way to the server, in calls of `piece` bytes each."""

    def __init__(self, transport: Transport, persistence: Retrying = PERSISTENT) -> None:
        self.piece = PIECE
        self._transport = transport
        self._persistence = persistence

    async def send(
        self,
        request_id: RequestId,
        item_code: str,
        source: Source,
        title: str,
        *,
        taken_on: date | None = None,
        on_begun: OnBegun | None = None,
        on_progress: OnProgress | None = None,
    ) -> Document:
        """Sends a file for one item of the request's checklist; it is a document then.

        Raises:
            UnfitFile: empty, or larger than LARGEST_FILE; nothing was sent.
            Corrupted: the file has changed meanwhile, or arrived changed; nothing is left of it.
            OSError: the file cannot be read.
            BackendError: refused, or no progress for long; what was sent is kept for `go_on`.
        """
        async with _opened(source) as file:
            content = await asyncio.to_thread(_Content, file)
            new = NewUpload(item_code=item_code, title=title, size=content.size, taken_on=taken_on)
            path = request_path(request_id) + "/uploads"
            upload = await self._transport.post(path, Upload, new)
            if on_begun is not None:
                on_begun(upload)
            return await self._complete(_Sending(upload, content, on_progress))

    async def send_kept(
        self,
        request_id: RequestId,
        item_code: str,
        content: bytes,
        title: str,
        key: str,
        *,
        taken_on: date | None = None,
    ) -> Document:
        """Sends a small file that its keeper sends again under the same key until it has arrived:
        then it is one document, and the server is not waited for for long.

        Raises as `send`; NotFound also where the server has forgotten what was sent under the key.
        """
        kept = await asyncio.to_thread(_Content, io.BytesIO(content))
        new = NewUpload(item_code=item_code, title=title, size=kept.size, taken_on=taken_on)
        upload = await self._transport.post(
            request_path(request_id) + "/uploads", Upload, new, key=key
        )
        sending = _Sending(upload, kept, None)
        sending.offset = None  # an earlier try may have sent some of it, or all
        return await self._complete(sending, Retrying())

    async def go_on(
        self, upload_id: UploadId, source: Source, *, on_progress: OnProgress | None = None
    ) -> Document:
        """Goes on with an upload that was left, from where the server has it; the file is the same.

        Raises as `send`; UnfitFile also where the size is another than was announced, NotFound
        where the server has forgotten the upload.
        """
        async with _opened(source) as file:
            content = await asyncio.to_thread(_Content, file)
            upload = await self.state(upload_id)
            if upload.size != content.size:
                raise UnfitFile(content.size)
            return await self._complete(_Sending(upload, content, on_progress))

    async def state(self, upload_id: UploadId) -> Upload:
        """How far it has come; raises NotFound."""
        return await self._transport.get(_path(upload_id), Upload)

    async def cancel(self, upload_id: UploadId) -> None:
        """The server forgets what was sent; raises NotFound, Conflict (UPLOAD_OVER)."""
        await self._transport.delete(_path(upload_id))

    async def _complete(self, sending: "_Sending", patience: Retrying | None = None) -> Document:
        """Step by step: each success gives the next one all its attempts again."""
        retrying = patience or self._persistence
        try:
            document = None
            while document is None:
                attempts = self._transport.attempts(on=_worth_going_on, retrying=retrying)
                async for attempt in attempts:
                    with attempt:
                        document = await self._step(sending)
        except Corrupted:
            await self._forget(sending.id)
            raise
        return document

    async def _step(self, sending: "_Sending") -> Document | None:
        """Asks where to go on, sends a piece, or finishes; the document where there is one."""
        if sending.offset is None:
            headers = await self._transport.head(_path(sending.id))
            if sending.reached(_offset_in(headers.get(OFFSET_HEADER))):
                return None
        if sending.offset is not None and sending.offset < sending.content.size:
            await self._send_piece(sending, sending.offset)
            return None
        return await self._finish(sending)

    async def _send_piece(self, sending: "_Sending", offset: int) -> None:
        piece = await asyncio.to_thread(sending.content.piece, offset, self.piece)
        sending.offset = None  # unknown until it is answered
        headers = {OFFSET_HEADER: str(offset), "Content-Type": PIECE_TYPE}
        answered = await self._transport.patch(_path(sending.id), piece, headers)
        sending.reached(_offset_in(answered.get(OFFSET_HEADER)))

    async def _finish(self, sending: "_Sending") -> Document:
        sha256 = await asyncio.to_thread(sending.content.sha256)
        within = FINISHING_S + sending.content.size / FINISHED_PER_S
        path = _path(sending.id) + "/finish"
        body = FinishUpload(sha256=sha256)
        sending.offset = None
        try:
            return await self._transport.post(path, Document, body, key=sending.key, within=within)
        except Conflict as error:
            sending.key = _new_key()  # the server keeps this refusal under the old one
            if error.code is ProblemCode.HASH_MISMATCH:
                raise Corrupted("the file has not arrived as it was read") from error
            raise

    async def _forget(self, upload_id: UploadId) -> None:
        try:
            await self.cancel(upload_id)
        except BackendError:
            return  # forgotten already, or the server forgets it by itself in a day


class _Content:
    """A file of known size, read from any offset; hashed once, in order. For one thread at a time.

    Raises UnfitFile where it is empty or too large.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._stamp = self._stamped()
        self.size = self._stamp[0]
        if not 0 < self.size <= LARGEST_FILE:
            raise UnfitFile(self.size)
        self._digest = hashlib.sha256()
        self._hashed = 0

    def piece(self, offset: int, most: int) -> bytes:
        """Bytes from `offset` on; raises Corrupted where the file has become shorter."""
        while self._hashed < offset:  # an earlier process has sent these
            self._read(self._hashed, min(most, offset - self._hashed))
        return self._read(offset, min(most, self.size - offset))

    def sha256(self) -> str:
        """Of all of it; raises Corrupted where the file is not the one that was opened any more."""
        while self._hashed < self.size:
            self._read(self._hashed, min(PIECE, self.size - self._hashed))
        if self._stamped() != self._stamp:
            raise Corrupted("the file has changed while it was sent")
        return self._digest.hexdigest()

    def _read(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(count)
        if len(data) != count:
            raise Corrupted("the file has become shorter while it was sent")
        self._digest.update(memoryview(data)[max(self._hashed - offset, 0) :])
        self._hashed = max(self._hashed, offset + count)
        return data

    def _stamped(self) -> tuple[int, int]:
        """Size, and when it was written last (0 where it lies in memory)."""
        size = self._file.seek(0, os.SEEK_END)
        try:
            return size, os.fstat(self._file.fileno()).st_mtime_ns
        except OSError:
            return size, 0


class _Sending:
    """One upload on its way. `offset` is None while nobody knows what the server has."""

    def __init__(self, upload: Upload, content: _Content, on_progress: OnProgress | None) -> None:
        self.id = upload.id
        self.content = content
        self.key = _new_key()
        self.offset: int | None = upload.received
        self._known = upload.received
        self._on_progress = on_progress

    def reached(self, offset: int) -> bool:
        """The server has so many bytes; whether that is news. Raises BrokenAnswer."""
        if offset > self.content.size:
            raise BrokenAnswer("more bytes than the file has")
        self.offset = offset
        is_news, self._known = offset != self._known, offset
        if is_news and self._on_progress is not None:
            self._on_progress(offset, self.content.size)
        return is_news


def _new_key() -> str:
    return str(uuid.uuid4())


@asynccontextmanager
async def _opened(source: Source) -> AsyncIterator[BinaryIO]:
    if not isinstance(source, Path):
        yield source
        return
    file = await asyncio.to_thread(source.open, "rb")
    try:
        yield file
    finally:
        await asyncio.to_thread(file.close)


def _worth_going_on(error: Exception) -> bool | float:
    """A passing trouble, or another idea of what the server has: it is asked again."""
    if isinstance(error, Conflict):
        return error.code is ProblemCode.UPLOAD_OFFSET
    return may_pass(error)


def _offset_in(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        raise BrokenAnswer("no offset of an upload")
    return int(text)


def _path(upload_id: UploadId) -> str:
    return f"/uploads/{quote(upload_id, safe='')}"
