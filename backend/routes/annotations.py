"""Measurements that are kept with a request, and whose a file is."""

from litestar import get, post
from litestar.params import RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.problems import problems
from backend.requests.annotations import annotations_of, put_annotation, remove_annotation
from backend.requests.file_answers import answer_whose
from backend.routes.act import GivenAct
from backend.routes.given import (
    CHANGING,
    Asked,
    Cursor,
    GivenAccount,
    GivenParts,
    Id,
    Key,
    Limit,
    ticket_of,
)
from backend_client.models.annotations import Annotation, PutAnnotation
from backend_client.models.common import Page
from backend_client.models.documents import AnswerWhoseFile, Document


@get("/requests/{request_id:str}/annotations", responses=problems(401, 403, 404, 409))
async def list_annotations(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Annotation]:
    """What doctors measured in the request's files, in the order in which it was made."""
    async with parts.database.read() as connection:
        return await annotations_of(connection, account, request_id, cursor, limit)


@post("/requests/{request_id:str}/annotations", status_code=HTTP_200_OK, responses=CHANGING)
async def keep_annotation(act: GivenAct, data: RequestBody[PutAnnotation]) -> Annotation:
    """The request's doctor has measured something, or measured it anew."""

    async def work(change: Change) -> Annotation:
        return await put_annotation(change, act.account, act.request_id, data, act.parts.now())

    return await act.once(work, Annotation)


@post(
    "/requests/{request_id:str}/annotations/{annotation_id:str}/remove",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def drop_annotation(act: GivenAct, annotation_id: Id) -> Annotation:
    """The request's doctor takes a measurement away."""

    async def work(change: Change) -> Annotation:
        now = act.parts.now()
        return await remove_annotation(change, act.account, act.request_id, annotation_id, now)

    return await act.once(work, Annotation)


@post("/documents/{document_id:str}/whose", status_code=HTTP_200_OK, responses=CHANGING)
async def answer_whose_file(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    document_id: Id,
    data: RequestBody[AnswerWhoseFile],
    idempotency_key: Key = None,
) -> Document:
    """The request's doctor says whose a file is that names somebody else."""

    async def work(change: Change) -> Document:
        return await answer_whose(change, account, document_id, data, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Document)


ANNOTATIONS = [list_annotations, keep_annotation, drop_annotation, answer_whose_file]
