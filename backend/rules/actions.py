"""What an account may do with a request now."""

from collections.abc import Iterable

from backend.rules.status import can_move
from backend_client.models.accounts import Role
from backend_client.models.requests import Action, RequestStatus

STAFF = frozenset(
    {Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN, Role.MANAGER, Role.AUDITOR}
)
DOCTORS = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR})
APPROVERS = frozenset({Role.CLINIC_ADMIN})
OWNERS = (
    Action.PROPOSE_SLOT,
    Action.CALL,
    Action.SIGN_CONCLUSION,
    Action.WRITE_CONCLUSION,
    Action.WRITE_MESSAGE,
    Action.RELEASE,
)
"""What the doctor who holds a request may do with it."""


def allowed_actions(
    role: Role, status: RequestStatus, owner_id: str | None, account_id: str
) -> list[Action]:
    """In the order in which a window offers them."""
    if role in APPROVERS:
        return _possible((Action.APPROVE, Action.RETURN), status)
    if role not in DOCTORS:
        return []
    if owner_id is None:
        return _possible((Action.CLAIM,), status)
    return _possible(OWNERS, status) if owner_id == account_id else []


def _possible(actions: Iterable[Action], status: RequestStatus) -> list[Action]:
    return [action for action in actions if can_move(action, status)]
