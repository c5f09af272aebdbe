"""The road out for orders that may wait: written down, sent in order, done exactly once."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.errors import BackendError, BrokenAnswer, NotSignedIn, ServerFault
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.answers import Refusal
from workstation.services.delays import GrowingDelay, Sleep

if TYPE_CHECKING:
    from workstation.store.outbox import Outbox

logger = logging.getLogger(__name__)

Carrier = Callable[[str, str], Awaitable[None]]
"""Brings one order to the server: (target, idempotency key). Raises BackendError."""
MOST_FAULTS = 8
"""An order over which the server fails so often is given up, so that the others get through."""


class OutgoingActions:
    """Keeps orders in the outbox until the server has answered each, in their order."""

    def __init__(self, outbox: "Outbox", now: Callable[[], datetime], sleep: Sleep) -> None:
        self.waiting_changed: Event[tuple[PendingAction, ...]] = Event()
        self.refused: Event[Refusal] = Event()
        self._outbox = outbox
        self._now = now
        self._delay = GrowingDelay(sleep)
        self._carriers: dict[PendingKind, Carrier] = {}
        self._asked: dict[str, BackendError | None] = {}
        self._turn = asyncio.Lock()
        self._work = asyncio.Event()

    def carry(self, kind: PendingKind, carrier: Carrier) -> None:
        """From now on `carrier` brings orders of this kind."""
        self._carriers[kind] = carrier

    async def waiting(self) -> tuple[PendingAction, ...]:
        """Orders that the server has not answered yet, oldest first."""
        return await self._outbox.pending()

    async def put(self, kind: PendingKind, target: str) -> PendingAction:
        """Writes an order down; it is sent soon. Raises StoreError."""
        action = PendingAction(str(uuid.uuid4()), kind, target, self._now())
        await self._outbox.add(action)
        self._work.set()
        await self._tell()
        return action

    async def submit(self, kind: PendingKind, target: str) -> bool:
        """Writes an order down and sends it: True once done, False while it has to wait.

        Raises:
            BackendError: the server has refused it; it will not be done.
            StoreError: it could not be written down.
        """
        action = await self.put(kind, target)
        self._asked[action.key] = None
        try:
            await self.drain()
        except BackendError as error:
            logger.info("order %s waits: %s", action.key, type(error).__name__)
        refusal = self._asked.pop(action.key)
        if refusal is not None:
            raise refusal
        return all(waiting.key != action.key for waiting in await self._outbox.pending())

    async def drain(self) -> None:
        """Sends what waits, in order. Raises BackendError where the rest has to wait on."""
        async with self._turn:
            for action in await self._outbox.pending():
                await self._send(action)

    async def settle(self, target: str) -> None:
        """Sends what waits where some of it is about `target`: later orders come after earlier."""
        if any(action.target == target for action in await self._outbox.pending()):
            await self.drain()

    async def run(self) -> None:
        """Sends what waits whenever there is something, for ever; tries again after a delay."""
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                await self.drain()
                self._delay.reset()
            except (BackendError, StoreError) as error:
                logger.info("orders wait: %s", type(error).__name__)
                self._work.set()
                await self._delay.wait(at_least=getattr(error, "retry_after", None) or 0)

    def wake(self) -> None:
        """There may be something to send, and somebody who takes it."""
        self._work.set()
        self._delay.cut_short()

    async def _send(self, action: PendingAction) -> None:
        try:
            await self._carriers[action.kind](action.target, action.key)
        except BackendError as error:
            if await self._stays(action, error):
                raise
            self._refuse(action, error)
        await self._outbox.remove(action.key)
        await self._tell()

    async def _stays(self, action: PendingAction, error: BackendError) -> bool:
        if isinstance(error, ServerFault | BrokenAnswer):
            await self._outbox.count_fault(action.key)
            return action.faults + 1 < MOST_FAULTS
        return error.is_temporary or isinstance(error, NotSignedIn)

    def _refuse(self, action: PendingAction, error: BackendError) -> None:
        logger.warning("order %s refused: %s", action.key, type(error).__name__)
        if action.key in self._asked:
            self._asked[action.key] = error
        else:
            self.refused.emit(Refusal(action, error))

    async def _tell(self) -> None:
        self.waiting_changed.emit(await self._outbox.pending())
