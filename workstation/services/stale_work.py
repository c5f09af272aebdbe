"""Of what was begun and never done, what nobody needs any more goes away, once after a sign-in.

The server is asked how each request stands: a request that is open keeps everything, however old,
and so does one that could not be asked about (docs/decisions/0036).
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar, Protocol

from backend_client.errors import BackendError, Forbidden, NotFound
from backend_client.models.common import RequestId
from backend_client.models.requests import RequestCard
from workstation.core.connection import ConnectionState, Link
from workstation.core.kept_panel import ENDED
from workstation.services.kept_for_requests import Begun
from workstation.services.link import LinkState

logger = logging.getLogger(__name__)

KEPT_UNSEEN = timedelta(days=30)
"""How long it waits for a request that this account does not see any more."""


class Cards(Protocol):
    """Who knows how a request stands."""

    async def card(self, request_id: RequestId) -> RequestCard:
        """As the server has it now; raises BackendError."""


class KeptWork(Protocol):
    """What was begun, of one kind."""

    ends_with_request: ClassVar[bool]
    """Whether nobody needs it once the request has ended."""

    def all(self) -> Sequence[Begun]:
        """Everything that was begun."""

    def of(self, request_id: RequestId) -> Begun | None:
        """What was begun about this request."""

    def forget(self, request_id: RequestId) -> None:
        """It is not wanted any more."""


class _Standing(Enum):
    OPEN = "open"
    ENDED = "ended"
    UNSEEN = "unseen"


class StaleWork:
    """Looks once through what the account has begun, as soon as there is a connection."""

    def __init__(
        self,
        kept: Sequence[KeptWork],
        cards: Cards,
        link: LinkState,
        now: Callable[[], datetime],
    ) -> None:
        """`now`: the server's time."""
        self._kept = tuple(kept)
        self._cards, self._link, self._now = cards, link, now

    async def run(self) -> None:
        """Returns when all were looked at, or where the server stopped answering."""
        ids = {one.request_id for kept in self._kept for one in kept.all()}
        if not ids:
            return
        await self._online()
        for request_id in sorted(ids):
            try:
                self._judge(request_id, await self._standing(request_id))
            except BackendError as error:
                logger.info("what was begun is looked at another time: %s", type(error).__name__)
                return

    async def _standing(self, request_id: RequestId) -> _Standing:
        try:
            card = await self._cards.card(request_id)
        except (NotFound, Forbidden):
            return _Standing.UNSEEN
        return _Standing.ENDED if card.row.status in ENDED else _Standing.OPEN

    def _judge(self, request_id: RequestId, standing: _Standing) -> None:
        for kept in self._kept:
            begun = kept.of(request_id)
            if begun is None or standing is _Standing.OPEN:
                continue
            needs_no_more = standing is _Standing.ENDED and kept.ends_with_request
            if needs_no_more or self._now() - begun.changed_at > KEPT_UNSEEN:
                kept.forget(request_id)

    async def _online(self) -> None:
        online = asyncio.Event()

        def heard(state: ConnectionState) -> None:
            if state.link is Link.ONLINE:
                online.set()

        unsubscribe = self._link.changed.subscribe(heard)
        try:
            heard(self._link.state)
            await online.wait()
        finally:
            unsubscribe()
