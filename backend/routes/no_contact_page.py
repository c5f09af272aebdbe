"""The evidence page of a lost contact, made by the workstation from the server's own words."""

from litestar import post
from litestar.status_codes import HTTP_200_OK

from backend.changes import Change
from backend.requests.no_contact_page import ReceivedPage, keep_page, receive_page
from backend.routes.conclusions import PdfUpload
from backend.routes.given import CHANGING, Asked, GivenAccount, GivenParts, Id, Key, ticket_of
from backend_client.models.documents import LARGEST_EVIDENCE, Document


@post(
    "/requests/{request_id:str}/no-contact-page",
    status_code=HTTP_200_OK,
    responses=CHANGING,
    request_max_body_size=LARGEST_EVIDENCE,
    operation_class=PdfUpload,
)
async def keep_no_contact_page(
    request: Asked,
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    idempotency_key: Key = None,
) -> Document:
    """Keeps the page of a request that was closed for want of contact, once: one that is there
    already stays, and is answered (DRC-11)."""
    given = await ticket_of(request, idempotency_key)
    pdf = await request.body()

    async def prepare() -> ReceivedPage:
        return await receive_page(parts.database, parts.files, account, request_id, pdf)

    async def work(change: Change, page: ReceivedPage) -> Document:
        return await keep_page(change, account, request_id, page, parts.now())

    return await parts.once.perform_prepared(given, prepare, work, Document)
