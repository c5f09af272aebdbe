"""Conclusions: draft, signed PDF, approval."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Response, get, post, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, Schema
from litestar.openapi.spec import RequestBody as BodySpec
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import PathParameter, QueryParameter, RequestBody
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.conclusions.editions import editions_of
from backend.conclusions.lifting import lift, waiting_for_lift
from backend.conclusions.reading import conclusion_of, waiting_for_approval
from backend.conclusions.standing import wanted_level
from backend.conclusions.writing import KeptPdf, approve, correct, give_back, save_draft, sign
from backend.problems import forbidden, problems
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
from backend.rules.actions import APPROVERS
from backend_client.models.common import Page
from backend_client.models.conclusions import (
    LARGEST_PDF,
    Approval,
    Conclusion,
    CorrectConclusion,
    Edition,
    Liftable,
    ReturnConclusion,
    SaveDraft,
)

PDF = "application/pdf"
Version = Annotated[int, QueryParameter(ge=0, le=2**53 - 1)]
Digest = Annotated[str, QueryParameter(pattern="^[0-9a-f]{64}$", max_length=64)]
EditionNumber = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
UPLOADING = CHANGING | problems(413, 503)
PDF_SPEC = ResponseSpec(bytes, description="The PDF", media_type=PDF, generate_examples=False)


@dataclass
class PdfUpload(Operation):
    """An operation whose body is a PDF as it is: no form around it."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        self.request_body = BodySpec(content={PDF: OpenAPIMediaType(schema=schema)}, required=True)


def pdf_response(pdf: bytes, name: str) -> Response[bytes]:
    """A PDF to be saved, not shown: nothing of it is run or guessed by a browser."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type=PDF, headers=headers)


@get("/requests/{request_id:str}/conclusion", responses=problems(401, 403, 404))
async def read_conclusion(account: GivenAccount, parts: GivenParts, request_id: Id) -> Conclusion:
    """The draft or the signed conclusion."""
    async with parts.database.read() as connection:
        return await conclusion_of(connection, account, request_id)


@put("/requests/{request_id:str}/conclusion", responses=CHANGING)
async def save_conclusion(
    account: GivenAccount, parts: GivenParts, request_id: Id, data: RequestBody[SaveDraft]
) -> Conclusion:
    """Keeps the doctor's form; a version that is not the present one is refused (409)."""
    async with parts.changes.change(account.centre_id) as change:
        return await save_draft(change, account, request_id, data, parts.now())


@get(
    "/requests/{request_id:str}/conclusion/pdf",
    responses={200: PDF_SPEC, **problems(401, 403, 404, 409)},
    media_type=PDF,
)
async def conclusion_pdf(
    account: GivenAccount, parts: GivenParts, request_id: Id
) -> Response[bytes]:
    """The signed PDF; refused (409) where the server's file is not what was signed."""
    pdf = await parts.conclusions.pdf(account, request_id)
    return pdf_response(pdf, "conclusion.pdf")


@get("/requests/{request_id:str}/conclusion/editions", responses=problems(401, 403, 404))
async def conclusion_editions(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Edition]:
    """One page of what was signed of this request, in its order; nothing of it is ever removed."""
    async with parts.database.read() as connection:
        return await editions_of(connection, account, request_id, cursor, limit)


@get(
    "/requests/{request_id:str}/conclusion/editions/{edition:int}/pdf",
    responses={200: PDF_SPEC, **problems(401, 403, 404, 409)},
    media_type=PDF,
)
async def edition_pdf(
    account: GivenAccount, parts: GivenParts, request_id: Id, edition: EditionNumber
) -> Response[bytes]:
    """The signed PDF of one edition; refused (409) where it is not what was signed."""
    pdf = await parts.conclusions.edition_pdf(account, request_id, edition)
    return pdf_response(pdf, "conclusion.pdf")


@post(
    "/requests/{request_id:str}/conclusion/signed",
    status_code=HTTP_200_OK,
    responses=UPLOADING,
    request_max_body_size=LARGEST_PDF,
    operation_class=PdfUpload,
)
async def sign_conclusion(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    version: Version,
    idempotency_key: Key = None,
) -> Conclusion:
    """Takes the PDF that the doctor has signed, made from the draft of this version."""
    given = await ticket_of(request, idempotency_key)
    pdf = await request.body()

    async def prepare() -> KeptPdf:
        return await parts.conclusions.signed(account, request_id, pdf)

    async def work(change: Change, kept: KeptPdf) -> Conclusion:
        return await sign(change, account, request_id, version, kept, parts.now())

    signed = await parts.once.perform_prepared(given, prepare, work, Conclusion)
    parts.mailer.changed()
    return signed


@get("/approvals", responses=problems(401, 403))
async def approvals(
    account: GivenAccount, parts: GivenParts, cursor: Cursor = None, limit: Limit = 50
) -> Page[Approval]:
    """One page of the signed conclusions that wait for the clinic admin, the oldest first."""
    if account.role not in APPROVERS:
        raise forbidden()
    wanted = wanted_level(parts.catalogues, account, parts.now())
    async with parts.database.read() as connection:
        return await waiting_for_approval(connection, account, cursor, limit, wanted)


@post(
    "/requests/{request_id:str}/conclusion/approved",
    status_code=HTTP_200_OK,
    responses=UPLOADING,
    request_max_body_size=LARGEST_PDF,
    operation_class=PdfUpload,
)
async def approve_conclusion(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    version: Version,
    idempotency_key: Key = None,
) -> Conclusion:
    """Takes the countersigned PDF and delivers it to the patient."""
    given = await ticket_of(request, idempotency_key)
    pdf = await request.body()

    async def prepare() -> KeptPdf:
        return await parts.conclusions.countersigned(account, request_id, version, pdf)

    async def work(change: Change, kept: KeptPdf) -> Conclusion:
        return await approve(change, account, request_id, version, kept, parts.now())

    approved = await parts.once.perform_prepared(given, prepare, work, Conclusion)
    parts.mailer.changed()
    return approved


@post(
    "/requests/{request_id:str}/conclusion/returned",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def return_conclusion(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[ReturnConclusion],
    idempotency_key: Key = None,
) -> Conclusion:
    """Gives the conclusion back to its doctor with a reason; a version that is not the present one
    is refused (409)."""

    async def work(change: Change) -> Conclusion:
        return await give_back(change, account, request_id, data, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Conclusion)


@post(
    "/requests/{request_id:str}/conclusion/corrected",
    status_code=HTTP_200_OK,
    responses=CHANGING,
)
async def correct_conclusion(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    data: RequestBody[CorrectConclusion],
    idempotency_key: Key = None,
) -> Conclusion:
    """Begins a new edition of a delivered conclusion; a version that is not the present one is
    refused (409)."""

    async def work(change: Change) -> Conclusion:
        return await correct(change, account, request_id, data, parts.now())

    given = await ticket_of(request, idempotency_key)
    return await parts.once.perform(given, work, Conclusion)


@get("/signatures/to-lift", responses=problems(401, 403))
async def signatures_to_lift(
    account: GivenAccount, parts: GivenParts, cursor: Cursor = None, limit: Limit = 50
) -> Page[Liftable]:
    """One page of the signed files that could prove more by now, the oldest first: a doctor's own,
    to the clinic's admin the centre's."""
    now = parts.now()
    policy = parts.catalogues.catalogue_for(account.centre_id, now).signing
    async with parts.database.read() as connection:
        return await waiting_for_lift(connection, account, policy, now, cursor, limit)


@post(
    "/requests/{request_id:str}/conclusion/editions/{edition:int}/lifted",
    status_code=HTTP_200_OK,
    responses=UPLOADING,
    request_max_body_size=LARGEST_PDF,
    operation_class=PdfUpload,
)
async def lift_edition(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    edition: EditionNumber,
    replaces: Digest,
    idempotency_key: Key = None,
) -> Edition:
    """Takes a signed PDF that reaches higher: the kept one, whose SHA-256 is `replaces`, with time
    stamps and answers about revocation behind it. Another one that is kept by now is refused (409).
    """
    given = await ticket_of(request, idempotency_key)
    pdf = await request.body()

    async def prepare() -> KeptPdf:
        return await parts.conclusions.lifted(account, request_id, edition, replaces, pdf)

    async def work(change: Change, kept: KeptPdf) -> Edition:
        return await lift(change, account, request_id, edition, replaces, kept, parts.now())

    return await parts.once.perform_prepared(given, prepare, work, Edition)
