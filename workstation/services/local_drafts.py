"""What the doctor writes, kept on this computer until the server has it.

It never stands in the way: where the disk fails, writing goes on and the log says so.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionForm
from workstation.core.conclusion_draft import KeptDraft
from workstation.core.errors import StoreError

logger = logging.getLogger(__name__)


class DraftStore(Protocol):
    """The encrypted place of the texts. All raise StoreError."""

    async def keep(self, request_id: RequestId, draft: KeptDraft) -> None:
        """Writes the text down."""

    async def read(self, request_id: RequestId) -> KeptDraft | None:
        """The kept text."""

    async def settle(
        self, request_id: RequestId, version: int, form: ConclusionForm, saved_as: int
    ) -> None:
        """The server has made `saved_as` of this form."""

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the text."""


class LocalDrafts:
    """The texts of one account; without a store nothing is kept."""

    def __init__(self, store: DraftStore | None, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def keep(self, request_id: RequestId, version: int, form: ConclusionForm) -> bool:
        """Whether the text is on the disk now."""
        if self._store is None:
            return False
        try:
            await self._store.keep(request_id, KeptDraft(version, form, self._now()))
        except StoreError as error:
            _log(request_id, error)
            return False
        return True

    async def read(self, request_id: RequestId) -> KeptDraft | None:
        """The kept text; None where there is none or it cannot be read."""
        if self._store is None:
            return None
        try:
            return await self._store.read(request_id)
        except StoreError as error:
            _log(request_id, error)
            return None

    async def settle(
        self, request_id: RequestId, version: int, form: ConclusionForm, saved_as: int
    ) -> None:
        """The server has it; what was written since stays."""
        if self._store is None:
            return
        try:
            await self._store.settle(request_id, version, form, saved_as)
        except StoreError as error:
            _log(request_id, error)

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the text."""
        if self._store is None:
            return
        try:
            await self._store.remove(request_id)
        except StoreError as error:
            _log(request_id, error)


def _log(request_id: RequestId, error: StoreError) -> None:
    logger.warning("local draft of %s: %s", request_id, type(error).__name__)
