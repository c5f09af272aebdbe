"""What the staff do with a request that goes on: one POST each."""

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
from backend.requests.snoozing import was_opened
from backend.requests.visible import refuse_unseen
from backend.routes.act import GivenAct, clinics_admin
from backend.routes.given import CHANGING, Cursor, GivenAccount, GivenParts, Id, Limit
from backend.routes.request_ends import REQUEST_ENDS
from backend_client.models.common import Page
from backend_client.models.messages import NewMessage, Side
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    ConsentStates,
    Lease,
    MarkItem,
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneAttempt,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import Action, RequestCard

BEATS_IN_A_LEASE = 5


@post("/requests/{request_id:str}/heartbeat", status_code=HTTP_200_OK, responses=CHANGING)
async def keep_claim(act: GivenAct) -> Lease:
    """The claim's program is there: the lease begins anew. Where work was begun the claim is on no
    lease, and the heartbeat says only whose it is. What had been laid aside is being worked on."""
    seconds = act.parts.settings.lease_seconds
    lease = act.parts.settings.lease

    async def work(change: Change) -> Lease:
        until = await beat(change, act.account, act.request_id, act.parts.now(), lease)
        await was_opened(change, act.account, act.request_id)
        return Lease(lease_until=until, beat_seconds=seconds // BEATS_IN_A_LEASE)

    return await act.once(work, Lease)


@post("/requests/{request_id:str}/take-over", status_code=HTTP_200_OK, responses=CHANGING)
async def take_over_request(act: GivenAct, data: RequestBody[TakeOver]) -> RequestCard:
    """The clinic's admin takes a doctor's claim, for another doctor or for the queue."""
    lease = act.parts.settings.lease

    async def work(change: Change, standing: Standing) -> None:
        await acting.take_over(change, act.account, standing, data, act.parts.now(), lease)

    card = await act.perform(work, data, clinics_admin)
    act.parts.deadlines.due_in(act.parts.settings.lease_seconds)
    return card


@post("/requests/{request_id:str}/ask-documents", status_code=HTTP_200_OK, responses=CHANGING)
async def ask_for_documents(act: GivenAct, data: RequestBody[AskDocuments]) -> RequestCard:
    """Names items and writes to the patient; the request waits for documents, without a doctor."""

    async def work(change: Change, standing: Standing) -> None:
        refuse_unless_possible(Action.ASK_DOCUMENTS, standing)
        now, account = act.parts.now(), act.account
        after = await gate.ask(change, act.parts.catalogues, account, standing, data, now)
        await endings.free_times(change, standing)
        message = NewMessage(text=data.text)
        await post_message(change, after, Side.DOCTOR, account.short_name, message, now)

    return await act.perform(work, data)


@post("/requests/{request_id:str}/not-applicable", status_code=HTTP_200_OK, responses=CHANGING)
async def mark_item_not_applicable(act: GivenAct, data: RequestBody[MarkItem]) -> RequestCard:
    """An item of the checklist does not apply, with the reason; or does after all."""

    async def work(change: Change, standing: Standing) -> None:
        catalogues, now = act.parts.catalogues, act.parts.now()
        await gate.mark_item(change, catalogues, act.account, standing, data, now)

    return await act.perform(work, data)


@post("/requests/{request_id:str}/convert", status_code=HTTP_200_OK, responses=CHANGING)
async def convert_to_application(act: GivenAct, data: RequestBody[ActWithNote]) -> RequestCard:
    """A question to the duty doctor becomes a centre application, and goes to the queue."""

    async def work(change: Change, standing: Standing) -> None:
        await acting.convert(change, act.parts.catalogues, act.account, standing, act.parts.now())

    return await act.perform(work, data)


@post("/requests/{request_id:str}/life-threat", status_code=HTTP_200_OK, responses=CHANGING)
async def mark_threat_to_life(act: GivenAct, data: RequestBody[MarkLifeThreat]) -> RequestCard:
    """Sets the mark, or takes it away."""
    return await act.do(acting.mark_life_threat, data)


@post("/requests/{request_id:str}/record-number", status_code=HTTP_200_OK, responses=CHANGING)
async def set_medical_record_number(
    act: GivenAct, data: RequestBody[SetRecordNumber]
) -> RequestCard:
    """The number of the patient's medical record."""
    return await act.do(acting.set_record_number, data)


@get("/requests/{request_id:str}/phone-attempts", responses=problems(401, 403, 404))
async def list_phone_attempts(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PhoneAttempt]:
    """One page of the telephone attempts, newest first."""
    async with parts.database.read() as connection:
        await refuse_unseen(connection, account, request_id)
        return await phone_log(connection, request_id, cursor, limit)


@post("/requests/{request_id:str}/phone-attempts", status_code=HTTP_200_OK, responses=CHANGING)
async def log_phone_attempt(act: GivenAct, data: RequestBody[NewPhoneAttempt]) -> PhoneAttempt:
    """Logs a call to the patient's number; the log only grows."""

    async def work(change: Change) -> PhoneAttempt:
        standing = await owned_by(change, act.account, act.request_id)
        catalogues, now = act.parts.catalogues, act.parts.now()
        await acting.log_phone_attempt(change, catalogues, act.account, standing, data, now)
        return (await phone_log(change.connection, act.request_id, limit=1)).items[0]

    return await act.once(work, PhoneAttempt)


@get("/requests/{request_id:str}/consents", responses=problems(401, 403, 404))
async def list_consents(account: GivenAccount, parts: GivenParts, request_id: Id) -> ConsentStates:
    """The consents that the consultation needs, with their words, and whether they are given."""
    async with parts.database.read() as connection:
        await refuse_unseen(connection, account, request_id)
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
