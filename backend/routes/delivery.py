"""How a conclusion reaches the patient: for staff, and the patient's own e-mail address."""

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.mail.emails import (
    confirm_address,
    email_of,
    forget_address,
    not_offered,
    say_address,
    try_code,
)
from backend.parts import Parts
from backend.patients.links import PatientAccess
from backend.problems import problems
from backend.routes.given import (
    CHANGING,
    Asked,
    GivenAccess,
    GivenAccount,
    GivenParts,
    Id,
    Key,
    PatientAsked,
    patient_ticket,
    ticket_of,
)
from backend.routes.patient import CHANGING as PATIENTS_CHANGING
from backend.routes.patient import OPT, READING
from backend_client.models.delivery import Delivery, EmailCode, NewEmail, PatientEmail


@get("/requests/{request_id:str}/delivery", responses=problems(401, 403, 404))
async def read_delivery(account: GivenAccount, parts: GivenParts, request_id: Id) -> Delivery:
    """How far the newest delivered edition has come on each way (SOK-8)."""
    async with parts.database.read() as connection:
        return await parts.deliveries.of(connection, account, request_id, parts.now())


@post("/requests/{request_id:str}/delivery/email", status_code=HTTP_200_OK, responses=CHANGING)
async def send_email_again(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> Delivery:
    """The request's doctor or the clinic's admin has an e-mail that has failed sent anew."""

    async def work(change: Change) -> Delivery:
        return await parts.deliveries.send_again(change, account, request_id, parts.now())

    given = await ticket_of(request, idempotency_key)
    sent = await parts.once.perform(given, work, Delivery)
    parts.mailer.changed()
    return sent


@get("/email", opt=OPT, responses=READING)
async def patient_email(access: GivenAccess, parts: GivenParts) -> PatientEmail:
    """The patient's own address, and whether it is confirmed (SOK-11)."""
    async with parts.database.read() as connection:
        return await email_of(
            connection, access.request_id, parts.now(), is_offered=_is_offered(parts, access)
        )


@post("/email", opt=OPT, status_code=HTTP_200_OK, responses=PATIENTS_CHANGING)
async def say_email(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[NewEmail],
    idempotency_key: Key = None,
) -> PatientEmail:
    """An address: a code is sent there, and nothing else before it is confirmed."""

    async def work(change: Change) -> PatientEmail:
        if not _is_offered(parts, access):
            raise not_offered()
        await say_address(change, access.request_id, data.address, parts.now())
        return await _shown(change, access, parts)

    given = await patient_ticket(request, access, idempotency_key)
    answer = await parts.once.perform(given, work, PatientEmail)
    parts.mailer.changed()
    return answer


@post("/email/confirm", opt=OPT, status_code=HTTP_200_OK, responses=PATIENTS_CHANGING)
async def confirm_email(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[EmailCode],
    idempotency_key: Key = None,
) -> PatientEmail:
    """The code from the letter: the address is the patient's, and documents may go there."""

    async def prepare() -> str:
        await try_code(parts.database, access.request_id, data.code, parts.now())
        return data.code

    async def work(change: Change, code: str) -> PatientEmail:
        await confirm_address(change, access.request_id, code, parts.now())
        return await _shown(change, access, parts)

    given = await patient_ticket(request, access, idempotency_key)
    answer = await parts.once.perform_prepared(given, prepare, work, PatientEmail)
    parts.mailer.changed()
    return answer


@post("/email/remove", opt=OPT, status_code=HTTP_200_OK, responses=PATIENTS_CHANGING)
async def remove_email(
    request: PatientAsked, access: GivenAccess, parts: GivenParts, idempotency_key: Key = None
) -> PatientEmail:
    """Nothing is sent by e-mail any more."""

    async def work(change: Change) -> PatientEmail:
        await forget_address(change, access.request_id, parts.now())
        return await _shown(change, access, parts)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, PatientEmail)


def _is_offered(parts: Parts, access: PatientAccess) -> bool:
    return parts.deliveries.sends_mail(access.centre_id)


async def _shown(change: Change, access: PatientAccess, parts: Parts) -> PatientEmail:
    return await email_of(
        change.connection, access.request_id, parts.now(), is_offered=_is_offered(parts, access)
    )


DELIVERY = [read_delivery, send_email_again]
PATIENT_EMAIL_ROUTES = [patient_email, say_email, confirm_email, remove_email]
