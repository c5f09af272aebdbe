"""What a doctor has begun about a request, kept on this computer until it is done.

It never stands in the way: where the disk fails, work goes on in memory and the log says so.
"""

import asyncio
import logging
from datetime import datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from backend_client.models.common import RequestId
from workstation.core.errors import StoreError
from workstation.services.background import Alarm, BackgroundTasks
from workstation.services.delays import Sleep

logger = logging.getLogger(__name__)

WRITTEN_AFTER_S = 0.5
"""From the first key that is not on the disk yet."""


class Begun(Protocol):
    """Something that was begun about a request."""

    @property
    def request_id(self) -> RequestId:
        """The request."""

    @property
    def changed_at(self) -> datetime:
        """When the doctor touched it last; aware."""


Kept = TypeVar("Kept", bound=Begun)


class KeptStore(Protocol[Kept]):
    """The encrypted place of one kind. All raise StoreError."""

    async def keep(self, begun: Kept, /) -> None:
        """Writes it down."""

    async def all(self) -> tuple[Kept, ...]:
        """All of them."""

    async def remove(self, request_id: RequestId, /) -> None:
        """Forgets that of the request."""


class KeptForRequests(Generic[Kept]):
    """One thing for each request, the last; without a store, in memory alone."""

    kind: ClassVar[str] = "begun work"
    """As the log names it."""
    ends_with_request: ClassVar[bool] = True
    """Whether nobody needs it once the request has ended."""

    def __init__(self, store: KeptStore[Kept] | None, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._kept: dict[RequestId, Kept] = {}
        self._unwritten: set[RequestId] = set()
        """Of these the disk does not have the last state: another one, or that there is none."""
        self._tasks = BackgroundTasks()
        self._alarm = Alarm(sleep, self._tasks, f"{self.kind}.wait")
        self._one_by_one = asyncio.Lock()

    async def take_up(self) -> None:
        """Takes up what an earlier run has left."""
        if self._store is None:
            return
        try:
            kept = await self._store.all()
        except StoreError as error:
            logger.warning("kept %s: %s", self.kind, type(error).__name__)
            return
        self._kept = {one.request_id: one for one in kept}

    def all(self) -> tuple[Kept, ...]:
        """Everything that was begun, whatever its request has become."""
        return tuple(self._kept.values())

    def of(self, request_id: RequestId) -> Kept | None:
        """What was begun about this request."""
        return self._kept.get(request_id)

    def keep(self, begun: Kept) -> None:
        """In place of what was kept about its request; on the disk within a second."""
        self._kept[begun.request_id] = begun
        if self._store is None:
            return
        self._unwritten.add(begun.request_id)
        if not self._alarm.is_set:
            self._alarm.set(WRITTEN_AFTER_S, self.write_now)

    def forget(self, request_id: RequestId) -> None:
        """It is done, or not wanted any more."""
        if self._kept.pop(request_id, None) is not None and self._store is not None:
            self._unwritten.add(request_id)
            self.write_now()

    def write_now(self) -> None:
        """Does not wait for more keys."""
        self._tasks.start(self._write(), f"{self.kind}.write")

    async def finish(self) -> None:
        """Writes what is not on the disk yet; then nothing runs any more."""
        self._alarm.call_off()
        await self._write()
        await self._tasks.close()

    async def _write(self) -> None:
        """One after the other, so that the last state is what stays."""
        async with self._one_by_one:
            unwritten, self._unwritten = self._unwritten, set()
            for request_id in unwritten:
                try:
                    await self._write_one(request_id)
                except (StoreError, UnicodeEncodeError) as error:  # the latter: half an emoji
                    self._unwritten.add(request_id)  # again with the next key, or at the end
                    logger.warning("%s of %s: %s", self.kind, request_id, type(error).__name__)

    async def _write_one(self, request_id: RequestId) -> None:
        begun = self._kept.get(request_id)
        if self._store is None:
            return
        if begun is None:
            await self._store.remove(request_id)
        else:
            await self._store.keep(begun)
