"""The lists of the queue as conditions on requests."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, literal_column, true

from backend.problems import invalid
from backend.tables import requests
from backend_client.models.requests import QueueGroup, RequestStatus

Condition = ColumnElement[bool]

AccountId = str | ColumnElement[str]
"""Whose lists they are; a parameter where it is bound later."""

CONDITIONS: dict[QueueGroup, Callable[[AccountId], Condition]] = {
    QueueGroup.ALL: lambda account_id: true(),
    QueueGroup.UNCLAIMED: lambda account_id: requests.c.owner_id.is_(None),
    QueueGroup.MINE: lambda account_id: requests.c.owner_id == account_id,
    QueueGroup.AWAITING_DOCUMENTS: lambda account_id: (
        requests.c.status == literal_column(f"'{RequestStatus.AWAITING_DOCUMENTS.value}'")
    ),
}


def in_group(group: QueueGroup, account_id: AccountId) -> Condition:
    """Open requests of the group; raises Refused (invalid) for a group that is not known."""
    condition = CONDITIONS.get(group)
    if condition is None:
        raise invalid("group: not known")
    return and_(requests.c.is_open, condition(account_id))
