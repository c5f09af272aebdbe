"""Other requests of the same patient: what else of him or her can be looked at."""

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.requests.consents import is_withdrawn
from backend.requests.visible import visible_requests
from backend.rules.kept_files import items_of
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.requests import MOST_OTHERS, OtherRequest

SHOWN = (requests.c.id, requests.c.number, requests.c.created_at, requests.c.files)
_NO_FILES = "{}"


async def others_of(
    connection: AsyncConnection, account: Account, request_id: str, patient_id: str
) -> list[OtherRequest]:
    """Those of the account's own centre that have files, the newest first (OZ-28). Where a consent
    was withdrawn its files are closed, and nothing is said of them (SPB-13)."""
    found = select(*SHOWN).where(
        requests.c.patient_id == patient_id,
        requests.c.id != request_id,
        requests.c.files != _NO_FILES,
        visible_requests(account),
        ~is_withdrawn(requests.c.id),
    )
    newest = found.order_by(requests.c.created_at.desc(), requests.c.id).limit(MOST_OTHERS)
    return [_other(row, account) for row in (await connection.execute(newest)).mappings()]


def _other(row: RowMapping, account: Account) -> OtherRequest:
    items = items_of(row["files"], account.id).values()
    return OtherRequest(
        id=row["id"],
        number=row["number"],
        created_at=row["created_at"],
        file_count=sum(one.count for one in items),
        unopened_count=sum(one.unopened for one in items),
    )
