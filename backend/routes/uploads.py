"""Files that staff send: announced, sent in pieces from any offset, finished with their hash."""

from litestar import Response, delete, get, head, patch, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.changes import Change
from backend.problems import forbidden, problems
from backend.requests.moving import standing_for
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend.routes.upload_pieces import (
    Offset,
    PieceUpload,
    finish,
    state_headers,
    state_of,
    take_piece,
)
from backend.rules.actions import CLINICAL
from backend.uploads.records import Uploader
from backend_client.models.accounts import Account
from backend_client.models.documents import Document
from backend_client.models.uploads import LARGEST_FILE, FinishUpload, NewUpload, Upload

READING = problems(401, 403, 404)
SENDING = problems(401, 403, 404, 409, 413)
ONE = "/uploads/{upload_id:str}"


def _sender(account: Account) -> Uploader:
    if account.role not in CLINICAL:
        raise forbidden()
    return Uploader(account.centre_id, account.short_name, account_id=account.id)


@post("/requests/{request_id:str}/uploads", status_code=HTTP_200_OK, responses=CHANGING)
async def begin_upload(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[NewUpload],
    idempotency_key: Key = None,
) -> Upload:
    """Announces a file for one item of the request's checklist."""

    async def work(change: Change) -> Upload:
        standing = await standing_for(change, account, request_id)
        record = await parts.receiver.begin(change, _sender(account), standing, data)
        return record.wire()

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Upload)


@get(ONE, responses=READING)
async def read_upload(account: GivenAccount, parts: GivenParts, upload_id: Id) -> Upload:
    """How far it has come."""
    return await state_of(parts, _sender(account), upload_id)


@head(ONE, responses=READING)
async def upload_offset(account: GivenAccount, parts: GivenParts, upload_id: Id) -> Response[None]:
    """Where to go on, in headers."""
    return await state_headers(parts, _sender(account), upload_id)


@patch(
    ONE,
    status_code=HTTP_204_NO_CONTENT,
    responses=SENDING,
    request_max_body_size=LARGEST_FILE,
    operation_class=PieceUpload,
)
async def send_piece(
    request: Asked, account: GivenAccount, parts: GivenParts, upload_id: Id, offset: Offset
) -> Response[None]:
    """The bytes from `Upload-Offset` on; of a piece that is cut off what came is kept."""
    return await take_piece(parts, _sender(account), upload_id, offset, request)


@post(ONE + "/finish", status_code=HTTP_200_OK, responses=CHANGING)
async def finish_upload(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    upload_id: Id,
    data: RequestBody[FinishUpload],
    idempotency_key: Key = None,
) -> Document:
    """All bytes are there: the file is checked and becomes a document of its request."""
    given = await ticket_of(request, idempotency_key)
    return await finish(parts, _sender(account), upload_id, data, given)


@delete(ONE, status_code=HTTP_204_NO_CONTENT, responses=SENDING)
async def give_up_upload(account: GivenAccount, parts: GivenParts, upload_id: Id) -> None:
    """Forgets what was sent."""
    await parts.finisher.give_up(_sender(account), upload_id)


UPLOAD_ROUTES = [
    begin_upload,
    read_upload,
    upload_offset,
    send_piece,
    finish_upload,
    give_up_upload,
]
