"""Ends of a request other than the conclusion: one POST each."""

from litestar import post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.requests import endings
from backend.requests.moving import Standing, owned_by
from backend.routes.act import GivenAct, clinics_admin
from backend.routes.given import CHANGING
from backend.rules.actions import APPROVERS
from backend_client.models.request_actions import (
    ActWithNote,
    CloseWithoutConclusion,
    Decline,
    EndWithNote,
)
from backend_client.models.requests import Action, RequestCard


@post("/requests/{request_id:str}/decline", status_code=HTTP_200_OK, responses=CHANGING)
async def decline_request(act: GivenAct, data: RequestBody[Decline]) -> RequestCard:
    """The doctor does not take the request on, for a coded reason."""
    return await act.do(endings.decline, data)


@post("/requests/{request_id:str}/out-of-profile", status_code=HTTP_200_OK, responses=CHANGING)
async def end_out_of_profile(act: GivenAct, data: RequestBody[EndWithNote]) -> RequestCard:
    """The centre does not treat this disease: the patient is told where to go."""
    return await act.end(Action.OUT_OF_PROFILE, data)


@post("/requests/{request_id:str}/invite-in-person", status_code=HTTP_200_OK, responses=CHANGING)
async def invite_in_person(act: GivenAct, data: RequestBody[EndWithNote]) -> RequestCard:
    """The outcome is a visit in person."""
    return await act.end(Action.INVITE_IN_PERSON, data)


@post("/requests/{request_id:str}/recommend-inpatient", status_code=HTTP_200_OK, responses=CHANGING)
async def recommend_inpatient(act: GivenAct, data: RequestBody[EndWithNote]) -> RequestCard:
    """The outcome is treatment in hospital."""
    return await act.end(Action.RECOMMEND_INPATIENT, data)


@post(
    "/requests/{request_id:str}/close-without-conclusion",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def close_request_without_conclusion(
    act: GivenAct, data: RequestBody[CloseWithoutConclusion]
) -> RequestCard:
    """The consultation ends with a coded reason and words to the patient."""
    return await act.do(endings.close_without_conclusion, data)


@post("/requests/{request_id:str}/close-no-contact", status_code=HTTP_200_OK, responses=CHANGING)
async def close_request_no_contact(act: GivenAct, data: RequestBody[ActWithNote]) -> RequestCard:
    """Closed as rendered: the patient is offline, did not answer here, nor three times by phone."""
    zone = act.parts.catalogues.newest(act.account.centre_id).time_zone

    async def work(change: Change, standing: Standing) -> None:
        await endings.close_no_contact(change, act.account, standing, act.parts.now(), zone)

    return await act.perform(work, data)


@post("/requests/{request_id:str}/cancel", status_code=HTTP_200_OK, responses=CHANGING)
async def cancel_for_patient(act: GivenAct, data: RequestBody[ActWithNote]) -> RequestCard:
    """The patient has told the staff; after the appointed start it is too late (DRC-12)."""
    return await act.do(endings.cancel_for_patient, data)


@post("/requests/{request_id:str}/annul", status_code=HTTP_200_OK, responses=CHANGING)
async def annul_request(act: GivenAct, data: RequestBody[ActWithNote]) -> RequestCard:
    """The doctor or the clinic ends what the patient has refused three times."""
    holder = clinics_admin if act.account.role in APPROVERS else owned_by
    return await act.do(endings.annul, data, holder)


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
