"""What a request's status means for its patient."""

from datetime import datetime

from backend.rules.outcomes import is_too_late
from backend.rules.status import Step, can_move
from backend_client.models.patient import Stage
from backend_client.models.requests import RequestStatus

S = RequestStatus

STAGES = {
    Stage.WAITING_FOR_TIMES: frozenset({S.NEW, S.AWAITING_DOCUMENTS, S.READY, S.CLAIMED}),
    Stage.CHOOSE_TIME: frozenset({S.SLOT_PROPOSED}),
    Stage.SCHEDULED: frozenset({S.SCHEDULED, S.WAITING, S.IN_CALL}),
    Stage.AFTER_CALL: frozenset({S.DRAFTING, S.SIGNED, S.APPROVED, S.RETURNED}),
    Stage.CANCELLED: frozenset({S.CANCELLED, S.CANCELLED_LATE}),
}


def stage_of(status: RequestStatus, *, conclusion_ready: bool) -> Stage:
    """The stage; an unknown or ended status is "over" unless the conclusion can be had."""
    if conclusion_ready:
        return Stage.CONCLUSION_READY
    for stage, statuses in STAGES.items():
        if status in statuses:
            return stage
    return Stage.OVER


def can_cancel(status: RequestStatus, appointment_at: datetime | None, now: datetime) -> bool:
    """Before the start, and while there is something to cancel (OZ-10)."""
    return can_move(Step.CANCEL, status) and not is_too_late(appointment_at, now)


def can_cancel_late(status: RequestStatus, appointment_at: datetime | None, now: datetime) -> bool:
    """After the start, while nobody has begun (DRC-12)."""
    return can_move(Step.CANCEL_LATE, status) and is_too_late(appointment_at, now)
