"""Files of requests: downloaded in one piece or in several, and checked at the end."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Protocol
from urllib.parse import quote

from backend_client.errors import BrokenAnswer, Corrupted, TimedOut, Unreachable
from backend_client.file_store import FileStore
from backend_client.models.common import DocumentId
from backend_client.models.documents import AlsoOpened, AnswerWhoseFile, Document
from backend_client.transport import Transport

Writer = Callable[[bytes], Awaitable[None]]
"""Takes the next bytes of a file."""
OnProgress = Callable[[int, int], None]
"""Is told how many bytes there are, and of how many."""


class Digest(Protocol):
    """As made by hashlib.sha256."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


class DocumentsResource:
    """Bytes and marks of documents. With a `store` the bytes come from there where they can."""

    def __init__(self, transport: Transport, store: FileStore | None = None) -> None:
        self._transport = transport
        self._store = store

    async def download(
        self,
        document: Document,
        into: Writer,
        *,
        offset: int = 0,
        digest: Digest | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        """Writes the document's bytes from `offset` on; goes on by itself where it was cut off.

        To continue an earlier download give `offset` and a SHA-256 `digest` of what is there.

        Raises:
            Corrupted: size or SHA-256 are not the document's; what was written is worthless.
            BackendError: no progress in several attempts; what was written is good so far.
        """
        if offset and digest is None:
            raise ValueError("to continue, a digest of the first bytes is needed")
        download = _Download(document, into, offset, digest or hashlib.sha256(), on_progress)
        try:
            while not download.is_complete:
                if self._store is not None:
                    download.in_store = await self._store.address(document.id)
                async for attempt in self._transport.attempts():
                    with attempt:
                        await self._fetch_some(download)
            download.check()
        except Corrupted:
            self._doubt_store(download)
            raise

    async def mark_opened(
        self, document_id: DocumentId, also: Sequence[DocumentId] = (), *, key: str | None = None
    ) -> Document:
        """This account has seen the document, and `also` others of its request."""
        body = AlsoOpened(also=list(also)) if also else None
        return await self._transport.post(_path(document_id) + "/opened", Document, body, key=key)

    async def answer_whose(
        self, document_id: DocumentId, given: AnswerWhoseFile, *, key: str | None = None
    ) -> Document:
        """Whose file it is that names somebody else; Conflict (FILE_CHANGED) of other bytes."""
        return await self._transport.post(_path(document_id) + "/whose", Document, given, key=key)

    async def _fetch_some(self, download: "_Download") -> None:
        """Fetches until the end or the cut; a cut is an error only where nothing came at all."""
        before = download.received
        try:
            await self._from_store(download)
            if download.received == before:
                await self._from_server(download)
            if not download.is_complete:
                raise Unreachable("cut off", may_have_arrived=True)
        except (Unreachable, TimedOut):
            if download.received == before:
                raise

    def _doubt_store(self, download: "_Download") -> None:
        """Whoever has answered there was not the store: who tries again is served by the server."""
        if self._store is not None and download.was_in_store:
            self._store.leave()

    async def _from_server(self, download: "_Download") -> None:
        path, asked = _path(download.document.id) + "/content", download.headers()
        async with self._transport.stream(path, asked) as (status, headers, data):
            await download.take_all(data, download.start_of(status, headers))

    async def _from_store(self, download: "_Download") -> None:
        """What the store gives; where that is nothing, the server is asked."""
        url, before = download.in_store, download.received
        if self._store is None or url is None:
            return
        try:
            async with self._store.stream(url, download.store_headers()) as (status, headers, data):
                await download.take_all(data, download.start_in_store(status, headers))
        except (Unreachable, TimedOut, BrokenAnswer) as error:
            if download.received == before:
                download.in_store = None
                if not isinstance(error, BrokenAnswer):
                    self._store.leave()


class _Download:
    def __init__(
        self,
        document: Document,
        into: Writer,
        offset: int,
        digest: Digest,
        on_progress: OnProgress | None,
    ) -> None:
        self.document = document
        self.received = offset
        self.in_store: str | None = None
        """Address of the bytes past the server, good for seconds; goes into no error and no log."""
        self.was_in_store = False
        self._store_etag: str | None = None
        self._into = into
        self._digest = digest
        self._on_progress = on_progress

    @property
    def is_complete(self) -> bool:
        return self.received >= self.document.size

    @property
    def _etag(self) -> str:
        return f'"{self.document.sha256}"'

    def headers(self) -> dict[str, str]:
        if not self.received:
            return {}
        return {"Range": f"bytes={self.received}-", "If-Range": self._etag}

    def start_of(self, status: int, headers: Mapping[str, str]) -> int:
        """How many of the coming bytes are here already: all where the server ignores ranges."""
        etag = headers.get("etag")
        if etag is not None and etag != self._etag:
            raise Corrupted("the file is another one now")
        return self._start(status, headers)

    def store_headers(self) -> dict[str, str]:
        """The store has a tag of its own, known from its first answer."""
        if not self.received:
            return {}
        known = {} if self._store_etag is None else {"If-Range": self._store_etag}
        return {"Range": f"bytes={self.received}-", **known}

    def start_in_store(self, status: int, headers: Mapping[str, str]) -> int:
        """As `start_of`; that the file is the document is seen at its end."""
        self.was_in_store = True
        self._store_etag = headers.get("etag")
        return self._start(status, headers)

    def _start(self, status: int, headers: Mapping[str, str]) -> int:
        if status != 206:
            return self.received
        if not headers.get("content-range", "").startswith(f"bytes {self.received}-"):
            raise BrokenAnswer("another range than asked for")
        return 0

    async def take_all(self, data: AsyncIterator[bytes], skip: int) -> None:
        """Writes what comes, but for the first `skip` bytes."""
        async for chunk in data:
            skip = await self._take(chunk, skip)

    async def _take(self, chunk: bytes, skip: int) -> int:
        """Writes what is new of a chunk; returns how much is still to be skipped."""
        new = chunk[skip:]
        if self.received + len(new) > self.document.size:
            raise Corrupted("more bytes than announced")
        if new:
            await self._into(new)
            self._digest.update(new)
            self.received += len(new)
            if self._on_progress is not None:
                self._on_progress(self.received, self.document.size)
        return max(0, skip - len(chunk))

    def check(self) -> None:
        if self._digest.hexdigest() != self.document.sha256:
            raise Corrupted("SHA-256 does not fit")


def _path(document_id: DocumentId) -> str:
    return f"/documents/{quote(document_id, safe='')}"
