"""An electrocardiogram as the viewer, the calipers and the print show it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

import numpy as np
import numpy.typing as npt

from workstation.studies.patient_sex import PatientSex
from workstation.studies.warnings import StudyWarning

STANDARD_LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
"""The twelve leads in the order in which they are shown."""

FURTHER_LEADS = ("V7", "V8", "V9", *(f"V{n}R" for n in range(1, 10)), "X", "Y", "Z")
"""Posterior, right and Frank leads, in the order in which they follow the twelve."""


class SampleUnit(Enum):
    """What a sample's number means."""

    MILLIVOLT = "mV"
    UNCALIBRATED = "uncalibrated"
    """Raw numbers of the device: a form without a scale, never to be shown as mV."""


@dataclass(frozen=True, slots=True, eq=False)
class EcgLead:
    """One lead. `samples` are finite, read-only, equally spaced."""

    name: str
    """Name of the standard (`STANDARD_LEADS`), or the file's own for any other."""
    samples: npt.NDArray[np.float32]
    """Shape (n,), in `unit`; 0 inside `gaps`."""
    unit: SampleUnit = SampleUnit.MILLIVOLT
    derived: bool = False
    """Computed here from leads I and II, not recorded."""
    gaps: tuple[tuple[int, int], ...] = ()
    """Ranges [start, stop) of samples where nothing was recorded: leave the line open there."""


class DeviceQuantity(Enum):
    """What the device measured, where the file's code is known."""

    HEART_RATE = "heart_rate"
    RR = "rr"
    PP = "pp"
    P_DURATION = "p_duration"
    PR = "pr"
    QRS = "qrs"
    QT = "qt"
    QTC = "qtc"
    P_AXIS = "p_axis"
    QRS_AXIS = "qrs_axis"
    T_AXIS = "t_axis"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeviceMeasurement:
    """A value by the device: shown as the device's, never mixed with ours."""

    quantity: DeviceQuantity
    name: str
    """As the file writes it."""
    value: float
    unit: str
    """UCUM: "ms", "deg", "/min", "mV", ...; "" where the file gives none."""


@dataclass(frozen=True, slots=True)
class RecordedFilter:
    """The filter that was applied when the trace was stored, Hz; None: not stated."""

    low_hz: float | None
    high_hz: float | None
    notch_hz: float | None


class RecordingKind(Enum):
    """What one of a file's recordings is."""

    RHYTHM = "rhythm"
    """The trace as it ran."""
    MEDIAN_BEAT = "median_beat"
    """One beat that the device averaged."""


@dataclass(frozen=True, slots=True, eq=False)
class EcgRecording:
    """A recording beside the one that is shown: a median beat, a second rhythm."""

    name: str
    """As the file calls it ("MEDIAN BEAT"); literal text, "" where it gives no name."""
    kind: RecordingKind
    leads: tuple[EcgLead, ...]
    """In the order of `EcgRecord.leads`; all of the same number of samples."""
    sampling_rate_hz: float
    """Above 0."""


@dataclass(frozen=True, slots=True, eq=False)
class EcgRecord:
    """One recording: all leads have the same number of samples and the same rate."""

    leads: tuple[EcgLead, ...]
    """I, II, III, aVR, aVL, aVF, V1 to V6 as far as present, then posterior, right and Frank
    leads (`FURTHER_LEADS`), then all others in file order. A modified lead (MLII, CM5) stands
    behind the lead that it modifies."""
    sampling_rate_hz: float
    """Above 0."""
    patient_name: str
    """Readable ("Иванова Мария Петровна"); literal text, "" where the file gives none."""
    patient_birth_date: date | None
    recorded_on: date | None
    recorded_at: datetime | None
    """By the device's clock, without a zone; None where only the day is known."""
    device_measurements: tuple[DeviceMeasurement, ...]
    statements: tuple[str, ...]
    """The device's own words on the trace; literal text."""
    filter_note: RecordedFilter | None
    warnings: tuple[StudyWarning, ...]
    source_format: str
    """"DICOM", "SCP-ECG", "EDF+", ..."""
    name: str = ""
    """What the file calls the shown recording ("RHYTHM"); "" where it gives no name."""
    kind: RecordingKind = RecordingKind.RHYTHM
    others: tuple[EcgRecording, ...] = ()
    """Further recordings of the file, offered by name: see `turned_to`."""
    notes: tuple[str, ...] = ()
    """What somebody has written into the file (comments of WFDB, annotations of EDF+), not the
    device's words; literal text."""
    patient_sex: PatientSex | None = None

    @property
    def sample_count(self) -> int:
        """Samples of each lead."""
        return len(self.leads[0].samples) if self.leads else 0

    @property
    def duration_s(self) -> float:
        """Seconds that the samples cover."""
        return self.sample_count / self.sampling_rate_hz

    @property
    def calibrated(self) -> bool:
        """Whether every lead is in mV."""
        return all(lead.unit is SampleUnit.MILLIVOLT for lead in self.leads)

    def lead(self, name: str) -> EcgLead | None:
        """The lead of that name, None where the record has none."""
        return next((lead for lead in self.leads if lead.name == name), None)

    def turned_to(self, place: int) -> "EcgRecord":
        """The same file with `others[place]` shown, and what is shown now among the others.

        Raises:
            IndexError: no such recording.
        """
        chosen = self.others[place]
        here = EcgRecording(self.name, self.kind, self.leads, self.sampling_rate_hz)
        return replace(
            self,
            leads=chosen.leads,
            sampling_rate_hz=chosen.sampling_rate_hz,
            name=chosen.name,
            kind=chosen.kind,
            others=(*self.others[:place], here, *self.others[place + 1 :]),
        )

    @property
    def all_leads(self) -> tuple[EcgLead, ...]:
        """The shown recording's leads, then those of each of the others."""
        return (*self.leads, *(lead for other in self.others for lead in other.leads))
