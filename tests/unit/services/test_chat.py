"""The chat: read, written, and heard as it grows (OZ-16, SPB-14, DRC-6)."""

import msgspec
import pytest

from backend_client.errors import BackendError, Conflict, TimedOut, Unreachable
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.events import MessagePosted, RequestChanged
from backend_client.models.messages import Chat, Message, MessageId, Side
from tests.factories import NOW, make_row
from workstation.core.connection import ConnectionState, Link
from workstation.services.chat import ChatService
from workstation.services.link import LinkState

ONE = RequestId("request-1")


def make_message(number: int = 1, **changes: object) -> Message:
    """A word of the patient."""
    message = Message(
        id=MessageId(f"message-{number}"),
        request_id=ONE,
        number=number,
        side=Side.PATIENT,
        author_name="Иванова А. П.",
        text="Здравствуйте",
        sent_at=NOW,
    )
    return msgspec.structs.replace(message, **changes)


class Backend:
    """One chat; orders are remembered by their keys."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.errors: list[BackendError] = []
        self.kept: dict[str | None, Message] = {}

    async def chat(self, request_id: RequestId, before: int | None = None, limit: int = 50) -> Chat:
        self.ask(("chat", before, limit))
        return self.all()

    async def send(self, request_id: RequestId, text: str, *, key: str | None = None) -> Message:
        number = len(self.kept) + 1
        self.kept.setdefault(key, make_message(number, text=text, side=Side.DOCTOR))
        self.ask(("send", text))
        return self.kept[key]

    async def mark_read(self, request_id: RequestId, number: int) -> Chat:
        self.ask(("mark_read", number))
        return self.all()

    def all(self) -> Chat:
        return Chat(messages=list(self.kept.values()), has_earlier=False, can_write=True, unread=0)

    def ask(self, what: object) -> None:
        self.asked.append(what)
        if self.errors:
            raise self.errors.pop(0)


class Desk:
    """The service around that backend."""

    def __init__(self) -> None:
        self.backend = Backend()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.service = ChatService(self.backend, self.link)
        self.posted: list[Message] = []
        self.service.posted.subscribe(self.posted.append)

    def tell(self, message: Message, seq: int = 1) -> None:
        """As the event stream does."""
        event = MessagePosted(seq=seq, prev=seq - 1, request_id=message.request_id, message=message)
        self.service.hear_event(event)


async def test_the_last_messages_and_those_before_them() -> None:
    desk = Desk()
    await desk.service.read(ONE)
    await desk.service.earlier(ONE, 17)
    await desk.service.mark_read(ONE, 18)
    assert desk.backend.asked == [("chat", None, 50), ("chat", 17, 50), ("mark_read", 18)]


async def test_a_message_is_told_once_whether_answered_or_heard_first() -> None:
    """DRC-6"""
    desk = Desk()
    own = await desk.service.send(ONE, "Добрый день")
    desk.tell(own)
    other = make_message(2)
    desk.tell(other)
    desk.tell(other)
    elsewhere = make_message(3, request_id=RequestId("request-2"))
    desk.tell(elsewhere)
    assert desk.posted == [own, other, elsewhere]


async def test_one_s_own_message_may_overtake_the_patient_s() -> None:
    desk = Desk()
    desk.service.hear(make_message(2, side=Side.DOCTOR))
    desk.tell(make_message(1))
    assert [message.number for message in desk.posted] == [2, 1]


@pytest.mark.parametrize("lost", [Unreachable(may_have_arrived=True), TimedOut()])
async def test_the_same_words_after_a_lost_answer_are_one_message(lost: BackendError) -> None:
    desk = Desk()
    desk.backend.errors = [lost]
    with pytest.raises(type(lost)):
        await desk.service.send(ONE, "Добрый день")
    assert desk.posted == []
    await desk.service.send(ONE, "Добрый день")
    await desk.service.send(ONE, "Добрый день")
    assert len(desk.backend.kept) == 2
    assert [message.number for message in desk.posted] == [1, 2]


async def test_a_closed_chat_refuses() -> None:
    """SPB-14"""
    desk = Desk()
    desk.backend.errors = [Conflict(ProblemCode.CHAT_CLOSED)]
    with pytest.raises(Conflict):
        await desk.service.send(ONE, "Добрый день")
    await desk.service.send(ONE, "Добрый день")
    assert len(desk.backend.kept) == 2


async def test_without_a_connection_nothing_is_asked() -> None:
    desk = Desk()
    desk.link.set(ConnectionState(Link.OFFLINE, NOW))
    with pytest.raises(Unreachable):
        await desk.service.read(ONE)
    with pytest.raises(Unreachable):
        await desk.service.earlier(ONE, 5)
    with pytest.raises(Unreachable):
        await desk.service.send(ONE, "Добрый день")
    with pytest.raises(Unreachable):
        await desk.service.mark_read(ONE, 5)
    assert desk.backend.asked == []


async def test_what_was_missed_means_reading_again() -> None:
    desk = Desk()
    reloads: list[None] = []
    desk.service.reload_needed.subscribe(reloads.append)
    row = make_row()
    desk.service.hear_event(RequestChanged(seq=1, prev=0, request_id=row.id, row=row))
    assert reloads == []
    desk.service.missed_something()
    assert reloads == [None]


async def test_it_remembers_a_bounded_number_of_messages() -> None:
    desk = Desk()
    for number in range(600):
        desk.tell(make_message(number + 1))
    desk.tell(make_message(1))
    assert len(desk.posted) == 601
