"""Documents of requests: their bytes, and that they were opened."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from litestar import get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, RequestBody
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_206_PARTIAL_CONTENT

from backend.byte_ranges import ByteRange, RangeNotSatisfiable, asked_range
from backend.changes import Change
from backend.files import FileMissing
from backend.parts import Parts
from backend.problems import Refused, problems
from backend.requests.documents import StoredFile, mark_opened, stored_file, while_open
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.documents import AlsoOpened, Document, FileLink

log = logging.getLogger(__name__)

BYTES = "application/octet-stream"
PART = ResponseSpec(bytes, description="The asked range", media_type=BYTES, generate_examples=False)
# What patients send is hostile until shown otherwise: no browser shall run or guess it.
GUARDED = {
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Accept-Ranges": "bytes",
}


@get(
    "/documents/{document_id:str}/content",
    media_type=BYTES,
    responses={206: PART, **problems(401, 403, 404, 409, 416)},
)
async def content(
    account: GivenAccount,
    parts: GivenParts,
    document_id: Id,
    range_header: Annotated[str | None, HeaderParameter(name="Range")] = None,
    if_range: Annotated[str | None, HeaderParameter(name="If-Range")] = None,
) -> Stream:
    """The file's bytes, or one range of them (RFC 9110, section 14).

    A withdrawn consent cuts off what is being sent, too (SPB-13).
    """
    looked = parts.now()
    async with parts.database.read() as connection:
        file = await stored_file(connection, account, document_id)
    etag = f'"{file.sha256}"'
    try:
        asked = asked_range(range_header, if_range, etag, file.size)
    except RangeNotSatisfiable as error:
        raise _not_satisfiable(file.size) from error
    pieces = await _pieces(parts, document_id, file, asked or ByteRange(0, file.size))
    sent = while_open(pieces, parts.database, account, document_id, parts.now, looked)
    status = HTTP_200_OK if asked is None else HTTP_206_PARTIAL_CONTENT
    return Stream(sent, headers=_headers(file, asked), status_code=status, media_type=BYTES)


@get("/documents/{document_id:str}/link", responses=problems(401, 403, 404, 409))
async def file_link(account: GivenAccount, parts: GivenParts, document_id: Id) -> FileLink:
    """An address of the file's bytes in S3 itself, for a short time; a folder has none."""
    seconds = parts.settings.file_link_seconds
    async with parts.database.read() as connection:
        file = await stored_file(connection, account, document_id)
    url = await parts.files.link(file.path, seconds)
    expires_at = parts.now() + timedelta(seconds=seconds)
    return FileLink(url=url, expires_at=expires_at, sha256=file.sha256)


@post("/documents/{document_id:str}/opened", status_code=HTTP_200_OK, responses=CHANGING)
async def opened(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    document_id: Id,
    data: RequestBody[AlsoOpened | None] = None,
    idempotency_key: Key = None,
) -> Document:
    """Marks the document as opened by the asking account, and further ones of its request."""
    also = data.also if data is not None else []

    async def work(change: Change) -> Document:
        return await mark_opened(change, account, document_id, also, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Document)


def _headers(file: StoredFile, asked: ByteRange | None) -> dict[str, str]:
    part = asked or ByteRange(0, file.size)
    headers = GUARDED | {"ETag": f'"{file.sha256}"', "Content-Length": str(part.end - part.start)}
    if asked is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    return headers


async def _pieces(
    parts: Parts, document_id: str, file: StoredFile, part: ByteRange
) -> AsyncIterator[bytes]:
    try:
        return await parts.files.stream(file.path, part.start, part.end)
    except FileMissing as error:
        log.error("document %s has no file in the store", document_id)
        title = "The server has lost this file"
        raise Refused(Problem(status=500, title=title, code=ProblemCode.INTERNAL)) from error


def _not_satisfiable(size: int) -> Refused:
    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    problem = Problem(
        status=status, title="The range lies behind the file's end", code=ProblemCode.RANGE
    )
    return Refused(problem, {"Content-Range": f"bytes */{size}"})
