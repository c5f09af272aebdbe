"""The life of a request as the issue and the four services describe it, written down by itself.

By action, then by where the request stands: where it may stand afterwards. What is not here is
refused. Nothing of this is taken from `backend.rules.status`, which the tests hold against it.
"""

from collections.abc import Iterable, Mapping

from backend.rules.status import Step
from backend_client.models.requests import Action, RequestStatus

S = RequestStatus
Life = Mapping[RequestStatus, frozenset[RequestStatus]]

WAITING_ROOM = (S.NEW, S.AWAITING_DOCUMENTS, S.READY)
"""Nobody has it yet."""
PREPARING = (S.CLAIMED, S.SLOT_PROPOSED)
"""A doctor has it, and no time is agreed."""
AGREED = (S.SCHEDULED, S.WAITING)
"""There is an appointment, and nobody has talked."""
TALKED = (S.DRAFTING,)
IN_HAND = (*PREPARING, *AGREED, *TALKED)
"""With its doctor, before the signature, and no call going on."""


def _leads(where: Iterable[RequestStatus], *to: RequestStatus) -> Life:
    return {status: frozenset(to) for status in where}


def _stays(*where: RequestStatus) -> Life:
    return {status: frozenset({status}) for status in where}


LIFE: Mapping[Action | Step, Life] = {
    # A doctor takes it, gives it back, loses it.
    Action.CLAIM: _leads(WAITING_ROOM, S.CLAIMED),
    Action.RELEASE: _leads([S.CLAIMED], *WAITING_ROOM),
    Step.LEASE_OVER: _leads([S.CLAIMED], *WAITING_ROOM),
    Step.TAKEN_AWAY: _leads([S.CLAIMED], *WAITING_ROOM),
    Action.TAKE_OVER: _stays(*IN_HAND, S.IN_CALL, S.RETURNED),
    # Documents before the door.
    Step.DOCUMENTS_COMPLETE: _leads([S.NEW, S.AWAITING_DOCUMENTS], S.READY),
    Step.DOCUMENTS_MISSING: _leads([S.NEW, S.READY], S.AWAITING_DOCUMENTS),
    Action.ASK_DOCUMENTS: _leads(PREPARING, S.AWAITING_DOCUMENTS),
    Action.MARK_ITEM: _stays(*PREPARING, *AGREED),
    Action.CONVERT: _leads([S.CLAIMED], S.AWAITING_DOCUMENTS, S.READY),
    # Times.
    Action.PROPOSE_SLOT: _leads(PREPARING, S.SLOT_PROPOSED),
    Step.ACCEPT_SLOT: _leads([S.SLOT_PROPOSED], S.SCHEDULED),
    Step.REFUSE_SLOTS: _leads([S.SLOT_PROPOSED], S.CLAIMED),
    Step.HOLDS_OVER: _leads([S.SLOT_PROPOSED], S.CLAIMED),
    Step.COME: _leads([S.SCHEDULED], S.WAITING),
    Step.LEAVE: _leads([S.WAITING], S.SCHEDULED),
    # The talk.
    Action.CALL: _stays(*AGREED, *TALKED),
    Step.ANSWER_CALL: _leads([*AGREED, *TALKED], S.IN_CALL),
    Step.END_CALL: _leads([S.IN_CALL], S.DRAFTING),
    Action.LOG_PHONE_ATTEMPT: _stays(*IN_HAND),
    Action.WRITE_MESSAGE: _stays(
        *WAITING_ROOM, *IN_HAND, S.IN_CALL, S.SIGNED, S.APPROVED, S.RETURNED
    ),
    # The conclusion.
    Action.WRITE_CONCLUSION: _stays(*IN_HAND, S.IN_CALL, S.RETURNED),
    Action.SIGN_CONCLUSION: _leads([S.DRAFTING, S.RETURNED], S.SIGNED),
    Action.APPROVE: _leads([S.SIGNED], S.APPROVED),
    Action.RETURN: _leads([S.SIGNED], S.RETURNED),
    Action.CORRECT_CONCLUSION: _leads([S.DELIVERED, S.CLOSED], S.RETURNED),
    Step.DELIVER: _leads([S.SIGNED, S.APPROVED], S.DELIVERED),
    Step.CLOSE: _leads([S.DELIVERED], S.CLOSED),
    # The other ends.
    Action.DECLINE: _leads([*PREPARING, S.SCHEDULED], S.DECLINED),
    Action.OUT_OF_PROFILE: _leads(PREPARING, S.OUT_OF_PROFILE),
    Action.ANNUL: _leads(PREPARING, S.ANNULLED),
    Action.INVITE_IN_PERSON: _leads(IN_HAND, S.INVITED_IN_PERSON),
    Action.RECOMMEND_INPATIENT: _leads(IN_HAND, S.INPATIENT_CARE),
    Action.CLOSE_WITHOUT_CONCLUSION: _leads([*IN_HAND, S.RETURNED], S.CLOSED_WITHOUT_CONCLUSION),
    Action.CLOSE_NO_CONTACT: _leads([S.SCHEDULED], S.NO_CONTACT),
    Action.CANCEL: _leads([*PREPARING, *AGREED], S.CANCELLED, S.CANCELLED_LATE),
    Step.CANCEL: _leads([*WAITING_ROOM, *PREPARING, *AGREED], S.CANCELLED),
    Step.CANCEL_LATE: _leads(AGREED, S.CANCELLED_LATE),
    # Marks.
    Action.MARK_LIFE_THREAT: _stays(
        *WAITING_ROOM, *IN_HAND, S.IN_CALL, S.SIGNED, S.APPROVED, S.RETURNED
    ),
    Action.SET_RECORD_NUMBER: _stays(
        *WAITING_ROOM, *IN_HAND, S.IN_CALL, S.SIGNED, S.APPROVED, S.RETURNED
    ),
    # A doctor's own lists.
    Action.SNOOZE: _stays(*WAITING_ROOM, *PREPARING, S.SCHEDULED, *TALKED, S.RETURNED),
    Action.WAKE: _stays(
        *WAITING_ROOM, *IN_HAND, S.IN_CALL, S.SIGNED, S.APPROVED, S.RETURNED, S.DELIVERED
    ),
    # Who the patient is.
    **{
        action: _stays(*WAITING_ROOM, *IN_HAND, S.IN_CALL, S.SIGNED, S.APPROVED, S.RETURNED)
        for action in (Action.CONFIRM_IDENTITY, Action.WITHDRAW_IDENTITY, Action.DECIDE_DATA)
    },
}

NOWHERE: frozenset[RequestStatus] = frozenset()


def next_of(action: Action | Step, status: RequestStatus) -> frozenset[RequestStatus]:
    """Where the action may lead from there; nowhere: it is refused."""
    return LIFE.get(action, {}).get(status, NOWHERE)


NEXT: Mapping[RequestStatus, frozenset[RequestStatus]] = {
    status: frozenset().union(*(life.get(status, NOWHERE) for life in LIFE.values())) - {status}
    for status in S
}
"""Every status and those that one step leads to."""
CORRECTED = LIFE[Action.CORRECT_CONCLUSION]
"""What is over, and leads on where its doctor corrects what was signed, and in no other way."""
ENDS = frozenset(
    status
    for status in S
    if status is not S.UNKNOWN and NEXT[status] <= CORRECTED.get(status, NOWHERE)
) - {S.DELIVERED}
"""A conclusion that was delivered is still to be fetched."""
