"""Bytes of the slices of a series: fetched side by side, and told of as one file."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    Corrupted,
    NotFound,
    ServerFault,
    TimedOut,
    TooManyAttempts,
    Unreachable,
)
from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.document_bytes import DocumentBytes

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 6
"""Slices on their way together: half a megabyte each, a round trip is longer than its bytes."""
_STEPS: Final = 400
"""So often at most progress is told of one series."""
_OF_THE_PART: Final = (Corrupted, NotFound, BrokenAnswer, ServerFault)
"""What may be wrong with one part while the others can be had."""
_OF_THE_LINK: Final = (Unreachable, TimedOut, TooManyAttempts)
"""What would be wrong with every further part, too: only the disk is asked then."""


@dataclass(frozen=True, slots=True)
class SeriesContent:
    """The bytes of a series as far as they can be had: at least one part of it."""

    parts: tuple[Document, ...]
    """Whose bytes are here, in the series' order."""
    files: tuple[memoryview, ...]
    """The bytes of these, checked."""
    missing: tuple[Document, ...]
    """What could not be fetched, arrived damaged, or is empty."""


class SeriesBytes:
    """Over `DocumentBytes`. `progress` tells of single documents as they do, and of a series as
    of one file: under the id of its first part, in bytes of the whole."""

    def __init__(self, documents: DocumentBytes) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self._documents = documents
        self._coming: dict[DocumentId, _Coming] = {}
        documents.progress.subscribe(self._heard)

    async def content(self, parts: Sequence[Document]) -> SeriesContent:
        """All parts that can be had; for the doctor.

        Raises BackendError: none can be had, or the files may not be seen at all (withdrawn
        consent, ended session).
        """
        found: dict[DocumentId, memoryview] = {}
        with self._documents.waiting(parts[0]), self._told_as_one(parts) as coming:
            fetching = _Fetching(self._documents, coming, parts, found)
            await fetching.all()
        there = [one for one in parts if len(found.get(one.id, b""))]
        if not there and fetching.error is not None:
            raise fetching.error
        return SeriesContent(
            tuple(there),
            tuple(found[one.id] for one in there),
            tuple(one for one in parts if not len(found.get(one.id, b""))),
        )

    @contextmanager
    def _told_as_one(self, parts: Sequence[Document]) -> Iterator["_Coming"]:
        coming = _Coming(parts, self.progress)
        before = {one.id: self._coming.get(one.id) for one in parts}
        self._coming |= {one.id: coming for one in parts}
        try:
            yield coming
        finally:
            for one, earlier in before.items():
                self._coming.pop(one, None)
                if earlier is not None:
                    self._coming[one] = earlier

    def _heard(self, progress: DownloadProgress) -> None:
        coming = self._coming.get(progress.document_id)
        if coming is None:
            self.progress.emit(progress)
        else:
            coming.hear(progress.document_id, progress.received)


class _Coming:
    """How much of a series has come."""

    def __init__(self, parts: Sequence[Document], progress: Event[DownloadProgress]) -> None:
        self._lead = parts[0].id
        self._total = sum(one.size for one in parts)
        self._received: dict[DocumentId, int] = {}
        self._sum = self._told = 0
        self._progress = progress

    def hear(self, part: DocumentId, received: int) -> None:
        """So many bytes of that part are here."""
        self._sum += received - self._received.get(part, 0)
        self._received[part] = received
        if self._sum >= self._total or self._sum - self._told >= self._total // _STEPS:
            self._told = self._sum
            self._progress.emit(DownloadProgress(self._lead, self._sum, self._total))


class _Fetching:
    """Takes one part after the other, several at once."""

    def __init__(
        self,
        documents: DocumentBytes,
        coming: _Coming,
        parts: Sequence[Document],
        found: dict[DocumentId, memoryview],
    ) -> None:
        self._documents, self._coming, self._found = documents, coming, found
        self._left = iter(parts)
        self._is_cut_off = False
        self.error: BackendError | None = None
        """The first that was wrong with a part."""

    async def all(self) -> None:
        """Ends with the last part; raises BackendError that is of no one part."""
        workers = [asyncio.create_task(self._work(), name="series.part") for _ in range(_AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        await self._documents.make_room()

    async def _work(self) -> None:
        for part in self._left:
            try:
                content = await self._content(part)
            except (*_OF_THE_PART, *_OF_THE_LINK) as error:
                logger.info("slice %s not fetched: %s", part.id, type(error).__name__)
                self.error = self.error or error
                self._is_cut_off = self._is_cut_off or isinstance(error, _OF_THE_LINK)
                continue
            if content is not None:
                self._found[part.id] = content
                self._coming.hear(part.id, part.size)

    async def _content(self, part: Document) -> memoryview | None:
        if self._is_cut_off:
            return await self._documents.kept(part)
        return await self._documents.content(part, makes_room=False)
