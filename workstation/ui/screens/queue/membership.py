"""Where a changed row stands in the lists, until a list is read again."""

from datetime import UTC, datetime

from backend_client.models.requests import QueueGroup, RequestRow

_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def belongs(row: RequestRow, group: QueueGroup) -> bool:
    """Whether the row stands in the group's list: the server says so with every row."""
    return group in row.groups


def place(row: RequestRow) -> tuple[bool, datetime, str]:
    """The order of the lists: threats to life, then by term, those without one last."""
    return (not row.life_threat, row.due_at or _NEVER, row.id)
