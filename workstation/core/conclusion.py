"""What stands in a consultative conclusion: the words of the paper, apart from how it looks."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum

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
