"""What the same patient was told before: delivered conclusions of other requests of the centre."""

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.pages import Keyset, Place, PlainId
from backend.problems import not_found
from backend.requests.visible import visible_requests
from backend.tables import accounts, conclusions, requests
from backend_client.models.accounts import Account
from backend_client.models.common import Page, RequestId, UtcTime
from backend_client.models.conclusions import ConclusionForm, ConclusionState, EarlierConclusion


class _Signed(Place, frozen=True, array_like=True):
    """Where a page ended."""

    signed_at: UtcTime
    request_id: PlainId


EARLIER = Keyset(_Signed, (conclusions.c.signed_at, conclusions.c.request_id), newest_first=True)


async def earlier_conclusions(
    connection: AsyncConnection,
    account: Account,
    request_id: str,
    cursor: str | None,
    limit: int,
) -> Page[EarlierConclusion]:
    """Of the request's patient, the newest first. Raises Refused (not_found, invalid)."""
    visible = visible_requests(account)
    whose = select(requests.c.patient_id).where(visible, requests.c.id == request_id)
    patient = (await connection.execute(whose)).scalar()
    if patient is None:
        raise not_found()
    found = (
        select(conclusions, requests.c.number, accounts.c.full_name)
        .join(requests, requests.c.id == conclusions.c.request_id)
        .join(accounts, accounts.c.id == conclusions.c.author_id)
        .where(
            visible,
            requests.c.patient_id == patient,
            requests.c.id != request_id,
            conclusions.c.state == ConclusionState.DELIVERED,
        )
    )
    return await EARLIER.page(connection, found, cursor, limit, _earlier)


def _earlier(row: RowMapping) -> EarlierConclusion:
    return EarlierConclusion(
        request_id=RequestId(row["request_id"]),
        request_number=row["number"],
        author_name=short_name(row["full_name"]),
        signed_at=row["signed_at"],
        form=msgspec.convert(row["form"], ConclusionForm),
    )
