"""Who the patient is: identity, and personal data that were changed (DRC-14, DRC-16)."""

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.patients.doubts import patient_of, personal_data
from backend.patients.identity import confirm_identity, lock_patient, withdraw_identity
from backend.patients.personal_data import bring_data, decide_data
from backend.requests.moving import Standing, owned_by, standing_of
from backend.routes.act import GivenAct, Holder, clinics_admin
from backend.routes.given import (
    CHANGING,
    GivenAccess,
    GivenParts,
    Key,
    PatientAsked,
    patient_ticket,
)
from backend.routes.patient import CHANGING as PATIENTS_CHANGING
from backend.routes.patient import OPT, READING
from backend.rules.actions import APPROVERS
from backend_client.models.accounts import Account
from backend_client.models.identity import ConfirmIdentity, DecideData
from backend_client.models.personal_data import BringData, NewPersonalData, PersonalData
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import RequestCard


def _of_person(holder: Holder) -> Holder:
    """The same, behind the locks of the patient and of all the patient's requests."""

    async def locked(change: Change, account: Account, request_id: str) -> Standing:
        await lock_patient(change, request_id)
        return await holder(change, account, request_id)

    return locked


def _answering(account: Account) -> Holder:
    """The doctor who holds the request, or the clinic's admin."""
    return _of_person(clinics_admin if account.role in APPROVERS else owned_by)


@post("/requests/{request_id:str}/confirm-identity", status_code=HTTP_200_OK, responses=CHANGING)
async def confirm_patient(act: GivenAct, data: RequestBody[ConfirmIdentity]) -> RequestCard:
    """The request's doctor or the clinic's admin answers for who an unidentified patient is."""
    return await act.do(confirm_identity, data, _answering(act.account))


@post("/requests/{request_id:str}/withdraw-identity", status_code=HTTP_200_OK, responses=CHANGING)
async def withdraw_confirmation(act: GivenAct, data: RequestBody[EndWithNote]) -> RequestCard:
    """The clinic's admin undoes such a confirmation, and says why."""
    return await act.do(withdraw_identity, data, _of_person(clinics_admin))


@post("/requests/{request_id:str}/personal-data", status_code=HTTP_200_OK, responses=CHANGING)
async def bring_personal_data(act: GivenAct, data: RequestBody[BringData]) -> RequestCard:
    """The clinic's admin has newer data, such as a referral's: they wait to be confirmed."""

    async def work(change: Change, standing: Standing) -> None:
        await bring_data(change, standing, data.data, act.account, act.parts.now())

    return await act.perform(work, data, _of_person(clinics_admin))


@post(
    "/requests/{request_id:str}/personal-data/decide", status_code=HTTP_200_OK, responses=CHANGING
)
async def decide_personal_data(act: GivenAct, data: RequestBody[DecideData]) -> RequestCard:
    """The request's doctor or the clinic's admin confirms changed data, or drops them."""
    return await act.do(decide_data, data, _answering(act.account))


@get("/personal-data", opt=OPT, responses=READING)
async def patient_data(access: GivenAccess, parts: GivenParts) -> PersonalData:
    """The patient's own data, and what waits for the clinic's word."""
    async with parts.database.read() as connection:
        return await personal_data(connection, await patient_of(connection, access.request_id))


@post("/personal-data", opt=OPT, status_code=HTTP_200_OK, responses=PATIENTS_CHANGING)
async def correct_own_data(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[NewPersonalData],
    idempotency_key: Key = None,
) -> PersonalData:
    """The patient's data have changed: the clinic is told, and confirms them (DRC-14)."""

    async def work(change: Change) -> PersonalData:
        await lock_patient(change, access.request_id)
        standing = await standing_of(change, access.request_id)
        await bring_data(change, standing, data, None, parts.now())
        return await personal_data(change.connection, standing.patient_id)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, PersonalData)


IDENTITY_ROUTES = [
    confirm_patient,
    withdraw_confirmation,
    bring_personal_data,
    decide_personal_data,
]
PATIENT_DATA_ROUTES = [patient_data, correct_own_data]
