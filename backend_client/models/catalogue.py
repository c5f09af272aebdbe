"""A centre's catalogue: its diseases, required documents and clocks, valid for a period (OZ-29)."""

from datetime import date, time

from backend_client.models.common import CentreId, Count, OpenEnum, Wire
from backend_client.models.hanging import Hanging
from backend_client.models.requests import ConsentKind
from backend_client.models.routes import Route


class Counting(OpenEnum):
    """How a clock counts its days."""

    UNKNOWN = "unknown"
    CALENDAR = "calendar"
    WORKING = "working"


class ClockGoal(OpenEnum):
    """What a clock waits for; once it has happened the clock runs no more."""

    UNKNOWN = "unknown"
    ANSWER = "answer"
    """The patient has been told a date and time, or why there is none (OZ-9, OZ-21)."""
    CONTACT = "contact"
    """The patient was reached by telephone, or has agreed to a time (SPB-5)."""
    VISIT = "visit"
    """The consultation itself (SPB-10)."""


class ClockStart(OpenEnum):
    """From when a clock counts."""

    UNKNOWN = "unknown"
    READY = "ready"
    """It could be answered: registered, and its documents there where they are asked for."""
    APPOINTMENT = "appointment"
    """The agreed time (OZ-15)."""


class WorkingHours(Wire, frozen=True, kw_only=True):
    """The organisation's working day, by its own time zone (SPB-4)."""

    opens: time
    closes: time


class ConsentText(Wire, frozen=True, kw_only=True):
    """A consent that the patient is asked for: its words and their version (SPB-8, SPB-13)."""

    kind: ConsentKind
    version: str
    title_ru: str
    text_ru: str
    routes: list[Route]
    """Routes on which no consultation starts without it."""
    payers: list[str] | None = None
    """Payers with whom it is asked for, in any case of letters (SOK-2); None: whoever pays."""


class DiseaseGroup(Wire, frozen=True, kw_only=True):
    """A group of the centre's list and the ICD-10 prefixes that belong to it."""

    code: str
    title_ru: str
    title_en: str
    icd10_prefixes: list[str]


class DocumentItem(Wire, frozen=True, kw_only=True):
    """An item of the centre's document checklist."""

    code: str
    title_ru: str
    title_en: str
    chip_ru: str
    chip_en: str
    required: bool
    routes: list[Route]
    """Routes on which the item is asked for at all."""


class Clock(Wire, frozen=True, kw_only=True):
    """The term of an answer on one route: amber from `soon_after_days`, breached at `due_days`."""

    route: Route
    name: str
    soon_after_days: Count
    due_days: Count
    counting: Counting
    source: str
    """Row of the requirements that the term comes from."""
    soon_after_hours: Count = 0
    """Beside the days; working hours where days are working days."""
    due_hours: Count = 0
    until: ClockGoal = ClockGoal.ANSWER
    counts_from: ClockStart = ClockStart.READY


class ConsultationLength(Wire, frozen=True, kw_only=True):
    """How long a consultation of one route takes, counted from the patient's answer (DRC-8)."""

    route: Route
    minutes: Count
    soon_after_minutes: Count
    """The first warning."""
    last_after_minutes: Count
    """The second one."""
    extension_minutes: Count
    """By so much the doctor lengthens it at once; 0: not at all."""
    source: str
    """Row of the requirements that the length comes from; empty: the centre's own."""


class SectionName(OpenEnum):
    """A section of a conclusion, by the name of its field in `ConclusionForm`."""

    UNKNOWN = "unknown"
    QUESTION = "question"
    COMPLAINTS = "complaints"
    HISTORY = "history"
    FINDINGS = "findings"
    DIAGNOSIS = "diagnosis"
    ANSWER = "answer"
    RECOMMENDATIONS = "recommendations"
    FURTHER_TESTS = "further_tests"
    DECISION = "decision"
    FOLLOW_UP = "follow_up"
    URGENT = "urgent"
    BASIS = "basis"
    LIMITS = "limits"


class TemplateSection(Wire, frozen=True, kw_only=True):
    """A section that a template's form has."""

    section: SectionName
    required: bool = False
    """It is named as missing while it is empty."""
    text_ru: str = ""
    """What a new draft begins with."""
    phrases_ru: list[str] = []
    """Offered in this section; with placeholders as «{возраст}»."""


class ConclusionTemplate(Wire, frozen=True, kw_only=True):
    """A centre's form of a conclusion: one version with its period; older ones stay in the list, so
    that a draft keeps the one by which it was begun."""

    code: str
    version: str
    title_ru: str
    title_en: str
    valid_from: date
    valid_to: date | None = None
    posts: list[str] = []
    """Words of a doctor's post to whom it is given, in any case of letters; none: to everybody."""
    routes: list[Route] = []
    """None: on every route."""
    sections: list[TemplateSection]
    """In the form's order."""


class SigningLevel(OpenEnum):
    """A level of PAdES (ETSI EN 319 142-1, clause 6), from the lowest to the highest."""

    UNKNOWN = "unknown"
    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


class SigningPolicy(Wire, frozen=True, kw_only=True):
    """What a centre asks of the signatures under its conclusions."""

    level: SigningLevel = SigningLevel.B_LTA
    """What is wanted; less is said and can be lifted later."""
    at_least: SigningLevel = SigningLevel.B_B
    """Below it nothing is signed."""
    time_services: list[str] = []
    """Addresses of time-stamping services (RFC 3161 over HTTP), tried in this order."""
    timeout_seconds: float = 5.0
    """How long one service may take."""
    must_know_revocation: bool = False
    """Whether nothing is signed while nobody says that the certificate is not revoked."""


class ConclusionMail(OpenEnum):
    """In which form a conclusion goes to a confirmed e-mail address (SOK-8)."""

    UNKNOWN = "unknown"
    LINK = "link"
    """By a link that opens once."""
    ATTACHMENT = "attachment"
    """The signed PDF itself."""
    NONE = "none"
    """Not at all."""


class Catalogue(Wire, frozen=True, kw_only=True):
    """All of a centre's rules that are data, in one version."""

    centre_id: CentreId
    centre_name_ru: str
    centre_name_en: str
    time_zone: str
    version: str
    valid_from: date
    valid_to: date | None
    diseases: list[DiseaseGroup]
    documents: list[DocumentItem]
    clocks: list[Clock]
    consultations: list[ConsultationLength] = []
    """By routes; of one that is not named: half an hour, warned of at 25:00 and 29:00 (DRC-8)."""
    approval_routes: list[Route] | None = None
    """Routes on which the clinic countersigns a conclusion before the patient gets it (SPB-21).

    None: centre applications and referrals.
    """
    consents: list[ConsentText] = []
    working_calendar: str = ""
    """Name of the production calendar; empty: Monday to Friday, all the year."""
    working_hours: WorkingHours | None = None
    """None: the whole day."""
    hanging: Hanging | None = None
    """What opens where in the review; None: as the workstation does by itself."""
    templates: list[ConclusionTemplate] = []
    """Forms of conclusions by specialty, all versions; none that fits: the workstation's own."""
    signing: SigningPolicy | None = None
    """None: the highest level is wanted, and no time service is known."""
    conclusion_mail: ConclusionMail = ConclusionMail.LINK
    """How a conclusion is sent by e-mail, where the server has a mail server."""
