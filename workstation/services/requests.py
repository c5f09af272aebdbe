"""The queue and its requests: lists, cards, taking and giving back; one road in for all changes."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.errors import BackendError
from backend_client.models.common import Page, RequestId
from backend_client.models.events import CentreEvent, RequestChanged
from backend_client.models.requests import (
    HistoryEntry,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
)
from workstation.core.pending_action import PendingKind
from workstation.core.subscription import Event
from workstation.services.answers import CardView, QueuePage
from workstation.services.delays import Sleep
from workstation.services.heard import Heard, Listening, with_heard

if TYPE_CHECKING:
    from backend_client.requests import RequestsResource
    from workstation.services.link import LinkState
    from workstation.services.outgoing import OutgoingActions
    from workstation.store.cache import Cache

logger = logging.getLogger(__name__)

PAGE = 50
COUNTS_AT_MOST_EVERY_S = 1.0


class RequestService:
    """Requests of the signed-in doctor's centre. The server is right; the cache is its echo.

    `changed` tells of every new state of a row, one's own changes included; `gone` of rows that
    this account cannot see any more; `reload_needed` that something was missed: read lists again;
    `taken` and `given_back` of what this program itself has claimed and let go.
    """

    def __init__(
        self,
        backend: "RequestsResource",
        cache: "Cache",
        outgoing: "OutgoingActions",
        link: "LinkState",
        now: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.changed: Event[RequestRow] = Event()
        self.gone: Event[RequestId] = Event()
        self.reload_needed: Event[None] = Event()
        self.counts_changed: Event[QueueCounts] = Event()
        self.taken: Event[RequestRow] = Event()
        self.given_back: Event[RequestId] = Event()
        self._backend = backend
        self._cache = cache
        self._outgoing = outgoing
        self._link = link
        self._now = now
        self._sleep = sleep
        self._listening = Listening()
        self._unsaved: Heard = {}
        self._newest: dict[RequestId, tuple[int, int]] = {}
        self._stirred = asyncio.Event()
        self._was_read = False
        outgoing.carry(PendingKind.RELEASE, self._send_release)

    async def page(
        self, group: QueueGroup, search: str = "", cursor: str | None = None
    ) -> QueuePage:
        """A page of a group's list. Without a connection: all that the cache holds of it.

        Raises BackendError where neither answers.
        """
        self._was_read = True
        if self._link.is_offline and (kept := await self._kept_page(group, search, cursor)):
            return kept
        try:
            return await self._fresh_page(group, search, cursor)
        except BackendError as error:
            kept = await self._kept_page(group, search, cursor) if error.is_temporary else None
            if kept is None:
                raise
            return kept

    async def counts(self) -> QueueCounts:
        """How many requests each group holds; the last known without a connection."""
        try:
            counts = await self._backend.counts()
        except BackendError as error:
            kept = await self._cache.counts() if error.is_temporary else None
            if kept is None:
                raise
            return kept
        await self._cache.keep_counts(counts, self._now())
        return counts

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request; the last known card without a connection."""
        if self._link.is_offline and (kept := await self._cache.card(request_id)):
            return CardView(kept.card, kept.as_of)
        try:
            card = await self._backend.card(request_id)
        except BackendError as error:
            kept = await self._cache.card(request_id) if error.is_temporary else None
            if kept is None:
                raise
            return CardView(kept.card, kept.as_of)
        await self._keep_card(card)
        return CardView(card)

    async def history(self, request_id: RequestId, cursor: str) -> Page[HistoryEntry]:
        """What happened before the lines of the card; nothing of it is kept. Raises BackendError.

        `cursor`: the card's `history_cursor`, or the last page's.
        """
        return await self._backend.history(request_id, cursor)

    async def claim(self, request_id: RequestId) -> RequestCard:
        """Takes the request. Needs the connection.

        Raises BackendError; Conflict with `owner_name` where somebody else was first.
        """
        await self._outgoing.settle(request_id)
        card = await self._backend.claim(request_id)
        self.taken.emit(card.row)
        await self._take_in(card)
        return card

    async def release(self, request_id: RequestId) -> bool:
        """Gives the request back: True once done, False while the order waits for the connection.

        Raises BackendError where the server refuses it, StoreError where it cannot be kept.
        """
        self.given_back.emit(request_id)
        return await self._outgoing.submit(PendingKind.RELEASE, request_id)

    async def look_again(self, request_id: RequestId) -> RequestRow:
        """The server's present row of a request, told to all who show it. Raises BackendError."""
        card = await self._backend.card(request_id)
        await self._take_in(card)
        return card.row

    def hear(self, request_id: RequestId, row: RequestRow | None) -> None:
        """The road in: takes a row's new state, None where it is out of sight."""
        if row is not None and row.age < self._newest.get(request_id, row.age):
            return  # its own answer was quicker than the event before it
        if row is not None:
            self._newest[request_id] = row.age
        self._listening.hear(request_id, row)
        self._unsaved[request_id] = row
        self._stirred.set()
        if row is None:
            self.gone.emit(request_id)
        else:
            self.changed.emit(row)

    def hear_event(self, event: CentreEvent) -> None:
        """The road in, from the event stream."""
        if isinstance(event, RequestChanged):
            self.hear(event.request_id, event.row)

    def missed_something(self) -> None:
        """Lists that were read before now may lack changes."""
        self._newest.clear()  # of a server that was set back, the numbers are lower
        self._stirred.set()
        if self._was_read:
            self.reload_needed.emit(None)

    async def keep_up(self) -> None:
        """Saves what was heard and reads the counts again, at most once a second, for ever."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            await self.save_heard()
            await self._refresh_counts()
            await self._sleep(COUNTS_AT_MOST_EVERY_S)

    async def save_heard(self) -> None:
        """Brings the cache up to what was heard."""
        unsaved, self._unsaved = self._unsaved, {}
        if unsaved:
            await self._cache.keep_heard(unsaved)

    async def _fresh_page(self, group: QueueGroup, search: str, cursor: str | None) -> QueuePage:
        with self._listening.while_waiting() as heard:
            page = await self._backend.page(group, search, cursor, PAGE)
        rows = with_heard(page.items, heard)
        if not search:
            await self._cache.keep_page(group, rows, cursor is None, self._now())
        return QueuePage(rows, page.next_cursor)

    async def _kept_page(
        self, group: QueueGroup, search: str, cursor: str | None
    ) -> QueuePage | None:
        if cursor is not None:
            return None
        kept = await self._cache.page(group, search)
        return QueuePage(kept.rows, None, kept.as_of) if kept is not None else None

    async def _refresh_counts(self) -> None:
        try:
            self.counts_changed.emit(await self.counts())
        except BackendError as error:
            logger.info("counts not read: %s", type(error).__name__)

    async def _send_release(self, target: str, key: str) -> None:
        await self._take_in(await self._backend.release(RequestId(target), key=key))

    async def _take_in(self, card: RequestCard) -> None:
        await self._keep_card(card)
        self.hear(card.row.id, card.row)

    async def _keep_card(self, card: RequestCard) -> None:
        await self._cache.keep_card(card, self._now())
