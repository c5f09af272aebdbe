"""What staff's and patients' uploads have in common: pieces of files over HTTP."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import InternalServerException
from litestar.openapi.spec import OpenAPIMediaType, Operation, Schema
from litestar.openapi.spec import RequestBody as BodySpec
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.changes import Change
from backend.idempotency import Ticket
from backend.parts import Parts
from backend.problems import invalid, is_gone
from backend.uploads.finishing import Whole
from backend.uploads.receiving import CutOff
from backend.uploads.records import Uploader, upload_record
from backend_client.models.documents import Document
from backend_client.models.uploads import (
    COMPLETE_HEADER,
    LARGEST_FILE,
    LENGTH_HEADER,
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    Upload,
)

Offset = Annotated[int, HeaderParameter(name=OFFSET_HEADER, ge=0, le=LARGEST_FILE)]


@dataclass
class PieceUpload(Operation):
    """An operation whose body is bytes as they are: no form around them."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        content = {PIECE_TYPE: OpenAPIMediaType(schema=schema)}
        self.request_body = BodySpec(content=content, required=True)


async def state_of(parts: Parts, uploader: Uploader, upload_id: str) -> Upload:
    """How far it has come; raises Refused (not_found)."""
    async with parts.database.read() as connection:
        return (await upload_record(connection, uploader, upload_id)).wire()


async def state_headers(parts: Parts, uploader: Uploader, upload_id: str) -> Response[None]:
    """The same in headers; raises Refused (not_found)."""
    state = await state_of(parts, uploader, upload_id)
    headers = {
        OFFSET_HEADER: str(state.received),
        LENGTH_HEADER: str(state.size),
        COMPLETE_HEADER: "?1" if state.received == state.size else "?0",
        "Cache-Control": "no-store",
    }
    return Response(None, headers=headers, status_code=HTTP_200_OK)


async def take_piece(
    parts: Parts, uploader: Uploader, upload_id: str, offset: int, request: Request[Any, Any, State]
) -> Response[None]:
    """Keeps the body; raises as Receiver.append, and Refused (invalid) where it was cut off."""
    try:
        received = await parts.receiver.append(uploader, upload_id, offset, _pieces(request))
    except CutOff as error:
        raise invalid("the body was cut off") from error
    return Response(None, headers={OFFSET_HEADER: str(received)}, status_code=HTTP_204_NO_CONTENT)


async def finish(
    parts: Parts, uploader: Uploader, upload_id: str, given: FinishUpload, ticket: Ticket
) -> Document:
    """Makes the document; asked again it is the same one."""
    finisher = parts.finisher

    async def prepare() -> Whole:
        return await finisher.whole(uploader, upload_id, given.sha256)

    async def work(change: Change, whole: Whole) -> Document:
        return await finisher.keep(change, uploader, whole, given.sha256)

    async with finisher.turn(upload_id):
        document = await parts.once.perform_prepared(ticket, prepare, work, Document)
        await finisher.clear(document)
    return document


async def _pieces(request: Request[Any, Any, State]) -> AsyncIterator[bytes]:
    async with aclosing(request.stream()) as stream:
        try:
            async for piece in stream:
                yield piece
        except InternalServerException as error:
            if not is_gone(error):
                raise
            raise CutOff from error
