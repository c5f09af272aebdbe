"""Files that the patient sends by the link's token; the same protocol as the staff's."""

from litestar import Response, delete, get, head, patch, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.changes import Change
from backend.patients.links import PatientAccess
from backend.problems import problems
from backend.requests.moving import standing_of
from backend.routes.given import GivenAccess, GivenParts, Id, Key, PatientAsked, patient_ticket
from backend.routes.patient import CHANGING, OPT
from backend.routes.upload_pieces import (
    Offset,
    PieceUpload,
    finish,
    state_headers,
    state_of,
    take_piece,
)
from backend.uploads.records import Uploader
from backend_client.models.documents import Document
from backend_client.models.uploads import LARGEST_FILE, FinishUpload, NewUpload, Upload

READING = problems(401, 404, 429)
SENDING = problems(401, 404, 409, 413, 429)
ONE = "/uploads/{upload_id:str}"


def _patient(access: PatientAccess) -> Uploader:
    return Uploader(access.centre_id, None, request_id=access.request_id)


@post("/uploads", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_begins_upload(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    data: RequestBody[NewUpload],
    idempotency_key: Key = None,
) -> Upload:
    """Announces a file for one item of the checklist."""

    async def work(change: Change) -> Upload:
        standing = await standing_of(change, access.request_id)
        return (await parts.receiver.begin(change, _patient(access), standing, data)).wire()

    given = await patient_ticket(request, access, idempotency_key)
    return await parts.once.perform(given, work, Upload)


@get(ONE, opt=OPT, responses=READING)
async def patient_upload(access: GivenAccess, parts: GivenParts, upload_id: Id) -> Upload:
    """How far it has come."""
    return await state_of(parts, _patient(access), upload_id)


@head(ONE, opt=OPT, responses=READING)
async def patient_upload_offset(
    access: GivenAccess, parts: GivenParts, upload_id: Id
) -> Response[None]:
    """Where to go on, in headers."""
    return await state_headers(parts, _patient(access), upload_id)


@patch(
    ONE,
    opt=OPT,
    status_code=HTTP_204_NO_CONTENT,
    responses=SENDING,
    request_max_body_size=LARGEST_FILE,
    operation_class=PieceUpload,
)
async def patient_sends_piece(
    request: PatientAsked, access: GivenAccess, parts: GivenParts, upload_id: Id, offset: Offset
) -> Response[None]:
    """The bytes from `Upload-Offset` on; of a piece that is cut off what came is kept."""
    return await take_piece(parts, _patient(access), upload_id, offset, request)


@post(ONE + "/finish", opt=OPT, status_code=HTTP_200_OK, responses=CHANGING)
async def patient_finishes_upload(
    request: PatientAsked,
    access: GivenAccess,
    parts: GivenParts,
    upload_id: Id,
    data: RequestBody[FinishUpload],
    idempotency_key: Key = None,
) -> Document:
    """All bytes are there: the file is checked and becomes a document of the request."""
    given = await patient_ticket(request, access, idempotency_key)
    return await finish(parts, _patient(access), upload_id, data, given)


@delete(ONE, opt=OPT, status_code=HTTP_204_NO_CONTENT, responses=SENDING)
async def patient_gives_up_upload(access: GivenAccess, parts: GivenParts, upload_id: Id) -> None:
    """Forgets what was sent."""
    await parts.finisher.give_up(_patient(access), upload_id)


PATIENT_UPLOAD_ROUTES = [
    patient_begins_upload,
    patient_upload,
    patient_upload_offset,
    patient_sends_piece,
    patient_finishes_upload,
    patient_gives_up_upload,
]
