"""What the staff do with a request that goes on: one POST each."""

from datetime import timedelta

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.chat.writing import post_message
from backend.problems import problems
from backend.requests import acting, endings, gate
from backend.requests.claims import beat
from backend.requests.consents import consent_states
from backend.requests.evidence import phone_log
from backend.requests.moving import Standing, owned_by, refuse_unless_possible
from backend.routes.act import Act, clinics_admin
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend.routes.request_ends import REQUEST_ENDS
from backend_client.models.messages import NewMessage, Side
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    ConsentStates,
    Lease,
    MarkItem,
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneAttempts,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import Action, RequestCard

BEATS_IN_A_LEASE = 5


@post("/requests/{request_id:str}/heartbeat", status_code=HTTP_200_OK, responses=CHANGING)
async def keep_claim(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> Lease:
    """The claim's program is there: from the first heartbeat on the claim lasts five minutes
    behind the last one, and ends then."""
    lease = timedelta(seconds=parts.settings.lease_seconds)

    async def work(change: Change) -> Lease:
        until = await beat(change, account, request_id, parts.now(), lease)
        seconds = parts.settings.lease_seconds // BEATS_IN_A_LEASE
        return Lease(lease_until=until, beat_seconds=seconds)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Lease)


@post("/requests/{request_id:str}/take-over", status_code=HTTP_200_OK, responses=CHANGING)
async def take_over_request(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[TakeOver],
    idempotency_key: Key = None,
) -> RequestCard:
    """The clinic's admin takes a doctor's claim, for another doctor or for the queue."""

    async def work(change: Change, standing: Standing) -> None:
        await acting.take_over(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work, clinics_admin)


@post("/requests/{request_id:str}/ask-documents", status_code=HTTP_200_OK, responses=CHANGING)
async def ask_for_documents(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[AskDocuments],
    idempotency_key: Key = None,
) -> RequestCard:
    """Names items and writes to the patient; the request waits for documents, without a doctor."""

    async def work(change: Change, standing: Standing) -> None:
        refuse_unless_possible(Action.ASK_DOCUMENTS, standing)
        now = parts.now()
        after = await gate.ask(change, parts.catalogues, account, standing, data, now)
        await endings.free_times(change, standing)
        message = NewMessage(text=data.text)
        await post_message(change, after, Side.DOCTOR, account.short_name, message, now)

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/not-applicable", status_code=HTTP_200_OK, responses=CHANGING)
async def mark_item_not_applicable(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[MarkItem],
    idempotency_key: Key = None,
) -> RequestCard:
    """An item of the checklist does not apply, with the reason; or does after all."""

    async def work(change: Change, standing: Standing) -> None:
        await gate.mark_item(change, parts.catalogues, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/convert", status_code=HTTP_200_OK, responses=CHANGING)
async def convert_to_application(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ActWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """A question to the duty doctor becomes a centre application, and goes to the queue."""

    async def work(change: Change, standing: Standing) -> None:
        await acting.convert(change, parts.catalogues, account, standing, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/life-threat", status_code=HTTP_200_OK, responses=CHANGING)
async def mark_threat_to_life(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[MarkLifeThreat],
    idempotency_key: Key = None,
) -> RequestCard:
    """Sets the mark, or takes it away."""

    async def work(change: Change, standing: Standing) -> None:
        await acting.mark_life_threat(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/record-number", status_code=HTTP_200_OK, responses=CHANGING)
async def set_medical_record_number(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[SetRecordNumber],
    idempotency_key: Key = None,
) -> RequestCard:
    """The number of the patient's medical record."""

    async def work(change: Change, standing: Standing) -> None:
        await acting.set_record_number(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@get("/requests/{request_id:str}/phone-attempts", responses=problems(401, 403, 404))
async def list_phone_attempts(
    account: GivenAccount, parts: GivenParts, request_id: Id
) -> PhoneAttempts:
    """Telephone attempts, oldest first."""
    async with parts.database.read() as connection:
        await parts.cards.card(connection, account, request_id)
        return await phone_log(connection, request_id)


@post("/requests/{request_id:str}/phone-attempts", status_code=HTTP_200_OK, responses=CHANGING)
async def log_phone_attempt(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[NewPhoneAttempt],
    idempotency_key: Key = None,
) -> PhoneAttempts:
    """Logs a call to the patient's number; the log only grows."""

    async def work(change: Change) -> PhoneAttempts:
        standing = await owned_by(change, account, request_id)
        now = parts.now()
        await acting.log_phone_attempt(change, parts.catalogues, account, standing, data, now)
        return await phone_log(change.connection, request_id)

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, PhoneAttempts)


@get("/requests/{request_id:str}/consents", responses=problems(401, 403, 404))
async def list_consents(account: GivenAccount, parts: GivenParts, request_id: Id) -> ConsentStates:
    """The consents that the consultation needs, with their words, and whether they are given."""
    async with parts.database.read() as connection:
        await parts.cards.card(connection, account, request_id)
        return await consent_states(connection, parts.catalogues, request_id)


REQUEST_ACTIONS = [
    keep_claim,
    take_over_request,
    ask_for_documents,
    mark_item_not_applicable,
    convert_to_application,
    mark_threat_to_life,
    set_medical_record_number,
    list_phone_attempts,
    log_phone_attempt,
    list_consents,
    *REQUEST_ENDS,
]
