"""What the patient's page asks, under /patient/api/v1 with the link's token in a header."""

from collections.abc import Awaitable, Callable

from litestar import Response, get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.auth import ANY_CLIENT, OPEN
from backend.calls.reading import signals_from
from backend.calls.ringing import answer, decline, hang_up, take, the_call
from backend.calls.signalling import send
from backend.changes import Change
from backend.chat.reading import chat
from backend.chat.writing import mark_read, post_message
from backend.parts import Parts
from backend.patients.delivery import delivered_pdf
from backend.patients.links import PatientAccess
from backend.problems import Refused, problems, with_present
from backend.requests.moving import standing_of
from backend.routes.calls import After
from backend.routes.conclusions import PDF, PDF_SPEC, pdf_response
from backend.routes.given import (
    GivenAccess,
    GivenParts,
    Id,
    Key,
    Limit,
    PatientAsked,
    patient_ticket,
)
from backend.routes.messages import Before
from backend.schedule.booking import accept, cancel, refuse
from backend_client.models.calls import AnswerCall, Call, NewSignal, Signal, Signals, TakeCall
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Chat, Message, NewMessage, ReadMark, Side
from backend_client.models.patient import PatientState, SlotAnswer, SlotsRefusal

PATIENT = "patient"
"""Key of a route's `opt`: the token of a link is asked for in place of a session."""
OPT = {OPEN: True, ANY_CLIENT: True, PATIENT: True}
READING = problems(401, 429)
CHANGING = problems(401, 404, 409, 413, 422, 429)
OF_AN_OLD_PAGE = (ProblemCode.STALE_VERSION, ProblemCode.SLOT_GONE)
"""Refusals of what was shown, and is there no more: they carry what is there now."""


@get("/state", opt=OPT, responses=READING)
async def patient_state(access: GivenAccess, parts: GivenParts) -> PatientState:
    """Everything that the page shows."""
    async with parts.database.read() as connection:
        return await parts.states.state(connection, access.request_id)


@post("/slots/accept", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def accept_slot(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[SlotAnswer],
    idempotency_key: Key = None,
) -> PatientState:
    """One of the proposed times suits: it is the appointment, the others are freed. One that is
    not offered any more is refused (409) with the present state."""

    async def work(change: Change) -> None:
        await accept(change, parts.catalogues, access.request_id, data.slot_id, parts.now())

    return await _changed(request, access, parts, idempotency_key, work)


@post("/slots/refuse", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def refuse_slots(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[SlotsRefusal],
    idempotency_key: Key = None,
) -> PatientState:
    """None of the proposed times suits: the doctor is asked for others. Where the page shows other
    times than are offered now it is refused (409) with the present state."""

    async def work(change: Change) -> None:
        await refuse(change, parts.catalogues, access.request_id, data.slot_ids, parts.now())

    return await _changed(request, access, parts, idempotency_key, work)


@post("/cancel", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def cancel_consultation(
    request: PatientAsked, access: GivenAccess, parts: GivenParts, idempotency_key: Key = None
) -> PatientState:
    """The patient cancels before the start: the doctor's time is free at once (OZ-10)."""

    async def work(change: Change) -> None:
        await cancel(change, access.request_id, parts.now())

    return await _changed(request, access, parts, idempotency_key, work)


@get("/messages", opt=OPT, responses=READING)
async def patient_messages(
    access: GivenAccess, parts: GivenParts, before: Before = None, limit: Limit = 50
) -> Chat:
    """The last messages, oldest first."""
    async with parts.database.read() as connection:
        return await chat(
            connection, access.request_id, Side.PATIENT, before, limit, may_write=True
        )


@post("/messages", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_writes(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[NewMessage],
    idempotency_key: Key = None,
) -> Message:
    """The patient writes to the doctor."""

    async def work(change: Change) -> Message:
        standing = await standing_of(change, access.request_id)
        state = await parts.states.state(change.connection, access.request_id)
        name = state.patient_name
        return await post_message(change, standing, Side.PATIENT, name, data, parts.now())

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Message)


@post("/messages/read", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_reads(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[ReadMark],
    idempotency_key: Key = None,
) -> PatientState:
    """The patient has read up to a number."""

    async def work(change: Change) -> None:
        await standing_of(change, access.request_id)
        await mark_read(change, access.request_id, Side.PATIENT, data)

    return await _changed(request, access, parts, idempotency_key, work)


@post("/calls/{call_id:str}/answer", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def answer_call(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    call_id: Id,
    data: RequestBody[AnswerCall],
    idempotency_key: Key = None,
) -> Call:
    """The patient takes the call by video, by voice or in writing (DRC-7)."""

    async def work(change: Change) -> Call:
        now = parts.now()
        return await answer(change, access.request_id, call_id, data, parts.catalogues, now)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Call)


@post("/calls/{call_id:str}/take", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def take_call(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    call_id: Id,
    data: RequestBody[TakeCall],
    idempotency_key: Key = None,
) -> Call:
    """The talk goes on at this page: the one that had it is told, and stops sending."""

    async def work(change: Change) -> Call:
        return await take(change, access.request_id, call_id, data.page)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Call)


@post("/calls/{call_id:str}/decline", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def decline_call(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    call_id: Id,
    idempotency_key: Key = None,
) -> Call:
    """The patient does not take the call."""

    async def work(change: Change) -> Call:
        return await decline(change, access.request_id, call_id, parts.now())

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Call)


@post("/calls/{call_id:str}/hang-up", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_hangs_up(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    call_id: Id,
    idempotency_key: Key = None,
) -> Call:
    """The patient ends the call."""

    async def work(change: Change) -> Call:
        standing = await standing_of(change, access.request_id)
        return await hang_up(change, standing, call_id, Side.PATIENT, parts.now())

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Call)


@get("/calls/{call_id:str}/signals", opt=OPT, responses=problems(401, 404, 429))
async def patient_signals(
    access: GivenAccess, parts: GivenParts, call_id: Id, after: After = 0, limit: Limit = 50
) -> Signals:
    """What the doctor's side has sent in this call behind number `after`, in its order."""
    async with parts.changes.change(access.centre_id) as change:
        await the_call(change, access.request_id, call_id)
        return await signals_from(change.connection, call_id, Side.DOCTOR, after, limit)


@post("/calls/{call_id:str}/signals", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_signalled(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    call_id: Id,
    data: RequestBody[NewSignal],
    idempotency_key: Key = None,
) -> Signal:
    """A word to the doctor's side. The server does not read it."""

    async def work(change: Change) -> Signal:
        return await send(change, access.request_id, call_id, Side.PATIENT, data)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Signal)


@get(
    "/conclusion",
    opt=OPT,
    media_type=PDF,
    responses={200: PDF_SPEC, **problems(401, 404, 409, 429)},
)
async def patient_conclusion(access: GivenAccess, parts: GivenParts) -> Response[bytes]:
    """The delivered conclusion as a PDF; with this the request is closed."""
    pdf = await delivered_pdf(parts.database, parts.changes, parts.vault, access, parts.now())
    return pdf_response(pdf, "conclusion.pdf")


async def _changed(
    request: PatientAsked,
    access: PatientAccess,
    parts: Parts,
    key: str | None,
    work: Callable[[Change], Awaitable[None]],
) -> PatientState:
    """Does the work once for its key; answers the state after it."""

    async def then_read(change: Change) -> PatientState:
        try:
            await work(change)
        except Refused as refusal:
            if refusal.problem.code not in OF_AN_OLD_PAGE:
                raise
            present = await parts.states.state(change.connection, access.request_id)
            raise with_present(refusal, present) from refusal
        return await parts.states.state(change.connection, access.request_id)

    given = await patient_ticket(request, access, key)
    return await parts.once.perform(given, then_read, PatientState)


PATIENT_ROUTES = [
    patient_state,
    accept_slot,
    refuse_slots,
    cancel_consultation,
    patient_messages,
    patient_writes,
    patient_reads,
    answer_call,
    take_call,
    decline_call,
    patient_hangs_up,
    patient_signals,
    patient_signalled,
    patient_conclusion,
]
