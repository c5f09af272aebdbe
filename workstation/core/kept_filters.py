"""Filters of the queue with their counts, and which rows in hand one of them lets through."""

from datetime import date, datetime

import msgspec

from backend_client.models.common import UtcTime
from backend_client.models.listing import QueueFilter, SavedFilter
from backend_client.models.requests import ClockState, RequestRow


class KeptFilters(msgspec.Struct, frozen=True, kw_only=True):
    """All that the account keeps, by name; `as_of`: not the server's present word, but its last."""

    filters: tuple[SavedFilter, ...] = ()
    counts: dict[str, int] = {}
    """By id, up to MOST_COUNTED; one that was made since has none."""
    as_of: UtcTime | None = None


def lets_through(asked: QueueFilter, row: RequestRow, now: datetime) -> bool:
    """Whether the filter holds the row at `now`, as far as the row tells.

    For lists without the server alone: with it, the server says what a filter holds.
    """
    code = (row.diagnosis.icd10 or "").upper()
    return (
        (not asked.routes or row.route in asked.routes)
        and (not asked.statuses or row.status in asked.statuses)
        and (not asked.profiles or row.profile_match in asked.profiles)
        and (not asked.icd10 or code.startswith(tuple(one.upper() for one in asked.icd10)))
        and (not asked.clocks or _clock_at(row, now) in asked.clocks)
        and asked.lacks_documents in (None, bool(row.missing_documents))
        and _is_of_age(asked, row.patient.birth_date, now.date())
        and _is_due(asked.due_within_hours, row, now)
    )


def _clock_at(row: RequestRow, now: datetime) -> ClockState:
    """The row's own word is of the moment when it was read."""
    if row.due_at is None:
        return ClockState.NONE
    if now >= row.due_at:
        return ClockState.BREACHED
    is_soon = row.soon_at is not None and now >= row.soon_at
    return ClockState.SOON if is_soon else ClockState.RUNNING


def _is_of_age(asked: QueueFilter, born: date, today: date) -> bool:
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    is_old_enough = asked.age_from is None or years >= asked.age_from
    return is_old_enough and (asked.age_to is None or years <= asked.age_to)


def _is_due(hours: int | None, row: RequestRow, now: datetime) -> bool:
    if hours is None:
        return True
    return row.due_at is not None and (row.due_at - now).total_seconds() <= hours * 3600
