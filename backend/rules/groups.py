"""The lists of the queue in which a request stands for one account."""

from datetime import datetime, timedelta

from backend.rules.status import is_open
from backend_client.models.requests import QueueGroup, RequestStatus

APPOINTED = (RequestStatus.SCHEDULED, RequestStatus.WAITING, RequestStatus.IN_CALL)
"""A time was agreed, and the consultation is not over."""
OWED = (RequestStatus.DRAFTING, RequestStatus.RETURNED)
"""The consultation is over, and its outcome is not written, or not as it should be."""
LONGEST_CONSULTATION = timedelta(hours=1)
"""Behind an appointment; what has no outcome then is a debt."""


def is_for_today(
    status: RequestStatus,
    due_at: datetime | None,
    appointment_at: datetime | None,
    day_end: datetime,
) -> bool:
    """Whether its term or its appointment comes before `day_end`, or has passed."""
    if due_at is not None and due_at < day_end:
        return True
    return status in APPOINTED and appointment_at is not None and appointment_at < day_end


def is_owed(status: RequestStatus, appointment_at: datetime | None, now: datetime) -> bool:
    """Whether its consultation has no outcome, though its time is over."""
    if status in OWED:
        return True
    late = appointment_at is not None and appointment_at < now - LONGEST_CONSULTATION
    return status in APPOINTED and late


def groups_of(
    status: RequestStatus,
    owner_id: str | None,
    account_id: str,
    *,
    today: bool = False,
    owed: bool = False,
    aside: bool = False,
) -> list[QueueGroup]:
    """Its lists; none for a request that has ended. `requests/groups.py` says the same in SQL."""
    if not is_open(status):
        return []
    if aside:
        return [QueueGroup.SNOOZED]
    standing = {
        QueueGroup.ALL: True,
        QueueGroup.UNCLAIMED: owner_id is None,
        QueueGroup.MINE: owner_id == account_id,
        QueueGroup.AWAITING_DOCUMENTS: status is RequestStatus.AWAITING_DOCUMENTS,
        QueueGroup.TODAY: today,
        QueueGroup.MY_DEBTS: owed and owner_id == account_id,
    }
    return [group for group, stands in standing.items() if stands]
