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
BEFORE_CALL = frozenset({S.CLAIMED, S.SLOT_PROPOSED, S.SCHEDULED, S.WAITING})
CALLABLE = frozenset({S.SCHEDULED, S.WAITING, S.IN_CALL, S.DRAFTING})
IN_REVIEW = frozenset({S.SIGNED, S.APPROVED, S.RETURNED})


class Step(StrEnum):
    """Moves that no button of the staff makes: the patient's, the clock's, and what follows."""

    ACCEPT_SLOT = "step_accept_slot"
    REFUSE_SLOTS = "step_refuse_slots"
    HOLDS_OVER = "step_holds_over"
    CANCEL = "step_cancel"
    COME = "step_come"
    LEAVE = "step_leave"
    ANSWER_CALL = "step_answer_call"
    END_CALL = "step_end_call"
    DELIVER = "step_deliver"
    CLOSE = "step_close"


class MoveNotAllowed(Exception):
    """The table knows no such move."""


@dataclass(frozen=True, slots=True)
class Move:
    """From where an action leads, and to where."""

    sources: frozenset[RequestStatus]
    targets: frozenset[RequestStatus] = frozenset()
    """Where there are several, the request remembers which it is; none: the status stays."""


def _to(target: RequestStatus, *sources: RequestStatus) -> Move:
    return Move(frozenset(sources), frozenset({target}))


MOVES: Mapping[Action | Step, Move] = {
    Action.CLAIM: Move(BEFORE_CLAIM, frozenset({S.CLAIMED})),
    Action.RELEASE: Move(frozenset({S.CLAIMED}), BEFORE_CLAIM),
    Action.PROPOSE_SLOT: _to(S.SLOT_PROPOSED, S.CLAIMED, S.SLOT_PROPOSED),
    Step.ACCEPT_SLOT: _to(S.SCHEDULED, S.SLOT_PROPOSED),
    Step.REFUSE_SLOTS: _to(S.CLAIMED, S.SLOT_PROPOSED),
    Step.HOLDS_OVER: _to(S.CLAIMED, S.SLOT_PROPOSED),
    Step.CANCEL: _to(S.CANCELLED, S.SLOT_PROPOSED, S.SCHEDULED, S.WAITING),
    Step.COME: _to(S.WAITING, S.SCHEDULED),
    Step.LEAVE: _to(S.SCHEDULED, S.WAITING),
    Action.CALL: Move(CALLABLE),
    Step.ANSWER_CALL: Move(CALLABLE, frozenset({S.IN_CALL})),
    Step.END_CALL: _to(S.DRAFTING, S.IN_CALL),
    Action.WRITE_MESSAGE: Move(BEFORE_CLAIM | BEFORE_CALL | CALLABLE | IN_REVIEW),
    Action.WRITE_CONCLUSION: Move(BEFORE_CALL | CALLABLE | {S.RETURNED}),
    Action.SIGN_CONCLUSION: _to(S.SIGNED, S.DRAFTING, S.RETURNED),
    Action.APPROVE: _to(S.APPROVED, S.SIGNED),
    Action.RETURN: _to(S.RETURNED, S.SIGNED),
    Step.DELIVER: _to(S.DELIVERED, S.SIGNED, S.APPROVED),
    Step.CLOSE: _to(S.CLOSED, S.DELIVERED),
}


def is_open(status: RequestStatus) -> bool:
    """Whether the request's life goes on."""
    return status not in ENDED


def can_move(action: Action | Step, status: RequestStatus) -> bool:
    """Whether the table has a move by `action` from `status`."""
    return action in MOVES and status in MOVES[action].sources


def moved(
    action: Action | Step, status: RequestStatus, remembered: RequestStatus | None = None
) -> RequestStatus:
    """The status after the move; `remembered` is where a claimed one came from.

    Raises MoveNotAllowed.
    """
    if not can_move(action, status):
        raise MoveNotAllowed(f"{action} from {status}")
    targets = MOVES[action].targets
    if not targets:
        return status
    target = next(iter(targets)) if len(targets) == 1 else remembered
    if target not in targets:
        raise MoveNotAllowed(f"{action} from {status} to {target}")
    return target
