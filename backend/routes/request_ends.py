"""Ends of a request other than the conclusion: one POST each."""

from litestar import post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.requests import endings
from backend.requests.moving import Standing, owned_by
from backend.routes.act import Act, clinics_admin
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key
from backend.rules.actions import APPROVERS
from backend_client.models.request_actions import (
    ActWithNote,
    CloseWithoutConclusion,
    Decline,
    EndWithNote,
)
from backend_client.models.requests import Action, RequestCard


@post("/requests/{request_id:str}/decline", status_code=HTTP_200_OK, responses=CHANGING)
async def decline_request(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[Decline],
    idempotency_key: Key = None,
) -> RequestCard:
    """The doctor does not take the request on, for a coded reason."""

    async def work(change: Change, standing: Standing) -> None:
        await endings.decline(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/out-of-profile", status_code=HTTP_200_OK, responses=CHANGING)
async def end_out_of_profile(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[EndWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """The centre does not treat this disease: the patient is told where to go."""
    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.end(Action.OUT_OF_PROFILE, data.note)


@post("/requests/{request_id:str}/invite-in-person", status_code=HTTP_200_OK, responses=CHANGING)
async def invite_in_person(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[EndWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """The outcome is a visit in person."""
    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.end(Action.INVITE_IN_PERSON, data.note)


@post("/requests/{request_id:str}/recommend-inpatient", status_code=HTTP_200_OK, responses=CHANGING)
async def recommend_inpatient(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[EndWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """The outcome is treatment in hospital."""
    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.end(Action.RECOMMEND_INPATIENT, data.note)


@post(
    "/requests/{request_id:str}/close-without-conclusion",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def close_request_without_conclusion(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[CloseWithoutConclusion],
    idempotency_key: Key = None,
) -> RequestCard:
    """The consultation ends with a coded reason and words to the patient."""

    async def work(change: Change, standing: Standing) -> None:
        await endings.close_without_conclusion(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/close-no-contact", status_code=HTTP_200_OK, responses=CHANGING)
async def close_request_no_contact(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ActWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """Closed as rendered: the patient is offline, did not answer here, nor three times by phone."""
    zone = parts.catalogues.newest(account.centre_id).time_zone

    async def work(change: Change, standing: Standing) -> None:
        await endings.close_no_contact(change, account, standing, parts.now(), zone)

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/cancel", status_code=HTTP_200_OK, responses=CHANGING)
async def cancel_for_patient(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ActWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """The patient has told the staff; after the appointed start it is too late (DRC-12)."""

    async def work(change: Change, standing: Standing) -> None:
        await endings.cancel_for_patient(change, account, standing, data, parts.now())

    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work)


@post("/requests/{request_id:str}/annul", status_code=HTTP_200_OK, responses=CHANGING)
async def annul_request(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ActWithNote],
    idempotency_key: Key = None,
) -> RequestCard:
    """The doctor or the clinic ends what the patient has refused three times."""

    async def work(change: Change, standing: Standing) -> None:
        await endings.annul(change, account, standing, data, parts.now())

    holder = clinics_admin if account.role in APPROVERS else owned_by
    act = Act(request, account, parts, request_id, idempotency_key, data.version)
    return await act.perform(work, holder)


REQUEST_ENDS = [
    decline_request,
    end_out_of_profile,
    invite_in_person,
    recommend_inpatient,
    close_request_without_conclusion,
    close_request_no_contact,
    cancel_for_patient,
    annul_request,
]
