"""What is said of a figure: on the picture, in the list, in the conclusion."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import Scale
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.ui.viewers.figures.frame_figure import FrameFigure, HandMark
from workstation.ui.viewers.figures.kinds import Ground, ground_of
from workstation.ui.viewers.figures.name_words import NameWords
from workstation.ui.viewers.figures.reading_words import ReadingWords

_CHIEF = {
    (Ground.SPECTRUM, Figure.TRACE): (
        Quantity.VELOCITY,
        Quantity.PEAK_GRADIENT,
        Quantity.MEAN_GRADIENT,
        Quantity.VELOCITY_TIME_INTEGRAL,
    ),
    (Ground.SPECTRUM, Figure.LINE): (
        Quantity.TIME,
        Quantity.RATE,
        Quantity.VELOCITY_CHANGE,
        Quantity.ACCELERATION,
        Quantity.DECELERATION_TIME,
        Quantity.PRESSURE_HALF_TIME,
    ),
    (Ground.M_MODE, Figure.LINE): (
        Quantity.DISTANCE,
        Quantity.TIME,
        Quantity.RATE,
        Quantity.SLOPE,
    ),
}
"""What is shown where a figure tells more than there is room for."""
_RATES = (20.0, 300.0)
"""Beats a minute that a heart can have; between other points there is no beat."""
_BESIDE_SELF = {Quantity.DISTANCE, Quantity.VELOCITY, Quantity.ANGLE}
"""Quantities whose unit says what they are."""


class FigureWords(QObject):
    """Words of the figures on frames."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.readings, self.names = ReadingWords(self), NameWords(self)

    def on_picture(self, one: FrameFigure) -> list[str]:
        """Lines beside a figure: its name and value, what else it tells, whose scale it is."""
        if one.name is None or one.naming is None:
            return self.values_on_picture(one.readings, one.scale, one.drawing.figure)
        taken = one.taken
        value = self._value_or_reason(taken) if taken is not None else ""
        lines = [f"{self.names.short(one.name)} {value}"]
        for _, quantity in one.naming.along:
            lines += self._lines(one.readings, (quantity,))
        return [*lines, *self._marked(one.scale)]

    def values_on_picture(
        self, readings: tuple[Reading, ...], scale: Scale, figure: Figure
    ) -> list[str]:
        """The same of a figure without a name."""
        if not readings:
            return []
        chief = _CHIEF.get((ground_of(scale), figure))
        lines = self._lines(readings, chief)
        if figure is Figure.ELLIPSE:
            lines = self._of_ellipse(readings)
        reason = readings[0].reason
        if reason is not None:
            lines.append(self._why(readings[0], reason))
        return [*lines, *self._marked(scale)]

    def label(self, one: FrameFigure) -> str:
        """What the figure is, for the list."""
        if one.name is not None and one.naming is not None:
            return self.names.name(one.name)
        if one.drawing.figure is Figure.ELLIPSE:
            return self.tr("Ellipse")
        if one.drawing.figure is Figure.TRACE and one.ground is Ground.SPECTRUM:
            return self.tr("Envelope")
        return self.readings.quantity(one.readings[0].quantity) if one.readings else ""

    def value(self, one: FrameFigure) -> str:
        """Its value in the list; the reason in its place where it has none."""
        taken = one.taken
        if taken is None:
            return ""
        if one.naming is None and one.drawing.figure is Figure.ELLIPSE:
            return self._axes(one.readings)
        return self._value_or_reason(taken)

    def warning(self, one: FrameFigure) -> str:
        """Why the value is no fact of the patient, or rests upon the doctor's own scale."""
        taken = one.taken
        if taken is not None and taken.reason is not None:
            return self._sentence(self.readings.reason(taken.reason))
        if one.scale.source in (ScaleSource.BY_HAND, ScaleSource.IMAGER_SPACING):
            return self._sentence(self.readings.source(one.scale))
        return ""

    def finding(self, one: FrameFigure) -> str:
        """A whole line for the conclusion: value, frame of several, whose scale, or why there is
        none."""
        frame = "" if one.is_on_still else self.tr("frame {}").format(one.frame + 1)
        taken = one.taken
        reason = taken.reason if taken is not None else None
        why = self._why(taken, reason) if taken is not None and reason is not None else ""
        where = ", ".join(x for x in (frame, self.readings.source(one.scale), why) if x)
        return f"{self._told(one)} ({where})" if where else self._told(one)

    def frame(self, number: int) -> str:
        """What is said of a frame without a figure."""
        return self.tr("Frame {}").format(number + 1)

    def hand_mark(self, mark: HandMark) -> str:
        """«10 мм, ручная калибровка»."""
        return f"{self.readings.number(mark.amount, mark.unit)}, {self.readings.hand()}"

    def _told(self, one: FrameFigure) -> str:
        """Name and values, all that matter."""
        taken = one.taken
        if one.naming is not None and one.name is not None and taken is not None:
            more = [
                self._with_label(reading)
                for _, quantity in one.naming.along
                for reading in one.readings
                if reading.quantity is quantity and reading.value is not None
            ]
            return ", ".join([f"{self.names.name(one.name)} {self._value_or_reason(taken)}", *more])
        chief = _CHIEF.get((one.ground, one.drawing.figure))
        shown = _shown(one.readings, chief)
        values = [self._labelled(r) for r in shown if r.value is not None]
        return ", ".join(values) or self.label(one)

    def _lines(self, readings: tuple[Reading, ...], only: tuple[Quantity, ...] | None) -> list[str]:
        return [self._with_label(r) for r in _shown(readings, only) if r.value is not None]

    def _of_ellipse(self, readings: tuple[Reading, ...]) -> list[str]:
        """Both axes in one line, then the area and the circumference."""
        others = (Quantity.AREA, Quantity.CIRCUMFERENCE)
        axes = self._axes(readings)
        return [*([axes] if axes else []), *self._lines(readings, others)]

    def _axes(self, readings: tuple[Reading, ...]) -> str:
        found = [self.readings.value(one) for one in readings[:2]]
        return " × ".join(found) if all(found) else ""

    def _with_label(self, reading: Reading) -> str:
        value = self.readings.value(reading)
        if reading.quantity in _BESIDE_SELF:
            return value
        return f"{self.readings.quantity(reading.quantity)} {value}"

    def _labelled(self, reading: Reading) -> str:
        quantity = self.readings.quantity(reading.quantity)
        return f"{quantity} {self.readings.value(reading)}"

    def _value_or_reason(self, reading: Reading) -> str:
        value = self.readings.value(reading)
        if value or reading.reason is None:
            return value
        return self.readings.reason(reading.reason)

    def _why(self, reading: Reading, reason: Reason) -> str:
        """«пиксели: нет калибровки»; the reason alone where there is no value at all."""
        why = self.readings.reason(reason)
        in_pixels = reading.unit is Unit.PIXELS and reading.value is not None
        return self.tr("pixels: {}").format(why) if in_pixels else why

    def _marked(self, scale: Scale) -> list[str]:
        """A scale that is not the device's own is said on the picture, too."""
        said = (ScaleSource.BY_HAND, ScaleSource.IMAGER_SPACING)
        return [self.readings.source(scale)] if scale.source in said else []

    @staticmethod
    def _sentence(text: str) -> str:
        return text[:1].upper() + text[1:]


def _shown(readings: tuple[Reading, ...], only: tuple[Quantity, ...] | None) -> list[Reading]:
    """Those that are wanted; a rate only from beat to beat, not along a slope."""
    slope = any(r.quantity is Quantity.DECELERATION_TIME and r.value for r in readings)
    return [
        one
        for one in readings
        if (only is None or one.quantity in only)
        and (one.quantity is not Quantity.RATE or (not slope and _is_of_heart(one)))
    ]


def _is_of_heart(rate: Reading) -> bool:
    return rate.value is not None and _RATES[0] <= rate.value <= _RATES[1]
