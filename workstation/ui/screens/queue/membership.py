"""Which list a changed row belongs to, until the list is read again: the server's word is last."""

from datetime import UTC, datetime

from backend_client.models.requests import QueueGroup, RequestRow, RequestStatus

S = RequestStatus
ENDED = frozenset(
    {
        S.CLOSED,
        S.CLOSED_WITHOUT_CONCLUSION,
        S.NO_CONTACT,
        S.CANCELLED,
        S.CANCELLED_LATE,
        S.ANNULLED,
        S.INVITED_IN_PERSON,
        S.INPATIENT_CARE,
        S.OUT_OF_PROFILE,
        S.DECLINED,
    }
)
_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def belongs(row: RequestRow, group: QueueGroup) -> bool:
    """Whether the row is one of the group's. A status of a newer server counts as open."""
    if row.status in ENDED:
        return False
    if group is QueueGroup.UNCLAIMED:
        return row.owner is None
    if group is QueueGroup.MINE:
        return row.owner is not None and row.owner.is_me
    if group is QueueGroup.AWAITING_DOCUMENTS:
        return row.status is RequestStatus.AWAITING_DOCUMENTS
    return True


def place(row: RequestRow) -> tuple[bool, datetime, str]:
    """The order of the lists: threats to life, then by term, those without one last."""
    return (not row.life_threat, row.due_at or _NEVER, row.id)
