"""The lists of the queue in which a request stands for one account."""

from backend.rules.status import is_open
from backend_client.models.requests import QueueGroup, RequestStatus


def groups_of(status: RequestStatus, owner_id: str | None, account_id: str) -> list[QueueGroup]:
    """Its lists; none for a request that has ended. `requests/groups.py` says the same in SQL."""
    if not is_open(status):
        return []
    standing = {
        QueueGroup.ALL: True,
        QueueGroup.UNCLAIMED: owner_id is None,
        QueueGroup.MINE: owner_id == account_id,
        QueueGroup.AWAITING_DOCUMENTS: status is RequestStatus.AWAITING_DOCUMENTS,
    }
    return [group for group, stands in standing.items() if stands]
