"""Pages of the audit for the centre's auditor, newest first."""

import base64
import binascii
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.problems import invalid
from backend.tables import audit_entries
from backend_client.models.accounts import Account
from backend_client.models.audit import AuditEntry
from backend_client.models.common import Page

SHOWN = (
    *("chain", "number", "at", "account_id", "role", "action", "outcome", "status"),
    *("request_ids", "document_ids"),
)
LARGEST = 2**53 - 1


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended."""

    at: datetime
    chain: int
    number: int


async def audit_page(
    connection: AsyncConnection, account: Account, cursor: str | None, limit: int
) -> Page[AuditEntry]:
    """Of the account's own centre (OZ-28); raises Refused (invalid)."""
    columns = audit_entries.c
    found = select(*(columns[name] for name in SHOWN)).where(columns.centre_id == account.centre_id)
    if cursor is not None:
        found = found.where(_behind(cursor))
    newest = found.order_by(columns.at.desc(), columns.chain.desc(), columns.number.desc())
    rows = (await connection.execute(newest.limit(limit + 1))).mappings().all()
    items = [
        AuditEntry(
            **{
                **row,
                "request_ids": row["request_ids"].split(),
                "document_ids": row["document_ids"].split(),
            }
        )
        for row in rows[:limit]
    ]
    more = len(rows) > limit
    return Page(items=items, next_cursor=_cursor(items[-1]) if more else None)


def _cursor(last: AuditEntry) -> str:
    place = _Place(last.at, last.chain, last.number)
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode()


def _behind(cursor: str) -> ColumnElement[bool]:
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=_Place)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise invalid("cursor: not one of this server") from error
    in_range = 0 <= place.chain < 2**31 and 0 <= place.number <= LARGEST
    if place.at.tzinfo is None or not in_range:
        raise invalid("cursor: not one of this server")
    columns = audit_entries.c
    same_moment = columns.at == place.at
    return or_(
        columns.at < place.at,
        and_(same_moment, columns.chain < place.chain),
        and_(same_moment, columns.chain == place.chain, columns.number < place.number),
    )
