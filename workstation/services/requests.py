"""The queue and its requests: lists, cards, taking and giving back; one road in for all changes."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from backend_client.errors import BackendError
from backend_client.models.common import Page, RequestId
from backend_client.models.documents import Document
from backend_client.models.events import CentreEvent, RequestChanged
from backend_client.models.listing import Advice, Listing, TakenNext
from backend_client.models.requests import (
    HistoryEntry,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
)
from workstation.core.kept_filters import lets_through
from workstation.core.kept_order import in_order
from workstation.core.pending_action import PendingKind
from workstation.core.subscription import Event
from workstation.services.answers import CardView, QueuePage
from workstation.services.background import BackgroundTasks
from workstation.services.cards_at_hand import CardsAtHand
from workstation.services.delays import Sleep
from workstation.services.filters import FilterService
from workstation.services.fresh_or_kept import fresh_or_kept
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
        self.filters = FilterService(backend, cache, link, now)
        """Those of the queue that the account keeps."""
        self._backend = backend
        self._cache = cache
        self._outgoing = outgoing
        self._link = link
        self._now = now
        self._sleep = sleep
        self._listening = Listening()
        self._unsaved: Heard = {}
        self._unsaved_cards: dict[RequestId, RequestCard] = {}
        self._newest: dict[RequestId, tuple[int, int]] = {}
        self._stirred = asyncio.Event()
        self._was_read = False
        self._at_hand = CardsAtHand(link)
        self._keeping = BackgroundTasks()
        outgoing.carry(PendingKind.RELEASE, self._send_release)

    async def page(
        self,
        group: QueueGroup,
        search: str = "",
        cursor: str | None = None,
        until: str | None = None,
    ) -> QueuePage:
        """A page of a group's list in its usual order; as `listed`."""
        return await self.listed(Listing(group=group, search=search), cursor, until)

    async def listed(
        self, listing: Listing, cursor: str | None = None, until: str | None = None
    ) -> QueuePage:
        """A page of a list, from behind one cursor to another at the most. Without a connection:
        all that the cache holds of it, in the order asked for as far as rows tell it.

        Raises BackendError where neither answers.
        """
        self._was_read = True
        return await fresh_or_kept(
            lambda: self._fresh_page(listing, cursor, until),
            lambda: self._kept_page(listing, cursor),
            kept_first=self._link.is_offline,
        )

    async def glance(self, group: QueueGroup, cursor: str | None = None) -> QueuePage:
        """A page of a group's list in its usual order, as the server has it now; nothing of it is
        kept. Raises BackendError."""
        self._was_read = True
        with self._listening.while_waiting() as heard:
            page = await self._backend.listed(Listing(group=group), cursor, None, PAGE)
        return QueuePage(with_heard(page.items, heard), page.next_cursor)

    async def counts(self) -> QueueCounts:
        """How many requests each group holds; the last known without a connection."""
        return await fresh_or_kept(self._fresh_counts, self._cache.counts)

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request: at once where it was fetched ahead and has not changed;
        the last known card without a connection."""
        if (card := self._at_hand.card(request_id)) is not None:
            return CardView(card)
        return await fresh_or_kept(
            lambda: self._fresh_card(request_id),
            lambda: self._kept_card(request_id),
            kept_first=self._link.is_offline,
        )

    def is_at_hand(self, request_id: RequestId) -> bool:
        """Whether its card is here as the server has it: every change since was heard."""
        return self._at_hand.card(request_id) is not None

    async def fetch_ahead(self, request_id: RequestId) -> RequestCard:
        """The card, read now and at hand until the request changes. Raises BackendError."""
        losses = self._at_hand.losses
        card = await self._backend.card(request_id)
        self._at_hand.put(card, losses)
        await self._keep_card(card)
        return card

    def hear_document(self, document: Document) -> None:
        """The road in of a document's new state."""
        self._at_hand.hear_documents([document])

    def hear_documents(self, documents: Sequence[Document]) -> None:
        """The same of several of one request."""
        self._at_hand.hear_documents(documents)

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
        losses = self._at_hand.losses
        card = await self._backend.claim(request_id)
        self._take_up(card, losses)
        return card

    async def advice(self) -> Advice:
        """What the server advises to take next, and why. Raises BackendError."""
        return await self._backend.advice()

    async def take_next(self) -> TakenNext:
        """Takes what the server advises; no card: nothing is left. Needs the connection.

        Raises BackendError.
        """
        losses = self._at_hand.losses
        taken = await self._backend.take_next()
        if taken.card is not None:
            self._take_up(taken.card, losses)
        return taken

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
        self._at_hand.hear(request_id, row)
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
        self._at_hand.clear()
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
        """Brings the cache up to what was read and heard."""
        await self._keeping.finish()
        cards, self._unsaved_cards = self._unsaved_cards, {}
        for card in cards.values():
            await self._keep_card(card)
        unsaved, self._unsaved = self._unsaved, {}
        if unsaved:
            await self._cache.keep_heard(unsaved)

    async def _fresh_counts(self) -> QueueCounts:
        counts = await self._backend.counts()
        await self._cache.keep_counts(counts, self._now())
        return counts

    async def _fresh_card(self, request_id: RequestId) -> CardView:
        card = await self._backend.card(request_id)
        await self._keep_card(card)
        return CardView(card)

    async def _kept_card(self, request_id: RequestId) -> CardView | None:
        kept = await self._cache.card(request_id)
        return None if kept is None else CardView(kept.card, kept.as_of)

    async def _fresh_page(
        self, listing: Listing, cursor: str | None, until: str | None
    ) -> QueuePage:
        with self._listening.while_waiting() as heard:
            page = await self._backend.listed(listing, cursor, until, PAGE)
        rows = with_heard(page.items, heard)
        if listing == Listing(group=listing.group):
            keeping = self._cache.keep_page(listing.group, rows, cursor is None, self._now())
            self._keeping.start(keeping, "requests.keep_page")  # the page is shown meanwhile
            await asyncio.sleep(0)  # it has begun: who reads the cache reads behind it
        return QueuePage(rows, page.next_cursor)

    async def _kept_page(self, listing: Listing, cursor: str | None) -> QueuePage | None:
        if cursor is not None:
            return None
        kept = await self._cache.page(listing.group, listing.search)
        if kept is None:
            return None
        now = self._now()
        rows = [row for row in kept.rows if lets_through(listing.filter, row, now)]
        return QueuePage(in_order(rows, listing), None, kept.as_of)

    async def _refresh_counts(self) -> None:
        try:
            self.counts_changed.emit(await self.counts())
        except BackendError as error:
            logger.info("counts not read: %s", type(error).__name__)

    async def _send_release(self, target: str, key: str) -> None:
        await self._take_in(await self._backend.release(RequestId(target), key=key))

    def _take_up(self, card: RequestCard, losses: int) -> None:
        """A case that is in hand from now on. It is shown at once: the disk has it a little
        later."""
        self._at_hand.put(card, losses)
        self._unsaved_cards[card.row.id] = card
        self.taken.emit(card.row)
        self.hear(card.row.id, card.row)

    async def _take_in(self, card: RequestCard) -> None:
        await self._keep_card(card)
        self.hear(card.row.id, card.row)

    async def _keep_card(self, card: RequestCard) -> None:
        await self._cache.keep_card(card, self._now())
