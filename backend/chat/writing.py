"""Writing into a chat, and having read it."""

import uuid
from datetime import datetime

from sqlalchemy import func, insert, select, update

from backend.changes import Change
from backend.chat.reading import is_writable
from backend.events.log import Kind
from backend.problems import Refused, conflict, invalid
from backend.requests.moving import Standing
from backend.tables import messages, requests
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.messages import Message, MessageId, NewMessage, ReadMark, Side

OTHER = {Side.DOCTOR: Side.PATIENT, Side.PATIENT: Side.DOCTOR}


async def post_message(
    change: Change,
    standing: Standing,
    side: Side,
    author_name: str,
    given: NewMessage,
    now: datetime,
) -> Message:
    """Adds a message; raises Refused (chat_closed, invalid)."""
    if not is_writable(standing.status, was_delivered=standing.was_delivered):
        raise closed()
    # PostgreSQL does not take NUL.
    text = given.text.replace("\0", "").strip()
    if not text:
        raise invalid("text: nothing but spaces")
    message = Message(
        id=MessageId(str(uuid.uuid4())),
        request_id=RequestId(standing.id),
        number=standing.last_message + 1,
        side=side,
        author_name=author_name,
        text=text,
        sent_at=now,
    )
    await change.connection.execute(insert(messages).values(_row(message)))
    other = OTHER[side]
    await _set(
        change,
        standing.id,
        last_message=message.number,
        **{_unread(other): requests.c[_unread(other)] + 1},
    )
    change.tell(standing.id, Kind.MESSAGE, message.id)
    return message


async def mark_read(change: Change, request_id: str, side: Side, mark: ReadMark) -> None:
    """This side has read up to a number; an older mark changes nothing."""
    read = f"{side.value}_read"
    known = select(requests.c[read], requests.c.last_message).where(requests.c.id == request_id)
    row = (await change.connection.execute(known)).one()
    number = min(mark.number, row.last_message)
    if number <= row[0]:
        return
    left = select(func.count()).where(
        messages.c.request_id == request_id,
        messages.c.number > number,
        messages.c.side == OTHER[side],
    )
    unread: int = (await change.connection.execute(left)).scalar_one()
    await _set(change, request_id, **{read: number, _unread(side): unread})


def closed() -> Refused:
    """The consultation is over (SPB-14)."""
    return conflict(ProblemCode.CHAT_CLOSED, "The consultation is over: its chat is read only")


def _unread(side: Side) -> str:
    return f"unread_by_{side.value}"


def _row(message: Message) -> dict[str, object]:
    return {name: getattr(message, name) for name in message.__struct_fields__}


async def _set(change: Change, request_id: str, **values: object) -> None:
    # The row of the queue shows the count: its version says which of two rows is newer.
    stamped = {**values, "version": requests.c.version + 1}
    await change.connection.execute(
        update(requests).where(requests.c.id == request_id).values(stamped)
    )
    change.touch(request_id)
