"""Orders from the queue: held for ten seconds in which they can be taken back, then carried out."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from backend_client.errors import BackendError, Conflict, Rejected
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.requests import Action, RequestRow
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.core.triage_order import (
    FOR_ONESELF,
    HELD,
    HELD_S,
    SAID_WITH,
    HeldOrder,
    TriageOrder,
)
from workstation.services.kept_orders import (
    RefusedOrder,
    checked,
    read_order,
    read_refused,
    was_claimed,
    written,
)
from workstation.services.own_lists import OwnLists
from workstation.services.triage_orders import (
    is_same_case,
    opposite,
    send_order,
    stands_upon_any,
    upon,
)
from workstation.services.whole_work import WholeWork

if TYPE_CHECKING:
    from backend_client.request_actions import RequestActionsResource
    from workstation.services.claims import ClaimService
    from workstation.services.outgoing import OutgoingActions
    from workstation.services.requests import RequestService

logger = logging.getLogger(__name__)
TakeBack = Callable[[], Awaitable[bool]]
"""Answers whether it was taken back. Raises BackendError, StoreError: it stands."""

HOLD = timedelta(seconds=HELD_S)
AT_ONCE = frozenset({Action.CLAIM, Action.RELEASE, Action.MARK_ITEM})


@dataclass(frozen=True, slots=True)
class _Recent:
    """An order of the last moments, and how it is taken back."""

    order: HeldOrder
    until: datetime | None
    """Of what was done at once: how long it can be undone. None: it is held, the outbox knows."""
    take_back: TakeBack


class TriageService:
    """What the doctor orders from the queue, and takes back (docs/decisions/0029).

    `changed` tells of the orders that wait; `refused` of one that the server did not carry out,
    which `refused_kept` keeps with its words until `forget_refused`; `given` of one that was given,
    whatever has become of who asked for it.
    """

    def __init__(
        self,
        actions: "RequestActionsResource",
        requests: "RequestService",
        claims: "ClaimService",
        outgoing: "OutgoingActions",
        now: Callable[[], datetime],
    ) -> None:
        """`now`: by the server's clock."""
        self.changed: Event[tuple[HeldOrder, ...]] = Event()
        self.refused: Event[RefusedOrder] = Event()
        self.given: Event[TriageOrder] = Event()
        self._actions = actions
        self._requests = requests
        self._claims = claims
        self._outgoing = outgoing
        self._now = now
        self._waiting: tuple[HeldOrder, ...] = ()
        self._recent: list[_Recent] = []
        self._claimed_for: dict[RequestId, str] = {}
        """Keys of the orders for which alone a request was claimed."""
        self._ordering: dict[RequestId, Action] = {}
        self._own_lists = OwnLists(requests, outgoing)
        self._work = WholeWork()
        claims.kept.subscribe(self._keep_claim)
        requests.given_back.subscribe(self._keep_claim)
        outgoing.waiting_changed.subscribe(self._outbox_changed)
        outgoing.carry_words(PendingKind.TRIAGE, self._carry, self._was_refused)

    @property
    def waiting(self) -> tuple[HeldOrder, ...]:
        """Orders that are not carried out yet, oldest first: held, or without a connection."""
        return self._waiting

    def held_for(self, request_id: RequestId) -> HeldOrder | None:
        """What waits to be done with this request."""
        return next((one for one in self._waiting if one.order.request_id == request_id), None)

    def seconds_left(self, order: HeldOrder) -> float:
        """How long it can be taken back, 0 to HELD_S; 0: not any more."""
        until = self._until(order.key)
        left = 0.0 if until is None else (until - self._now()).total_seconds()
        return min(max(left, 0.0), HELD_S)

    async def load(self) -> None:
        """Takes up what an earlier run of the program has left. Raises StoreError."""
        pending = await self._outgoing.waiting()
        self._outbox_changed(pending)
        left = {one.target for one in pending if one.kind is PendingKind.RELEASE}
        claimed = {one.key for one in pending if was_claimed(one) and one.target not in left}
        for held in self._waiting:
            if held.key in claimed:
                self._claimed_for[held.order.request_id] = held.key
            self._remember_held(held)

    async def order(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        """Orders it: what is HELD is written down and done later, the rest is done at once; what is
        FOR_ONESELF waits for the connection where there is none. A threat to life goes before what
        waits about its request: at once.

        `row` is what the doctor saw. A request that is not the doctor's is claimed first. Once
        begun it ends, even for a cancelled caller.

        Raises:
            BackendError: nothing was ordered. Conflict with `owner_name` where somebody else has
                the request, with STALE_VERSION and the card where it was changed before the claim,
                with MOVE_NOT_ALLOWED where another order about it waits, or where the server does
                not offer it even to the owner; Rejected for words that the server does not take.
            StoreError: it could not be written down; nothing was ordered.
        """
        if order.action not in HELD | AT_ONCE | FOR_ONESELF:
            raise ValueError(f"{order.action} is not ordered from the queue")
        if order.action in SAID_WITH:
            order = replace(order, said=checked(order, SAID_WITH[order.action]))
        if self._goes_before(order):
            return await self._work.run(self._give(order, row, held=False))
        self._refuse_second(order.request_id)
        self._ordering[order.request_id] = order.action
        return await self._work.run(self._one_by_one(order, row))

    async def undo(self) -> HeldOrder | None:
        """Takes back the newest order that can still be taken back; None: there is none.

        What was held is never sent; what was done at once is undone by its opposite. A claim that
        was made for that order alone is given back. Raises BackendError, StoreError where it
        could not be: it stands.
        """
        return await self._work.run(self._undo())

    async def refused_kept(self) -> tuple[RefusedOrder, ...]:
        """Refused orders with their words, oldest first. Raises StoreError."""
        kept = [read_refused(one) for one in await self._outgoing.refused_kept()]
        return tuple(one for one in kept if one is not None)

    async def forget_refused(self, key: str) -> None:
        """The doctor has seen it, and needs its words no more. Raises StoreError."""
        await self._outgoing.forget_refused(key)

    async def finish(self) -> None:
        """Waits for orders that are being given or taken back."""
        await self._work.finish()

    async def close(self) -> None:
        """Ends what has not ended."""
        await self._work.close()

    # Ordering

    def _waits(self, request_id: RequestId) -> Action | None:
        """What is ordered about it and not done yet."""
        held = self.held_for(request_id)
        return held.order.action if held is not None else self._ordering.get(request_id)

    def _goes_before(self, order: TriageOrder) -> bool:
        threat = Action.MARK_LIFE_THREAT
        return order.action is threat and self._waits(order.request_id) not in (None, threat)

    def _refuse_second(self, request_id: RequestId) -> None:
        """One order at a time about a request."""
        if self._waits(request_id) is not None:
            detail = "another order about this request waits"
            raise Conflict(ProblemCode.MOVE_NOT_ALLOWED, detail=detail)

    async def _one_by_one(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        try:
            return await self._give(order, row, held=order.action in HELD)
        finally:
            del self._ordering[order.request_id]

    async def _give(self, order: TriageOrder, row: RequestRow, *, held: bool) -> HeldOrder:
        if order.action in FOR_ONESELF:
            given = await self._lay(order, row)
        else:
            given = await (self._hold if held else self._do)(order, row)
        self.given.emit(order)
        return given

    async def _hold(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        now, is_for_this = await self._owned(order, row)
        try:
            if not (is_same_case(row, now) or stands_upon_any(order)):
                raise await self._stale(order.request_id)
            if is_for_this and order.action not in now.allowed_actions:
                raise Conflict(ProblemCode.MOVE_NOT_ALLOWED)
            order = upon(order, now.version)
            body = written(order, row.number, claimed=is_for_this)
            action = await self._outgoing.put(PendingKind.TRIAGE, order.request_id, body, HOLD)
        except (BackendError, StoreError):
            await self._release(order.request_id, if_so=is_for_this)
            raise
        if is_for_this:
            self._claimed_for[order.request_id] = action.key
        held = HeldOrder(action.key, order, row.number, action.not_before)
        self._remember_held(held)
        return held

    async def _do(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        key = str(uuid.uuid4())
        if order.action is Action.CLAIM:
            take_back = await self._claim(order.request_id, row)
        elif order.action is Action.RELEASE:
            take_back = await self._give_back(order.request_id)
        else:
            order, take_back = await self._mark(order, row, key)
        done = HeldOrder(key, order, row.number, None)
        self._remember(_Recent(done, self._now() + HOLD, take_back))
        return done

    async def _lay(self, order: TriageOrder, row: RequestRow) -> HeldOrder:
        key, take_back = await self._own_lists.order(order, row)
        done = HeldOrder(key, order, row.number, None)
        self._remember(_Recent(done, self._now() + HOLD, take_back))
        return done

    async def _claim(self, request_id: RequestId, row: RequestRow) -> TakeBack:
        was_mine = self._is_mine(request_id, row)
        await self._requests.claim(request_id)

        async def give_back() -> bool:
            if not was_mine:
                await self._requests.release(request_id)
            return not was_mine

        return give_back

    async def _give_back(self, request_id: RequestId) -> TakeBack:
        await self._requests.release(request_id)

        async def claim() -> bool:
            await self._requests.claim(request_id)
            return True

        return claim

    async def _mark(
        self, order: TriageOrder, row: RequestRow, key: str
    ) -> tuple[TriageOrder, TakeBack]:
        before, is_for_this = await self._owned(order, row)
        order, back = upon(order, before.version), opposite(order, before)
        try:
            await self._outgoing.settle(order.request_id)
            await self._send(order, key)
        except BackendError:
            await self._release(order.request_id, if_so=is_for_this)
            raise
        if is_for_this:
            self._claimed_for[order.request_id] = key

        async def unmark() -> bool:
            await self._send(back, str(uuid.uuid4()))
            await self._release_claim_for(order.request_id, key)
            return True

        return order, unmark

    async def _owned(self, order: TriageOrder, row: RequestRow) -> tuple[RequestRow, bool]:
        """The row as the doctor's own, and whether it was claimed for this order alone."""
        if row.owner is not None and row.owner.is_me:
            seen = order.said.version if order.said is not None else 0
            return msgspec.structs.replace(row, version=seen or row.version), False
        was_mine = self._is_mine(order.request_id, row)
        return (await self._requests.claim(order.request_id)).row, not was_mine

    def _is_mine(self, request_id: RequestId, row: RequestRow) -> bool:
        return request_id in self._claims.in_hand or (row.owner is not None and row.owner.is_me)

    async def _stale(self, request_id: RequestId) -> Conflict:
        """The refusal of what was decided over an older state, with the present card."""
        card = (await self._requests.card(request_id)).card
        present = msgspec.convert(msgspec.to_builtins(card), dict[str, object])
        return Conflict(ProblemCode.STALE_VERSION, present=present)

    # Taking back

    async def _undo(self) -> HeldOrder | None:
        while self._recent:
            in_time = self.seconds_left(self._recent[-1].order) > 0
            recent = self._recent.pop()  # at once: a second undo is about the order before it
            try:
                if in_time and await recent.take_back():
                    return recent.order
            except (BackendError, StoreError):
                self._recent.append(recent)
                raise
        return None

    async def _take_back(self, held: HeldOrder) -> bool:
        if not await self._outgoing.take_back(held.key):
            return False
        await self._release_claim_for(held.order.request_id, held.key)
        return True

    async def _release_claim_for(self, request_id: RequestId, key: str) -> None:
        await self._release(request_id, if_so=self._claimed_for.get(request_id) == key)

    async def _release(self, request_id: RequestId, *, if_so: bool) -> None:
        """Where that is not possible the claim ends with its lease."""
        try:
            if if_so:
                await self._requests.release(request_id)
        except (BackendError, StoreError) as error:
            logger.info("%s not given back: %s", request_id, type(error).__name__)

    def _keep_claim(self, request_id: RequestId) -> None:
        """The claim is not for an order alone any more: the case was opened, or given back."""
        self._claimed_for.pop(request_id, None)

    def _remember_held(self, held: HeldOrder) -> None:
        self._remember(_Recent(held, None, lambda: self._take_back(held)))

    def _remember(self, recent: _Recent) -> None:
        fresh = [one for one in self._recent if self.seconds_left(one.order) > 0]
        self._recent = [*fresh, recent]

    def _until(self, key: str) -> datetime | None:
        held = (one.carried_out_at for one in self._waiting if one.key == key)
        done = (one.until for one in self._recent if one.order.key == key)
        return next(held, None) or next(done, None)

    # Carrying out

    async def _carry(self, action: PendingAction) -> None:
        """What is HELD ends the claim with it: that is no loss, and needs no giving back."""
        held = read_order(action)
        if held is None:
            raise Rejected(400, ProblemCode.INVALID)
        request_id = held.order.request_id
        if held.order.action is Action.WAKE:
            await self._wake(held)
            return
        if held.order.action is Action.MARK_LIFE_THREAT:  # the work on the request goes on
            await self._send(held.order, held.key)
            self._keep_claim(request_id)
            return
        was_in_hand = request_id in self._claims.in_hand
        self._claims.let_go(request_id)
        try:
            await self._send(held.order, held.key)
        except BackendError:
            if was_in_hand:
                self._claims.keep(request_id)
            raise
        self._keep_claim(request_id)
        await self._outgoing.drop(PendingKind.RELEASE, request_id)

    async def _wake(self, held: HeldOrder) -> None:
        """What is in the lists already, by some news, is as the doctor wants it."""
        try:
            await self._send(held.order, held.key)
        except Conflict as error:
            if error.code is not ProblemCode.MOVE_NOT_ALLOWED:
                raise

    async def _send(self, order: TriageOrder, key: str) -> None:
        card = await send_order(self._actions, order, key)
        self._requests.hear(card.row.id, card.row)

    def _was_refused(self, action: PendingAction, error: BackendError) -> None:
        held = read_order(action)
        if held is not None:
            self.refused.emit(RefusedOrder(held, error))

    def _outbox_changed(self, pending: tuple[PendingAction, ...]) -> None:
        orders = [read_order(one) for one in pending if one.kind is PendingKind.TRIAGE]
        waiting = tuple(one for one in orders if one is not None)
        if waiting != self._waiting:
            self._waiting = waiting
            self.changed.emit(waiting)
