"""Cards that were read just now and are true until their request is heard of again."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec

from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import ClockState, RequestCard, RequestRow
from workstation.core.connection import ConnectionState, Link

if TYPE_CHECKING:
    from workstation.services.link import LinkState

MOST = 16
Kept = TypeVar("Kept", RequestCard, RequestRow)


class CardsAtHand:
    """A few cards in memory. They are good while every change is heard: a connection that is lost,
    and a request that has another version, end that."""

    def __init__(self, link: "LinkState") -> None:
        self.losses = 0
        """Counts when changes may have been missed, or a request went out of sight."""
        self._link = link
        self._cards: OrderedDict[RequestId, RequestCard] = OrderedDict()
        self._outdated: OrderedDict[RequestId, RequestRow] = OrderedDict()
        """What was heard of requests whose cards it has ended."""
        link.changed.subscribe(self._link_changed)

    def card(self, request_id: RequestId) -> RequestCard | None:
        """The card, where it is known to be as the server has it."""
        return self._cards.get(request_id)

    def put(self, card: RequestCard, losses: int) -> None:
        """As it was answered to a question put at `losses`. A lost contact depends on the hour, so
        such a card is read whenever it is looked at."""
        row = card.row
        self._cards.pop(row.id, None)
        heard = self._outdated.get(row.id, row)
        is_true = losses == self.losses and self._link.state.link is Link.ONLINE
        if not is_true or _says_more(heard, row) or card.contact is not None:
            return
        self._outdated.pop(row.id, None)
        newest = heard if heard.age > row.age else row
        self._cards[row.id] = msgspec.structs.replace(card, row=newest)
        _shorten(self._cards)

    def hear(self, request_id: RequestId, row: RequestRow | None) -> None:
        """A row's new state, None where it is out of sight."""
        self.losses += row is None
        card = self._cards.get(request_id)
        if row is None:
            self._cards.pop(request_id, None)
        elif card is None or _says_more(row, card.row):
            self._cards.pop(request_id, None)
            self._outdated[request_id] = row
            self._outdated.move_to_end(request_id)
            _shorten(self._outdated)
        elif row.age > card.row.age:
            self._cards[request_id] = msgspec.structs.replace(card, row=row)

    def hear_documents(self, documents: Sequence[Document]) -> None:
        """New states of documents of one request."""
        card = self._cards.get(documents[0].request_id) if documents else None
        if card is not None:
            fresh = {one.id: one for one in documents}
            files = [fresh.get(one.id, one) for one in card.documents]
            self._cards[card.row.id] = msgspec.structs.replace(card, documents=files)

    def clear(self) -> None:
        """Something may have been missed."""
        self.losses += 1
        self._cards.clear()
        self._outdated.clear()

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is not Link.ONLINE:
            self.clear()


def _says_more(heard: RequestRow, row: RequestRow) -> bool:
    """Whether a card with that row may lack something: a new version, a file, a consent, a line of
    history. A row of the same version tells only what this account has seen or may do, where that
    is what differs; where nothing does, it was told of something that only the card has."""
    if heard.age <= row.age:
        return False
    if heard.version > row.version:
        return True
    if _without_own(heard) != _without_own(row):
        return True
    return msgspec.structs.replace(heard, seq=row.seq) == row


def _without_own(row: RequestRow) -> RequestRow:
    """The row but for what differs from one account, and from one hour, to another."""
    return msgspec.structs.replace(
        row,
        seq=0,
        unread_messages=0,
        allowed_actions=[],
        groups=[],
        snooze=None,
        clock_state=ClockState.UNKNOWN,
        checklist=[msgspec.structs.replace(item, unopened_count=0) for item in row.checklist],
    )


def _shorten(kept: "OrderedDict[RequestId, Kept]") -> None:
    while len(kept) > MOST:
        kept.popitem(last=False)
