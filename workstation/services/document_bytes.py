"""Bytes of documents: from the disk or fetched, what the doctor waits for before all else."""

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from backend_client.errors import Corrupted
from backend_client.models.documents import Document
from workstation.core.errors import StoreError
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.fetched import FetchedFile

if TYPE_CHECKING:
    from backend_client.documents import DocumentsResource
    from workstation.store.blobs import Blobs

logger = logging.getLogger(__name__)

MayGoOn = Callable[[], bool]


class GaveWay(Exception):
    """A transfer ahead of its time has stopped; what has come of it is kept for the next try."""


class DocumentBytes:
    """Each file is fetched once. One that is fetched ahead gives way whenever the doctor waits for
    another; where he waits for this very one, it is his from there on.

    `progress` tells how much of a download has come; `waiting_changed` that the doctor waits for
    another file than before, or for none.
    """

    def __init__(self, backend: "DocumentsResource", blobs: "Blobs") -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.waiting_changed: Event[None] = Event()
        self._backend = backend
        self._blobs = blobs
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._waited_for: Counter[str] = Counter()
        self._begun: _Arrival | None = None
        self._look: Event[None] = Event()
        self.waiting_changed.subscribe(self._look.emit)

    @property
    def is_waited_for(self) -> bool:
        """Whether the doctor waits for any file."""
        return bool(self._waited_for)

    @contextmanager
    def waiting(self, document: Document) -> Iterator[None]:
        """Inside the block the doctor waits for this document."""
        file_id = file_id_of(document)
        self._waited_for[file_id] += 1
        self.waiting_changed.emit(None)
        try:
            yield
        finally:
            self._waited_for[file_id] -= 1
            self._waited_for += Counter()  # without those at 0
            self.waiting_changed.emit(None)

    async def content(self, document: Document, *, makes_room: bool = True) -> memoryview:
        """The document's bytes, checked; for the doctor. Raises BackendError.

        Who fetches many files calls `make_room` once, at the end.
        """
        with self.waiting(document):
            return await self._content(document, lambda: True, makes_room=makes_room)

    async def kept(self, document: Document) -> memoryview | None:
        """The document's bytes from the disk; None where it has them not."""
        return await self._kept(file_id_of(document))

    async def make_room(self) -> None:
        """Removes from the disk what was used least lately, where it holds too much."""
        try:
            await self._blobs.make_room()
        except (StoreError, OSError) as error:
            logger.warning("no room made on the disk: %s", type(error).__name__)

    async def content_ahead(self, document: Document, may_go_on: MayGoOn) -> memoryview:
        """The same for nobody yet: stops where `may_go_on` says no, asked after every piece
        and at `look_again`.

        Raises GaveWay, BackendError.
        """
        return await self._content(document, self.or_waited_for(document, may_go_on))

    async def keep_ahead(self, document: Document, may_go_on: MayGoOn) -> None:
        """Has the bytes on the disk. Raises GaveWay, BackendError."""
        if not await self._is_kept(document):
            await self.content_ahead(document, may_go_on)

    def or_waited_for(self, document: Document, may_go_on: MayGoOn) -> MayGoOn:
        """Yes where the doctor waits for this document; no where he waits for another."""
        file_id = file_id_of(document)

        def holds() -> bool:
            return file_id in self._waited_for or (not self._waited_for and may_go_on())

        return holds

    def look_again(self) -> None:
        """A transfer ahead may have to stop: asks whether it may go on."""
        self._look.emit(None)

    def forget_begun(self) -> None:
        """What is half fetched will not be gone on with."""
        begun, self._begun = self._begun, None
        if begun is not None:
            begun.file.discard()

    async def _content(
        self, document: Document, may_go_on: MayGoOn, *, makes_room: bool = True
    ) -> memoryview:
        file_id = file_id_of(document)
        turn = self._turns.setdefault(file_id, asyncio.Lock())
        async with turn:
            kept = await self._kept(file_id)
            if kept is not None:
                return kept
            try:
                return await self._fetched(document, may_go_on, makes_room=makes_room)
            except Corrupted:
                logger.warning("document %s arrived damaged, fetched again", document.id)
                return await self._fetched(document, may_go_on, makes_room=makes_room)

    async def _is_kept(self, document: Document) -> bool:
        try:
            return await self._blobs.touch(file_id_of(document))
        except StoreError as error:
            logger.warning("not found on the disk: %s", type(error).__name__)
            return False

    async def _kept(self, file_id: str) -> memoryview | None:
        try:
            return await self._blobs.read(file_id)
        except StoreError as error:
            logger.warning("not read from the disk: %s", type(error).__name__)
            return None

    async def _fetched(
        self, document: Document, may_go_on: MayGoOn, *, makes_room: bool
    ) -> memoryview:
        arrival = self._arrival_of(file_id_of(document))
        file = arrival.file
        try:
            await self._transferred(document, arrival, may_go_on)
            await file.commit(makes_room=makes_room)
        finally:
            if arrival is not self._begun:
                file.discard()
        return memoryview(file.data).toreadonly()

    async def _transferred(
        self, document: Document, arrival: "_Arrival", may_go_on: MayGoOn
    ) -> None:
        """Stops only while it waits for the link: there nothing is half done, and a cancelled
        reading leaves the connection in order."""

        def look() -> None:
            if not arrival.is_writing and not transfer.done() and not may_go_on():
                self.forget_begun()
                self._begun = arrival
                transfer.cancel()

        async def write(chunk: bytes) -> None:
            arrival.is_writing = True
            try:
                await arrival.file.write(chunk)
            finally:
                arrival.is_writing = False
            asyncio.get_running_loop().call_soon(look)

        def tell(received: int, total: int) -> None:
            self.progress.emit(DownloadProgress(document.id, received, total))

        download = self._backend.download(
            document,
            write,
            offset=len(arrival.file.data),
            digest=arrival.digest,
            on_progress=tell,
        )
        transfer = asyncio.create_task(download, name="document.transfer")
        deaf = self._look.subscribe(lambda _: look())
        try:
            await transfer
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if arrival is self._begun and not (task is not None and task.cancelling()):
                raise GaveWay from None
            raise
        finally:
            deaf()

    def _arrival_of(self, file_id: str) -> "_Arrival":
        """What has come of the file already, else a new beginning."""
        begun = self._begun
        if begun is not None and begun.file_id == file_id:
            self._begun = None
            return begun
        return _Arrival(self._blobs, file_id)


class _Arrival:
    """A file on its way and the digest of what has come."""

    def __init__(self, blobs: "Blobs", file_id: str) -> None:
        self.file_id = file_id
        self.file = FetchedFile(blobs, file_id)
        self.is_writing = False
        self.digest = hashlib.sha256()


def file_id_of(document: Document) -> str:
    """The name of exactly these bytes."""
    return f"{document.id} {document.sha256}"
