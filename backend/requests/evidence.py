"""What was tried to reach a patient: from the logs of calls and telephone attempts (DRC-11)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.rules.contact import Evidence
from backend.tables import accounts, calls, phone_attempts
from backend_client.models.calls import CallState
from backend_client.models.common import RequestId, UserId
from backend_client.models.request_actions import PhoneAttempt, PhoneAttemptId, PhoneAttempts


async def evidence(
    connection: AsyncConnection,
    request_id: str,
    came_at: datetime | None,
    left_at: datetime | None,
) -> Evidence:
    """All of it; `came_at` and `left_at` are when the patient's page was open last."""
    placed = select(calls.c.state, calls.c.placed_at, calls.c.answered_at)
    found = placed.where(calls.c.request_id == request_id).order_by(calls.c.attempt)
    rung = (await connection.execute(found)).all()
    logged = await phone_log(connection, request_id)
    return Evidence(
        patient_came_at=came_at,
        patient_left_at=left_at,
        missed_calls=[row.placed_at for row in rung if row.state is CallState.TIMED_OUT],
        was_answered=any(row.answered_at is not None for row in rung),
        phone=[(one.at, one.outcome) for one in logged.attempts],
    )


async def phone_log(connection: AsyncConnection, request_id: str) -> PhoneAttempts:
    """Telephone attempts of a request, oldest first."""
    found = (
        select(phone_attempts, accounts.c.full_name)
        .join(accounts, accounts.c.id == phone_attempts.c.caller_id)
        .where(phone_attempts.c.request_id == request_id)
        .order_by(phone_attempts.c.number)
    )
    attempts = [
        PhoneAttempt(
            id=PhoneAttemptId(row["id"]),
            request_id=RequestId(row["request_id"]),
            number=row["number"],
            caller_id=UserId(row["caller_id"]),
            caller_name=short_name(row["full_name"]),
            at=row["at"],
            outcome=row["outcome"],
            note=row["note"],
        )
        for row in (await connection.execute(found)).mappings()
    ]
    return PhoneAttempts(attempts=attempts)
