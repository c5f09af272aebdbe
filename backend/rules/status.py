"""The one table of moves in a request's life; every other move is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend_client.models.requests import Action, RequestStatus

S = RequestStatus

ENDED = frozenset(
    {
        S.CLOSED,
        S.CLOSED_WITHOUT_CONCLUSION,
        S.NO_CONTACT,
        S.CANCELLED,
        S.CANCELLED_LATE,
        S.ANNULLED,
        S.INVITED_IN_PERSON,
        S.INPATIENT_CARE,
        S.OUT_OF_PROFILE,
        S.DECLINED,
    }
)
BEFORE_CLAIM = frozenset({S.NEW, S.AWAITING_DOCUMENTS, S.READY})
BEFORE_SLOT = frozenset({S.CLAIMED, S.SLOT_PROPOSED})
BEFORE_CALL = BEFORE_SLOT | {S.SCHEDULED, S.WAITING}
CALLABLE = frozenset({S.SCHEDULED, S.WAITING, S.DRAFTING})
"""There is an agreed time, and nobody is talking."""
FROM_CALL = CALLABLE | {S.IN_CALL}
IN_REVIEW = frozenset({S.SIGNED, S.APPROVED, S.RETURNED})
WITH_DOCTOR = BEFORE_CALL | {S.DRAFTING, S.RETURNED}
"""The doctor has it in hand, and nobody is talking."""
HELD = WITH_DOCTOR | {S.IN_CALL}
"""It goes no further without its doctor."""
ALIVE = BEFORE_CLAIM | HELD | {S.SIGNED, S.APPROVED}
"""Nobody has an outcome yet."""


class Step(StrEnum):
    """Moves that no button of the staff makes: the patient's, the clock's, and what follows."""

    ACCEPT_SLOT = "step_accept_slot"
    REFUSE_SLOTS = "step_refuse_slots"
    HOLDS_OVER = "step_holds_over"
    CANCEL = "step_cancel"
    CANCEL_LATE = "step_cancel_late"
    COME = "step_come"
    LEAVE = "step_leave"
    ANSWER_CALL = "step_answer_call"
    END_CALL = "step_end_call"
    DELIVER = "step_deliver"
    CLOSE = "step_close"
    DOCUMENTS_COMPLETE = "step_documents_complete"
    DOCUMENTS_MISSING = "step_documents_missing"
    LEASE_OVER = "step_lease_over"
    TAKEN_AWAY = "step_taken_away"


class MoveNotAllowed(Exception):
    """The table knows no such move."""


@dataclass(frozen=True, slots=True)
class Move:
    """From where an action leads, and to where."""

    sources: frozenset[RequestStatus]
    targets: frozenset[RequestStatus] = frozenset()
    """Where there are several, the caller says which; none: the status stays."""


def _to(target: RequestStatus, *sources: RequestStatus) -> Move:
    return Move(frozenset(sources), frozenset({target}))


def _end(target: RequestStatus, sources: frozenset[RequestStatus]) -> Move:
    return Move(sources, frozenset({target}))


MOVES: Mapping[Action | Step, Move] = {
    # The claim.
    Action.CLAIM: Move(BEFORE_CLAIM, frozenset({S.CLAIMED})),
    Action.RELEASE: Move(frozenset({S.CLAIMED}), BEFORE_CLAIM),
    Step.LEASE_OVER: Move(frozenset({S.CLAIMED}), BEFORE_CLAIM),
    Step.TAKEN_AWAY: Move(frozenset({S.CLAIMED}), BEFORE_CLAIM),
    Action.TAKE_OVER: Move(HELD),
    # Documents.
    Step.DOCUMENTS_COMPLETE: _to(S.READY, S.NEW, S.AWAITING_DOCUMENTS),
    Step.DOCUMENTS_MISSING: _to(S.AWAITING_DOCUMENTS, S.NEW, S.READY),
    Action.ASK_DOCUMENTS: Move(BEFORE_SLOT, frozenset({S.AWAITING_DOCUMENTS})),
    Action.MARK_ITEM: Move(BEFORE_CALL),
    # Times.
    Action.PROPOSE_SLOT: Move(BEFORE_SLOT, frozenset({S.SLOT_PROPOSED})),
    Step.ACCEPT_SLOT: _to(S.SCHEDULED, S.SLOT_PROPOSED),
    Step.REFUSE_SLOTS: _to(S.CLAIMED, S.SLOT_PROPOSED),
    Step.HOLDS_OVER: _to(S.CLAIMED, S.SLOT_PROPOSED),
    Step.COME: _to(S.WAITING, S.SCHEDULED),
    Step.LEAVE: _to(S.SCHEDULED, S.WAITING),
    # The consultation.
    Action.CALL: Move(CALLABLE),
    Step.ANSWER_CALL: Move(CALLABLE, frozenset({S.IN_CALL})),
    Step.END_CALL: _to(S.DRAFTING, S.IN_CALL),
    Action.LOG_PHONE_ATTEMPT: Move(BEFORE_CALL | {S.DRAFTING}),
    Action.WRITE_MESSAGE: Move(BEFORE_CLAIM | BEFORE_CALL | FROM_CALL | IN_REVIEW),
    # The conclusion.
    Action.WRITE_CONCLUSION: Move(BEFORE_CALL | FROM_CALL | {S.RETURNED}),
    Action.SIGN_CONCLUSION: _to(S.SIGNED, S.DRAFTING, S.RETURNED),
    Action.APPROVE: _to(S.APPROVED, S.SIGNED),
    Action.RETURN: _to(S.RETURNED, S.SIGNED),
    Action.CORRECT_CONCLUSION: _to(S.RETURNED, S.DELIVERED, S.CLOSED),
    Step.DELIVER: _to(S.DELIVERED, S.SIGNED, S.APPROVED),
    Step.CLOSE: _to(S.CLOSED, S.DELIVERED),
    # Other ends.
    Action.DECLINE: _end(S.DECLINED, BEFORE_SLOT | {S.SCHEDULED}),
    Action.OUT_OF_PROFILE: _end(S.OUT_OF_PROFILE, BEFORE_SLOT),
    Action.INVITE_IN_PERSON: _end(S.INVITED_IN_PERSON, BEFORE_CALL | {S.DRAFTING}),
    Action.RECOMMEND_INPATIENT: _end(S.INPATIENT_CARE, BEFORE_CALL | {S.DRAFTING}),
    Action.CLOSE_WITHOUT_CONCLUSION: _end(S.CLOSED_WITHOUT_CONCLUSION, WITH_DOCTOR),
    Action.CLOSE_NO_CONTACT: _end(S.NO_CONTACT, frozenset({S.SCHEDULED})),
    Action.ANNUL: _end(S.ANNULLED, BEFORE_SLOT),
    Action.CANCEL: Move(BEFORE_CALL, frozenset({S.CANCELLED, S.CANCELLED_LATE})),
    Step.CANCEL: _end(S.CANCELLED, BEFORE_CLAIM | BEFORE_CALL),
    Step.CANCEL_LATE: _to(S.CANCELLED_LATE, S.SCHEDULED, S.WAITING),
    # What changes beside the status.
    Action.CONVERT: Move(frozenset({S.CLAIMED}), frozenset({S.AWAITING_DOCUMENTS, S.READY})),
    Action.MARK_LIFE_THREAT: Move(ALIVE),
    Action.SET_RECORD_NUMBER: Move(ALIVE),
    Action.CONFIRM_IDENTITY: Move(ALIVE),
    Action.WITHDRAW_IDENTITY: Move(ALIVE),
    Action.DECIDE_DATA: Move(ALIVE),
    Action.SNOOZE: Move(BEFORE_CLAIM | BEFORE_SLOT | {S.SCHEDULED, S.DRAFTING, S.RETURNED}),
    Action.WAKE: Move(ALIVE | {S.DELIVERED}),
}


def is_open(status: RequestStatus) -> bool:
    """Whether the request's life goes on."""
    return status not in ENDED


def can_move(action: Action | Step, status: RequestStatus) -> bool:
    """Whether the table has a move by `action` from `status`."""
    return action in MOVES and status in MOVES[action].sources


def moved(
    action: Action | Step, status: RequestStatus, chosen: RequestStatus | None = None
) -> RequestStatus:
    """The status after the move; `chosen` is which of several targets.

    A claim that ends goes back to where it came from, and so chooses what the request remembers.
    Raises MoveNotAllowed.
    """
    if not can_move(action, status):
        raise MoveNotAllowed(f"{action} is not possible while the request is {status}")
    targets = MOVES[action].targets
    if not targets:
        return status
    target = next(iter(targets)) if len(targets) == 1 else chosen
    if target not in targets:
        raise MoveNotAllowed(f"{action} leads from {status} to no {target}")
    return target
