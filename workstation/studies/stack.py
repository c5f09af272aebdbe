"""Slices of CT, MR and other grey pictures whose numbers mean something: stacks to scroll through.

The decoder says what there is and where the stored numbers lie; the window makes greys of them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from workstation.studies.film import Film
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.patient_sex import PatientSex
from workstation.studies.series_plane import EdgeMarks, SlicePlane
from workstation.studies.series_spacing import SeriesNote
from workstation.studies.warnings import StudyWarning

HOUNSFIELD: Final = "HU"
LARGEST_LUT: Final = 65_536
"""Entries of a table: a descriptor can say no more (C.11.1.1)."""


@dataclass(frozen=True, slots=True)
class GreyNumbers:
    """How 16 bits are read as a stored number (PS3.3 C.7.6.3.1)."""

    bits: int
    """The lowest ones, 1 to 16, are the number; what stands above them is none of it."""
    signed: bool
    inverted: bool
    """MONOCHROME1: the least number is white."""
    padding: tuple[int, int] | None = None
    """Least and greatest stored number that means "outside of the picture" (C.7.5.1.1.2)."""


@dataclass(frozen=True, slots=True)
class GreyLut:
    """A table of the device's own, of a modality LUT or a VOI LUT (C.11.1.1, C.11.2.1.1)."""

    first: int
    """The number to which the first entry belongs; what is below it has that entry, too, and
    what is beyond the last entry has the last one."""
    bits: int
    """Of an entry: 8 to 16; the greatest is 2^bits - 1."""
    entries: bytes
    """16 bits each, little-endian: 1 to 65,536 of them, none greater than `bits` allows."""
    name: str = ""
    """The device's own word for it, literal."""


@dataclass(frozen=True, slots=True)
class Rescale:
    """From stored numbers to values: slope * number + intercept, or by a table (C.11.1)."""

    slope: float = 1.0
    intercept: float = 0.0
    unit: str = ""
    """"HU" where the file says so, or its kind means it; another code; "" where unknown."""
    lut: GreyLut | None = None
    """A modality LUT, which takes the place of slope and intercept."""


@dataclass(frozen=True, slots=True)
class GreyWindow:
    """Values that are shown from black to white (C.11.2.1.2)."""

    centre: float
    width: float
    """1 and more for LINEAR, else above 0."""
    name: str = ""
    """The device's own word for it, literal."""
    curve: str = ""
    """"" for LINEAR, else "LINEAR_EXACT" or "SIGMOID"."""


GreyView = GreyWindow | GreyLut
"""How values become greys."""


@dataclass(frozen=True, slots=True)
class StackSlice:
    """One picture."""

    part: int
    """Which file of the set, from 0."""
    frame: int
    """From 0, within the part."""
    uid: str
    """SOP Instance UID; "" where there is none."""
    plane: SlicePlane
    spacing_source: ScaleSource
    """Of `plane.spacing_mm`: in the patient, or at the detector."""
    numbers: GreyNumbers
    rescale: Rescale
    windows: tuple[GreyWindow, ...]
    instance_number: int | None
    location_mm: float | None
    """Along the normal of its stack."""
    thickness_mm: float | None
    marks: EdgeMarks
    luts: tuple[GreyLut, ...] = ()
    """VOI LUTs, over the values."""
    overlay: int | None = None
    """Number of the lines that the device keeps apart from the picture; slices of one number
    share them; None: there are none."""

    @property
    def views(self) -> tuple[GreyView, ...]:
        """How the device wants it to be seen, the first one at first: a table says more exactly
        than a window what is meant, where both are there (C.11.2: alternatives)."""
        return (*self.luts, *self.windows)

    @property
    def byte_count(self) -> int:
        """Of its numbers, 16 bits each."""
        return 2 * self.plane.rows * self.plane.columns


@dataclass(frozen=True, slots=True)
class StackSeries:
    """Slices that are scrolled through together: `StackInfo.slices[first : first + count]`."""

    first: int
    count: int
    title: str
    """The device's own words on it; literal."""
    number: int | None
    """Series Number."""
    modality: str
    patient_name: str
    patient_birth_date: date | None
    taken_on: date | None
    taken_at: datetime | None
    step_mm: float | None
    """Usual distance from slice to slice."""
    repeats: int
    """Times or echoes at each place; one pass through all places after another."""
    is_localizer: bool
    notes: tuple[SeriesNote, ...]
    slice_ms: float | None = None
    """How long the device says each is to be seen where they are played; None: it does not."""
    film: Film | None = None
    """Times of its slices, where they are the frames of a film."""
    patient_sex: PatientSex | None = None


@dataclass(frozen=True, slots=True)
class StackInfo:
    """Everything that can be scrolled through in a file or in a set of files."""

    slices: tuple[StackSlice, ...]
    """Series after series, each in its true order."""
    series: tuple[StackSeries, ...]
    """At least one, of at least one slice each."""
    left_out: int
    """Files of the set that hold no such picture, or a damaged one."""
    warnings: tuple[StudyWarning, ...]

    @property
    def patient_name(self) -> str:
        """Of the first series."""
        return self.series[0].patient_name

    @property
    def patient_birth_date(self) -> date | None:
        """Of the first series."""
        return self.series[0].patient_birth_date

    @property
    def taken_on(self) -> date | None:
        """Of the first series."""
        return self.series[0].taken_on

    @property
    def taken_at(self) -> datetime | None:
        """Of the first series, by the device's clock, without a zone."""
        return self.series[0].taken_at

    @property
    def title(self) -> str:
        """Of the first series."""
        return self.series[0].title

    @property
    def modality(self) -> str:
        """Of the first series: "CT", "MR", ..."""
        return self.series[0].modality

    def series_of(self, index: int) -> int:
        """The number of the series in which a slice is."""
        for number, one in enumerate(self.series):
            if one.first <= index < one.first + one.count:
                return number
        raise IndexError(index)
