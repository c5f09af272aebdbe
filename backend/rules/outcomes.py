"""What an end of a request means: rendered or not, whose fault, whether the quota pays."""

from datetime import datetime

from backend_client.models.requests import Outcome, RequestStatus

S = RequestStatus

RENDERED = frozenset({S.CLOSED, S.NO_CONTACT})
"""Ends by which the consultation counts as rendered (DRC-11)."""
PATIENTS_FAULT = frozenset({S.CANCELLED_LATE})
"""Not rendered, and taken off the quota all the same (DRC-12)."""
TAKES_QUOTA = frozenset({S.DELIVERED, S.NO_CONTACT, S.CANCELLED_LATE})
"""Statuses on whose reaching one consultation of the payer's programme is used up (DRC-17)."""


def outcome_of(
    status: RequestStatus, code: str, note: str, ended_at: datetime | None
) -> Outcome | None:
    """None while the request has not ended, or has ended without a word kept."""
    if ended_at is None:
        return None
    return Outcome(
        code=code,
        note=note,
        at=ended_at,
        rendered=status in RENDERED,
        patients_fault=status in PATIENTS_FAULT,
    )


def is_too_late(start: datetime | None, now: datetime) -> bool:
    """Whether a patient who cancels now should have said so before the start (DRC-12)."""
    return start is not None and start <= now
