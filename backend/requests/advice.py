"""What a doctor is advised to take next, and taking it: of two who ask, each gets another."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.problems import Refused
from backend.requests.claims import claim
from backend.requests.groups import aside
from backend.requests.order import ORDER
from backend.requests.visible import visible_requests
from backend.rules.advice import Asking, Candidate, ranked, reasons
from backend.rules.catalogues import Catalogues
from backend.rules.profile import profile_match
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.listing import AdviceReason
from backend_client.models.requests import RequestStatus

LOOKED_AT = 50
"""The first by term, and as many of the doctor's own patients."""
TO_TAKE = (RequestStatus.NEW, RequestStatus.READY)
"""What waits for documents waits for the patient, not for a doctor."""
LOST = (ProblemCode.CLAIMED_BY_OTHER, ProblemCode.MOVE_NOT_ALLOWED)


async def advised(
    connection: AsyncConnection, account: Account, catalogues: Catalogues, now: datetime
) -> list[tuple[str, list[AdviceReason]]]:
    """Ids of what is free, best first, and why."""
    candidates = await _candidates(connection, account, catalogues, now)
    asking = Asking(account.id, now, await _in_hand(connection, account))
    return [(one.request_id, reasons(one, asking)) for one in ranked(candidates, asking)]


async def take_next(
    change: Change, account: Account, catalogues: Catalogues, now: datetime, lease: timedelta
) -> tuple[str, list[AdviceReason]] | None:
    """Claims the best that is still free; None: nothing is. Raises Refused (forbidden)."""
    for request_id, why in await advised(change.connection, account, catalogues, now):
        try:
            was_free = await claim(change, account, request_id, now, lease) is not None
        except Refused as refused:
            if refused.problem.code not in LOST:
                raise
            was_free = False
        if was_free:  # else somebody was quicker, or the same doctor in another window
            return request_id, why
    return None


async def _candidates(
    connection: AsyncConnection, account: Account, catalogues: Catalogues, now: datetime
) -> Sequence[Candidate]:
    free = and_(
        visible_requests(account),
        requests.c.is_open,
        requests.c.owner_id.is_(None),
        requests.c.status.in_(TO_TAKE),
        ~aside(account.id, literal(now, requests.c.due_at.type)),
    )
    had = _had_by()
    columns = ("id", "centre_id", "life_threat", "due_at", "soon_at", "icd10", "created_at")
    found = select(*(requests.c[name] for name in columns), had.label("had_by")).where(free)
    first = found.order_by(*ORDER).limit(LOOKED_AT)
    mine = requests.c.patient_id.in_(_patients_of(account))
    own = found.where(mine).order_by(*ORDER).limit(LOOKED_AT)
    rows = {
        row["id"]: row for one in (first, own) for row in (await connection.execute(one)).mappings()
    }
    return [
        Candidate(
            request_id=row["id"],
            life_threat=row["life_threat"],
            due_at=row["due_at"],
            soon_at=row["soon_at"],
            profile=profile_match(
                row["icd10"],
                catalogues.catalogue_for(row["centre_id"], row["created_at"]).diseases,
            ),
            had_by=row["had_by"],
        )
        for row in rows.values()
    ]


def _had_by() -> ColumnElement[str | None]:
    """Who had the patient's newest other request."""
    other = requests.alias("other")
    found = (
        select(other.c.owner_id)
        .where(
            other.c.patient_id == requests.c.patient_id,
            other.c.centre_id == requests.c.centre_id,
            other.c.id != requests.c.id,
            other.c.owner_id.is_not(None),
        )
        .order_by(other.c.created_at.desc(), other.c.id)
        .limit(1)
    )
    return found.scalar_subquery()


def _patients_of(account: Account) -> ColumnElement[str]:
    other = requests.alias("others")
    mine = and_(other.c.centre_id == account.centre_id, other.c.owner_id == account.id)
    return select(other.c.patient_id).where(mine).scalar_subquery()


async def _in_hand(connection: AsyncConnection, account: Account) -> dict[str, int]:
    """Open requests by owner."""
    held = and_(visible_requests(account), requests.c.is_open, requests.c.owner_id.is_not(None))
    found = select(requests.c.owner_id, func.count()).where(held).group_by(requests.c.owner_id)
    return {row[0]: row[1] for row in await connection.execute(found)}
