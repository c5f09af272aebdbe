"""What every format's reader finds in a file, before it is made into an `EcgRecord`."""

from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import (
    DeviceMeasurement,
    RecordedFilter,
    RecordingKind,
)
from workstation.studies.patient_sex import PatientSex
from workstation.studies.readers.ecg_samples import Calibration
from workstation.studies.readers.letters import Text
from workstation.studies.warnings import StudyWarning

Gaps = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class FoundLead:
    """One lead as it is stored. `stored` may be a view into the file; it is not changed."""

    label: str
    """The file's own name."""
    standard: str | None
    """Name of the standard, None where the label is none."""
    stored: npt.NDArray[np.generic]
    """Whole numbers or floats, in `scale`'s numbers: shape (n,), or (records, n of each) where
    records follow one another in time."""
    scale: Calibration | None
    """None: the file gives no valid scale."""
    gaps: Gaps = ()
    """Ranges of samples that were not recorded."""
    lowest: int | None = None
    """No stored number is below it, where a reader of long recordings knows one."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundRecording:
    """Leads that belong together."""

    leads: tuple[FoundLead, ...]
    rate_hz: float
    name: str = ""
    kind: RecordingKind = RecordingKind.RHYTHM


@dataclass(slots=True)
class FoundFacts:
    """What else the file says."""

    source_format: str
    patient_name: Text = field(default_factory=lambda: Text(""))
    birth_date: date | None = None
    sex: PatientSex | None = None
    recorded_on: date | None = None
    recorded_at: datetime | None = None
    measurements: tuple[DeviceMeasurement, ...] = ()
    statements: tuple[str, ...] = ()
    """The device's own words."""
    notes: tuple[str, ...] = ()
    """Comments and annotations, of whomever."""
    filter_note: RecordedFilter | None = None
    warnings: set[StudyWarning] = field(default_factory=set)
