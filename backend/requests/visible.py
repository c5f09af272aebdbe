"""Who sees which requests. Every query about requests, documents and claims goes through here."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.problems import not_found
from backend.tables import requests
from backend_client.models.accounts import Account


def visible_requests(account: Account) -> ColumnElement[bool]:
    """A condition on `requests`: those of the account's own centre and no other's (OZ-28)."""
    return in_centre(account.centre_id)


def in_centre(centre_id: str | ColumnElement[str]) -> ColumnElement[bool]:
    """The same, for a centre that is named or bound later."""
    return requests.c.centre_id == centre_id


async def refuse_unseen(connection: AsyncConnection, account: Account, request_id: str) -> None:
    """Before a list of what belongs to one request. Raises Refused (not_found)."""
    mine = (requests.c.id == request_id) & visible_requests(account)
    if (await connection.execute(select(requests.c.id).where(mine))).first() is None:
        raise not_found()
