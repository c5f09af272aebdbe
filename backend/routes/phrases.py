"""Phrases that an account keeps for its conclusions."""

from litestar import get, put
from litestar.params import RequestBody

from backend.accounts.phrases import keep_phrases, kept_phrases
from backend.problems import forbidden, problems
from backend.routes.given import CHANGING, GivenAccount, GivenParts
from backend.rules.actions import DOCTORS
from backend_client.models.accounts import Account
from backend_client.models.phrases import Phrases


def _refuse_unless_doctor(account: Account) -> None:
    """Who writes conclusions. Raises Refused (forbidden)."""
    if account.role not in DOCTORS:
        raise forbidden()


@get("/phrases", responses=problems(401, 403))
async def read_phrases(account: GivenAccount, parts: GivenParts) -> Phrases:
    """All that the account keeps."""
    _refuse_unless_doctor(account)
    async with parts.database.read() as connection:
        return await kept_phrases(connection, account)


@put("/phrases", responses=CHANGING)
async def save_phrases(
    account: GivenAccount, parts: GivenParts, data: RequestBody[Phrases]
) -> Phrases:
    """Keeps them whole; a revision that is not the present one is refused (409)."""
    _refuse_unless_doctor(account)
    async with parts.changes.change(account.centre_id) as change:
        return await keep_phrases(change, account, data)
