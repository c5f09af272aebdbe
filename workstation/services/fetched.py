"""The bytes of a document on their way in: into memory, and encrypted beside that to the disk."""

import logging
from typing import TYPE_CHECKING

from workstation.core.errors import StoreUnavailable

if TYPE_CHECKING:
    from workstation.store.blobs import Blobs, BlobWriter

logger = logging.getLogger(__name__)


class FetchedFile:
    """Collects a file. A disk that does not take it is no reason not to show it."""

    def __init__(self, blobs: "Blobs", file_id: str) -> None:
        self.data = bytearray()
        self._blobs = blobs
        self._writer: BlobWriter | None = None
        try:
            self._writer = blobs.writer(file_id)
        except StoreUnavailable as error:
            self._give_up(error)

    async def write(self, chunk: bytes) -> None:
        """The next bytes."""
        self.data += chunk
        if self._writer is not None:
            try:
                await self._writer.write(chunk)
            except StoreUnavailable as error:
                self._give_up(error)

    async def commit(self, *, makes_room: bool = True) -> None:
        """All bytes are there and were found to be right."""
        if self._writer is None:
            return
        try:
            await self._writer.commit()
            self._writer = None
            if makes_room:
                await self._blobs.make_room()
        except StoreUnavailable as error:
            self._give_up(error)

    def discard(self) -> None:
        """Leaves nothing on the disk that was not committed."""
        if self._writer is not None:
            self._writer.discard()
            self._writer = None

    def _give_up(self, error: StoreUnavailable) -> None:
        logger.warning("a file is not kept on the disk: %s", error)
        self.discard()
