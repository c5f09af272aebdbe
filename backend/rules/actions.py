"""What an account may do with a request now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from backend.rules.contact import NOT_YET
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
    Action.CONFIRM_IDENTITY,
    Action.DECIDE_DATA,
    Action.SNOOZE,
    Action.WAKE,
    Action.RELEASE,
    Action.CORRECT_CONCLUSION,
)
"""What the doctor who holds a request may do with it."""
CLINIC = (
    Action.APPROVE,
    Action.RETURN,
    Action.TAKE_OVER,
    Action.ANNUL,
    Action.CONFIRM_IDENTITY,
    Action.WITHDRAW_IDENTITY,
    Action.DECIDE_DATA,
)
"""What the clinic's admin may do, whoever holds the request."""
UNHELD = tuple(action for action in CLINIC if action is not Action.TAKE_OVER)
"""The same where nobody does."""
NOBODYS = (Action.CLAIM, Action.SNOOZE, Action.WAKE)
"""What any doctor may do with a request that nobody holds."""
COLLEAGUES = (Action.WAKE,)
"""What a doctor may do with a colleague's: it was laid aside before the colleague took it."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides beside the status; as it stands here nothing is in the way, and nothing due."""

    route: Route = Route.UNKNOWN
    lacks_consent: bool = False
    refusals: int = 0
    """Of proposed times."""
    phone_attempts: int = 0
    """Those that have failed since the patient was reached last."""
    patient_is_online: bool = False
    call_failed: bool = False
    """A call in the service has rung for its time."""
    is_early: bool = False
    """The appointed time has not come."""
    is_ringing: bool = False
    lacks_documents: bool = False
    """What the doctor waits for before a time is proposed."""
    lease_is_over: bool = False
    """Of whoever holds it."""
    is_unidentified: bool = False
    """Neither the service nor a person of the clinic knows who the patient is."""
    by_person: bool = False
    """A person of the clinic answers for who the patient is."""
    has_changed_data: bool = False
    """Newer personal data wait."""
    is_threat: bool = False
    """A threat to life: it is laid aside by nobody."""
    was_aside: bool = False
    """The one who asks has laid it aside, or it has come back from there."""
    was_delivered: bool = False
    """The patient has a conclusion: the consultation is over, whatever is corrected."""


Condition = tuple[Callable[[Circumstances], bool], str]
"""Whether it holds, and the reason where it does not."""
NO_CONSENT = "no consultation starts without the patient's consents"
NOT_IDENTIFIED = "nothing is signed before a person has confirmed who the patient is"
IDENTIFIED: Condition = (lambda one: not one.is_unidentified, NOT_IDENTIFIED)
HAS_CHECKLIST: Condition = (
    lambda one: one.route is not Route.JOURNAL,
    "the journal asks for no documents",
)


CONDITIONS: Mapping[Action, tuple[Condition, ...]] = {
    Action.PROPOSE_SLOT: (
        (
            lambda one: not one.lacks_documents,
            "a time is proposed once the documents are complete",
        ),
    ),
    Action.CALL: (
        (lambda one: not one.lacks_consent, NO_CONSENT),
        (lambda one: not one.is_ringing, "a call of this request rings"),
    ),
    Action.WRITE_MESSAGE: (
        (lambda one: not one.was_delivered, "the consultation is over: its chat is read only"),
    ),
    Action.SIGN_CONCLUSION: (IDENTIFIED,),
    Action.APPROVE: (IDENTIFIED,),
    Action.CONFIRM_IDENTITY: (
        (lambda one: one.is_unidentified, "the patient's identity is confirmed"),
    ),
    Action.WITHDRAW_IDENTITY: (
        (lambda one: one.by_person, "no person has confirmed the patient's identity"),
    ),
    Action.DECIDE_DATA: ((lambda one: one.has_changed_data, "no changed personal data wait"),),
    Action.SNOOZE: ((lambda one: not one.is_threat, "a threat to life does not wait"),),
    Action.WAKE: ((lambda one: one.was_aside, "it was not laid aside"),),
    Action.CONVERT: (
        (
            lambda one: one.route is Route.DUTY,
            "only a question to the duty doctor becomes a centre application",
        ),
    ),
    Action.OUT_OF_PROFILE: (
        (
            lambda one: one.route in GATED,
            "the duty doctor and the journal have no list of diseases",
        ),
    ),
    Action.ASK_DOCUMENTS: (HAS_CHECKLIST,),
    Action.MARK_ITEM: (HAS_CHECKLIST,),
    Action.ANNUL: (
        (
            lambda one: one.refusals >= REFUSALS_NEEDED,
            f"the patient has to refuse proposed times {REFUSALS_NEEDED} times first",
        ),
    ),
    Action.CLOSE_NO_CONTACT: (
        (lambda one: not one.is_early, NOT_YET),
        (lambda one: not one.patient_is_online, "the patient is online"),
        (lambda one: one.call_failed, "no call in the service has failed"),
        (
            lambda one: one.phone_attempts >= PHONE_ATTEMPTS_NEEDED,
            f"{PHONE_ATTEMPTS_NEEDED} telephone attempts are needed",
        ),
    ),
}
"""By action: what has to hold beside the status."""
NOTHING = Circumstances()
LEASE_OVER = Circumstances(lease_is_over=True)


def allowed_actions(
    role: Role,
    status: RequestStatus,
    owner_id: str | None,
    account_id: str,
    circumstances: Circumstances = NOTHING,
) -> list[Action]:
    """In the order in which a window offers them: exactly those that the server takes now."""
    if circumstances.lease_is_over and role in DOCTORS and owner_id != account_id:
        return [Action.CLAIM, *((Action.WAKE,) if circumstances.was_aside else ())]
    known = _from(_of_role(role, owner_id, account_id), status)
    return [action for action in known if refusal(action, circumstances) is None]


def refusal(action: Action, circumstances: Circumstances) -> str | None:
    """Why an action that the status allows is not possible; None: it is."""
    for holds, reason in CONDITIONS.get(action, ()):
        if not holds(circumstances):
            return reason
    return None


@cache
def _from(actions: tuple[Action, ...], status: RequestStatus) -> tuple[Action, ...]:
    """Those that the table has; a page of the queue asks for the same few again and again."""
    return tuple(action for action in actions if can_move(action, status))


def _of_role(role: Role, owner_id: str | None, account_id: str) -> tuple[Action, ...]:
    if role in APPROVERS:
        return CLINIC if owner_id is not None else UNHELD
    if role not in DOCTORS:
        return ()
    if owner_id is None:
        return NOBODYS
    return OWNERS if owner_id == account_id else COLLEAGUES
