"""Requests laid aside in the doctor's own lists and taken up again: written down and sent at once,
or once there is a connection; undone by the opposite order, behind the first (decision 0032)."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.snoozing import LayAside, TakeUp
from workstation.core.pending_action import PendingKind
from workstation.core.triage_order import TriageOrder
from workstation.services.kept_orders import written

if TYPE_CHECKING:
    from workstation.services.outgoing import OutgoingActions
    from workstation.services.requests import RequestService

logger = logging.getLogger(__name__)


class OwnLists:
    """Puts such orders into the outbox."""

    def __init__(self, requests: "RequestService", outgoing: "OutgoingActions") -> None:
        self._requests, self._outgoing = requests, outgoing

    async def order(
        self, order: TriageOrder, row: RequestRow
    ) -> tuple[str, Callable[[], Awaitable[bool]]]:
        """The order's key, and what takes it back. The server gives back a claim on which nothing
        was begun, and taking back claims again. Raises StoreError."""
        key, back, is_bare = await self._put(order, row), laid_back(order, row), _is_bare(row)

        async def lay_back() -> bool:
            await self._put(back, row)
            await self._claim_again(order.request_id, if_so=is_bare)
            return True

        return key, lay_back

    async def _put(self, order: TriageOrder, row: RequestRow) -> str:
        body = written(order, row.number, claimed=False)
        return (await self._outgoing.put(PendingKind.TRIAGE, order.request_id, body)).key

    async def _claim_again(self, request_id: RequestId, *, if_so: bool) -> None:
        """Where somebody else has it by now, or there is no connection, it is free or theirs."""
        try:
            if if_so:
                await self._requests.claim(request_id)
        except BackendError as error:
            logger.info("%s not claimed again: %s", request_id, type(error).__name__)


def laid_back(order: TriageOrder, before: RequestRow) -> TriageOrder:
    """What brings a request back to where it lay in the doctor's lists."""
    lay = before.snooze
    if lay is None or not lay.is_aside:
        return replace(order, action=Action.WAKE, said=TakeUp())
    return replace(order, action=Action.SNOOZE, said=LayAside(until=lay.until, note=lay.note))


def _is_bare(row: RequestRow) -> bool:
    """Whether it is the doctor's on a lease: nothing was begun."""
    leased = row.owner is not None and row.owner.is_me and row.owner.lease_until is not None
    return leased and row.status is RequestStatus.CLAIMED
