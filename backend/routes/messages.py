"""The chat of a request, for its doctor."""

from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Meta

from backend.changes import Change
from backend.chat.reading import chat
from backend.chat.writing import mark_read, post_message
from backend.problems import problems
from backend.requests.moving import owned_by
from backend.routes.given import (
    CHANGING,
    Asked,
    GivenAccount,
    GivenParts,
    Id,
    Key,
    Limit,
    ticket_of,
)
from backend_client.models.messages import Chat, Message, NewMessage, ReadMark, Side

HIGHEST = 2**53 - 1
# Bounded twice: the framework keeps to the outer bounds, and documents the inner ones.
Number = Annotated[int, Meta(ge=1, le=HIGHEST)]
Before = Annotated[Number | None, QueryParameter(ge=1, le=HIGHEST)]


@get("/requests/{request_id:str}/messages", responses=problems(401, 403, 404))
async def list_messages(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    before: Before = None,
    limit: Limit = 50,
) -> Chat:
    """The last messages, oldest first; `before` continues towards the chat's beginning."""
    async with parts.database.read() as connection:
        card = await parts.cards.card(connection, account, request_id)
        mine = card.row.owner is not None and card.row.owner.is_me
        return await chat(connection, request_id, Side.DOCTOR, before, limit, may_write=mine)


@post("/requests/{request_id:str}/messages", status_code=HTTP_200_OK, responses=CHANGING)
async def write_message(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[NewMessage],
    idempotency_key: Key = None,
) -> Message:
    """The doctor who holds the request writes to the patient."""

    async def work(change: Change) -> Message:
        standing = await owned_by(change, account, request_id)
        name = account.short_name
        return await post_message(change, standing, Side.DOCTOR, name, data, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Message)


@post("/requests/{request_id:str}/messages/read", status_code=HTTP_200_OK, responses=CHANGING)
async def read_messages(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ReadMark],
    idempotency_key: Key = None,
) -> Chat:
    """The doctor who holds the request has read up to a number."""

    async def work(change: Change) -> Chat:
        await owned_by(change, account, request_id)
        await mark_read(change, request_id, Side.DOCTOR, data)
        connection = change.connection
        return await chat(connection, request_id, Side.DOCTOR, None, 1, may_write=True)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Chat)
