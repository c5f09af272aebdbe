"""The patient's own consents, and cancelling too late, under /patient/api/v1."""

from collections.abc import Awaitable, Callable

from litestar import get, post
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.parts import Parts
from backend.patients.links import PatientAccess
from backend.requests.consents import consent_states, give, withdraw
from backend.requests.moving import standing_of
from backend.routes.given import GivenAccess, GivenParts, Id, Key, PatientAsked, patient_ticket
from backend.routes.patient import CHANGING, OPT, READING
from backend.schedule.booking import cancel_late
from backend_client.models.patient import PatientState
from backend_client.models.request_actions import ConsentStates
from backend_client.models.requests import ConsentKind


@get("/consents", opt=OPT, responses=READING)
async def patient_consents(access: GivenAccess, parts: GivenParts) -> ConsentStates:
    """The consents that the consultation needs, with their words (SPB-13)."""
    async with parts.database.read() as connection:
        return await consent_states(connection, parts.catalogues, access.request_id)


@post("/consents/{kind:str}/give", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def give_consent(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    kind: Id,
    idempotency_key: Key = None,
) -> ConsentStates:
    """The patient agrees to the words as they are today."""

    async def work(change: Change) -> None:
        standing = await standing_of(change, access.request_id)
        await give(change, parts.catalogues, standing, ConsentKind(kind), parts.now())

    return await _consented(request, access, parts, idempotency_key, work)


@post("/consents/{kind:str}/withdraw", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def withdraw_consent(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    kind: Id,
    idempotency_key: Key = None,
) -> ConsentStates:
    """From now on nothing starts, a call that runs has ended, and documents are closed."""

    async def work(change: Change) -> None:
        standing = await standing_of(change, access.request_id)
        await withdraw(change, parts.catalogues, standing, ConsentKind(kind), parts.now())

    return await _consented(request, access, parts, idempotency_key, work)


@post("/cancel-late", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def cancel_too_late(
    request: PatientAsked, access: GivenAccess, parts: GivenParts, idempotency_key: Key = None
) -> PatientState:
    """The patient does not come, and says so after the start: one is taken off the quota."""

    async def work(change: Change) -> PatientState:
        await cancel_late(change, access.request_id, parts.now())
        return await parts.states.state(change.connection, access.request_id)

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, PatientState)


async def _consented(
    request: PatientAsked,
    access: PatientAccess,
    parts: Parts,
    key: str | None,
    work: Callable[[Change], Awaitable[None]],
) -> ConsentStates:
    """Does the work once for its key; answers the consents after it."""

    async def then_read(change: Change) -> ConsentStates:
        await work(change)
        return await consent_states(change.connection, parts.catalogues, access.request_id)

    given = await patient_ticket(request, access, key)
    return await parts.once.perform(given, then_read, ConsentStates)


PATIENT_CONSENT_ROUTES = [patient_consents, give_consent, withdraw_consent, cancel_too_late]
