"""What a file says of itself, as lines for the side panel. The device's values stay apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject

from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity, EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.viewers.disc.words import DiscWords
from workstation.ui.viewers.ecg.long.words import LongWords
from workstation.ui.viewers.ecg.words import EcgWords
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.numbers import decimal, moment, with_unit
from workstation.ui.viewers.stack.words import StackWords
from workstation.ui.viewers.warning_words import WarningWords


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; both literal."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What is said of one file."""

    facts: tuple[Fact, ...]
    device: tuple[Fact, ...] = ()
    """Measured by the device, never by us."""
    statements: tuple[str, ...] = ()
    """The device's own words."""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What somebody has written into the file; not the device's."""


class FileFacts(QObject):
    """Reads facts out of what is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ecg = EcgWords(self)
        self._long = LongWords(self)
        self._imaging = ImagingWords(self)
        self._stack = StackWords(self)
        self._warnings = WarningWords(self)
        self._disc = DiscWords(self)

    def sheet(
        self,
        info: EcgRecord
        | LongEcg
        | ClipInfo
        | PictureInfo
        | PdfInfo
        | ReportInfo
        | StackInfo
        | DiscInfo,
    ) -> FactSheet:
        """The facts of an open file."""
        warnings = tuple(self._warnings.text(warning) for warning in info.warnings)
        if isinstance(info, EcgRecord):
            device = self._device_values(info.device_measurements)
            return FactSheet(self._of_ecg(info), device, info.statements, warnings, info.notes)
        if isinstance(info, LongEcg):
            facts = self._of_ecg(info.facts, self._long.length(info.duration_s))
            device = self._device_values(info.facts.device_measurements)
            said = info.facts
            return FactSheet(facts, device, said.statements, warnings, said.notes)
        if isinstance(info, ClipInfo):
            return FactSheet(self._of_clip(info), warnings=warnings)
        if isinstance(info, PictureInfo):
            return FactSheet(self._of_picture(info), warnings=warnings)
        if isinstance(info, StackInfo):
            return FactSheet(self._of_stack(info), warnings=(*warnings, *self._stack_notes(info)))
        if isinstance(info, ReportInfo):
            return FactSheet(self._of_report(info), warnings=warnings)
        if isinstance(info, DiscInfo):
            return FactSheet(self._of_disc(info), warnings=(*self._disc.notes(info), *warnings))
        return FactSheet(self._of_pdf(info), warnings=warnings)

    def _of_ecg(self, record: EcgRecord, length: str = "") -> tuple[Fact, ...]:
        names = ", ".join(lead.name for lead in record.leads)
        recorded = self._ecg.recorded_filter(record.filter_note)
        return (
            *self._of_patient(record.patient_name, record.patient_birth_date),
            Fact(self.tr("Recorded"), self._when(record.recorded_on, record.recorded_at)),
            Fact(self.tr("Length"), length or with_unit(record.duration_s, self.tr("s"))),
            Fact(self.tr("Sampling"), with_unit(record.sampling_rate_hz, self.tr("Hz"))),
            Fact(self.tr("Leads"), f"{len(record.leads)}: {names}"),
            Fact(self.tr("Device's filter"), recorded or self.tr("not stated")),
            Fact(self.tr("Format"), record.source_format),
        )

    def _of_clip(self, info: ClipInfo) -> tuple[Fact, ...]:
        size = f"{info.width} × {info.height}"
        facts = [
            *self._of_patient(info.patient_name, info.patient_birth_date),
            Fact(self.tr("Taken"), self._when(info.taken_on, info.taken_at)),
        ]
        if not info.is_still:
            rate = info.frames_per_second or 0.0
            facts += [
                Fact(self.tr("Frames"), str(info.frame_count)),
                Fact(self.tr("Length"), with_unit(info.duration_ms / 1000, self.tr("s"), 2)),
                Fact(self.tr("Rate"), with_unit(rate, self.tr("fps"))),
            ]
        facts += [
            Fact(self.tr("Size"), size),
            Fact(self.tr("Scale"), self._imaging.calibration(info.regions)),
        ]
        if abs(info.pixel_aspect - 1) > 0.005:
            facts.append(Fact(self.tr("Pixel"), self._aspect(info.pixel_aspect)))
        facts.append(Fact(self.tr("Format"), info.format))
        return tuple(facts)

    def _of_picture(self, info: PictureInfo) -> tuple[Fact, ...]:
        return (
            Fact(self.tr("Taken"), self._when(None, info.taken_at)),
            Fact(self.tr("Size"), f"{info.width} × {info.height}"),
            Fact(self.tr("Format"), info.format),
        )

    def _of_pdf(self, info: PdfInfo) -> tuple[Fact, ...]:
        facts = [Fact(self.tr("Pages"), str(info.page_count))]
        if info.title:
            facts.append(Fact(self.tr("Title"), info.title))
        if info.format == "DICOM PDF":
            facts[:0] = self._of_patient(info.patient_name, info.patient_birth_date)
            facts.append(Fact(self.tr("Taken"), self._when(info.taken_on, info.taken_at)))
        facts.append(Fact(self.tr("Format"), info.format))
        if info.letters:
            facts.append(Fact(self.tr("Encoding"), info.letters))
        return tuple(facts)

    def _of_stack(self, info: StackInfo) -> tuple[Fact, ...]:
        first = info.slices[0].plane
        return (
            *self._of_patient(info.patient_name, info.patient_birth_date),
            Fact(self.tr("Taken"), self._when(info.taken_on, info.taken_at)),
            Fact(self.tr("Series"), str(len(info.series))),
            Fact(self._parts(info), str(len(info.slices))),
            Fact(self.tr("Size"), f"{first.columns} × {first.rows}"),
        )

    def _parts(self, info: StackInfo) -> str:
        """Frames of a film, slices of anything else."""
        is_film = all(series.film is not None for series in info.series)
        return self.tr("Frames") if is_film else self.tr("Slices")

    def _stack_notes(self, info: StackInfo) -> tuple[str, ...]:
        """What must be known of each series."""
        said = []
        for series in info.series:
            lines = self._stack.of_order(series)
            if lines:
                head = f"{self._stack.series(series)}: " if len(info.series) > 1 else ""
                said.append(head + self._stack.sentence(lines))
        return tuple(said)

    def _of_disc(self, info: DiscInfo) -> tuple[Fact, ...]:
        return (
            *self._of_patient(info.patient_name, info.patient_birth_date),
            Fact(self.tr("Taken"), self._when(info.taken_on, None)),
            Fact(self.tr("Series"), str(len(info.series))),
            Fact(self.tr("To open"), str(len(info.items))),
            Fact(self.tr("Not opened"), str(info.left_out_count)),
            Fact(self.tr("Format"), info.format),
        )

    def _of_report(self, info: ReportInfo) -> tuple[Fact, ...]:
        values = sum(line.has_value for line in info.lines)
        return (
            *self._of_patient(info.patient_name, info.patient_birth_date),
            Fact(self.tr("Taken"), self._when(info.taken_on, info.taken_at)),
            Fact(self.tr("Device"), info.device or self.tr("not stated")),
            Fact(self.tr("Values"), str(values)),
            Fact(self.tr("Format"), "DICOM SR"),
        )

    def _of_patient(self, name: str, born: date | None) -> list[Fact]:
        facts = [Fact(self.tr("Name in the file"), name or self.tr("none"))]
        if born is not None:
            facts.append(Fact(self.tr("Birth date"), moment(born, None)))
        return facts

    def _when(self, day: date | None, at: datetime | None) -> str:
        return moment(day, at) or self.tr("unknown")

    def _aspect(self, aspect: float) -> str:
        return self.tr("1 : {}, not square").format(decimal(aspect, 2))

    def _device_values(self, values: Sequence[DeviceMeasurement]) -> tuple[Fact, ...]:
        return tuple(Fact(self._quantity(value), self._value(value)) for value in values)

    def _quantity(self, value: DeviceMeasurement) -> str:
        names = {
            DeviceQuantity.HEART_RATE: self.tr("Heart rate"),
            DeviceQuantity.RR: "RR",
            DeviceQuantity.PP: "PP",
            DeviceQuantity.P_DURATION: "P",
            DeviceQuantity.PR: "PR",
            DeviceQuantity.QRS: "QRS",
            DeviceQuantity.QT: "QT",
            DeviceQuantity.QTC: "QTc",
            DeviceQuantity.P_AXIS: self.tr("P axis"),
            DeviceQuantity.QRS_AXIS: self.tr("QRS axis"),
            DeviceQuantity.T_AXIS: self.tr("T axis"),
        }
        return names.get(value.quantity) or value.name

    def _value(self, value: DeviceMeasurement) -> str:
        if value.unit == "deg":
            return f"{decimal(value.value)}°"
        units = {
            "ms": self.tr("ms"),
            "s": self.tr("s"),
            "mV": self.tr("mV"),
            "uV": self.tr("µV"),
            "/min": self.tr("per min"),
            "{beats}/min": self.tr("per min"),
        }
        return with_unit(value.value, units.get(value.unit, value.unit), 3)
