"""What a patient sees of the own consultation, by the link that the staff have given."""

from typing import Annotated

import msgspec

from backend_client.models.calls import Call
from backend_client.models.common import ID_PATTERN, Count, OpenEnum, UtcTime, Wire
from backend_client.models.requests import ConsentKind, Outcome
from backend_client.models.schedule import MOST_TIMES, Slot

PATIENT_PREFIX = "/patient/api/v1"
PATIENT_TOKEN_HEADER = "X-Patient-Token"


class PatientLink(Wire, frozen=True, kw_only=True):
    """A link to the patient's page. Whoever has it is the patient: shown once, kept as a hash."""

    url: str
    """The token stands behind the #, which a browser never sends."""
    expires_at: UtcTime


class Stage(OpenEnum):
    """What the page is about now."""

    UNKNOWN = "unknown"
    DOCUMENTS = "documents"
    """The patient is asked for documents."""
    WAITING_FOR_TIMES = "waiting_for_times"
    """The doctor has the documents; nothing is asked of the patient."""
    CHOOSE_TIME = "choose_time"
    SCHEDULED = "scheduled"
    AFTER_CALL = "after_call"
    """The doctor writes the conclusion."""
    CONCLUSION_READY = "conclusion_ready"
    CANCELLED = "cancelled"
    """By the patient, before the start."""
    CANCELLED_LATE = "cancelled_late"
    """By the patient, after the start: used up (DRC-12)."""
    NO_CONTACT = "no_contact"
    CLOSED_WITHOUT_CONCLUSION = "closed_without_conclusion"
    ANNULLED = "annulled"
    INVITED_IN_PERSON = "invited_in_person"
    INPATIENT_CARE = "inpatient_care"
    OUT_OF_PROFILE = "out_of_profile"
    DECLINED = "declined"
    OVER = "over"
    """Ended, and there is no conclusion to be had here."""


class PatientItem(Wire, frozen=True, kw_only=True):
    """One item of the checklist, for which the patient may send files (OZ-4)."""

    code: str
    title: str
    is_needed: bool
    """Without it the request waits."""
    is_asked: bool
    """The doctor has asked for it by name."""
    file_count: Count


class PatientState(Wire, frozen=True, kw_only=True):
    """Everything that the page shows, at the server's `time`."""

    seq: Count
    """All events up to this number are in it: an answer with a lower one is older, whatever the
    order in which two arrive."""
    time: UtcTime
    stage: Stage
    request_number: str
    centre_name: str
    centre_time_zone: str
    """IANA name."""
    patient_name: str
    patient_time_zone: str
    """IANA name."""
    patient_place: str
    doctor_name: str
    """Empty while nobody has taken the request."""
    doctor_post: str
    slots: list[Slot]
    """Proposed times that can be accepted, or the accepted one."""
    refusals: Count
    """How often the patient has asked for another time (SPB-6)."""
    can_cancel: bool
    call: Call | None
    """The call that rings or runs."""
    can_write: bool
    unread: Count
    conclusion_ready: bool
    missing_consents: list[ConsentKind] = []
    """Without these no consultation starts (SPB-13)."""
    can_cancel_late: bool = False
    """The start has passed: cancelling now costs one of the quota (DRC-12)."""
    asked_documents: list[str] = []
    """Codes of the checklist items that the doctor asks for (OZ-4)."""
    outcome: Outcome | None = None
    items: list[PatientItem] = []
    """What the patient may send; nothing once the request is over."""
    why_asked: str = ""
    """While documents are waited for: what the doctor has written last."""
    quota_left: Count | None = None
    """Consultations of the payer's programme that are left; None: it counts none (DRC-17)."""
    quota_total: Count | None = None
    life_threat: bool = False
    """A doctor sees a threat to life: the page says to call an ambulance (103) now."""
    sends_email: bool = False
    """The centre sends conclusions to a confirmed e-mail address as well (SOK-8)."""


class SlotAnswer(Wire, frozen=True, kw_only=True):
    """Which of the proposed times suits."""

    slot_id: Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]


class SlotsRefusal(Wire, frozen=True, kw_only=True):
    """None of these suits: all the proposed times that the page shows."""

    slot_ids: Annotated[
        list[Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]],
        msgspec.Meta(min_length=1, max_length=MOST_TIMES),
    ]


class StreamGreeting(Wire, frozen=True, kw_only=True):
    """First words of the patient's page on its stream: a browser can send no header there."""

    token: str
    since: Count | None = None


class PatientChanged(Wire, frozen=True, kw_only=True, tag="patient_changed"):
    """The consultation is another now; `state` is all of it."""

    seq: Count
    prev: Count
    state: PatientState
