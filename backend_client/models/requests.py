"""A request for a consultation, as a row of the queue and as a card."""

from datetime import date

from backend_client.models.common import (
    Count,
    OpenEnum,
    PatientId,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.conclusions import ConclusionStanding
from backend_client.models.documents import Document
from backend_client.models.identity import ChangedDatum, IdentityConfirmation, IdentityMark
from backend_client.models.patient_check import PatientCheck
from backend_client.models.routes import Route
from backend_client.models.schedule import Slot
from backend_client.models.snoozing import Snooze, SnoozeMoment


class RequestStatus(OpenEnum):
    """Where a request stands in its life; the last block are ends."""

    UNKNOWN = "unknown"
    NEW = "new"
    AWAITING_DOCUMENTS = "awaiting_documents"
    READY = "ready"
    CLAIMED = "claimed"
    SLOT_PROPOSED = "slot_proposed"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    IN_CALL = "in_call"
    DRAFTING = "drafting"
    SIGNED = "signed"
    APPROVED = "approved"
    RETURNED = "returned"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CLOSED_WITHOUT_CONCLUSION = "closed_without_conclusion"
    NO_CONTACT = "no_contact"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled_late"
    ANNULLED = "annulled"
    INVITED_IN_PERSON = "invited_in_person"
    INPATIENT_CARE = "inpatient_care"
    OUT_OF_PROFILE = "out_of_profile"
    DECLINED = "declined"


class Action(OpenEnum):
    """What the asking account may do with the request now; the server decides."""

    UNKNOWN = "unknown"
    CLAIM = "claim"
    RELEASE = "release"
    PROPOSE_SLOT = "propose_slot"
    CALL = "call"
    WRITE_MESSAGE = "write_message"
    WRITE_CONCLUSION = "write_conclusion"
    SIGN_CONCLUSION = "sign_conclusion"
    APPROVE = "approve"
    RETURN = "return"
    CORRECT_CONCLUSION = "correct_conclusion"
    """A delivered conclusion gets a new edition; the old one stays."""
    ASK_DOCUMENTS = "ask_documents"
    MARK_ITEM = "mark_item"
    """A checklist item does not apply, or does after all (OZ-6)."""
    DECLINE = "decline"
    OUT_OF_PROFILE = "out_of_profile"
    INVITE_IN_PERSON = "invite_in_person"
    RECOMMEND_INPATIENT = "recommend_inpatient"
    CLOSE_WITHOUT_CONCLUSION = "close_without_conclusion"
    LOG_PHONE_ATTEMPT = "log_phone_attempt"
    CLOSE_NO_CONTACT = "close_no_contact"
    CANCEL = "cancel"
    """The patient has told the staff that the consultation is not wanted (OZ-10, DRC-12)."""
    ANNUL = "annul"
    CONVERT = "convert"
    """A duty question becomes a centre application (OZ-13)."""
    MARK_LIFE_THREAT = "mark_life_threat"
    SET_RECORD_NUMBER = "set_record_number"
    TAKE_OVER = "take_over"
    """Another doctor's claim, by the clinic."""
    CONFIRM_IDENTITY = "confirm_identity"
    """Of a patient whom the service has not identified: without it nothing is signed (DRC-16)."""
    WITHDRAW_IDENTITY = "withdraw_identity"
    """Such a confirmation was wrong."""
    DECIDE_DATA = "decide_data"
    """Changed personal data are confirmed, or dropped (DRC-14)."""
    SNOOZE = "snooze"
    """Laid aside until a moment, for the asking doctor alone."""
    WAKE = "wake"
    """What was laid aside is taken up again."""


class ConsentKind(OpenEnum):
    """The three separate consents (DRC-2), and the contract of who pays (SOK-2)."""

    UNKNOWN = "unknown"
    PERSONAL_DATA = "personal_data"
    DISCLOSURE = "disclosure"
    INTERVENTION = "intervention"
    PAID_SERVICES = "paid_services"
    """Contract of paid medical services; only where the patient pays."""


class Urgency(OpenEnum):
    """Плановая, неотложная, экстренная."""

    UNKNOWN = "unknown"
    PLANNED = "planned"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Sex(OpenEnum):
    """Administrative sex."""

    UNKNOWN = "unknown"
    FEMALE = "female"
    MALE = "male"


class CareSetting(OpenEnum):
    """Under what observation the patient is (OZ-23)."""

    UNKNOWN = "unknown"
    OUTPATIENT = "outpatient"
    INPATIENT = "inpatient"


class IdentityLevel(OpenEnum):
    """How sure the service is of who the patient is (SPB-12, DRC-16)."""

    UNKNOWN = "unknown"
    NOT_IDENTIFIED = "not_identified"
    STANDARD = "standard"
    CONFIRMED = "confirmed"


class ProfileMatch(OpenEnum):
    """Whether the diagnosis is on the centre's list (OZ-3, OZ-5)."""

    UNKNOWN = "unknown"
    IN_PROFILE = "in_profile"
    OUT_OF_PROFILE = "out_of_profile"
    NOT_DETERMINED = "not_determined"
    """No ICD-10 code was given: never called "out"."""


class ClockState(OpenEnum):
    """Where the term stands."""

    UNKNOWN = "unknown"
    NONE = "none"
    """Nothing is due."""
    RUNNING = "running"
    SOON = "soon"
    BREACHED = "breached"


class ItemState(OpenEnum):
    """A checklist item of one request."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    MISSING = "missing"
    """Required and not there."""
    ABSENT = "absent"
    """Optional and not there."""
    NOT_APPLICABLE = "not_applicable"


class QueueGroup(OpenEnum):
    """Lists of the queue."""

    UNKNOWN = "unknown"
    ALL = "all"
    UNCLAIMED = "unclaimed"
    MINE = "mine"
    AWAITING_DOCUMENTS = "awaiting_documents"
    TODAY = "today"
    """Its term or its appointment is today, or was before."""
    MY_DEBTS = "my_debts"
    """The asking account's consultations without an outcome."""
    SNOOZED = "snoozed"
    """What the asking account has laid aside; meanwhile it stands in no other list of it."""


class ChecklistItem(Wire, frozen=True, kw_only=True):
    """One item of the centre's checklist and what this request has of it."""

    code: str
    title: str
    chip: str
    required: bool
    state: ItemState
    file_count: Count = 0
    latest_on: date | None = None
    unopened_count: Count = 0
    reason: str = ""
    """Why the item does not apply."""


class Patient(Wire, frozen=True, kw_only=True):
    """The person whom the request is about, as last confirmed."""

    id: PatientId
    full_name: str
    """Family name, given name and, where there is one, patronymic."""
    birth_date: date
    sex: Sex
    place: str
    """Town or region of the patient."""
    time_zone: str
    """IANA name."""


class Diagnosis(Wire, frozen=True, kw_only=True):
    """Diagnosis with which the patient comes (OZ-7). The code is absent where none was given."""

    icd10: str | None
    text: str


class Owner(Wire, frozen=True, kw_only=True):
    """Who works on the request now."""

    user_id: UserId
    name: str
    initials: str
    is_me: bool
    lease_until: UtcTime | None = None
    """When the claim ends unless it is renewed; None: it does not end by itself."""


class RequestRow(Wire, frozen=True, kw_only=True):
    """A request as a row of the queue, with the rules' answers for the asking account."""

    id: RequestId
    number: str
    """Number people use: «20-4817»."""
    version: Count
    """Grows with every change that somebody acts upon; a write says which one it has seen."""
    route: Route
    status: RequestStatus
    urgency: Urgency
    life_threat: bool
    patient: Patient
    diagnosis: Diagnosis
    profile_match: ProfileMatch
    care_setting: CareSetting
    checklist: list[ChecklistItem]
    due_at: UtcTime | None
    soon_at: UtcTime | None
    """From when the clock is amber: lets a window count on between two answers."""
    clock_name: str
    clock_state: ClockState
    owner: Owner | None
    allowed_actions: list[Action]
    groups: list[QueueGroup]
    """Lists of the queue in which the request stands for the asking account."""
    missing_documents: list[str]
    """Codes of items that are required or asked for, and not there."""
    created_at: UtcTime
    changed_at: UtcTime
    appointment_at: UtcTime | None = None
    """Start of the accepted slot."""
    unread_messages: Count = 0
    """Messages of the patient that the doctor has not read (OZ-16)."""
    missing_consents: list[ConsentKind] = []
    """Without these no consultation starts (SPB-13, DRC-2)."""
    seq: Count = 0
    """All events of the centre up to this number are in it: of two states of one version, such as
    with the patient there and gone, the one with the lower number is the older. 0: the server is
    older than the field."""
    identity_marks: list[IdentityMark] = []
    """What stands out about the patient on every screen of the case (DRC-14, DRC-16)."""
    snooze: Snooze | None = None
    """That the asking doctor has laid it aside, or that it has come back from there."""
    patient_check: PatientCheck | None = None
    """The patient's last test of camera, microphone, sound and line (DRC-5)."""
    waits_since: UtcTime | None = None
    """Since when the patient is on the page and awaits the doctor's call (DRC-3)."""

    @property
    def age(self) -> tuple[int, int]:
        """The higher, the newer: orders states of one request, whatever the order in which they
        arrive."""
        return self.version, self.seq


class Representative(Wire, frozen=True, kw_only=True):
    """Who acts for a minor or a person who cannot (SPB-1)."""

    full_name: str
    relation: str


class Consent(Wire, frozen=True, kw_only=True):
    """A consent with the version of its text and its time (SPB-8)."""

    kind: ConsentKind
    text_version: str
    given_at: UtcTime | None
    """None: not given, or withdrawn."""
    withdrawn_at: UtcTime | None = None


class Outcome(Wire, frozen=True, kw_only=True):
    """How a request has ended, beyond its status."""

    code: str
    """The coded reason (`DeclineReason`, `CloseReason`); empty where the end has none."""
    note: str
    """Words for the patient; of a lost contact the evidence (DRC-11)."""
    at: UtcTime
    rendered: bool
    """Whether the consultation counts as rendered (DRC-11)."""
    patients_fault: bool
    """Not rendered, and the patient is why (DRC-12)."""


class Contact(Wire, frozen=True, kw_only=True):
    """The three conditions of closing without contact, each on its own (DRC-11)."""

    patient_offline: bool
    call_failed: bool
    phone_attempts: Count
    phone_attempts_needed: Count

    @property
    def is_lost(self) -> bool:
        """Whether all three hold."""
        enough = self.phone_attempts >= self.phone_attempts_needed
        return self.patient_offline and self.call_failed and enough


class HistoryEntry(Wire, frozen=True, kw_only=True):
    """One line of what happened to the request."""

    at: UtcTime
    text: str


MOST_OTHERS = 20
"""Other requests of one patient that a card names."""


class OtherRequest(Wire, frozen=True, kw_only=True):
    """Another request of the same patient at the same centre, with files that can be looked at."""

    id: RequestId
    number: str
    created_at: UtcTime
    file_count: Count
    """Documents, of a series each."""
    unopened_count: Count
    """How many of them the asking account has not opened."""


class RequestCard(Wire, frozen=True, kw_only=True):
    """Everything that the card shows: the row and what stands behind it."""

    row: RequestRow
    complaints: str
    phone_confirmed: bool
    identity_level: IdentityLevel
    representative: Representative | None
    payer: str
    quota_left: Count | None
    quota_total: Count | None
    medical_record_number: str
    topic: str
    """Topic of a duty-doctor question (OZ-13)."""
    documents_complete_at: UtcTime | None
    requesting_doctor: str
    consents: list[Consent]
    documents: list[Document]
    history: list[HistoryEntry]
    """The newest lines, newest first."""
    history_cursor: str | None = None
    """Where the history's older pages begin; None: this is all of it."""
    slots: list[Slot] = []
    """Proposed times that are held, and the accepted one, by start."""
    slot_refusals: Count = 0
    """How often the patient has asked for another time (SPB-6)."""
    asked_documents: list[str] = []
    """Codes of the checklist items that the doctor has asked for last (OZ-4)."""
    outcome: Outcome | None = None
    contact: Contact | None = None
    phone: str = ""
    """The patient's number; empty: the clinic has none here."""
    identity: IdentityConfirmation | None = None
    """Of a patient whom the service has not identified: who answers for it (DRC-16)."""
    changed_data: list[ChangedDatum] = []
    """What waits to be confirmed; `row.patient` is as last confirmed (DRC-14)."""
    snooze_moments: list[SnoozeMoment] = []
    """Until when the asking doctor may lay it aside, as of the answer; none: not at all."""
    snooze_latest: UtcTime | None = None
    """No later than this, for its term; None: whenever the doctor likes."""
    other_requests: list[OtherRequest] = []
    """The newest first, MOST_OTHERS at the most; none whose consent was withdrawn (SPB-13)."""
    conclusion: ConclusionStanding | None = None
    """How its signed conclusion stands; None: nothing is signed."""


class QueueCounts(Wire, frozen=True, kw_only=True):
    """How many requests each group holds, up to MOST_COUNTED: that says "more than 999"."""

    counts: dict[QueueGroup, Count]
