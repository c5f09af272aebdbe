"""The order of any column for rows in hand, as the server has it as far as the rows tell.

For lists without the server alone: with it, the server says in which order they stand.
"""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from backend_client.models.listing import Listing, QueueSort
from backend_client.models.requests import RequestRow, RequestStatus
from backend_client.models.routes import Route

_NEVER = datetime(9000, 1, 1, tzinfo=UTC)
_LIFE = {status: number for number, status in enumerate(RequestStatus)}
_ROUTES = {route: number for number, route in enumerate(Route)}
_GATED = (Route.CENTRE, Route.REFERRAL)
"""Routes of which complete documents are wanted; of others by nobody."""
_NO_CODE = "я"
"""Behind every code."""


def in_order(rows: Iterable[RequestRow], listing: Listing) -> list[RequestRow]:
    """The rows as the listing orders them; ties by term, then by id, as everywhere."""

    def place(row: RequestRow) -> tuple[str | int, datetime, str]:
        return (_key(row, listing.sort), row.due_at or _NEVER, row.id)

    return sorted(rows, key=place, reverse=listing.descending)


def _key(row: RequestRow, sort: QueueSort) -> str | int:
    """One kind of key for each order, so that any two compare."""
    if sort is QueueSort.PATIENT:
        name = unicodedata.normalize("NFKC", row.patient.full_name)
        return name.casefold().replace("ё", "е")
    if sort is QueueSort.DIAGNOSIS:
        return row.diagnosis.icd10 or _NO_CODE
    if sort is QueueSort.ROUTE:
        return _ROUTES[row.route]
    if sort is QueueSort.DOCUMENTS:
        return _documents(row)
    return _LIFE[row.status] if sort is QueueSort.STATE else int(not row.life_threat)


def _documents(row: RequestRow) -> int:
    """Complete, wanted by nobody, incomplete: told by what is missing, for rows do not say since
    when they are complete."""
    if row.route not in _GATED:
        return 1
    return 2 if row.missing_documents else 0
