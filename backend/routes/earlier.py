"""Conclusions that the same patient was given before."""

from litestar import get

from backend.conclusions.earlier import earlier_conclusions
from backend.problems import problems
from backend.routes.given import Cursor, GivenAccount, GivenParts, Id, Limit
from backend_client.models.common import Page
from backend_client.models.conclusions import EarlierConclusion


@get("/requests/{request_id:str}/earlier-conclusions", responses=problems(401, 403, 404))
async def list_earlier_conclusions(
    account: GivenAccount,
    parts: GivenParts,
    request_id: Id,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[EarlierConclusion]:
    """One page of them, the newest first: delivered ones of other requests of this centre."""
    async with parts.database.read() as connection:
        return await earlier_conclusions(connection, account, request_id, cursor, limit)
