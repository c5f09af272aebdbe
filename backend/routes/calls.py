"""Calls of a request, for its doctor."""

from datetime import timedelta
from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.calls.extending import extend
from backend.calls.reading import calls_page, signals_from
from backend.calls.ringing import hang_up, place, reconnect, the_call
from backend.calls.signalling import send
from backend.changes import Change
from backend.problems import problems
from backend.requests.moving import owned_by
from backend.requests.visible import refuse_unseen
from backend.routes.given import (
    CHANGING,
    Asked,
    Cursor,
    GivenAccount,
    GivenParts,
    Id,
    Key,
    Limit,
    ticket_of,
)
from backend_client.models.calls import (
    Call,
    ExtendConsultation,
    NewSignal,
    Signal,
    Signals,
)
from backend_client.models.common import Page
from backend_client.models.messages import Side

After = Annotated[int, QueryParameter(ge=0, le=2**53 - 1)]


@get("/requests/{request_id:str}/calls", responses=problems(401, 403, 404))
async def list_calls(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Call]:
    """One page of the log of attempts, newest first."""
    async with parts.database.read() as connection:
        await refuse_unseen(connection, account, request_id)
        return await calls_page(connection, request_id, cursor, limit)


@post("/requests/{request_id:str}/calls", status_code=HTTP_200_OK, responses=CHANGING)
async def place_call(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> Call:
    """The doctor calls: it rings at the patient's page (DRC-4)."""
    ringing = timedelta(seconds=parts.settings.ringing_seconds)

    async def work(change: Change) -> Call:
        return await place(change, account, request_id, parts.now(), ringing)

    given = await ticket_of(request, idempotency_key)
    call = await parts.once.perform(given, work, Call)
    parts.deadlines.changed()
    return call


@post(
    "/requests/{request_id:str}/calls/{call_id:str}/hang-up",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def hang_up_call(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    call_id: Id,
    idempotency_key: Key = None,
) -> Call:
    """The doctor ends the call, or stops its ringing."""

    async def work(change: Change) -> Call:
        standing = await owned_by(change, account, request_id)
        return await hang_up(change, standing, call_id, Side.DOCTOR, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Call)


@post(
    "/requests/{request_id:str}/calls/{call_id:str}/reconnect",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def reconnect_call(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    call_id: Id,
    idempotency_key: Key = None,
) -> Call:
    """A new connection inside the same call: signals of the one before are void."""

    async def work(change: Change) -> Call:
        await owned_by(change, account, request_id)
        return await reconnect(change, request_id, call_id)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Call)


@post(
    "/requests/{request_id:str}/calls/{call_id:str}/extend",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def extend_consultation(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    call_id: Id,
    data: RequestBody[ExtendConsultation],
    idempotency_key: Key = None,
) -> Call:
    """The doctor takes more time, as much at once as the route's data say (DRC-8)."""

    async def work(change: Change) -> Call:
        return await extend(change, account, request_id, call_id, data.ends_at, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Call)


@get(
    "/requests/{request_id:str}/calls/{call_id:str}/signals",
    responses=problems(401, 403, 404, 409),
)
async def list_signals(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    call_id: Id,
    after: After = 0,
    limit: Limit = 50,
) -> Signals:
    """What the patient's page has sent in this call behind number `after`, in its order."""
    async with parts.changes.change(account.centre_id) as change:
        await owned_by(change, account, request_id)
        await the_call(change, request_id, call_id)
        return await signals_from(change.connection, call_id, Side.PATIENT, after, limit)


@post(
    "/requests/{request_id:str}/calls/{call_id:str}/signals",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def send_signal(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    call_id: Id,
    data: RequestBody[NewSignal],
    idempotency_key: Key = None,
) -> Signal:
    """A word to the patient's page. The server does not read it."""

    async def work(change: Change) -> Signal:
        await owned_by(change, account, request_id)
        return await send(change, request_id, call_id, Side.DOCTOR, data)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Signal)
