"""/mail/: the page behind a letter's link. Opening it does nothing; its button takes the document.

Programs that look into letters open links, but press no buttons."""

from typing import Annotated

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import HeaderParameter
from litestar.status_codes import HTTP_200_OK

from backend.auth import ANY_CLIENT, OPEN
from backend.problems import problems
from backend.routes.conclusions import PDF, pdf_response
from backend.routes.given import GivenParts, PatientAsked, address_of
from backend.routes.patient_page import page_file
from backend_client.models.delivery import MAIL_LINK_HEADER

OPT = {OPEN: True, ANY_CLIENT: True}
Token = Annotated[str, HeaderParameter(name=MAIL_LINK_HEADER, min_length=1, max_length=200)]


@get("/", opt=OPT, include_in_schema=False)
async def mail_page(request: Request[None, None, State]) -> Response[bytes]:
    """The page itself, the same for every link: the token stands behind the #."""
    return page_file(request, "mail.html")


@post(
    "/document",
    opt=OPT,
    status_code=HTTP_200_OK,
    include_in_schema=False,
    responses=problems(401, 409, 429),
    media_type=PDF,
)
async def mailed_document(
    request: PatientAsked, parts: GivenParts, token: Token
) -> Response[bytes]:
    """The signed PDF, once (SOK-8)."""
    pdf = await parts.mailed.take(token, address_of(request))
    return pdf_response(pdf, "document.pdf")
