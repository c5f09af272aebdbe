"""Documents as open studies: fetched or found in the cache, then taken apart by the decoder."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

import msgspec

from backend_client.errors import Forbidden, NotFound
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.background import BackgroundTasks
from workstation.services.document_bytes import DocumentBytes, GaveWay, MayGoOn, file_id_of
from workstation.services.open_ahead import OpenAhead
from workstation.services.open_series import OpenedSeries, opened_series
from workstation.services.series_bytes import SeriesBytes, SeriesContent
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
MOST_GLANCED = 64 * 1024 * 1024
"""Bytes of a file that is opened for a small picture of it."""
_LATER_S = 0.5
"""From one try to the next to fetch what nobody waits for."""


class StudyOpener(Protocol):
    """The door to the decoder process."""

    @property
    def restarted(self) -> Event[DecoderStopped]:
        """The process had ended and is up again."""

    async def open(self, data: memoryview) -> "Study":
        """Opens a file by its content; raises StudyError."""

    async def open_series(self, files: Sequence[memoryview]) -> "Study":
        """Opens the slices in many files; raises StudyError."""


class StudyService:
    """Opens documents of requests, and fetches or opens them ahead where it is told to.

    `progress` tells how much of a download has come; `opened` of documents that the server now
    has as seen, `series_opened` of those that were seen together with one. What is done ahead
    never counts as seen, and gives way while the doctor waits for a file.
    """

    def __init__(
        self,
        backend: "DocumentsResource",
        blobs: "Blobs",
        cache: "Cache",
        opener: StudyOpener,
        outgoing: "OutgoingActions",
        largest: int = LARGEST,
        ahead: OpenAhead | None = None,
    ) -> None:
        self.opened: Event[Document] = Event()
        self.series_opened: Event[tuple[Document, ...]] = Event()
        self.ahead = OpenAhead() if ahead is None else ahead
        self._backend = backend
        self._bytes = DocumentBytes(backend, blobs)
        self._series = SeriesBytes(self._bytes)
        self.progress: Event[DownloadProgress] = self._series.progress
        self._cache = cache
        self._opener = opener
        self._outgoing = outgoing
        self._largest = largest
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._marked: dict[DocumentId, Document] = {}
        self._marking = BackgroundTasks()
        outgoing.carry_whole(PendingKind.MARK_OPENED, self._send_opened)
        self._forget_opener = opener.restarted.subscribe(lambda _: self.ahead.drop_all())

    @property
    def decoder_restarted(self) -> Event[DecoderStopped]:
        """The decoder process had ended and is up again; studies stay open over that."""
        return self._opener.restarted

    @property
    def is_opening(self) -> bool:
        """Whether the doctor waits for a file."""
        return self._bytes.is_waited_for

    @property
    def opening_changed(self) -> Event[None]:
        """The doctor waits for another file than before, or for none."""
        return self._bytes.waiting_changed

    async def open(self, document: Document) -> "Study":
        """The document, ready to be shown; who opens it closes it.

        Raises:
            UnreadableFile, DecoderStopped: the file, or the process that opens it.
            Corrupted: its bytes arrived changed, twice.
            BackendError: it is not in the cache and cannot be fetched.
        """
        if document.size > self._largest:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        with self._bytes.waiting(document):
            async with self._turn(document):
                ready = self.ahead.take(document)
                study = await self._opened_now(document) if ready is None else ready
        if ready is not None:  # it is seen at once, and the disk is told meanwhile
            self._marking.start(self._mark_opened(document), "study.mark_opened")
            return ready
        try:
            await self._mark_opened(document)
        except BaseException:  # cancelled: nobody will close the study
            await study.close()
            raise
        return study

    async def open_series(self, parts: Sequence[Document]) -> OpenedSeries:
        """The slices of a series that came in several files, as one study: those that can be had.
        The first picture is seen once all are here, for before that their order is not known.

        Raises:
            UnreadableFile: too large together (`largest`), or none of them holds a slice.
            DecoderStopped: the process that opens them has ended over them.
            BackendError: none of them can be had, or none may be seen.
        """
        if sum(one.size for one in parts) > self._largest:
            raise UnreadableFile(Unreadable.SERIES_TOO_LARGE)
        content = await self._series.content(parts)
        if not content.files:
            raise UnreadableFile(Unreadable.EMPTY)
        opened = opened_series(await self._stacked(content), content)
        try:
            await self._mark_opened(*opened.shown)
        except BaseException:  # cancelled: nobody will close the study
            await opened.study.close()
            raise
        return opened

    @asynccontextmanager
    async def glance(self, document: Document, most: int = MOST_GLANCED) -> AsyncIterator["Study"]:
        """The document open for a picture of it, where it has `most` bytes: that is not seeing it,
        and what the doctor waits for goes first. Raises StudyError, BackendError."""
        if document.size > most:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        study = await self._opener.open(await self._content_when_idle(document))
        try:
            yield study
        finally:
            await study.close()

    async def content(self, document: Document) -> memoryview:
        """The document's bytes, checked; from the cache where it has them. Raises BackendError."""
        return await self._bytes.content(document)

    async def keep_ahead(self, document: Document, may_go_on: MayGoOn) -> None:
        """Has the document's bytes on the disk; asks again and again whether it may go on.

        Raises GaveWay, BackendError.
        """
        await self._bytes.keep_ahead(document, may_go_on)

    async def open_ahead(self, document: Document, may_go_on: MayGoOn) -> bool:
        """Has the document open and its first frame drawn, for `open` to hand over. False: there
        is no room for it in memory.

        Raises:
            GaveWay: it may not go on now.
            StudyError: the file, or the process that opens it.
            BackendError: it is not in the cache and cannot be fetched.
        """
        async with self._turn(document):
            if self.ahead.has(document):
                return True
            content = await self._bytes.content_ahead(document, may_go_on)
            if not self._bytes.or_waited_for(document, may_go_on)():
                raise GaveWay
            study = await self._opener.open(content)
            try:
                await study.draw_first()
            except BaseException:  # cancelled, too: nobody else has the study
                await study.close()
                raise
            return self.ahead.put(document, study)

    def look_again_ahead(self) -> None:
        """What is fetched ahead may have to stop: asks whether it may go on."""
        self._bytes.look_again()

    def drop_ahead(self, request_id: RequestId) -> None:
        """Closes what was opened ahead of that request: it may not be shown, or has changed."""
        self.ahead.drop_request(request_id)

    def stop_ahead(self) -> None:
        """Nothing that is half fetched will be gone on with."""
        self._bytes.forget_begun()

    async def close(self) -> None:
        """Writes down what was seen, and closes what was opened ahead and was not asked for."""
        self._forget_opener()
        await self._marking.finish()
        self.stop_ahead()
        await self.ahead.close()

    def _turn(self, document: Document) -> asyncio.Lock:
        return self._turns.setdefault(file_id_of(document), asyncio.Lock())

    async def _content_when_idle(self, document: Document) -> memoryview:
        """Neither fetched nor handed on to be opened while the doctor waits for another."""
        may_go_on = self._bytes.or_waited_for(document, lambda: True)
        content: memoryview | None = None
        while content is None or not may_go_on():
            if not may_go_on():
                await asyncio.sleep(_LATER_S)
                continue
            with suppress(GaveWay):
                content = await self._bytes.content_ahead(document, may_go_on)
        return content

    async def _opened_now(self, document: Document) -> "Study":
        content = await self.content(document)
        try:
            return await self._opener.open(content)
        except UnreadableFile as error:
            if error.reason is not Unreadable.OUT_OF_MEMORY or not self.ahead.count:
                raise
        await self.ahead.close()  # what nobody has asked for makes room
        return await self._opener.open(content)

    async def _stacked(self, content: SeriesContent) -> "Study":
        try:
            return await self._opener.open_series(content.files)
        except UnreadableFile as error:
            if error.reason is not Unreadable.OUT_OF_MEMORY or not self.ahead.count:
                raise
        await self.ahead.close()  # what nobody has asked for makes room
        return await self._opener.open_series(content.files)

    async def _mark_opened(self, *documents: Document) -> None:
        """Written down here, as one order; the server hears of it when it can."""
        fresh = [one for one in documents if not one.opened and one.id not in self._marked]
        if not fresh:
            return
        self._marked |= {one.id: one for one in fresh}
        target, *also = (one.id for one in fresh)
        body = msgspec.json.encode(also) if also else b""
        try:
            await self._outgoing.put(PendingKind.MARK_OPENED, target, body)
        except StoreError as error:
            logger.warning("not marked as opened: %s %s", target, type(error).__name__)

    async def _send_opened(self, action: PendingAction) -> None:
        target, also = DocumentId(action.target), _also(action)
        try:
            document = await self._backend.mark_opened(target, also, key=action.key)
        except (NotFound, Forbidden):
            logger.info("document %s is out of sight: not marked as opened", target)
            return
        known = [self._marked[one] for one in also if one in self._marked]
        seen = [msgspec.structs.replace(one, opened=True) for one in known]
        await self._cache.keep_documents([document, *seen])
        self.opened.emit(document)
        if seen:
            self.series_opened.emit(tuple(seen))


def _also(action: PendingAction) -> list[DocumentId]:
    """Those that were seen together with the order's target."""
    try:
        return msgspec.json.decode(action.body, type=list[DocumentId]) if action.body else []
    except msgspec.MsgspecError:
        logger.warning("order %s is of another version of the program", action.key)
        return []
