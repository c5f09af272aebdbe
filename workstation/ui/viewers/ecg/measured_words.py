"""A measurement of an ECG in words: what it is, its value, where it was measured and how seen."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import EcgPlace
from workstation.studies.measure.ecg.filters import filter_of
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.qtc import QtFormula
from workstation.ui.viewers.ecg.words import EcgWords
from workstation.ui.viewers.numbers import NBSP, decimal, fixed, with_unit

_DIGITS = {"mV": 2}
"""Places behind the comma, by unit; whole numbers otherwise."""
_BEATS = (Quantity.RR, Quantity.PP)


class MeasuredWords(QObject):
    """The same words on the trace, in the list, in the conclusion and on the command line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ecg = EcgWords(self)

    def label(self, measured: Measured) -> str:
        """«QT», «QTc Фридериция», «ST (J+60)», «RR, среднее из 3»."""
        name = self._name(measured.quantity)
        if measured.quantity is Quantity.QTC:
            return f"{name} {self.formula(measured.detail)}".rstrip()
        if measured.cycles > 1:
            return self.tr("{}, mean of {}").format(name, measured.cycles)
        detail = self._detail(measured.detail)
        return f"{name} ({detail})" if detail else name

    def short_label(self, measured: Measured) -> str:
        """For a narrow list: «RR × 5» is the mean of five."""
        if measured.cycles < 2:
            return self.label(measured)
        return f"{self._name(measured.quantity)} × {measured.cycles}"

    def value(self, measured: Measured) -> str:
        """«396 мс»; RR and PP with their rate: «882 мс, 68 в мин»."""
        length, rate = self.length(measured), self.rate(measured)
        return f"{length}, {rate}" if rate else length

    def length(self, measured: Measured) -> str:
        """The value without the rate: «882 мс». Whole ms, 0.01 mV; unknown is said."""
        value, unit = measured.value, measured.unit
        if value is None:
            return self.tr("unknown")
        if unit == "deg":
            return f"{decimal(value, 0)}°"
        if not unit:
            return f"{decimal(value, 1)}, {self._ecg.no_calibration()}"
        return with_unit(value, self._unit(unit), _DIGITS.get(unit, 0))

    def rate(self, measured: Measured) -> str:
        """«68 в мин» of an RR or PP interval in ms; "" for all others."""
        value = measured.value
        if measured.quantity not in _BEATS or not value or measured.unit != "ms":
            return ""
        return with_unit(60_000 / value, self._unit("/min"), 0)

    def line(self, measured: Measured, value: str = "") -> str:
        """«QT 396 мс»; «RR, среднее из 3, 860 мс, 70 в мин». `value`: in other words."""
        pause = "," if measured.cycles > 1 else ""
        return f"{self.label(measured)}{pause} {value or self.value(measured)}"

    def finding(self, measured: Measured) -> str:
        """«QT 396 мс (II, 3,52–3,92 с, фильтр: нет)»: complete, for the conclusion; QTc with the
        RR by which it was corrected."""
        line = self.line(measured)
        if measured.rr_ms is not None:
            line = self.tr("{} at RR {}").format(line, with_unit(measured.rr_ms, self.tr("ms"), 0))
        return f"{line} ({self.place(measured.place)})"

    def proposed(self, text: str) -> str:
        """«QT 396 мс, предложено»: found by the program, not yet confirmed."""
        return self.tr("{}, proposed").format(text)

    def place(self, place: EcgPlace) -> str:
        """«II, 3,52–3,92 с, фильтр: нет»."""
        where = self._beat(place) if place.median_beat else self.seconds(place)
        return f"{self.lead(place)}, {where}, {self.filter(place.filter)}"

    def _beat(self, place: EcgPlace) -> str:
        """«усреднённый комплекс»; of a part of a long recording with the second it begins at."""
        if not place.beats_from_s:
            return self.tr("median beat")
        return self.tr("median beat of the part from {} s").format(fixed(place.beats_from_s, 0))

    def strip(self, place: EcgPlace, speed: float, gain: float | None) -> str:
        """«Полоса ЭКГ (II, 0,00–10,00 с, фильтр: нет, 25 мм/с, 10 мм/мВ)»; `gain` None: raw."""
        no_scale = self._ecg.no_calibration()
        scale = (
            self._ecg.speed(speed),
            no_scale if gain is None else with_unit(gain, self.tr("mm/mV")),
        )
        return self.tr("ECG strip ({})").format(", ".join((self.place(place), *scale)))

    def lead(self, place: EcgPlace) -> str:
        """«II»."""
        return place.lead or self.tr("all leads")

    def seconds(self, place: EcgPlace) -> str:
        """«3,52–3,92 с», from the beginning of the recording."""
        first, last = sorted((place.start_s, place.stop_s))
        unit = self.tr("s")
        return f"{fixed(first, 2)}–{fixed(last, 2)}{NBSP}{unit}"

    def filter(self, code: str) -> str:
        """«фильтр: нет», «фильтр: 0,05–40 Гц, сеть 50 Гц»; a code that we do not know as it is."""
        chosen = filter_of(code)
        words = code if chosen is None else self._ecg.filter_parts(chosen)
        return self.tr("filter: {}").format(words)

    def formula(self, detail: str) -> str:
        """«Базетт»: the formula of a corrected QT, by its code."""
        names = {
            QtFormula.BAZETT.value: self.tr("Bazett"),
            QtFormula.FRIDERICIA.value: self.tr("Fridericia"),
            QtFormula.FRAMINGHAM.value: self.tr("Framingham"),
            QtFormula.HODGES.value: self.tr("Hodges"),
        }
        return names.get(detail, detail)

    def _detail(self, detail: str) -> str:
        names = {"amplitude": self.tr("by amplitude"), "area": self.tr("by area")}
        return names.get(detail, detail)

    def _name(self, quantity: Quantity) -> str:
        names = {
            Quantity.INTERVAL: self.tr("Interval"),
            Quantity.RATE: self.tr("Rate"),
            Quantity.AMPLITUDE: self.tr("Amplitude"),
            Quantity.AXIS: self.tr("QRS axis"),
            Quantity.QTC: "QTc",
        }
        return names.get(quantity) or quantity.name

    def _unit(self, unit: str) -> str:
        names = {"ms": self.tr("ms"), "mV": self.tr("mV"), "/min": self.tr("per min")}
        return names.get(unit, unit)
