"""Links to the patient's page, given and revoked by staff."""

from litestar import delete, post
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from backend.problems import problems
from backend.routes.given import Asked, GivenAccount, GivenParts, Id
from backend_client.models.patient import PatientLink

PAGE = "/p/"


@post(
    "/requests/{request_id:str}/patient-link",
    status_code=HTTP_200_OK,
    responses=problems(401, 403, 404),
)
async def give_patient_link(
    request: Asked, account: GivenAccount, parts: GivenParts, request_id: Id
) -> PatientLink:
    """A new link. It is a secret: answered once, never kept, so no Idempotency-Key is looked at."""
    async with parts.changes.change(account.centre_id) as change:
        token, expires_at = await parts.links.give(change, account, request_id)
    url = f"{str(request.base_url).rstrip('/')}{PAGE}#{token}"
    return PatientLink(url=url, expires_at=expires_at)


@delete(
    "/requests/{request_id:str}/patient-link",
    status_code=HTTP_204_NO_CONTENT,
    responses=problems(401, 403, 404),
)
async def revoke_patient_links(account: GivenAccount, parts: GivenParts, request_id: Id) -> None:
    """None of the request's links is good any more."""
    async with parts.changes.change(account.centre_id) as change:
        await parts.links.revoke(change, account, request_id)
