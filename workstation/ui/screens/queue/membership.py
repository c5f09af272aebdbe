"""Where a changed row stands in the lists, until a list is read again."""

from datetime import UTC, datetime

from backend_client.models.requests import QueueGroup, RequestRow

_NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def belongs(row: RequestRow, group: QueueGroup, *, is_searched: bool = False) -> bool:
    """Whether the row stands in the group's list: the server says so with every row. A search finds
    what is laid aside as well, in any group, as far as can be told before it is asked again."""
    return group in row.groups or (is_searched and QueueGroup.SNOOZED in row.groups)


def place(row: RequestRow) -> tuple[bool, datetime, str]:
    """The order of the lists: threats to life, then by term, those without one last."""
    return (not row.life_threat, row.due_at or _NEVER, row.id)
