"""Claims in hand: renewed by heartbeats as long as this program lives; a lost one is told."""

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.errors import BackendError, Conflict, Forbidden, NotFound
from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.connection import ConnectionState, Link
from workstation.core.subscription import Event
from workstation.services.delays import Sleep

if TYPE_CHECKING:
    from backend_client.requests import RequestsResource
    from workstation.services.link import LinkState
    from workstation.services.requests import RequestService

logger = logging.getLogger(__name__)

OFTEN_ENOUGH_S = 60.0
"""Between two heartbeats, until the server has said how often it wants them."""
AT_LEAST_S = 1.0
OVER = (Conflict, NotFound, Forbidden)
"""Answers to a heartbeat after which the claim is over."""


@dataclass(frozen=True, slots=True)
class LostClaim:
    """A case that was in hand and is not the doctor's any more."""

    request_id: RequestId
    number: str
    """The number people use; "" where it cannot be read now."""
    owner_name: str
    """Who works on it now; "" where nobody does."""


class ClaimService:
    """What the doctor has in hand here, and that it stays so (docs/decisions/0012).

    `lost` tells of a claim that the server has ended meanwhile: without a heartbeat for the time
    of the lease, or taken over by the clinic; `kept` of a case that is taken up for work.
    """

    def __init__(
        self,
        backend: "RequestsResource",
        requests: "RequestService",
        link: "LinkState",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.lost: Event[LostClaim] = Event()
        self.kept: Event[RequestId] = Event()
        self._backend = backend
        self._requests = requests
        self._sleep = sleep
        self._in_hand: dict[RequestId, str] = {}
        """Numbers of the requests, as far as they are known."""
        self._unleased: set[RequestId] = set()
        """Of those in hand: work was begun, and nothing has to be renewed."""
        self._beat_s = OFTEN_ENOUGH_S
        self._stirred = asyncio.Event()
        requests.taken.subscribe(lambda row: self.keep(row.id))
        requests.given_back.subscribe(self.let_go)
        requests.changed.subscribe(self._heard)
        link.changed.subscribe(self._link_changed)

    @property
    def in_hand(self) -> frozenset[RequestId]:
        """Cases that are renewed, or need not be because work was begun."""
        return frozenset(self._in_hand)

    def keep(self, request_id: RequestId) -> None:
        """The doctor has this request in hand from now on: a heartbeat is sent at once."""
        self._in_hand.setdefault(request_id, "")
        self._stirred.set()
        self.kept.emit(request_id)

    def let_go(self, request_id: RequestId) -> None:
        """Not any more: given back, or left with work that was begun."""
        self._in_hand.pop(request_id, None)
        self._unleased.discard(request_id)

    async def run(self) -> None:
        """Sends heartbeats until cancelled. One task, owned by the account's scope."""
        while True:
            self._stirred.clear()
            for request_id in [*self._in_hand.keys() - self._unleased]:
                await self._beat(request_id)
            await self._rest()

    async def _beat(self, request_id: RequestId) -> None:
        try:
            lease = await self._backend.heartbeat(request_id)
        except OVER as error:
            await self._lose(request_id, getattr(error, "owner_name", None) or "")
        except BackendError as error:
            logger.info("no heartbeat of %s: %s", request_id, type(error).__name__)
        else:
            self._beat_s = max(lease.beat_seconds, AT_LEAST_S)
            if lease.lease_until is None:
                self._unleased.add(request_id)

    async def _rest(self) -> None:
        """Until the next round; sooner where something is taken, or the server is back."""
        waits: list[asyncio.Future[object]] = [asyncio.ensure_future(self._stirred.wait())]
        if self._in_hand.keys() - self._unleased:
            waits.append(asyncio.ensure_future(self._sleep(self._beat_s)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _lose(self, request_id: RequestId, owner_name: str) -> None:
        if request_id not in self._in_hand:
            return  # given back while the heartbeat was on its way
        number = self._in_hand[request_id]
        self.let_go(request_id)
        try:
            number = (await self._requests.look_again(request_id)).number
        except BackendError as error:
            logger.info("lost %s, not read again: %s", request_id, type(error).__name__)
        self._tell(request_id, number, owner_name)

    def _heard(self, row: RequestRow) -> None:
        if row.id not in self._in_hand:
            return
        self._in_hand[row.id] = row.number
        if row.owner is None or not row.owner.is_me:
            self.let_go(row.id)
            self._tell(row.id, row.number, "" if row.owner is None else row.owner.name)
        elif row.owner.lease_until is not None and row.id in self._unleased:
            self._unleased.discard(row.id)
            self._stirred.set()

    def _tell(self, request_id: RequestId, number: str, owner_name: str) -> None:
        logger.warning("claim of %s is over", request_id)
        self.lost.emit(LostClaim(request_id, number, owner_name))

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            self._stirred.set()
