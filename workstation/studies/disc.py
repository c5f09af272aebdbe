"""What a patient's disc holds, as it came in one archive: exams, their series, what to open.

Everything is grouped by the files' own headers; names of files and the disc's own directory are
compared with, never believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workstation.studies.long_store import Whole
from workstation.studies.patient_sex import PatientSex
from workstation.studies.warnings import StudyWarning


class DiscKind(StrEnum):
    """Which viewer an item of a disc will need, by its header; its content decides."""

    STACK = "stack"
    CLIP = "clip"
    IMAGE = "image"
    """One DICOM picture that is no slice."""
    PHOTO = "photo"
    REPORT = "report"
    DOCUMENT = "document"
    ECG = "ecg"


class LeftOutReason(StrEnum):
    """Why a file of a disc is not among what can be opened."""

    NOT_MEDICAL = "not_medical"
    """A viewer's programs, pages and helpers: never opened."""
    PREVIEW = "preview"
    """A small picture that a viewer keeps beside the real ones."""
    NO_PICTURE = "no_picture"
    """A DICOM object without a picture: a presentation state, raw data, a plan."""
    ADVISED = "advised"
    """A text or a photo of a kind that is to be saved as another one (DOC, RTF, HEIC)."""
    ENCRYPTED = "encrypted"
    NESTED = "nested"
    """An archive within the archive."""
    PACKING = "packing"
    """Packed by a method that is not read here."""
    PATH = "path"
    """Its name leads out of the archive, or is none."""
    LINK = "link"
    TWICE = "twice"
    """Another file of the archive has the same name: the first one is taken."""
    TOO_LARGE = "too_large"
    """It would unfold beyond any sense."""
    NOT_LOOKED = "not_looked"
    """There are more files than could be looked at within the decoder's time."""
    DAMAGED = "damaged"
    """The archive says of it what cannot be, or its bytes cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where an entry's bytes lie in the archive, and how they are packed (APPNOTE.TXT 4.4)."""

    offset: Whole
    packed: Whole
    size: Whole
    """Unpacked."""
    method: Whole
    """0 stored, 8 deflated."""
    crc: Whole


@dataclass(frozen=True, slots=True)
class DiscFile:
    """One file of a disc that can be opened, by itself or with others."""

    path: str
    """Its name in the archive, folders with "/" between; literal."""
    uid: str
    """SOP Instance UID; "" where it is no DICOM file."""
    place: EntryPlace


@dataclass(frozen=True, slots=True)
class DiscItem:
    """What is opened at once: the slices of a series, a clip, a report."""

    kind: DiscKind
    files: tuple[int, ...]
    """Numbers of `DiscInfo.files`, by Instance Number; at least one."""
    pictures: int
    """Slices, frames; 1 for a report or a document."""
    title: str
    """The device's words on this file alone, or its name on the disc; literal, may be ""."""
    number: int | None
    """Instance Number of a single file."""


@dataclass(frozen=True, slots=True)
class DiscSeries:
    """A series of one exam."""

    uid: str
    number: int | None
    modality: str
    title: str
    """The device's own words; the folder of files that are no DICOM. Literal."""
    taken_on: date | None
    taken_at: datetime | None
    patient_name: str
    patient_birth_date: date | None
    items: tuple[DiscItem, ...]
    """At least one."""
    patient_sex: PatientSex | None = None


@dataclass(frozen=True, slots=True)
class DiscExam:
    """A study of one patient; with no UID: files that are no DICOM."""

    uid: str
    title: str
    taken_on: date | None
    taken_at: datetime | None
    patient_name: str
    patient_birth_date: date | None
    series: tuple[DiscSeries, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of the disc that is not opened."""

    path: str
    """Literal; "" where the archive gives no name that can be shown."""
    reason: LeftOutReason


@dataclass(frozen=True, slots=True)
class DiscInfo:
    """All that a disc holds."""

    exams: tuple[DiscExam, ...]
    files: tuple[DiscFile, ...]
    left_out: tuple[LeftOut, ...]
    """The first ones, the gravest reasons before programs."""
    left_out_count: int
    missing: tuple[str, ...]
    """Files that the disc's own directory (DICOMDIR) names and the archive does not have; the
    first ones."""
    missing_count: int
    warnings: tuple[StudyWarning, ...]
    format: str = "ZIP"

    @property
    def items(self) -> tuple[DiscItem, ...]:
        """Everything that can be opened, in order."""
        return tuple(item for one in self.series for item in one.items)

    @property
    def series(self) -> tuple[DiscSeries, ...]:
        """All series, in order."""
        return tuple(one for exam in self.exams for one in exam.series)

    @property
    def people(self) -> tuple[tuple[str, date | None], ...]:
        """Everybody whom a series names: name and birth date, each once."""
        named = ((one.patient_name, one.patient_birth_date) for one in self.series)
        return tuple(dict.fromkeys(who for who in named if who != ("", None)))

    @property
    def patient_name(self) -> str:
        """Of the first series that names somebody."""
        return self.people[0][0] if self.people else ""

    @property
    def patient_birth_date(self) -> date | None:
        """As `patient_name`."""
        return self.people[0][1] if self.people else None

    @property
    def taken_on(self) -> date | None:
        """The latest day of all."""
        return max((one.taken_on for one in self.series if one.taken_on), default=None)

    def series_of(self, number: int) -> DiscSeries:
        """The series of the item with that number in `items`. Raises IndexError."""
        for one, holder in enumerate(self._holders()):
            if one == number:
                return holder
        raise IndexError(number)

    def find(self, part: str) -> int | None:
        """The number in `items` of what holds that part: SOP Instance UID, or path on the disc."""
        if not part:
            return None
        known = {
            number
            for number, file in enumerate(self.files)
            if part in (file.uid, file.path) and part
        }
        for number, item in enumerate(self.items):
            if known.intersection(item.files):
                return number
        return None

    def part_of(self, number: int) -> str:
        """By which an item is found again: the UID of its first file, else its path."""
        file = self.files[self.items[number].files[0]]
        return file.uid or file.path

    def size_of(self, number: int) -> int:
        """Bytes of an item's files, unpacked."""
        return sum(self.files[one].place.size for one in self.items[number].files)

    def _holders(self) -> Iterator[DiscSeries]:
        for one in self.series:
            for _ in one.items:
                yield one
