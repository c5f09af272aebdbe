"""A structured report of a device as the window shows it: lines in groups, in the device's words.

DICOM PS3.3 A.35 and C.17. Nothing in it is measured or computed here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workstation.studies.patient_sex import PatientSex
from workstation.studies.warnings import StudyWarning


class LineKind(StrEnum):
    """What a content item holds (Value Type, PS3.3 C.17.3.2.1)."""

    GROUP = "group"
    NUMBER = "number"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    PERSON = "person"
    UID = "uid"
    PICTURE = "picture"
    """A picture, a curve or another object that the report refers to."""
    PLACE = "place"
    """Coordinates in a picture or in time; or another line of the report."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded word (PS3.3 8.8). `meaning` is literal; the code says what is meant."""

    value: str
    scheme: str
    meaning: str


NO_CODE = Coded("", "", "")


@dataclass(frozen=True, slots=True)
class Modifier:
    """What makes a name or a value more exact: finding site, side, derivation, mode."""

    name: Coded
    value: Coded
    """Without a code where it is no coded word."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A content item that is a line of its own."""

    item: int
    """Which content item of the file, counted from 0 in the order of the document, the root
    included: what a source of the conclusion names."""
    depth: int
    """Under how many groups and lines; 0 right under the root."""
    kind: LineKind
    name: Coded
    words: str
    """The value as the file writes it; of a number its digits. "" for groups and missing ones."""
    code: Coded
    """Of a coded value; of a number without a value why there is none; else empty."""
    unit: Coded
    """Of a number (UCUM)."""
    modifiers: tuple[Modifier, ...]

    @property
    def has_value(self) -> bool:
        """Whether it says anything."""
        return bool(self.words or self.code.meaning or self.code.value)


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A structured report of any SOP class."""

    name: Coded
    """The title: concept name of the root."""
    template: str
    """Template identifier, such as "5200"; "" where the file names none."""
    lines: tuple[ReportLine, ...]
    patient_name: str
    patient_birth_date: date | None
    taken_on: date | None
    taken_at: datetime | None
    """Of the content, by the device's clock."""
    device: str
    """Manufacturer and model; literal."""
    title: str
    """The device's own words on the series or the study; literal."""
    is_complete: bool | None
    """Completion Flag; None where it is not said."""
    is_verified: bool | None
    """Verification Flag: a person has signed for it."""
    warnings: tuple[StudyWarning, ...]
    patient_sex: PatientSex | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no line of it has a value: devices send such reports beside full ones."""
        return not any(line.has_value for line in self.lines)
