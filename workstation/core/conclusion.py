"""What stands in a consultative conclusion: the words of the paper, apart from how it looks."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Final

from backend_client.models.evidence import Origin, Place
from backend_client.models.requests import Sex
from backend_client.models.routes import Route


class DiagnosisKind(Enum):
    """The place of a diagnosis among the others."""

    MAIN = "main"
    ACCOMPANYING = "accompanying"
    COMPLICATION = "complication"


class ConsultationForm(Enum):
    """How doctor and patient met."""

    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    """The patient has answered the call by writing (DRC-7)."""
    RECORDS_ONLY = "records_only"
    """Without a call, by the documents alone."""


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One diagnosis: the ICD-10 code (empty where there is none) and the doctor's words."""

    icd10: str
    text: str
    kind: DiagnosisKind = DiagnosisKind.MAIN


@dataclass(frozen=True, slots=True)
class ReviewedStudy:
    """A file that was studied; the hash says which file it was."""

    title: str
    kind: str
    """As shown: «ЭКГ», «DICOM»."""
    taken_on: date | None
    sha256: str
    """Lower-case hexadecimal digest of the file."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Where a number in brackets of the text leads to."""

    number: int
    title: str
    """The file's."""
    taken_on: date | None
    place: Place
    origin: Origin
    sha256: str
    """As of a `ReviewedStudy`."""
    is_film: bool = True
    """Whether the file's pictures are frames in time: a still has none to be counted."""
    text: str = ""
    """The line as it was put into the text; it names the slice that the viewer showed."""


@dataclass(frozen=True, slots=True)
class KeyPicture:
    """A frame as it was looked at. `pixels` are rows of 8-bit grey or RGB, top to bottom."""

    number: int
    """Of the source."""
    width: int
    height: int
    channels: int
    """1: grey, 3: RGB."""
    pixels: bytes = field(repr=False)
    caption: str = ""
    pixel_aspect: float = 1.0
    """Height of a pixel over its width."""
    mm_per_pixel: float | None = None
    """Along a row, of the body, where the file says so: a bar is drawn beside it."""
    points: tuple[tuple[float, float], ...] = ()
    """Where the finding was marked, in pixels from the outer corner."""
    is_closed: bool = False
    """Whether the points are an outline."""
    edges: tuple[str, str, str, str] = ("", "", "", "")
    """What lies beyond the left, right, upper and lower edge: "R", "PF", ..."""


@dataclass(frozen=True, slots=True)
class KeyStrip:
    """A stretch of one lead, drawn on paper at true millimetres."""

    number: int
    """Of the source."""
    lead: str
    millivolts: tuple[float, ...] = field(repr=False)
    """Evenly spaced; not a number where there is no signal."""
    rate_hz: float
    from_s: float
    """Of the first sample, from the beginning of the recording."""
    marks_s: tuple[float, float] | None = None
    """Between which moments was measured."""
    caption: str = ""
    mm_per_s: float = 25.0
    mm_per_mv: float = 10.0
    is_wide: bool = False
    """Whether it takes the width of the paper: `KEY_STRIP_MM` has both."""


KeyImage = KeyPicture | KeyStrip
KEY_STRIP_MM: Final = (82.5, 169.0)
"""Length of a strip beside another one, and of a wide one: what fits into the paper's text."""


@dataclass(frozen=True, slots=True)
class PatientSnapshot:
    """The patient as confirmed at the time of the consultation (DRC-14)."""

    full_name: str
    birth_date: date
    sex: Sex
    place: str = ""
    record_number: str = ""
    """Medical record (SOK-1)."""
    representative: str = ""
    """Full name of who acts for the patient (SPB-1); empty: nobody."""
    relation: str = ""
    """«мать», «опекун»."""


@dataclass(frozen=True, slots=True)
class ConclusionAuthor:
    """The doctor who writes."""

    full_name: str
    post: str


@dataclass(frozen=True, slots=True)
class ConclusionContent:
    """All that is printed. The same content makes the same bytes. Times are aware."""

    number: str
    """«20-4817 / 1»."""
    centre_name: str
    patient: PatientSnapshot
    route: Route
    form: ConsultationForm
    held_from: datetime
    held_to: datetime | None
    written_at: datetime
    zone: tzinfo
    """The centre's time, in which moments are printed."""
    zone_name: str
    """«МСК»."""
    doctor: ConclusionAuthor
    complaints: str = ""
    history: str = ""
    studies: tuple[ReviewedStudy, ...] = ()
    findings: str = ""
    sources: tuple[CitedSource, ...] = ()
    """Those that the text names, by their numbers."""
    diagnoses: tuple[DiagnosisLine, ...] = ()
    recommendations: str = ""
    decision: str = ""
    """Outcome in words: in-person visit, inpatient care (OZ-22); empty: the conclusion itself."""
    asked_by: str = ""
    """The doctor or clinic who sent the patient; empty: the patient."""
    needs_approval: bool = True
    """Whether the clinic countersigns."""
    question: str = ""
    """What was asked; printed before the complaints, beside `asked_by`."""
    answer: str = ""
    """The answer to the question; printed behind the diagnoses."""
    further_tests: str = ""
    """Printed behind the recommendations."""
    follow_up: str = ""
    """Printed behind the decision."""
    urgent: str = ""
    """At which signs an ambulance is called; printed so that it is not overlooked."""
    basis: str = ""
    """323-FZ, article 36.2: where the diagnosis was made in person before."""
    limits: str = ""
    """What a remote consultation cannot say; printed last."""
    participants: tuple[str, ...] = ()
    """Who took part in the consultation, each as «пациент Верещагин П. Н.»; empty: nobody met."""
    icd10_edition: str = ""
    """«МКБ-10, справочник 1.2.643.5.1.13.13.11.1005, версия 2.27»; empty: the codes come from no
    national directory."""
    template: str = ""
    """«cardio-surgery 3.1»: by which template of the centre; empty: by none."""
    unopened: tuple[str, ...] = ()
    """Titles of the request's files that the doctor did not look at."""
    unopened_reason: str = ""
    replaces: str = ""
    """«№ 20-4817 / 1 от 23.11.2026: описка в дозе»: the edition before this one."""
    verify_url: str = ""
    """Where anybody can check the file; printed in letters and as a QR code. Empty: nowhere."""
    key_images: tuple[KeyImage, ...] = ()
    """Of sources that the text names, in their order."""
