"""What is written on an ECG: speed, gain, filter and scale in words, most needed first."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.studies.ecg import EcgRecord, EcgRecording, RecordedFilter, RecordingKind
from workstation.studies.measure.ecg.filters import BASELINE_HZ, TraceFilter, filter_of
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.viewers.ecg.arrangement import EcgLayout, is_twelve_lead
from workstation.ui.viewers.ecg.layout import Page, Strip
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.numbers import NBSP, decimal, moment, with_unit

AS_RECORDED = TraceFilter()
_LONGEST_NAME = 28
_CLOCK_FROM_S = 600.0


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

    def filter(self, chosen: TraceFilter = AS_RECORDED) -> str:
        """«Фильтр: нет»; «Фильтр: 0,05–40 Гц, сеть 50 Гц»."""
        return self.tr("Filter: {}").format(self.filter_parts(chosen))

    def filter_code(self, code: str) -> str:
        """The same for a filter as it is kept with a measurement; literal where unknown."""
        chosen = filter_of(code)
        return self.filter(chosen) if chosen is not None else self.tr("Filter: {}").format(code)

    def filter_parts(self, chosen: TraceFilter) -> str:
        """The filter without the word before it."""
        parts = [self.band(chosen), self.mains(chosen), self.baseline(chosen)]
        return ", ".join(part for part in parts if part) or self.tr("none", "filter")

    def band(self, chosen: TraceFilter) -> str:
        """The passband as it is with the baseline's filter; "" where all passes."""
        low, high = chosen.low_hz, chosen.band.value
        if low is None or high is None:
            return ""
        return self.tr("{}–{} Hz").format(decimal(low, 2), decimal(high))

    def mains(self, chosen: TraceFilter) -> str:
        """«сеть 50 Гц»; "" where the hum is kept."""
        hertz = chosen.mains.value
        return self.tr("mains {} Hz").format(decimal(hertz)) if hertz is not None else ""

    def baseline(self, chosen: TraceFilter) -> str:
        """«изолиния 0,5 Гц»; "" where its drift is kept."""
        text = self.tr("baseline {} Hz").format(decimal(BASELINE_HZ))
        return text if chosen.baseline else ""

    def idle_filter(self, record: EcgRecord, chosen: TraceFilter) -> str:
        """Says that a chosen filter can do nothing to a record of that rate; else ""."""
        hertz = chosen.mains.value
        if hertz is None or hertz < record.sampling_rate_hz / 2:
            return ""
        return self.tr("mains filter does nothing at {}").format(self.rate(record))

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
            EcgLayout.THREE_RHYTHMS: self.tr("3×4 + 3 rhythms"),
        }[layout]

    def layout_of(self, record: EcgRecord, layout: EcgLayout) -> str:
        """The layout as it is with that record: without the twelve it has other rows."""
        if layout is EcgLayout.RHYTHM or is_twelve_lead(record):
            return self.layout(layout)
        return self.tr("all leads")

    def columns(self, *, simultaneous: bool) -> str:
        """Which seconds columns show."""
        if simultaneous:
            return self.tr("columns: same time")
        return self.tr("columns: in turn")

    def recording(self, recording: EcgRecording) -> str:
        """What a recording is: its kind, and its name in the file."""
        is_beat = recording.kind is RecordingKind.MEDIAN_BEAT
        kind = self.tr("device's median beat") if is_beat else self.tr("rhythm")
        name = " ".join(recording.name.split())
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        return f"{kind} «{short}»" if short else kind

    def recording_line(self, recording: EcgRecording) -> str:
        """With its leads, its length and its rate: what tells it from one of the same name."""
        count = len(recording.leads)
        samples = len(recording.leads[0].samples) if recording.leads else 0
        length = with_unit(samples / recording.sampling_rate_hz, self.tr("s"))
        rate = with_unit(recording.sampling_rate_hz, self.tr("Hz"))
        leads = self.tr("leads: {}").format(count)
        return f"{self.recording(recording)}, {leads}, {length}, {rate}"

    def one_of(self, number: int, count: int, recording: EcgRecording) -> str:
        """Which of a file's recordings is shown: «1 из 3: ритм «RHYTHM»»."""
        place = self.tr("{} of {}", "recordings").format(number, count)
        return f"{place}: {self.recording(recording)}"

    def seconds_shown(self, record: EcgRecord, page: Page, offset_s: float = 0.0) -> str:
        """Which part of a record longer than the page is shown; "" where it is all.

        `offset_s`: where the record begins in a longer one; its whole length is not known here.
        """
        if record.duration_s <= page.duration_s + 0.01 and not offset_s:
            return ""
        start, end = page.start_s + offset_s, page.start_s + page.duration_s + offset_s
        by_clock = max(end, record.duration_s) >= _CLOCK_FROM_S
        span = f"{_moment(start, by_clock=by_clock)}–{_moment(end, by_clock=by_clock)}"
        if by_clock:
            whole = _moment(record.duration_s, by_clock=True)
            return span if offset_s else self.tr("{} of {}", "moments").format(span, whole)
        if offset_s:
            return self.tr("{} s").format(span)
        return self.tr("{} of {} s").format(span, _moment(record.duration_s))

    def hints(self) -> dict[str, str]:
        """What a click on a field of the header does, and its keys."""
        filters = " ".join(key_label(f"ecg.{part}") for part in ("band", "mains", "baseline"))
        filter_hint = self.tr("Filters of what is shown; the file stays as it is")
        return {
            "recording": with_key(self.tr("Next recording of the file"), "ecg.recording"),
            "speed": with_key(self.tr("Paper speed"), "ecg.speed"),
            "gain": with_key(self.tr("Gain"), "ecg.gain"),
            "filter": f"{filter_hint} ({filters})",
            "scale": with_key(self.tr("Measure the screen with a bank card"), "ecg.calibrate"),
            "layout": self.tr("Layout of the leads (1–6)"),
            "columns": with_key(self.tr("Which seconds columns show"), "ecg.columns"),
            "beat": with_key(self.tr("Averaged beat: QT, QTc, ST, axis"), "ecg.beat"),
            "print": with_key(self.tr("Print, or keep as PDF"), "ecg.print"),
        }

    def clipped(self, page: Page) -> str:
        """Leads that leave their rows; "" where all fit."""
        names = list(dict.fromkeys(s.ref.label for s in page.strips if s.is_clipped))
        return self.tr("does not fit: {}").format(", ".join(names)) if names else ""

    def rate(self, record: EcgRecord) -> str:
        """«500 Гц»."""
        return with_unit(record.sampling_rate_hz, self.tr("Hz"))

    def note(self, strip: Strip) -> str:
        """Beside a lead's name, where it is not as the others; else ""."""
        if strip.lead is None or strip.placement is None:
            return self.absent()
        if not strip.placement.calibrated:
            return self.no_calibration()
        return self.shifted(strip.placement.offset) if strip.placement.shifted else ""

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
        chosen: TraceFilter = AS_RECORDED,
        *,
        recording: str = "",
        offset_s: float = 0.0,
    ) -> list[HeaderField]:
        """The left part of the header, in its order. `recording`: which of several is shown."""
        is_beat = record.kind is RecordingKind.MEDIAN_BEAT
        fields = [
            HeaderField(self.title(record), strong=True),
            HeaderField(recording, warn=is_beat, key="recording"),
            HeaderField(self.speed(page.speed), key="speed"),
            self._gain_field(record, page.gain),
            HeaderField(self.filter(chosen), warn=not chosen.off, key="filter"),
            HeaderField(self.idle_filter(record, chosen), warn=True),
            HeaderField(self.clipped(page), warn=True),
            HeaderField(self.seconds_shown(record, page, offset_s)),
            HeaderField(self.scale(calibration, zoom), needed=False, key="scale"),
            HeaderField(f"{self.rate(record)}, {record.source_format}", needed=False),
        ]
        return [field for field in fields if field.text]

    def _gain_field(self, record: EcgRecord, gain: float) -> HeaderField:
        text = self.gain(record, gain)
        return HeaderField(text, warn=text == self.no_calibration(), key="gain")


def _moment(seconds: float, *, by_clock: bool = False) -> str:
    """«9,5», and of a long record «0:09,5» and «1:23:45,5», for one reads its hour."""
    if not by_clock:
        return decimal(seconds)
    tenths = round(seconds * 10)
    hours, minutes = divmod(tenths // 600, 60)
    rest = f"{tenths % 600 / 10:04.1f}".removesuffix(".0").replace(".", ",")
    return f"{hours}:{minutes:02}:{rest}" if hours else f"{minutes}:{rest}"
