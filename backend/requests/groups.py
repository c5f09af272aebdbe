"""The lists of the queue as conditions on requests."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, literal_column, or_, select, true

from backend.problems import invalid
from backend.rules.groups import APPOINTED, LONGEST_CONSULTATION, OWED
from backend.tables import requests, snoozes
from backend_client.models.requests import QueueGroup, RequestStatus

Condition = ColumnElement[bool]

AccountId = str | ColumnElement[str]
"""Whose lists they are; a parameter where it is bound later."""
_DAY_END = bindparam("day_end", type_=requests.c.due_at.type)
_LATE = bindparam("late", type_=requests.c.due_at.type)
_NOW = bindparam("now", type_=requests.c.due_at.type)


def moments(now: datetime, day_end: datetime) -> dict[str, object]:
    """Parameters of the lists that depend on the time."""
    return {"now": now, "day_end": day_end, "late": now - LONGEST_CONSULTATION}


def _one_of(statuses: tuple[RequestStatus, ...]) -> Condition:
    words = ", ".join(f"'{status.value}'" for status in statuses)
    return requests.c.status.op("IN")(literal_column(f"({words})"))


def _appointed_before(moment: ColumnElement[datetime]) -> Condition:
    return and_(_one_of(APPOINTED), requests.c.appointment_at < moment)


def aside(account_id: AccountId, now: datetime | ColumnElement[datetime] = _NOW) -> Condition:
    """What the account has laid aside; read once, however many requests are asked for it."""
    mine = (snoozes.c.account_id == account_id) & snoozes.c.back_at.is_(None)
    return requests.c.id.in_(select(snoozes.c.request_id).where(mine, snoozes.c.until > now))


CONDITIONS: dict[QueueGroup, Callable[[AccountId], Condition]] = {
    QueueGroup.ALL: lambda account_id: true(),
    QueueGroup.UNCLAIMED: lambda account_id: requests.c.owner_id.is_(None),
    QueueGroup.MINE: lambda account_id: requests.c.owner_id == account_id,
    QueueGroup.AWAITING_DOCUMENTS: lambda account_id: (
        requests.c.status == literal_column(f"'{RequestStatus.AWAITING_DOCUMENTS.value}'")
    ),
    QueueGroup.TODAY: lambda account_id: or_(
        requests.c.due_at < _DAY_END, _appointed_before(_DAY_END)
    ),
    QueueGroup.MY_DEBTS: lambda account_id: and_(
        requests.c.owner_id == account_id,
        or_(_one_of(OWED), _appointed_before(_LATE)),
    ),
    QueueGroup.SNOOZED: aside,
}


def in_group(group: QueueGroup, account_id: AccountId) -> Condition:
    """Open requests of the group; raises Refused (invalid) for a group that is not known."""
    condition = CONDITIONS.get(group)
    if condition is None:
        raise invalid("group: not known")
    return and_(requests.c.is_open, condition(account_id))


def in_list(group: QueueGroup, account_id: AccountId, search: str = "") -> Condition:
    """As in_group, without what the account has laid aside: that has its own group, and whoever
    searches for a patient finds everything. Raises Refused (invalid)."""
    which = in_group(group, account_id)
    shows_all = group is QueueGroup.SNOOZED or bool(search)
    return which if shows_all else and_(which, ~aside(account_id))
