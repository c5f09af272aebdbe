"""Tables of the backend. A test compares them with what the migrations build."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
)

from backend.column_types import Moment, Word
from backend_client.models.accounts import Role
from backend_client.models.audit import Outcome
from backend_client.models.calls import CallState, Channel, SignalKind
from backend_client.models.conclusions import ConclusionState
from backend_client.models.delivery import DeliveryState
from backend_client.models.documents import DocumentKind, WhoseFile
from backend_client.models.evidence import Origin
from backend_client.models.identity import DataField, DataSource, IdentityProof
from backend_client.models.messages import Side
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import (
    CareSetting,
    ConsentKind,
    IdentityLevel,
    RequestStatus,
    Sex,
    Urgency,
)
from backend_client.models.routes import Route
from backend_client.models.schedule import SlotState
from backend_client.models.snoozing import SnoozeEnd

metadata = MetaData()
ID = String(36)
SHA256 = String(64)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""Of 53 bits and more; only as INTEGER does SQLite count a primary key by itself."""
HASH = LargeBinary(32)
QUEUE_ORDER = ("is_open", "threat_rank", "due_rank", "id")
"""What an index of the queue ends with, so that pages come in order without sorting."""


_LIFE = " ".join(
    f"WHEN '{status.value}' THEN {number}" for number, status in enumerate(RequestStatus)
)
_ROUTES = " ".join(f"WHEN '{route.value}' THEN {number}" for number, route in enumerate(Route))
SORT_KEYS = {
    "patient": "requests.patient_key",
    "diagnosis": "coalesce(requests.icd10, 'я')",
    "route": f"(CASE requests.route {_ROUTES} ELSE 99 END)",
    "documents": "(CASE WHEN requests.documents_complete_at IS NOT NULL THEN 0"
    " WHEN requests.route IN ('centre_application', 'referral') THEN 2 ELSE 1 END)",
    "state": f"(CASE requests.status {_LIFE} ELSE 99 END)",
    "term": "requests.threat_rank",
}
"""By which expression the queue is sorted. An index holds each, `ix_requests_by_...` of migration
0013, the last the usual order's own: expressions are none of SQLAlchemy's comparing."""


def _zero(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0, server_default="0")


def _words(name: str, comment: str) -> Column[str]:
    return Column(name, String(400), nullable=False, default="", server_default="", comment=comment)


def _level() -> Column[str]:
    said = "of PAdES, as verified here; empty: not known"
    return Column("level", String(10), nullable=False, default="", server_default="", comment=said)


def _of_request(*, primary_key: bool = False, index: bool = False) -> Column[str]:
    return Column(
        "request_id",
        ForeignKey("requests.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )


facts = Table(
    "facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What the server knows about itself: its token key, the demonstration it holds",
)

centres = Table(
    "centres",
    metadata,
    Column("id", ID, primary_key=True),
    Column("event_seq", BigInteger, nullable=False, comment="number of the last event"),
    Column("event_floor", BigInteger, nullable=False, comment="events up to here are not kept"),
    comment="The tenants",
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("centre_id", ForeignKey("centres.id"), nullable=False, index=True),
    Column("login", String(200), nullable=False, unique=True),
    Column("full_name", String(200), nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("post", String(200), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column(
        "snils",
        String(11),
        nullable=False,
        default="",
        server_default="",
        comment="insurance number, digits; empty: not entered",
    ),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("login_hash", SHA256, primary_key=True, comment="people type passwords as logins"),
    Column("failures", Integer, nullable=False),
    Column("retry_at", Moment, nullable=False),
)

token_families = Table(
    "token_families",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("revoked_at", Moment),
    Column(
        "pair", Integer, nullable=False, server_default="0", comment="the newest pair of tokens"
    ),
    Column(
        "seen_pair",
        Integer,
        nullable=False,
        server_default="0",
        comment="the newest pair whose access token was used",
    ),
    Column("before_pair", Integer, nullable=False, server_default="0", comment="used before it"),
    comment="One sign-in and all tokens that came of it",
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", SHA256, primary_key=True),
    Column(
        "family_id", ForeignKey("token_families.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("used_at", Moment),
    Column("next_pair", Integer, comment="what it was exchanged for"),
    Column("used_by", SHA256, comment="digest of the client that used it"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", SHA256, nullable=False, comment="of method, path and body"),
    Column("refused", Boolean, nullable=False),
    Column("answer", LargeBinary, nullable=False, comment="JSON of the answer or the problem"),
    Column("created_at", Moment, nullable=False, index=True),
)

patients = Table(
    "patients",
    metadata,
    Column("id", ID, primary_key=True),
    Column("centre_id", ForeignKey("centres.id"), nullable=False, index=True),
    Column("full_name", String(200), nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("sex", Word(Sex), nullable=False),
    Column("place", String(200), nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("phone_confirmed", Boolean, nullable=False),
    Column("identity_level", Word(IdentityLevel), nullable=False),
    Column("representative_name", String(200)),
    Column("representative_relation", String(200)),
    Column("phone", String(40), nullable=False, default="", server_default=""),
)

identity_confirmations = Table(
    "identity_confirmations",
    metadata,
    Column("patient_id", ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("proof", Word(IdentityProof), nullable=False),
    Column("note", Text, nullable=False),
    comment="Who answers for the identity of a patient whom the service does not know",
)

patient_changes = Table(
    "patient_changes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("patient_id", ForeignKey("patients.id", ondelete="CASCADE"), nullable=False),
    Column("field", Word(DataField), nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Word(DataSource), nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("at", Moment, nullable=False),
    Column("waits", Boolean, nullable=False, comment="for the clinic's word"),
    Column("confirmed", Boolean, comment="the clinic's word"),
    Column("before", Text, comment="the value that a confirmed one has replaced"),
    Column("decided_by", ForeignKey("accounts.id")),
    Column("decided_at", Moment),
    Index(
        "ix_patient_changes_waiting",
        "patient_id",
        "field",
        unique=True,
        sqlite_where=text("waits"),
        postgresql_where=text("waits"),
    ),
    comment="Personal data said anew; what was decided stays",
)

requests = Table(
    "requests",
    metadata,
    Column("id", ID, primary_key=True),
    Column("centre_id", ForeignKey("centres.id"), nullable=False),
    Column("number", String(40), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("route", Word(Route), nullable=False),
    Column("status", Word(RequestStatus), nullable=False),
    Column("status_before_claim", Word(RequestStatus)),
    Column("is_open", Boolean, nullable=False),
    Column("urgency", Word(Urgency), nullable=False),
    Column("life_threat", Boolean, nullable=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, index=True),
    Column("icd10", String(20)),
    Column("diagnosis", Text, nullable=False),
    Column("complaints", Text, nullable=False),
    Column("care_setting", Word(CareSetting), nullable=False),
    Column("topic", Text, nullable=False),
    Column("payer", String(200), nullable=False),
    Column("quota_left", Integer),
    Column("quota_total", Integer),
    Column("medical_record_number", String(60), nullable=False),
    Column("requesting_doctor", String(200), nullable=False),
    Column("not_applicable", JSON, nullable=False, comment="reasons by code of checklist item"),
    Column("clock_started_at", Moment),
    Column("clock_name", String(200), nullable=False),
    Column("soon_at", Moment),
    Column("due_at", Moment),
    Column("threat_rank", SmallInteger, nullable=False, comment="0 for a threat to life, else 1"),
    Column("due_rank", Moment, nullable=False, comment="due_at, or the end of time"),
    Column("documents_complete_at", Moment),
    Column("owner_id", ForeignKey("accounts.id")),
    Column("claimed_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("search_text", Text, nullable=False, comment="normalised for search"),
    Column("appointment_at", Moment),
    _zero("slot_refusals"),
    _zero("last_message"),
    _zero("doctor_read"),
    _zero("patient_read"),
    _zero("unread_by_doctor"),
    _zero("unread_by_patient"),
    Column("lease_until", Moment, comment="end of a claim that nobody renews"),
    Column("needs_approval", Boolean, comment="the catalogue's word; none: the route's default"),
    _words("missing_consents", "kinds without which no consultation starts"),
    _words("asked_documents", "codes of checklist items"),
    Column("outcome_code", String(40), nullable=False, default="", server_default=""),
    Column("outcome_note", Text, nullable=False, default="", server_default=""),
    Column("ended_at", Moment),
    Column("contacted_at", Moment, comment="the patient was reached by telephone"),
    Column("patient_came_at", Moment, comment="when the patient's page was opened last"),
    Column("patient_left_at", Moment, comment="when it was closed; none: it is open"),
    _zero("phone_attempts"),
    _zero("missed_calls"),
    Column("rings_until", Moment, comment="end of a call's ringing; none: no call rings"),
    Column(
        "was_delivered",
        Boolean,
        nullable=False,
        default=False,
        server_default=false(),
        comment="the patient has a conclusion of it",
    ),
    Column(
        "files",
        Text,
        nullable=False,
        server_default="{}",
        comment="JSON by checklist item, kept by triggers: count, newest day, opened by account",
    ),
    Column(
        "patient_key",
        String(200, collation="C").with_variant(String(200), "sqlite"),
        nullable=False,
        server_default="",
        comment="the patient's name, as lists are sorted by it",
    ),
    _words("identity_marks", "what stands out about the patient"),
    Column(
        "snoozes",
        Text,
        nullable=False,
        default="",
        server_default="",
        comment="JSON by account of the table `snoozes`; empty: nobody has laid it aside",
    ),
    Column(
        "patient_check",
        Text,
        nullable=False,
        default="",
        server_default="",
        comment="JSON of the patient's last test of devices and line; empty: none was made",
    ),
    Index("ix_requests_number", "centre_id", "number", unique=True),
    Index("ix_requests_queue", "centre_id", *QUEUE_ORDER),
    Index("ix_requests_owner", "owner_id", "is_open"),
    Index("ix_requests_owner_queue", "centre_id", "owner_id", *QUEUE_ORDER),
    Index("ix_requests_status_queue", "centre_id", "status", *QUEUE_ORDER),
    Index(
        "ix_requests_unclaimed_queue",
        "centre_id",
        *QUEUE_ORDER,
        sqlite_where=text("owner_id IS NULL"),
        postgresql_where=text("owner_id IS NULL"),
    ),
    Index(
        "ix_requests_lease",
        "lease_until",
        sqlite_where=text("lease_until IS NOT NULL"),
        postgresql_where=text("lease_until IS NOT NULL"),
    ),
)

queue_filters = Table(
    "queue_filters",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("listing", JSON, nullable=False),
    Index("ix_queue_filters_name", "account_id", "name", unique=True),
)

own_phrases = Table(
    "own_phrases",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("phrases", JSON, nullable=False),
    comment="Phrases that a doctor keeps for conclusions",
)

icd10_versions = Table(
    "icd10_versions",
    metadata,
    Column("version", String(20), primary_key=True),
    Column("valid_from", Date, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("sha256", SHA256, nullable=False, comment="of the published file"),
    Column("size", Integer, nullable=False, comment="headings"),
    Column("codes", LargeBinary, nullable=False, comment="JSON of the headings, deflated"),
    comment="The national directory of ICD-10, as it was imported",
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    _of_request(primary_key=True, index=True),
    Column("until", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("for_term", Boolean, nullable=False, comment="sooner than asked for"),
    Column("seen", Text, nullable=False, comment="JSON of what the request was then"),
    Column("back_at", Moment, comment="none: it lies aside"),
    Column("why", Word(SnoozeEnd)),
    Index(
        "ix_snoozes_until",
        "until",
        sqlite_where=text("back_at IS NULL"),
        postgresql_where=text("back_at IS NULL"),
    ),
    comment="Requests that a doctor has laid aside, and those that have come back and wait",
)

consents = Table(
    "consents",
    metadata,
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Word(ConsentKind), primary_key=True),
    Column("text_version", String(60), nullable=False),
    Column("given_at", Moment),
    Column("withdrawn_at", Moment, comment="later than given_at: it is not given any more"),
)

phone_attempts = Table(
    "phone_attempts",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(),
    Column("number", Integer, nullable=False),
    Column("caller_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Word(PhoneOutcome), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_phone_attempts", "request_id", "number", unique=True),
    comment="Telephone calls to patients; rows are added only",
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_request(),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_history_newest", "request_id", "at", "id"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("item_code", String(60), nullable=False),
    Column("title", String(200), nullable=False),
    Column("kind", Word(DocumentKind), nullable=False),
    Column("format", String(40), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", SHA256, nullable=False),
    Column("storage_path", String(300), nullable=False),
    Column("taken_on", Date),
    Column("uploaded_at", Moment, nullable=False),
    Column("series_uid", String(64), comment="of a DICOM file that is one slice of a stack"),
    Column("modality", String(16), comment="of a DICOM file"),
)

opened_documents = Table(
    "opened_documents",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("opened_at", Moment, nullable=False),
)

file_answers = Table(
    "file_answers",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("whose", Word(WhoseFile), nullable=False),
    Column("reason", Text, nullable=False),
    Column("sha256", SHA256, nullable=False, comment="of the bytes that were looked at"),
    comment="Whose a file is that names somebody else than its request's patient",
)

annotations = Table(
    "annotations",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(),
    Column("number", Integer, nullable=False, comment="order in which they were made"),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", SHA256, nullable=False, comment="of the bytes that were measured"),
    Column("place", Text, nullable=False, comment="JSON of Place"),
    Column("quantity", String(100), nullable=False),
    Column("label", Text, nullable=False),
    Column("value", Float),
    Column("unit", String(100), nullable=False),
    Column("origin", Word(Origin), nullable=False),
    Column("scale", String(100), nullable=False, comment="where the scale comes from"),
    Column("text", Text, nullable=False),
    Column("made_by", ForeignKey("accounts.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column(
        "calibration",
        Text,
        nullable=False,
        server_default="[]",
        comment="JSON of the marks by which it was measured; [] by the file's own scale",
    ),
    Index("ix_annotations_number", "request_id", "number", unique=True),
    Index("ix_annotations_document_id", "document_id"),
    comment="What doctors measured in the files of a request",
)

events = Table(
    "events",
    metadata,
    Column("centre_id", ForeignKey("centres.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("request_id", ID, nullable=False, comment="outlives the request"),
    Column("at", Moment, nullable=False),
    Column("kind", String(20), nullable=False, server_default="request"),
    Column("subject_id", ID, comment="the message, call or signal that it is about"),
)

slots = Table(
    "slots",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(index=True),
    Column("doctor_id", ForeignKey("accounts.id"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("state", Word(SlotState), nullable=False),
    Column("is_held", Boolean, nullable=False, comment="held times of a doctor do not overlap"),
    Column("held_until", Moment, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Index("ix_slots_day", "doctor_id", "is_held", "starts_at"),
    Index("ix_slots_holds", "state", "held_until"),
)

patient_links = Table(
    "patient_links",
    metadata,
    Column("token_hash", SHA256, primary_key=True),
    _of_request(index=True),
    Column("created_by", ForeignKey("accounts.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("revoked_at", Moment),
    comment="Links to the patient's page; their tokens are not kept",
)

wrong_links = Table(
    "wrong_links",
    metadata,
    Column("address_hash", SHA256, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    comment="Tokens that opened nothing, by address, in the minute that began then",
)

patient_presence = Table(
    "patient_presence",
    metadata,
    Column("process", ID, primary_key=True, comment="of the server"),
    _of_request(primary_key=True, index=True),
    Column("until", Moment, nullable=False, index=True),
    comment="Leases of patients' open streams",
)

patient_keys = Table(
    "patient_keys",
    metadata,
    _of_request(primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", SHA256, nullable=False, comment="of method, path and body"),
    Column("refused", Boolean, nullable=False),
    Column("answer", LargeBinary, nullable=False, comment="JSON of the answer or the problem"),
    Column("created_at", Moment, nullable=False, index=True),
    comment="Idempotency keys of patients",
)

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(),
    Column("number", NUMBER, nullable=False),
    Column("side", Word(Side), nullable=False),
    Column("author_name", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("edition", Integer, comment="of the conclusion that goes with the message"),
    Index("ix_messages_chat", "request_id", "number", unique=True),
)

calls = Table(
    "calls",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(),
    Column("doctor_id", ForeignKey("accounts.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("state", Word(CallState), nullable=False),
    Column("is_on", Boolean, nullable=False, comment="rings or runs: one for each request"),
    Column("channel", Word(Channel)),
    Column("connection", Integer, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("rings_until", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Word(Side)),
    Column(
        "page",
        String(36),
        nullable=False,
        default="",
        server_default="",
        comment="which page of the patient's has the call; empty: it did not say",
    ),
    Column("clock_started_at", Moment, comment="of the consultation, which goes on in the next"),
    Column("clock_soon_at", Moment),
    Column("clock_last_at", Moment),
    Column("clock_ends_at", Moment),
    Column("clock_extension", Integer, comment="minutes that the doctor adds at once"),
    Index("ix_calls_attempt", "request_id", "attempt", unique=True),
    Index(
        "ix_calls_on",
        "request_id",
        unique=True,
        sqlite_where=text("is_on"),
        postgresql_where=text("is_on"),
    ),
    Index("ix_calls_ringing", "state", "rings_until"),
)

call_signals = Table(
    "call_signals",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("side", Word(Side), nullable=False),
    Column("kind", Word(SignalKind), nullable=False),
    Column("connection", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    sqlite_autoincrement=True,
)

conclusions = Table(
    "conclusions",
    metadata,
    _of_request(primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", Word(ConclusionState), nullable=False),
    Column("form", JSON, nullable=False),
    Column("author_id", ForeignKey("accounts.id"), nullable=False),
    _zero("signers"),
    Column("sha256", SHA256, comment="of the kept PDF"),
    Column("size", BigInteger),
    Column("storage_path", String(300)),
    Column("signed_at", Moment),
    Column("approved_at", Moment),
    Column("approved_by", ForeignKey("accounts.id")),
    Column("return_reason", Text, nullable=False),
    Column("delivered_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("edition", Integer, nullable=False, server_default="1"),
    Column("code", String(40), comment="of this edition's page under /verify/"),
    Column("correction", Text, nullable=False, server_default=""),
    _level(),
    Column("sealed_until", Moment, comment="end of the last time stamp's certificate"),
    Index("ix_conclusions_state", "state", "signed_at"),
    Index("ix_conclusions_code", "code", unique=True),
)

conclusion_editions = Table(
    "conclusion_editions",
    metadata,
    _of_request(primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("code", String(40)),
    Column("form", JSON, nullable=False),
    Column("author_id", ForeignKey("accounts.id"), nullable=False),
    Column("signers", Integer, nullable=False),
    Column("sha256", SHA256, nullable=False, comment="of the kept PDF"),
    Column("first_sha256", SHA256, nullable=False, comment="with the doctor's signature alone"),
    Column("size", BigInteger, nullable=False),
    Column("storage_path", String(300), nullable=False),
    Column("signed_at", Moment, nullable=False),
    Column("approved_at", Moment),
    Column("approved_by", ForeignKey("accounts.id")),
    Column("delivered_at", Moment),
    Column("opened_at", Moment, comment="downloaded on the patient's page"),
    Column("correction", Text, nullable=False, server_default=""),
    _level(),
    Column("sealed_until", Moment, comment="end of the last time stamp's certificate"),
    Column("doctor_sha256", SHA256, comment="of the part that the doctor's signature covers"),
    Index("ix_conclusion_editions_code", "code", unique=True),
    Index("ix_conclusion_editions_doctor", "doctor_sha256"),
    Index("ix_conclusion_editions_lifting", "level", "signed_at"),
    comment="every signed file of a request; none is ever removed",
)
conclusion_lifts = Table(
    "conclusion_lifts",
    metadata,
    _of_request(primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("sha256", SHA256, primary_key=True, comment="of the PDF before it was lifted"),
    Column("size", BigInteger, nullable=False),
    Column("signers", Integer, nullable=False),
    Column("storage_path", String(300), nullable=False),
    _level(),
    Column("lifted_at", Moment, nullable=False),
    Column("lifted_by", ForeignKey("accounts.id"), nullable=False),
    comment="Signed files that a lifted one has replaced; none is ever removed",
)

patient_emails = Table(
    "patient_emails",
    metadata,
    Column("patient_id", ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True),
    Column("address", String(320), nullable=False),
    Column("confirmed_at", Moment, comment="none: no document goes there"),
    Column("code_hash", SHA256, comment="of the code that was sent last"),
    Column("code_until", Moment),
    _zero("code_tries"),
    Column("asked_since", Moment, comment="when the hour of the counted codes began"),
    _zero("asked_times"),
    comment="Where a patient wants conclusions sent",
)

mails = Table(
    "mails",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(),
    Column("edition", Integer, comment="none: a code that confirms the address"),
    Column("state", Word(DeliveryState), nullable=False),
    Column("address", String(320), comment="to which it was sent last"),
    Column("message_key", ID, nullable=False, comment="of Message-ID, the same at each try"),
    _zero("tries"),
    Column("due_at", Moment, comment="of the next try; none: nothing is to be tried"),
    Column("queued_at", Moment, nullable=False),
    Column("taken_at", Moment, comment="by the mail server"),
    Column("opened_at", Moment, comment="its link was used"),
    Column("by_link", Boolean, comment="as it was sent last"),
    Column("reason", String(40), nullable=False, default="", server_default=""),
    Index("ix_mails_due", "due_at"),
    Index("ix_mails_edition", "request_id", "edition", unique=True),
    comment="What is to be sent by e-mail, and how that went",
)

mail_links = Table(
    "mail_links",
    metadata,
    Column("token_hash", SHA256, primary_key=True),
    Column("mail_id", ForeignKey("mails.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("used_at", Moment),
    comment="One-time links to a conclusion; their tokens are not kept",
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", ID, primary_key=True),
    _of_request(index=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("item_code", String(60), nullable=False),
    Column("title", String(200), nullable=False),
    Column("taken_on", Date),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("document_id", ID, comment="what came of it"),
    Column("sha256", SHA256),
    comment="Files that are being received, by staff or (without an account) by the patient",
)

upload_parts = Table(
    "upload_parts",
    metadata,
    Column("upload_id", ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("storage_path", String(300), nullable=False),
)

audit_chains = Table(
    "audit_chains",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", Moment, nullable=False),
    Column("prev", HASH, nullable=False, comment="opening of the chain before"),
    Column("opening", HASH, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("head", HASH, nullable=False, comment="hash of the last entry"),
    comment="One for each process that has written the audit",
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("chain", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("centre_id", ID, nullable=False),
    Column("account_id", ID),
    Column("role", String(40), nullable=False),
    Column("action", String(100), nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("request_ids", Text, nullable=False),
    Column("document_ids", Text, nullable=False),
    Column("prev", HASH, nullable=False),
    Column("hash", HASH, nullable=False),
    Index("ix_audit_entries_newest", "centre_id", "at"),
    comment="Rows are added only; ids outlive what they name",
)
