"""What an account may do with a request now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from backend.rules.status import can_move
from backend_client.models.accounts import Role
from backend_client.models.request_actions import PHONE_ATTEMPTS_NEEDED, REFUSALS_NEEDED
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route

STAFF = frozenset(
    {Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN, Role.MANAGER, Role.AUDITOR}
)
CLINICAL = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN})
"""Who sees what patients entrust to the centre: its doctors, and those who answer for them."""
DOCTORS = frozenset({Role.CONSULTANT, Role.DUTY_DOCTOR})
APPROVERS = frozenset({Role.CLINIC_ADMIN})
GATED = frozenset({Route.CENTRE, Route.REFERRAL})
"""Routes with a list of diseases and documents before the door (OZ-2)."""
OWNERS = (
    Action.PROPOSE_SLOT,
    Action.CALL,
    Action.SIGN_CONCLUSION,
    Action.WRITE_CONCLUSION,
    Action.WRITE_MESSAGE,
    Action.ASK_DOCUMENTS,
    Action.MARK_ITEM,
    Action.LOG_PHONE_ATTEMPT,
    Action.MARK_LIFE_THREAT,
    Action.SET_RECORD_NUMBER,
    Action.CONVERT,
    Action.INVITE_IN_PERSON,
    Action.RECOMMEND_INPATIENT,
    Action.CLOSE_WITHOUT_CONCLUSION,
    Action.OUT_OF_PROFILE,
    Action.DECLINE,
    Action.CANCEL,
    Action.ANNUL,
    Action.CLOSE_NO_CONTACT,
    Action.RELEASE,
)
"""What the doctor who holds a request may do with it."""
CLINIC = (Action.APPROVE, Action.RETURN, Action.TAKE_OVER, Action.ANNUL)
"""What the clinic's admin may do, whoever holds the request."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides beside the status; as it stands here nothing is in the way, and nothing due."""

    route: Route = Route.UNKNOWN
    lacks_consent: bool = False
    refusals: int = 0
    """Of proposed times."""
    phone_attempts: int = 0
    patient_is_online: bool = False


CONDITIONS: Mapping[Action, tuple[Callable[[Circumstances], bool], str]] = {
    Action.CALL: (
        lambda one: not one.lacks_consent,
        "no consultation starts without the patient's consents",
    ),
    Action.CONVERT: (
        lambda one: one.route is Route.DUTY,
        "only a question to the duty doctor becomes a centre application",
    ),
    Action.OUT_OF_PROFILE: (
        lambda one: one.route in GATED,
        "the duty doctor and the journal have no list of diseases",
    ),
    Action.ASK_DOCUMENTS: (
        lambda one: one.route is not Route.JOURNAL,
        "the journal asks for no documents",
    ),
    Action.ANNUL: (
        lambda one: one.refusals >= REFUSALS_NEEDED,
        f"the patient has to refuse proposed times {REFUSALS_NEEDED} times first",
    ),
    Action.CLOSE_NO_CONTACT: (
        lambda one: one.phone_attempts >= PHONE_ATTEMPTS_NEEDED and not one.patient_is_online,
        f"{PHONE_ATTEMPTS_NEEDED} telephone attempts, and a patient who is not online",
    ),
}
"""By action: whether it is possible, and the reason where it is not."""
NOTHING = Circumstances()


def allowed_actions(
    role: Role,
    status: RequestStatus,
    owner_id: str | None,
    account_id: str,
    circumstances: Circumstances = NOTHING,
) -> list[Action]:
    """In the order in which a window offers them."""
    known = _from(_of_role(role, owner_id, account_id), status)
    return [action for action in known if refusal(action, circumstances) is None]


def refusal(action: Action, circumstances: Circumstances) -> str | None:
    """Why an action that the status allows is not possible; None: it is."""
    condition = CONDITIONS.get(action)
    if condition is None or condition[0](circumstances):
        return None
    return condition[1]


@cache
def _from(actions: tuple[Action, ...], status: RequestStatus) -> tuple[Action, ...]:
    """Those that the table has; a page of the queue asks for the same few again and again."""
    return tuple(action for action in actions if can_move(action, status))


def _of_role(role: Role, owner_id: str | None, account_id: str) -> tuple[Action, ...]:
    if role in APPROVERS:
        return CLINIC
    if role not in DOCTORS:
        return ()
    if owner_id is None:
        return (Action.CLAIM,)
    return OWNERS if owner_id == account_id else ()
