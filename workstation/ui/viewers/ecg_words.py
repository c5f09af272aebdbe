"""What is written on an ECG: speed, gain, filter and scale in words, most needed first."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.studies.ecg import EcgRecord, RecordedFilter
from workstation.ui.viewers.ecg_layout import EcgLayout, Page
from workstation.ui.viewers.ecg_paper import ScreenCalibration
from workstation.ui.viewers.numbers import NBSP, decimal, moment, with_unit


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A piece of the trace's header. `needed` is never left out; `key` says what a click does."""

    text: str
    needed: bool = True
    strong: bool = False
    warn: bool = False
    key: str = ""


class EcgWords(QObject):
    """Words of the ECG desk."""

    def title(self, record: EcgRecord) -> str:
        """«ЭКГ 19.11.2026 08:52», by the device's clock."""
        when = moment(record.recorded_on, record.recorded_at)
        return self.tr("ECG {}").format(when) if when else self.tr("ECG, time unknown")

    def speed(self, mm_s: float) -> str:
        """«25 мм/с»."""
        return with_unit(mm_s, self.tr("mm/s"))

    def gain(self, record: EcgRecord, mm_mv: float) -> str:
        """«10 мм/мВ»; a record without any scale says that it has none."""
        if record.leads and not any(lead.unit.value == "mV" for lead in record.leads):
            return self.no_calibration()
        return with_unit(mm_mv, self.tr("mm/mV"))

    def no_calibration(self) -> str:
        """Instead of a gain or a value: never a plausible number."""
        return self.tr("no calibration")

    def filter(self) -> str:
        """Our own filters are not there yet: what is shown is what was stored."""
        return self.tr("Filter: none")

    def recorded_filter(self, note: RecordedFilter | None) -> str:
        """The filter that the device applied before storing; "" where nothing is stated."""
        if note is None:
            return ""
        parts = []
        if note.low_hz is not None or note.high_hz is not None:
            low = decimal(note.low_hz, 3) if note.low_hz is not None else "?"
            high = decimal(note.high_hz) if note.high_hz is not None else "?"
            parts.append(self.tr("{}–{} Hz").format(low, high))
        if note.notch_hz:
            parts.append(self.tr("mains {} Hz").format(decimal(note.notch_hz)))
        return ", ".join(parts)

    def scale(self, calibration: ScreenCalibration, zoom: float) -> str:
        """What a millimetre of the grid is worth on this screen."""
        percent = f"{round(zoom * 100)}{NBSP}%"
        source = (
            self.tr("screen calibrated")
            if calibration.calibrated
            else self.tr("scale by the screen's data")
        )
        return f"{source}, {percent}"

    def layout(self, layout: EcgLayout) -> str:
        """«3×4 + ритм»."""
        return {
            EcgLayout.THREE_BY_FOUR: self.tr("3×4 + rhythm"),
            EcgLayout.SIX_BY_TWO: self.tr("6×2"),
            EcgLayout.TWELVE_BY_ONE: self.tr("12×1"),
            EcgLayout.RHYTHM: self.tr("Rhythm"),
            EcgLayout.CABRERA: self.tr("Cabrera"),
        }[layout]

    def seconds_shown(self, record: EcgRecord, page: Page) -> str:
        """Which part of a record longer than the page is shown; "" where it is all."""
        if record.duration_s <= page.duration_s + 0.01:
            return ""
        end = page.start_s + page.duration_s
        whole = decimal(record.duration_s)
        return self.tr("{}–{} of {} s").format(decimal(page.start_s), decimal(end), whole)

    def clipped(self, page: Page) -> str:
        """Leads that leave their rows; "" where all fit."""
        names = list(dict.fromkeys(s.ref.label for s in page.strips if s.is_clipped))
        return self.tr("does not fit: {}").format(", ".join(names)) if names else ""

    def absent(self) -> str:
        """In the place of a lead that the file does not hold."""
        return self.tr("not in the file")

    def shifted(self, offset_mv: float) -> str:
        """Beside a lead that is moved to fit its row."""
        return self.tr("offset {} mV").format(decimal(offset_mv, 2))

    def fields(
        self,
        record: EcgRecord,
        page: Page,
        calibration: ScreenCalibration,
        zoom: float,
    ) -> list[HeaderField]:
        """The left part of the header, in its order."""
        rate = with_unit(record.sampling_rate_hz, self.tr("Hz"))
        fields = [
            HeaderField(self.title(record), strong=True),
            HeaderField(self.speed(page.speed), key="speed"),
            self._gain_field(record, page.gain),
            HeaderField(self.filter()),
            HeaderField(self.clipped(page), warn=True),
            HeaderField(self.seconds_shown(record, page)),
            HeaderField(f"{rate}, {record.source_format}"),
            HeaderField(self.scale(calibration, zoom), needed=False),
        ]
        return [field for field in fields if field.text]

    def _gain_field(self, record: EcgRecord, gain: float) -> HeaderField:
        text = self.gain(record, gain)
        return HeaderField(text, warn=text == self.no_calibration(), key="gain")
