"""What was tried to reach a patient: from the logs of calls and telephone attempts (DRC-11)."""

from datetime import datetime

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.pages import Keyset, Ordinal, Place
from backend.rules.contact import Evidence, is_early
from backend.tables import accounts, calls, phone_attempts
from backend_client.models.calls import CallState
from backend_client.models.common import Page, RequestId, UserId
from backend_client.models.request_actions import PhoneAttempt, PhoneAttemptId


async def evidence(
    connection: AsyncConnection,
    request_id: str,
    came_at: datetime | None,
    left_at: datetime | None,
    since: datetime | None,
) -> Evidence:
    """Of the calls all that were placed since then, the appointed time; None: all of them.

    `came_at` and `left_at` are when the patient's page was open last.
    """
    placed = select(calls.c.state, calls.c.placed_at, calls.c.answered_at)
    found = placed.where(calls.c.request_id == request_id).order_by(calls.c.attempt)
    rung = (await connection.execute(found)).all()
    tried = select(phone_attempts.c.at, phone_attempts.c.outcome)
    logged = tried.where(phone_attempts.c.request_id == request_id)
    phoned = (await connection.execute(logged.order_by(phone_attempts.c.number))).all()
    return Evidence(
        patient_came_at=came_at,
        patient_left_at=left_at,
        missed_calls=[
            row.placed_at
            for row in rung
            if row.state is CallState.TIMED_OUT and not is_early(since, row.placed_at)
        ],
        was_answered=any(row.answered_at is not None for row in rung),
        phone=[(one.at, one.outcome) for one in phoned if not is_early(since, one.at)],
    )


class _Attempt(Place, frozen=True, array_like=True):
    """Where a page ended: each of a request's attempts has a number of its own."""

    number: Ordinal


PHONED = Keyset(_Attempt, (phone_attempts.c.number,), newest_first=True)


async def phone_log(
    connection: AsyncConnection, request_id: str, cursor: str | None = None, limit: int = 50
) -> Page[PhoneAttempt]:
    """Telephone attempts of a request, newest first. Raises Refused (invalid)."""
    found = (
        select(phone_attempts, accounts.c.full_name)
        .join(accounts, accounts.c.id == phone_attempts.c.caller_id)
        .where(phone_attempts.c.request_id == request_id)
    )
    return await PHONED.page(connection, found, cursor, limit, _attempt)


def _attempt(row: RowMapping) -> PhoneAttempt:
    return PhoneAttempt(
        id=PhoneAttemptId(row["id"]),
        request_id=RequestId(row["request_id"]),
        number=row["number"],
        caller_id=UserId(row["caller_id"]),
        caller_name=short_name(row["full_name"]),
        at=row["at"],
        outcome=row["outcome"],
        note=row["note"],
    )
