"""Whether a decision on a request is possible now, and why not: what is enabled, and its tooltip.

The server's `allowed_actions` decide. Of a request that is not the doctor's yet they say only that
it can be taken; what its owner could do then follows from the route (backend/rules/actions.py), and
the server has the last word when the order is given.
"""

from enum import Enum

from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.routes import Route


class Why(Enum):
    """Why a decision is not possible."""

    NO_REQUEST = "no_request"
    UNKNOWN_VALUE = "unknown_value"
    ORDER_WAITS = "order_waits"
    MINE_ALREADY = "mine_already"
    NOT_MINE = "not_mine"
    """Nobody has it, so there is nothing to be given back."""
    TAKEN = "taken"
    STATE = "state"
    NOT_DUTY = "not_duty"
    NO_DISEASE_LIST = "no_disease_list"
    NO_CHECKLIST = "no_checklist"
    THREAT_WAITS = "threat_waits"
    """A second press of its key: neither twice, nor back by accident."""
    THREAT = "threat"
    """A threat to life is laid aside by nobody."""


AFTER_CLAIM = frozenset(
    {
        Action.ASK_DOCUMENTS,
        Action.MARK_ITEM,
        Action.DECLINE,
        Action.OUT_OF_PROFILE,
        Action.CONVERT,
        Action.INVITE_IN_PERSON,
        Action.RECOMMEND_INPATIENT,
        Action.CLOSE_WITHOUT_CONCLUSION,
        Action.MARK_LIFE_THREAT,
    }
)
"""What whoever has just taken a request may do with it."""
_GATED = frozenset({Route.CENTRE, Route.REFERRAL})
_OF_CHECKLIST = frozenset({Action.ASK_DOCUMENTS, Action.MARK_ITEM})


def why_not(action: Action, row: RequestRow | None, *, waits: Action | None = None) -> Why | None:
    """The reason; None: it is possible. `waits`: what was ordered about it already."""
    if row is None:
        return Why.NO_REQUEST
    if row.status is RequestStatus.UNKNOWN or row.route is Route.UNKNOWN:
        return Why.UNKNOWN_VALUE
    if waits is not None and action is not Action.MARK_LIFE_THREAT:
        return Why.ORDER_WAITS
    if waits is Action.MARK_LIFE_THREAT:
        return Why.THREAT_WAITS
    if action is Action.SNOOZE and is_aside(row):
        action = Action.WAKE
    if action in row.allowed_actions:
        return _lacks_checklist(action, row)
    if action is Action.CLAIM and _is_mine(row):
        return Why.MINE_ALREADY
    if action is Action.RELEASE and row.owner is None:
        return Why.NOT_MINE
    if row.owner is not None and not _is_mine(row) and Action.CLAIM not in row.allowed_actions:
        return Why.TAKEN
    if _of_route(action, row) is not None:
        return _of_route(action, row)
    if action is Action.SNOOZE and row.life_threat:
        return Why.THREAT
    if Action.CLAIM in row.allowed_actions and action in AFTER_CLAIM:
        return _lacks_checklist(action, row)
    return Why.STATE


def is_aside(row: RequestRow) -> bool:
    """Whether the doctor has laid it aside: the same key takes it up again."""
    return row.snooze is not None and row.snooze.is_aside


def _is_mine(row: RequestRow) -> bool:
    return row.owner is not None and row.owner.is_me


def _of_route(action: Action, row: RequestRow) -> Why | None:
    if action is Action.CONVERT and row.route is not Route.DUTY:
        return Why.NOT_DUTY
    if action is Action.OUT_OF_PROFILE and row.route not in _GATED:
        return Why.NO_DISEASE_LIST
    if action in _OF_CHECKLIST and row.route is Route.JOURNAL:
        return Why.NO_CHECKLIST
    return None


def _lacks_checklist(action: Action, row: RequestRow) -> Why | None:
    return Why.NO_CHECKLIST if action in _OF_CHECKLIST and not row.checklist else None
