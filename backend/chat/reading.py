"""A request's chat as the contract has it."""

from sqlalchemy import Column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.rules.actions import Circumstances, refusal
from backend.rules.status import can_move
from backend.tables import messages, requests
from backend_client.models.messages import Chat, Message, Side
from backend_client.models.requests import Action, RequestStatus

UNREAD: dict[Side, Column[int]] = {
    Side.DOCTOR: requests.c.unread_by_doctor,
    Side.PATIENT: requests.c.unread_by_patient,
}


async def chat(
    connection: AsyncConnection,
    request_id: str,
    side: Side,
    before: int | None,
    limit: int,
    *,
    may_write: bool,
) -> Chat:
    """The last messages, or those before number `before`, for one side.

    `may_write` is what the asker's role and claim say; a finished consultation's chat is read
    only for everybody (SPB-14).
    """
    is_open, unread = await _standing(connection, request_id, side)
    found = select(messages).where(messages.c.request_id == request_id)
    if before is not None:
        found = found.where(messages.c.number < before)
    found = found.order_by(messages.c.number.desc()).limit(limit)
    rows = (await connection.execute(found)).mappings().all()
    newest_first = [Message(**row) for row in rows]
    return Chat(
        messages=newest_first[::-1],
        has_earlier=bool(newest_first) and newest_first[-1].number > 1,
        can_write=may_write and is_open,
        unread=unread,
    )


def is_writable(status: RequestStatus, *, was_delivered: bool) -> bool:
    """Whether the chat of such a request takes messages: not while only the paper of a consultation
    that is over is written anew (SPB-14)."""
    over = refusal(Action.WRITE_MESSAGE, Circumstances(was_delivered=was_delivered))
    return can_move(Action.WRITE_MESSAGE, status) and over is None


async def message(connection: AsyncConnection, message_id: str) -> Message | None:
    """One message."""
    found = select(messages).where(messages.c.id == message_id)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else Message(**row)


async def _standing(connection: AsyncConnection, request_id: str, side: Side) -> tuple[bool, int]:
    """Whether it takes messages, and how many this side has not read."""
    columns = (requests.c.status, requests.c.was_delivered, UNREAD[side])
    found = select(*columns).where(requests.c.id == request_id)
    row = (await connection.execute(found)).one()
    return is_writable(row[0], was_delivered=row[1]), row[2]
