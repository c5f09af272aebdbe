"""What the staff say when they act on a request: reasons, notes, items, telephone attempts."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import (
    ID_PATTERN,
    Acting,
    Count,
    OpenEnum,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.requests import ConsentKind

PhoneAttemptId = NewType("PhoneAttemptId", str)
LONGEST_NOTE = 4000
PHONE_ATTEMPTS_NEEDED = 3
"""Before a request may be closed without contact (DRC-11)."""
REFUSALS_NEEDED = 3
"""Of proposed times, before a request may be annulled (SPB-6)."""

Note = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NOTE)]
OptionalNote = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
ItemCode = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class DeclineReason(OpenEnum):
    """Why a request is declined."""

    UNKNOWN = "unknown"
    NOT_ENOUGH_DATA = "not_enough_data"
    NEEDS_IN_PERSON_CARE = "needs_in_person_care"
    DUPLICATE = "duplicate"
    NOT_A_MEDICAL_QUESTION = "not_a_medical_question"
    OTHER = "other"


class CloseReason(OpenEnum):
    """Why a consultation ends without a conclusion (SPB-22)."""

    UNKNOWN = "unknown"
    NOT_ENOUGH_DATA = "not_enough_data"
    """What is there does not suffice for a medical conclusion."""
    PATIENT_REFUSED = "patient_refused"
    TECHNICAL_FAILURE = "technical_failure"
    ANSWERED_IN_CHAT = "answered_in_chat"
    OTHER = "other"


class PhoneOutcome(OpenEnum):
    """How a telephone attempt has ended."""

    UNKNOWN = "unknown"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SWITCHED_OFF = "switched_off"
    WRONG_NUMBER = "wrong_number"
    REACHED = "reached"


class AskDocuments(Acting, frozen=True, kw_only=True):
    """Items of the checklist that are missing, and words to the patient (OZ-4, OZ-19)."""

    items: Annotated[list[ItemCode], msgspec.Meta(min_length=1, max_length=30)]
    text: Note


class MarkItem(Acting, frozen=True, kw_only=True):
    """Why an item does not apply (OZ-6); an empty reason takes the mark away."""

    item: ItemCode
    reason: Annotated[str, msgspec.Meta(max_length=500)]


class Decline(Acting, frozen=True, kw_only=True):
    """A coded reason, and words to the patient."""

    reason: DeclineReason
    note: OptionalNote = ""


class CloseWithoutConclusion(Acting, frozen=True, kw_only=True):
    """A coded reason, and words to the patient (SPB-22)."""

    reason: CloseReason
    note: Note


class EndWithNote(Acting, frozen=True, kw_only=True):
    """Words to the patient: where to come, what is recommended, what lies out of profile."""

    note: Note


class ActWithNote(Acting, frozen=True, kw_only=True):
    """An action that may be explained."""

    note: OptionalNote = ""


class MarkLifeThreat(Acting, frozen=True, kw_only=True):
    """A threat to life: the request goes to the top of the lists that stand by term."""

    life_threat: bool
    note: OptionalNote = ""


class SetRecordNumber(Acting, frozen=True, kw_only=True):
    """Number of the patient's medical record (SOK-1); empty: none."""

    number: Annotated[str, msgspec.Meta(max_length=60)]


class TakeOver(Acting, frozen=True, kw_only=True):
    """A claim is taken from its doctor: for another one, or (None) back to the queue."""

    reason: Note
    doctor_id: Annotated[UserId, msgspec.Meta(pattern=ID_PATTERN)] | None = None


class NewPhoneAttempt(Wire, frozen=True, kw_only=True):
    """The doctor has called the patient's confirmed number (DRC-1, DRC-11, SPB-5)."""

    outcome: PhoneOutcome
    note: Annotated[str, msgspec.Meta(max_length=500)] = ""


class PhoneAttempt(Wire, frozen=True, kw_only=True):
    """One telephone attempt as it was logged; the log only grows."""

    id: PhoneAttemptId
    request_id: RequestId
    number: Count
    """1 for the request's first attempt."""
    caller_id: UserId
    caller_name: str
    at: UtcTime
    outcome: PhoneOutcome
    note: str


class Lease(Wire, frozen=True, kw_only=True):
    """A claim after its heartbeat."""

    lease_until: UtcTime | None
    """When it ends unless the next heartbeat comes; None: it does not end by itself."""
    beat_seconds: Count
    """How often a heartbeat should come."""


class ConsentState(Wire, frozen=True, kw_only=True):
    """One consent of a request, with the words that are consented to."""

    kind: ConsentKind
    required: bool
    """Whether a consultation of this request needs it."""
    title: str
    text: str
    text_version: str
    """Of `text`; the one that was given may be older."""
    given_version: str
    """Empty: never given."""
    given_at: UtcTime | None
    withdrawn_at: UtcTime | None


class ConsentStates(Wire, frozen=True, kw_only=True):
    """All consents of a request."""

    consents: list[ConsentState]
