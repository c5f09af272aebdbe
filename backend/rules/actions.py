"""What an account may do with a request now."""

from backend.rules.status import can_move
from backend_client.models.accounts import Role
from backend_client.models.requests import Action, RequestStatus

STAFF = frozenset(
    {Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN, Role.MANAGER, Role.AUDITOR}
)
DOCTORS = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR})


def allowed_actions(
    role: Role, status: RequestStatus, owner_id: str | None, account_id: str
) -> list[Action]:
    """In the order in which a window offers them."""
    if role not in DOCTORS:
        return []
    if owner_id is None:
        return [Action.CLAIM] if can_move(Action.CLAIM, status) else []
    mine = owner_id == account_id
    return [Action.RELEASE] if mine and can_move(Action.RELEASE, status) else []
