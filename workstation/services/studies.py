"""Documents as open studies: fetched or found in the cache, then taken apart by the decoder."""

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

from backend_client.errors import Corrupted, Forbidden, NotFound
from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingKind
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.fetched import FetchedFile
from workstation.studies.errors import DecoderStopped, Unreadable, UnreadableFile

if TYPE_CHECKING:
    from backend_client.documents import DocumentsResource
    from workstation.services.outgoing import OutgoingActions
    from workstation.store.blobs import Blobs
    from workstation.store.cache import Cache
    from workstation.studies.study import Study

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024 * 1024
"""Bytes of a file that is opened here at all: it has to fit into memory."""


class StudyOpener(Protocol):
    """The door to the decoder process."""

    @property
    def restarted(self) -> Event[DecoderStopped]:
        """The process had ended and is up again."""

    async def open(self, data: memoryview) -> "Study":
        """Opens a file by its content; raises StudyError."""


class StudyService:
    """Opens documents of requests.

    `progress` tells how much of a download has come; `opened` of documents that the server now
    has as seen; `decoder_restarted` that the decoder had ended and is up again.
    """

    def __init__(
        self,
        backend: "DocumentsResource",
        blobs: "Blobs",
        cache: "Cache",
        opener: StudyOpener,
        outgoing: "OutgoingActions",
        largest: int = LARGEST,
    ) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.opened: Event[Document] = Event()
        self._backend = backend
        self._blobs = blobs
        self._cache = cache
        self._opener = opener
        self._outgoing = outgoing
        self._largest = largest
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._marked: set[DocumentId] = set()
        outgoing.carry(PendingKind.MARK_OPENED, self._send_opened)

    @property
    def decoder_restarted(self) -> Event[DecoderStopped]:
        """The decoder process had ended and is up again; studies stay open over that."""
        return self._opener.restarted

    async def open(self, document: Document) -> "Study":
        """The document, ready to be shown; who opens it closes it.

        Raises:
            UnreadableFile, DecoderStopped: the file, or the process that opens it.
            Corrupted: its bytes arrived changed, twice.
            BackendError: it is not in the cache and cannot be fetched.
        """
        if document.size > self._largest:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        study = await self._opener.open(await self.content(document))
        try:
            await self._mark_opened(document)
        except BaseException:  # cancelled: nobody will close the study
            await study.close()
            raise
        return study

    async def content(self, document: Document) -> memoryview:
        """The document's bytes, checked; from the cache where it has them. Raises BackendError."""
        file_id = f"{document.id} {document.sha256}"
        turn = self._turns.setdefault(file_id, asyncio.Lock())
        async with turn:
            kept = await self._kept(file_id)
            if kept is not None:
                return kept
            try:
                return await self._fetched(document, file_id)
            except Corrupted:
                logger.warning("document %s arrived damaged, fetched again", document.id)
                return await self._fetched(document, file_id)

    async def _kept(self, file_id: str) -> memoryview | None:
        try:
            return await self._blobs.read(file_id)
        except StoreError as error:
            logger.warning("not read from the disk: %s", type(error).__name__)
            return None

    async def _fetched(self, document: Document, file_id: str) -> memoryview:
        file = FetchedFile(self._blobs, file_id)

        def tell(received: int, total: int) -> None:
            self.progress.emit(DownloadProgress(document.id, received, total))

        try:
            await self._backend.download(document, file.write, on_progress=tell)
            await file.commit()
        finally:
            file.discard()
        return memoryview(file.data).toreadonly()

    async def _mark_opened(self, document: Document) -> None:
        """Written down here; the server hears of it when it can."""
        if document.opened or document.id in self._marked:
            return
        self._marked.add(document.id)
        try:
            await self._outgoing.put(PendingKind.MARK_OPENED, document.id)
        except StoreError as error:
            logger.warning("not marked as opened: %s %s", document.id, type(error).__name__)

    async def _send_opened(self, target: str, key: str) -> None:
        try:
            document = await self._backend.mark_opened(DocumentId(target), key=key)
        except (NotFound, Forbidden):
            logger.info("document %s is out of sight: not marked as opened", target)
            return
        await self._cache.keep_document(document)
        self.opened.emit(document)
