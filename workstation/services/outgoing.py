"""The road out for orders that may wait: written down, sent in order, done exactly once."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backend_client.errors import BackendError, BrokenAnswer, NotSignedIn, ServerFault
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind, RefusedAction
from workstation.core.subscription import Event
from workstation.services.answers import Refusal
from workstation.services.delays import GrowingDelay, Sleep
from workstation.services.kept_orders import written_refusal

if TYPE_CHECKING:
    from workstation.store.outbox import Outbox

logger = logging.getLogger(__name__)

Carrier = Callable[[str, str], Awaitable[None]]
"""Brings one order to the server: (target, idempotency key). Raises BackendError."""
WordsCarrier = Callable[[PendingAction], Awaitable[None]]
"""Brings one order with its words to the server. Raises BackendError."""
RefusalHearer = Callable[[PendingAction, BackendError], None]
MOST_FAULTS = 8
"""An order over which the server fails so often is given up, so that the others get through."""


class OutgoingActions:
    """Keeps orders in the outbox until the server has answered each, in their order.

    An order that is held lets those about other targets pass, and none about its own.
    """

    def __init__(self, outbox: "Outbox", now: Callable[[], datetime], sleep: Sleep) -> None:
        self.waiting_changed: Event[tuple[PendingAction, ...]] = Event()
        self.refused: Event[Refusal] = Event()
        """Of orders without words; with words the hearer of `carry_words` is told."""
        self._outbox = outbox
        self._now = now
        self._sleep = sleep
        self._delay = GrowingDelay(sleep)
        self._carriers: dict[PendingKind, WordsCarrier] = {}
        self._hearers: dict[PendingKind, RefusalHearer] = {}
        self._asked: dict[str, BackendError | None] = {}
        self._turn = asyncio.Lock()
        self._work = asyncio.Event()
        self._under_way = ""
        """Key of the order that is being sent."""
        self._taken_back: set[str] = set()
        self._passed_over: set[str] = set()
        """Keys of the orders that were still held when the last round of sending came by."""
        self._telling = asyncio.Lock()

    def carry(self, kind: PendingKind, carrier: Carrier) -> None:
        """From now on `carrier` brings orders of this kind."""
        self._carriers[kind] = lambda action: carrier(action.target, action.key)

    def carry_whole(self, kind: PendingKind, carrier: WordsCarrier) -> None:
        """As `carry`, for orders that say more than their target; no word of it is a person's."""
        self._carriers[kind] = carrier

    def carry_words(self, kind: PendingKind, carrier: WordsCarrier, refused: RefusalHearer) -> None:
        """As `carry`, for orders with words: one that the server refuses is kept until
        `forget_refused`, and `refused` is told of it."""
        self._carriers[kind] = carrier
        self._hearers[kind] = refused

    async def waiting(self) -> tuple[PendingAction, ...]:
        """Orders that the server has not answered yet, oldest first."""
        return await self._outbox.pending()

    async def put(
        self, kind: PendingKind, target: str, body: bytes = b"", hold: timedelta | None = None
    ) -> PendingAction:
        """Writes an order down; it is sent soon, or once it was held so long. Raises StoreError."""
        now = self._now()
        not_before = None if hold is None else now + hold
        action = PendingAction(
            str(uuid.uuid4()), kind, target, now, body=body, not_before=not_before
        )
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

    async def take_back(self, key: str) -> bool:
        """Forgets an order that was not sent: it never will be. False: too late, or not known.

        Only for an order that is held: of others it is not known what the server has of them.
        Raises StoreError: it stands as before.
        """
        if key == self._under_way:
            return False
        self._taken_back.add(key)  # also where a round of sending has read it already
        try:
            was_here = await self._outbox.remove(key)
        except StoreError:
            self._taken_back.discard(key)
            self._work.set()
            raise
        self._work.set()
        await self._tell()
        return was_here

    async def drop(self, kind: PendingKind, target: str) -> bool:
        """Takes back what waits of this kind about `target`; answers whether there was any."""
        waiting = await self._outbox.pending()
        keys = [one.key for one in waiting if (one.kind, one.target) == (kind, target)]
        return any([await self.take_back(key) for key in keys])

    async def drain(self) -> None:
        """Sends what waits and is not held, in order. Raises BackendError where the rest has to
        wait on."""
        async with self._turn:
            behind: set[str] = set()
            self._passed_over.clear()
            for action in await self._outbox.pending():
                if action.key in self._taken_back:
                    continue
                if action.is_held(self._now()):
                    self._passed_over.add(action.key)
                    behind.add(action.target)
                elif action.target not in behind:
                    await self._send(action)

    async def drain_held(self) -> None:
        """Sends everything now; what cannot be sent is not held any longer either.

        Raises BackendError, StoreError.
        """
        await self._outbox.hurry()
        await self._tell()
        await self.drain()

    async def settle(self, target: str) -> None:
        """Sends what waits where some of it is about `target`: later orders come after earlier."""
        if any(action.target == target for action in await self._outbox.pending()):
            await self.drain()

    async def run(self) -> None:
        """Sends what waits whenever there is something, for ever; tries again after a delay."""
        while True:
            try:
                await self._rest()
                self._work.clear()
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

    async def refused_kept(self) -> tuple[RefusedAction, ...]:
        """Refused orders with words, oldest first. Raises StoreError."""
        return await self._outbox.refused()

    async def forget_refused(self, key: str) -> None:
        """The words of a refused order are not needed any more. Raises StoreError."""
        await self._outbox.remove(key)

    async def _rest(self) -> None:
        """Until there is something to send: the first held order's moment counts as well, also
        where it has come since the last round."""
        if self._work.is_set():
            return
        waits: list[asyncio.Future[object]] = [asyncio.ensure_future(self._work.wait())]
        try:
            lengths = [self._held_for(one) for one in await self._outbox.pending()]
            still = [length for length in lengths if length is not None]
            if still:
                waits.append(asyncio.ensure_future(self._sleep(min(still))))
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _held_for(self, action: PendingAction) -> float | None:
        """Seconds until it can be sent; None: it does not wait for a moment."""
        now = self._now()
        if action.not_before is not None and action.is_held(now):
            return (action.not_before - now).total_seconds()
        return 0.0 if action.key in self._passed_over else None

    async def _send(self, action: PendingAction) -> None:
        self._under_way = action.key
        try:
            await self._begin(action)
            await self._carriers[action.kind](action)
        except BackendError as error:
            if await self._stays(action, error):
                raise
            await self._refuse(action, error)
        else:
            await self._outbox.remove(action.key)
            await self._tell()
        finally:
            self._under_way = ""

    async def _begin(self, action: PendingAction) -> None:
        """What may have arrived is never held again, whatever becomes of the clock."""
        if action.not_before is not None and action.not_before > action.created_at:
            await self._outbox.hurry(action.key)
            await self._tell()

    async def _stays(self, action: PendingAction, error: BackendError) -> bool:
        if isinstance(error, ServerFault | BrokenAnswer):
            await self._outbox.count_fault(action.key)
            return action.faults + 1 < MOST_FAULTS
        return error.is_temporary or isinstance(error, NotSignedIn)

    async def _refuse(self, action: PendingAction, error: BackendError) -> None:
        logger.warning("order %s refused: %s", action.key, type(error).__name__)
        if action.kind in self._hearers:
            await self._outbox.refuse(action.key, written_refusal(error))
            await self._tell()
            self._hearers[action.kind](action, error)
            return
        if action.key in self._asked:
            self._asked[action.key] = error
        else:
            self.refused.emit(Refusal(action, error))
        await self._outbox.remove(action.key)
        await self._tell()

    async def _tell(self) -> None:
        """One after another: what was read first is never told last."""
        async with self._telling:
            self.waiting_changed.emit(await self._outbox.pending())
