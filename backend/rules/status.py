"""The one table of moves in a request's life; every other move is refused."""

from dataclasses import dataclass

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


class MoveNotAllowed(Exception):
    """The table knows no such move."""


@dataclass(frozen=True, slots=True)
class Move:
    """From where an action leads, and to where."""

    sources: frozenset[RequestStatus]
    targets: frozenset[RequestStatus]
    """Where there are several, the request remembers which it is."""


MOVES = {
    Action.CLAIM: Move(BEFORE_CLAIM, frozenset({S.CLAIMED})),
    Action.RELEASE: Move(frozenset({S.CLAIMED}), BEFORE_CLAIM),
}


def is_open(status: RequestStatus) -> bool:
    """Whether the request's life goes on."""
    return status not in ENDED


def can_move(action: Action, status: RequestStatus) -> bool:
    """Whether the table has a move by `action` from `status`."""
    return action in MOVES and status in MOVES[action].sources


def moved(
    action: Action, status: RequestStatus, remembered: RequestStatus | None = None
) -> RequestStatus:
    """The status after the move; `remembered` is where a claimed one came from.

    Raises MoveNotAllowed.
    """
    if not can_move(action, status):
        raise MoveNotAllowed(f"{action} from {status}")
    targets = MOVES[action].targets
    target = next(iter(targets)) if len(targets) == 1 else remembered
    if target not in targets:
        raise MoveNotAllowed(f"{action} from {status} to {target}")
    return target
