"""A request's chat as the contract has it."""

from sqlalchemy import Column, select
from sqlalchemy.ext.asyncio import AsyncConnection

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
    status, unread = await _standing(connection, request_id, side)
    found = select(messages).where(messages.c.request_id == request_id)
    if before is not None:
        found = found.where(messages.c.number < before)
    found = found.order_by(messages.c.number.desc()).limit(limit)
    rows = (await connection.execute(found)).mappings().all()
    newest_first = [Message(**row) for row in rows]
    return Chat(
        messages=newest_first[::-1],
        has_earlier=bool(newest_first) and newest_first[-1].number > 1,
        can_write=may_write and is_writable(status),
        unread=unread,
    )


def is_writable(status: RequestStatus) -> bool:
    """Whether the chat of such a request takes messages."""
    return can_move(Action.WRITE_MESSAGE, status)


async def message(connection: AsyncConnection, message_id: str) -> Message | None:
    """One message."""
    found = select(messages).where(messages.c.id == message_id)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else Message(**row)


async def _standing(
    connection: AsyncConnection, request_id: str, side: Side
) -> tuple[RequestStatus, int]:
    found = select(requests.c.status, UNREAD[side]).where(requests.c.id == request_id)
    row = (await connection.execute(found)).one()
    return row[0], row[1]
