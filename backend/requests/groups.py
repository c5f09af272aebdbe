"""The lists of the queue as conditions on requests."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, true

from backend.problems import invalid
from backend.tables import requests
from backend_client.models.accounts import Account
from backend_client.models.requests import QueueGroup, RequestStatus

Condition = ColumnElement[bool]

CONDITIONS: dict[QueueGroup, Callable[[Account], Condition]] = {
    QueueGroup.ALL: lambda account: true(),
    QueueGroup.UNCLAIMED: lambda account: requests.c.owner_id.is_(None),
    QueueGroup.MINE: lambda account: requests.c.owner_id == account.id,
    QueueGroup.AWAITING_DOCUMENTS: lambda account: (
        requests.c.status == RequestStatus.AWAITING_DOCUMENTS
    ),
}


def in_group(group: QueueGroup, account: Account) -> Condition:
    """Open requests of the group; raises Refused (invalid) for a group that is not known."""
    condition = CONDITIONS.get(group)
    if condition is None:
        raise invalid("group: not known")
    return and_(requests.c.is_open, condition(account))
