"""What was begun and never done goes away once nobody needs it, and never while it may be."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import msgspec
import pytest

from backend_client.errors import BackendError, Forbidden, NotFound, TimedOut, Unreachable
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestCard, RequestRow, RequestStatus
from tests.factories import NOW, make_card, make_row
from workstation.core.connection import ConnectionState, Link
from workstation.core.kept_message import KeptMessage
from workstation.core.kept_panel import KeptPanel
from workstation.services.kept_messages import KeptMessages
from workstation.services.kept_panels import KeptPanels
from workstation.services.link import LinkState
from workstation.services.stale_work import KEPT_UNSEEN, StaleWork

OPEN = make_row()
OVER = msgspec.structs.replace(make_row(), status=RequestStatus.CANCELLED)
GONE = make_row()
FRESH, OLD = NOW - timedelta(days=1), NOW - KEPT_UNSEEN - timedelta(hours=1)
Answer = RequestRow | BackendError


class Cards:
    """How the server answers for each request."""

    def __init__(self, answers: Mapping[RequestId, Answer]) -> None:
        self.answers = dict(answers)
        self.asked: list[RequestId] = []

    async def card(self, request_id: RequestId) -> RequestCard:
        self.asked.append(request_id)
        answer = self.answers[request_id]
        if isinstance(answer, BackendError):
            raise answer
        return make_card(answer)


class Desk:
    """A panel and a message about one request, touched last at that moment."""

    def __init__(self, row: RequestRow, answer: Answer, *, is_old: bool) -> None:
        at = OLD if is_old else FRESH
        self.row = row
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.cards = Cards({row.id: answer})
        self.panels, self.messages = KeptPanels(None), KeptMessages()
        panel = KeptPanel(request_id=row.id, action=Action.DECLINE, changed_at=at, words="нет")
        self.panels.keep(panel)
        self.messages.keep(KeptMessage(request_id=row.id, changed_at=at, text="да"))
        kept = (self.panels, self.messages)
        self.stale = StaleWork(kept, self.cards, self.link, lambda: NOW)

    @property
    def left(self) -> tuple[bool, bool]:
        """Whether the panel and the message are still there."""
        kept = (self.panels.of(self.row.id), self.messages.of(self.row.id))
        return kept[0] is not None, kept[1] is not None


@pytest.mark.parametrize(
    ("row", "answer", "is_old", "left"),
    [
        (OPEN, OPEN, False, (True, True)),
        (OPEN, OPEN, True, (True, True)),
        (OVER, OVER, False, (False, True)),
        (OVER, OVER, True, (False, False)),
        (GONE, NotFound(), False, (True, True)),
        (GONE, NotFound(), True, (False, False)),
        (GONE, Forbidden(), True, (False, False)),
        (GONE, Unreachable(), True, (True, True)),
        (GONE, TimedOut(), True, (True, True)),
    ],
    ids=str,
)
async def test_what_stays_and_what_goes(
    row: RequestRow, answer: Answer, *, is_old: bool, left: tuple[bool, bool]
) -> None:
    """OZ-19: an open request keeps all of it, and so does one nobody could ask about."""
    desk = Desk(row, answer, is_old=is_old)
    await desk.stale.run()
    assert desk.left == left
    assert desk.cards.asked == [row.id]


async def test_it_waits_for_the_connection() -> None:
    desk = Desk(OVER, OVER, is_old=True)
    desk.link.set(ConnectionState(Link.CONNECTING, NOW))
    looking = asyncio.create_task(desk.stale.run())
    await asyncio.sleep(0)
    desk.link.set(ConnectionState(Link.OFFLINE, NOW))
    await asyncio.sleep(0)
    assert (desk.cards.asked, desk.left) == ([], (True, True))
    desk.link.set(ConnectionState(Link.ONLINE, NOW))
    await looking
    assert desk.left == (False, False)


async def test_words_that_are_written_meanwhile_are_not_old() -> None:
    """The server's answer is about the request; how old the words are is judged behind it."""
    desk = Desk(GONE, NotFound(), is_old=True)
    desk.link.set(ConnectionState(Link.CONNECTING, NOW))
    looking = asyncio.create_task(desk.stale.run())
    await asyncio.sleep(0)
    desk.messages.keep(KeptMessage(request_id=GONE.id, changed_at=NOW, text="да, и ещё"))
    desk.link.set(ConnectionState(Link.ONLINE, NOW))
    await looking
    assert desk.left == (False, True)


async def test_where_nothing_was_begun_nobody_is_asked() -> None:
    cards, link = Cards({}), LinkState(ConnectionState(Link.OFFLINE, NOW))
    await StaleWork((KeptPanels(None), KeptMessages()), cards, link, lambda: NOW).run()
    assert cards.asked == []
