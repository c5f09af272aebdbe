"""The table beside the beat, row by row: ours in one column, the device's in another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity, EcgRecord, SampleUnit
from workstation.studies.measure.ecg.beat_bounds import Standing
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.proposals import BOUNDS_OF, Landmark
from workstation.studies.measure.ecg.st_levels import StLevel
from workstation.ui.literal_text import one_line
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.beat.words import BeatWords
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.numbers import MINUS, decimal, fixed, with_unit

_QRS = (Landmark.QRS_ONSET, Landmark.QRS_OFFSET)
_QT = (Landmark.QRS_ONSET, Landmark.T_END)
_IN_ROWS = {
    DeviceQuantity.HEART_RATE,
    DeviceQuantity.RR,
    DeviceQuantity.PR,
    DeviceQuantity.QRS,
    DeviceQuantity.QT,
    DeviceQuantity.QTC,
    DeviceQuantity.QRS_AXIS,
}


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One quantity."""

    label: str
    value: str
    """Ours; "" where there is none."""
    note: str = ""
    """Whose the value is, or what is to be known of it."""
    device: str = ""
    """The device's own value, "" where it gave none."""
    is_proposed: bool = False
    warn: bool = False
    wide_note: bool = False
    """The note has the device's column, too."""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class StRow:
    """One lead's levels."""

    lead: str
    values: tuple[str, str, str]
    is_chosen: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class StBlock:
    """ST of all leads, or why there is none."""

    title: str
    note: str
    rows: tuple[StRow, ...] = ()
    why_not: str = ""
    is_proposed: bool = False


class BeatRows(QObject):
    """Makes the rows of what the model holds."""

    def __init__(self, words: BeatWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._measured = MeasuredWords(self)

    def headings(self) -> tuple[str, str, str]:
        """Over value, note and device."""
        return self.tr("measured"), "", self.tr("device")

    def values(self, model: BeatModel) -> list[ValueRow]:
        """Rate, intervals, QTc by its formulas, axis."""
        record = model.record
        if record is None or model.study is None:
            return []
        return [
            *self._rhythm(model, record),
            *self._intervals(model, record),
            *self._corrected(model, record),
            self._axis(model, record),
        ]

    def st(self, model: BeatModel) -> StBlock:
        """ST of each lead."""
        title, standing = self.tr("ST, mV"), self._standing(model, _QRS)
        if not self._knows(model, _QRS):
            return StBlock(title, "", why_not=self.tr("needs QRS onset and J point"))
        if model.chosen_filter.baseline:
            return StBlock(title, "", why_not=self.tr("not measured: the baseline is filtered"))
        if model.study is not None and not model.study.is_calibrated:
            return StBlock(title, "", why_not=self.tr("no calibration"))
        rows = tuple(self._st_row(model, level) for level in model.values.st)
        note, is_proposed = self._words.standing(standing), standing is Standing.PROPOSED
        return StBlock(title, note, rows, is_proposed=is_proposed)

    def device_line(self, record: EcgRecord) -> str:
        """What else the device says, in its own words and units; "" where it says nothing."""
        values = [
            f"{one_line(one.name)} {self._device_value(one)}"
            for one in record.device_measurements
            if one.quantity not in _IN_ROWS or self._is_repeated(record, one)
        ]
        said = [f"«{one_line(text)}»" for text in record.statements if text.strip()]
        parts = [", ".join(values), " ".join(said)]
        text = "; ".join(part for part in parts if part)
        return self.tr("Device: {}").format(text) if text else ""

    def _rhythm(self, model: BeatModel, record: EcgRecord) -> Iterator[ValueRow]:
        rhythm = model.study.rhythm if model.study is not None else None
        rr, rate = (rhythm.rr_ms, rhythm.per_minute) if rhythm is not None else (None, None)
        if rhythm is None or rr is None or rate is None:
            note = self.tr("no two beats in a row")
            yield self._row(self.tr("Rate"), note, record, DeviceQuantity.HEART_RATE)
            return
        is_proposed = not model.settled.is_rr_confirmed
        note = self._words.standing(Standing.PROPOSED if is_proposed else Standing.CONFIRMED)
        tip = self.tr("Mean of {} intervals").format(len(rhythm.intervals_ms))
        for label, value, quantity in (
            (self.tr("Rate"), self._words.per_minute(rate), DeviceQuantity.HEART_RATE),
            ("RR", self._words.ms(rr), DeviceQuantity.RR),
        ):
            device = self._device(record, quantity)
            yield ValueRow(label, value, note, device, is_proposed, tip=tip)
        low, high = (decimal(edge(rhythm.intervals_ms), 0) for edge in (min, max))
        spread = self.tr("{}–{} ms, {} intervals").format(low, high, len(rhythm.intervals_ms))
        yield ValueRow(self.tr("RR from, to"), "", spread, wide_note=True)

    def _intervals(self, model: BeatModel, record: EcgRecord) -> Iterator[ValueRow]:
        for kind, quantity in (
            (IntervalKind.PR, DeviceQuantity.PR),
            (IntervalKind.QRS, DeviceQuantity.QRS),
            (IntervalKind.QT, DeviceQuantity.QT),
        ):
            value = model.values.intervals_ms.get(kind)
            label = kind.name
            if value is None:
                yield self._row(label, self.tr("not set"), record, quantity)
                continue
            standing = self._standing(model, BOUNDS_OF[kind])
            note, is_proposed = self._words.standing(standing), standing is Standing.PROPOSED
            device = self._device(record, quantity)
            yield ValueRow(label, self._words.ms(value), note, device, is_proposed)

    def _corrected(self, model: BeatModel, record: EcgRecord) -> Iterator[ValueRow]:
        device = self._device(record, DeviceQuantity.QTC)
        study, tip = model.study, self._words.formulas()
        rate = study.rhythm.per_minute if study is not None else None
        if not model.values.qtc or rate is None:
            why = self._words.not_corrected(study) if study is not None else ""
            yield ValueRow("QTc", "", why, device, tip=tip)
            return
        is_proposed = self._is_qtc_proposed(model)
        note = self._words.standing(Standing.PROPOSED if is_proposed else Standing.CONFIRMED)
        at = self.tr("at {}").format(self._words.per_minute(rate))
        yield ValueRow(f"QTc {at}", "", note, device, is_proposed, tip=tip)
        for one in model.values.qtc:
            trust = self._words.trust(one)
            name = self._measured.formula(one.formula.value)
            value = self._words.ms(one.value_ms)
            yield ValueRow(name, value, trust.text, "", is_proposed, trust.warn, True, tip)

    def _axis(self, model: BeatModel, record: EcgRecord) -> ValueRow:
        axis, tip = model.values.axis, self._words.axis_rule()
        label = self.tr("QRS axis")
        device = self._device(record, DeviceQuantity.QRS_AXIS)
        if axis.agree and axis.by_area is not None:
            standing = self._standing(model, _QRS)
            note, is_proposed = self._words.standing(standing), standing is Standing.PROPOSED
            return ValueRow(label, _degrees(axis.by_area), note, device, is_proposed, tip=tip)
        if axis.by_area is None or axis.by_amplitude is None:
            return ValueRow(label, "", self.tr("not determined"), device, tip=tip)
        apart = self.tr("not determined: by area {}, by amplitude {}")
        apart = apart.format(_degrees(axis.by_area), _degrees(axis.by_amplitude))
        return ValueRow(label, "", self.tr("not determined"), device, tip=f"{apart}. {tip}")

    def _st_row(self, model: BeatModel, level: StLevel) -> StRow:
        levels = (level.at_j, level.at_j60, level.at_j80)
        known = level.unit is SampleUnit.MILLIVOLT
        first, second, third = (self._millivolts(one if known else None) for one in levels)
        listed = level.lead in model.settled.st_leads
        values = (first, second, third)
        return StRow(one_line(level.lead), values, level.lead == model.lead, listed)

    def _millivolts(self, value: float | None) -> str:
        if value is None:
            return self.tr("unknown")
        text = fixed(value, 2)
        if not text.strip(f"{MINUS}0,"):
            return "0,00"
        return text if value < 0 else f"+{text}"

    def _row(self, label: str, note: str, record: EcgRecord, quantity: DeviceQuantity) -> ValueRow:
        return ValueRow(label, "", note, self._device(record, quantity))

    def _device(self, record: EcgRecord, quantity: DeviceQuantity) -> str:
        """The device's only value of that quantity; several stand with their names elsewhere."""
        found = [one for one in record.device_measurements if one.quantity is quantity]
        return self._device_value(found[0]) if len(found) == 1 else ""

    def _device_value(self, one: DeviceMeasurement) -> str:
        if one.unit == "deg":
            return _degrees(one.value)
        if one.unit == "ms":
            return self._words.ms(one.value)
        if one.unit in ("/min", "{beats}/min"):
            return self._words.per_minute(one.value)
        return with_unit(one.value, one_line(one.unit), 3)

    @staticmethod
    def _is_repeated(record: EcgRecord, value: DeviceMeasurement) -> bool:
        same: Sequence[DeviceMeasurement] = [
            one for one in record.device_measurements if one.quantity is value.quantity
        ]
        return len(same) > 1

    @staticmethod
    def _is_qtc_proposed(model: BeatModel) -> bool:
        rests_on = model.bounds.standing(_QT)
        return rests_on is Standing.PROPOSED or not model.settled.is_rr_confirmed

    @staticmethod
    def _knows(model: BeatModel, landmarks: tuple[Landmark, ...]) -> bool:
        return all(model.bounds.sample(one) is not None for one in landmarks)

    def _standing(self, model: BeatModel, landmarks: tuple[Landmark, ...]) -> Standing:
        known = [one for one in landmarks if model.bounds.sample(one) is not None]
        return model.bounds.standing(known)


def _degrees(value: float) -> str:
    return f"{decimal(value, 0)}°"
