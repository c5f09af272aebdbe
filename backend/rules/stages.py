"""What a request's status means for its patient."""

from datetime import datetime

from backend.rules.outcomes import is_too_late
from backend.rules.status import Step, can_move
from backend_client.models.patient import Stage
from backend_client.models.requests import RequestStatus

S = RequestStatus

STAGES = {
    Stage.DOCUMENTS: frozenset({S.AWAITING_DOCUMENTS}),
    Stage.WAITING_FOR_TIMES: frozenset({S.NEW, S.READY, S.CLAIMED}),
    Stage.CHOOSE_TIME: frozenset({S.SLOT_PROPOSED}),
    Stage.SCHEDULED: frozenset({S.SCHEDULED, S.WAITING, S.IN_CALL}),
    Stage.AFTER_CALL: frozenset({S.DRAFTING, S.SIGNED, S.APPROVED, S.RETURNED}),
    Stage.CANCELLED: frozenset({S.CANCELLED}),
    Stage.CANCELLED_LATE: frozenset({S.CANCELLED_LATE}),
    Stage.NO_CONTACT: frozenset({S.NO_CONTACT}),
    Stage.CLOSED_WITHOUT_CONCLUSION: frozenset({S.CLOSED_WITHOUT_CONCLUSION}),
    Stage.ANNULLED: frozenset({S.ANNULLED}),
    Stage.INVITED_IN_PERSON: frozenset({S.INVITED_IN_PERSON}),
    Stage.INPATIENT_CARE: frozenset({S.INPATIENT_CARE}),
    Stage.OUT_OF_PROFILE: frozenset({S.OUT_OF_PROFILE}),
    Stage.DECLINED: frozenset({S.DECLINED}),
    Stage.OVER: frozenset({S.DELIVERED, S.CLOSED}),
}


def stage_of(
    status: RequestStatus, before_claim: RequestStatus | None, *, conclusion_ready: bool
) -> Stage:
    """The stage; an unknown status is "over". A doctor who holds a request that waits for
    documents (`before_claim`) changes nothing for the patient, who is asked for them still."""
    if conclusion_ready:
        return Stage.CONCLUSION_READY
    if status is S.CLAIMED and before_claim is S.AWAITING_DOCUMENTS:
        return Stage.DOCUMENTS
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
