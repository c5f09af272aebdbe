"""The test of the patient's devices and line, under /patient/api/v1."""

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.patients.checks import keep_check
from backend.problems import problems
from backend.routes.given import GivenAccess, GivenParts, Key, PatientAsked, patient_ticket
from backend.routes.patient import CHANGING, OPT, READING
from backend.routes.speed import NOT_KEPT, Size, padding, taken
from backend_client.models.patient_check import NewPatientCheck, PatientCheck
from backend_client.models.speed import Padding, PaddingTaken


@post("/check", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def keep_patient_check(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[NewPatientCheck],
    idempotency_key: Key = None,
) -> PatientCheck:
    """What the page has found of camera, microphone, sound and line: the doctor sees the last one
    (DRC-5). One that comes a moment after another is refused (429)."""

    async def work(change: Change) -> PatientCheck:
        return await keep_check(change, access.request_id, data, parts.now())

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, PatientCheck)


@get("/speed", opt=OPT, responses=READING, cache_control=NOT_KEPT)
async def give_patient_padding(access: GivenAccess, size: Size = 1024) -> Padding:
    """So many characters that cannot be packed much smaller."""
    return padding(size)


@post("/speed", opt=OPT, status_code=HTTP_200_OK, responses=problems(401, 413, 422, 429))
async def take_patient_padding(access: GivenAccess, data: RequestBody[Padding]) -> PaddingTaken:
    """Counts what has come; the server's bound of a body is the bound of it."""
    return taken(data)


PATIENT_CHECK_ROUTES = [keep_patient_check, give_patient_padding, take_patient_padding]
