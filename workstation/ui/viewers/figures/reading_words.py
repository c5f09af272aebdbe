"""Values with their units, why there are none, and whose scale they rest upon."""

from math import floor, log10
from typing import Final

from PySide6.QtCore import QObject

from workstation.studies.measure.calibration import (
    CurveScale,
    MModeScale,
    PlaneScale,
    Scale,
    SpectralScale,
)
from workstation.studies.measure.echo.limits import Limit, digits_beside
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.ui.viewers.figures.name_words import QT_TRANSLATE_NOOP
from workstation.ui.viewers.numbers import with_unit

_DIGITS: Final = {
    Unit.MILLIMETRE: 1,
    Unit.CENTIMETRE: 1,
    Unit.SQUARE_CENTIMETRE: 2,
    Unit.DEGREE: 1,
    Unit.SECOND: 2,
    Unit.METRE_PER_SECOND: 2,
    Unit.SQUARE_METRE: 2,
    Unit.SQUARE_CENTIMETRE_PER_SQUARE_METRE: 2,
    Unit.RATIO: 2,
    Unit.WEEK: 1,
}
_MOST_DIGITS: Final = 4
_METRES_FROM_CM_S: Final = 100.0
_CM2_FROM_MM2: Final = 100.0


_UNIT: Final = {
    Unit.MILLIMETRE: QT_TRANSLATE_NOOP("ReadingWords", "mm"),
    Unit.CENTIMETRE: QT_TRANSLATE_NOOP("ReadingWords", "cm"),
    Unit.SQUARE_MILLIMETRE: QT_TRANSLATE_NOOP("ReadingWords", "mm²"),
    Unit.SQUARE_CENTIMETRE: QT_TRANSLATE_NOOP("ReadingWords", "cm²"),
    Unit.PIXELS: QT_TRANSLATE_NOOP("ReadingWords", "pixels"),
    Unit.DEGREE: "°",
    Unit.SECOND: QT_TRANSLATE_NOOP("ReadingWords", "s"),
    Unit.MILLISECOND: QT_TRANSLATE_NOOP("ReadingWords", "ms"),
    Unit.PER_MINUTE: QT_TRANSLATE_NOOP("ReadingWords", "a minute"),
    Unit.MILLIMETRE_PER_SECOND: QT_TRANSLATE_NOOP("ReadingWords", "mm/s"),
    Unit.CENTIMETRE_PER_SECOND: QT_TRANSLATE_NOOP("ReadingWords", "cm/s"),
    Unit.METRE_PER_SECOND: QT_TRANSLATE_NOOP("ReadingWords", "m/s"),
    Unit.CENTIMETRE_PER_SECOND_SQUARED: QT_TRANSLATE_NOOP("ReadingWords", "cm/s²"),
    Unit.MILLIMETRE_OF_MERCURY: QT_TRANSLATE_NOOP("ReadingWords", "mm Hg"),
    Unit.MILLILITRE: QT_TRANSLATE_NOOP("ReadingWords", "mL"),
    Unit.GRAM: QT_TRANSLATE_NOOP("ReadingWords", "g"),
    Unit.SQUARE_METRE: QT_TRANSLATE_NOOP("ReadingWords", "m²"),
    Unit.GRAM_PER_SQUARE_METRE: QT_TRANSLATE_NOOP("ReadingWords", "g/m²"),
    Unit.MILLILITRE_PER_SQUARE_METRE: QT_TRANSLATE_NOOP("ReadingWords", "mL/m²"),
    Unit.SQUARE_CENTIMETRE_PER_SQUARE_METRE: QT_TRANSLATE_NOOP("ReadingWords", "cm²/m²"),
    Unit.CENTIMETRE_PER_SQUARE_METRE: QT_TRANSLATE_NOOP("ReadingWords", "cm/m²"),
    Unit.PERCENT: "%",
    Unit.RATIO: "",
    Unit.WEEK: QT_TRANSLATE_NOOP("ReadingWords", "weeks"),
    Unit.DAY: QT_TRANSLATE_NOOP("ReadingWords", "days"),
}

_QUANTITY: Final = {
    Quantity.DISTANCE: QT_TRANSLATE_NOOP("ReadingWords", "Distance"),
    Quantity.PATH_LENGTH: QT_TRANSLATE_NOOP("ReadingWords", "Length of the line"),
    Quantity.PERIMETER: QT_TRANSLATE_NOOP("ReadingWords", "Perimeter"),
    Quantity.AREA: QT_TRANSLATE_NOOP("ReadingWords", "Area"),
    Quantity.LONG_AXIS: QT_TRANSLATE_NOOP("ReadingWords", "Long axis"),
    Quantity.SHORT_AXIS: QT_TRANSLATE_NOOP("ReadingWords", "Short axis"),
    Quantity.CIRCUMFERENCE: QT_TRANSLATE_NOOP("ReadingWords", "Circumference"),
    Quantity.WIDTH: QT_TRANSLATE_NOOP("ReadingWords", "Width"),
    Quantity.HEIGHT: QT_TRANSLATE_NOOP("ReadingWords", "Height"),
    Quantity.ANGLE: QT_TRANSLATE_NOOP("ReadingWords", "Angle"),
    Quantity.TIME: QT_TRANSLATE_NOOP("ReadingWords", "Time"),
    Quantity.RATE: QT_TRANSLATE_NOOP("ReadingWords", "Rate"),
    Quantity.SLOPE: QT_TRANSLATE_NOOP("ReadingWords", "Slope"),
    Quantity.VELOCITY: QT_TRANSLATE_NOOP("ReadingWords", "Velocity"),
    Quantity.VELOCITY_CHANGE: QT_TRANSLATE_NOOP("ReadingWords", "ΔV"),
    Quantity.PEAK_GRADIENT: QT_TRANSLATE_NOOP("ReadingWords", "Peak gradient"),
    Quantity.MEAN_VELOCITY: QT_TRANSLATE_NOOP("ReadingWords", "Mean velocity"),
    Quantity.MEAN_GRADIENT: QT_TRANSLATE_NOOP("ReadingWords", "Mean gradient"),
    Quantity.VELOCITY_TIME_INTEGRAL: QT_TRANSLATE_NOOP("ReadingWords", "VTI"),
    Quantity.ACCELERATION: QT_TRANSLATE_NOOP("ReadingWords", "Acceleration"),
    Quantity.DECELERATION_TIME: QT_TRANSLATE_NOOP("ReadingWords", "DT"),
    Quantity.PRESSURE_HALF_TIME: QT_TRANSLATE_NOOP("ReadingWords", "PHT"),
}

_REASON: Final = {
    Reason.NOT_A_FIGURE: QT_TRANSLATE_NOOP("ReadingWords", "not a whole figure"),
    Reason.NO_SUCH_FRAME: QT_TRANSLATE_NOOP("ReadingWords", "no such frame"),
    Reason.NO_CALIBRATION: QT_TRANSLATE_NOOP("ReadingWords", "no calibration"),
    Reason.ABSURD_SCALE: QT_TRANSLATE_NOOP("ReadingWords", "absurd scale in the file"),
    Reason.RESIZED_PICTURE: QT_TRANSLATE_NOOP(
        "ReadingWords", "the picture was made smaller after calibration"
    ),
    Reason.OUTSIDE_REGIONS: QT_TRANSLATE_NOOP("ReadingWords", "outside of the calibrated parts"),
    Reason.ACROSS_REGIONS: QT_TRANSLATE_NOOP("ReadingWords", "across parts of different scales"),
    Reason.OVERLAPPING_REGIONS: QT_TRANSLATE_NOOP(
        "ReadingWords", "parts of different scales overlap"
    ),
    Reason.UNITS_DISAGREE: QT_TRANSLATE_NOOP("ReadingWords", "unclear units in the file"),
    Reason.NO_LENGTH_HERE: QT_TRANSLATE_NOOP("ReadingWords", "no length here"),
    Reason.FREQUENCY_AXIS: QT_TRANSLATE_NOOP("ReadingWords", "spectrum in hertz: velocity unknown"),
    Reason.NO_BASELINE: QT_TRANSLATE_NOOP("ReadingWords", "baseline unknown"),
    Reason.NO_TIME_AXIS: QT_TRANSLATE_NOOP("ReadingWords", "time axis unknown"),
    Reason.OTHER_FIGURE_NEEDED: QT_TRANSLATE_NOOP("ReadingWords", "another figure is needed here"),
    Reason.POINTS_COINCIDE: QT_TRANSLATE_NOOP("ReadingWords", "nothing between the points"),
    Reason.NOT_FALLING: QT_TRANSLATE_NOOP("ReadingWords", "the velocity does not fall"),
    Reason.BOTH_SIDES: QT_TRANSLATE_NOOP(
        "ReadingWords", "the line lies on both sides of the baseline"
    ),
    Reason.FOLDED: QT_TRANSLATE_NOOP("ReadingWords", "the line crosses itself or goes back"),
    Reason.OUT_OF_RANGE: QT_TRANSLATE_NOOP("ReadingWords", "no number that could be shown"),
}


class ReadingWords(QObject):
    """«14,1 мм», «4,3 м/с», «пиксели: нет калибровки»."""

    def beside(self, value: float, found: Limit) -> str:
        """A value in the unit of its limits, so exact that it lies where it was judged."""
        digits = _digits(value, _DIGITS.get(found.unit, 0))
        return with_unit(value, self.unit(found.unit), digits_beside(value, found, digits))

    def number(self, value: float, unit: Unit) -> str:
        """A value with its unit, in the unit that doctors say it in."""
        if unit is Unit.SQUARE_MILLIMETRE and value >= _CM2_FROM_MM2:
            value, unit = value / 100, Unit.SQUARE_CENTIMETRE
        if unit is Unit.CENTIMETRE_PER_SECOND and abs(value) >= _METRES_FROM_CM_S:
            value, unit = value / 100, Unit.METRE_PER_SECOND
        return with_unit(value, self.unit(unit), _digits(value, _DIGITS.get(unit, 0)))

    def value(self, reading: Reading) -> str:
        """A reading's value; "" where it has none."""
        if reading.value is None:
            return ""
        if reading.unit is Unit.PIXELS and reading.quantity is Quantity.AREA:
            return with_unit(reading.value, self.tr("pixels"), 0)
        return self.number(reading.value, reading.unit)

    def unit(self, unit: Unit) -> str:
        """A unit as it is written."""
        return self._told(_UNIT[unit])

    def quantity(self, quantity: Quantity) -> str:
        """What a value is."""
        return self._told(_QUANTITY[quantity])

    def reason(self, reason: Reason) -> str:
        """Why there is no value, or one in pixels alone."""
        return self._told(_REASON[reason])

    def source(self, scale: Scale) -> str:
        """«2D, регион 1», «ручная калибровка», «по файлу»."""
        if scale.source is ScaleSource.BY_HAND:
            return self.hand()
        if scale.source is ScaleSource.PIXEL_SPACING:
            return self.tr("scale by the file")
        if scale.source is ScaleSource.IMAGER_SPACING:
            return self.tr("scale at the detector")
        kind = self._kind(scale)
        if not kind or scale.region is None:
            return ""
        return self.tr("{}, region {}").format(kind, scale.region)

    def hand(self) -> str:
        """Says that the doctor gave the scale."""
        return self.tr("calibrated by hand")

    def weakest(self, source: ScaleSource) -> str:
        """What must be said of a computed value; "" of the device's own scale."""
        if source is ScaleSource.BY_HAND:
            return self.hand()
        return self.tr("scale at the detector") if source is ScaleSource.IMAGER_SPACING else ""

    def _kind(self, scale: Scale) -> str:
        if isinstance(scale, PlaneScale):
            return self.tr("2D")
        if isinstance(scale, MModeScale):
            return self.tr("M-mode")
        if isinstance(scale, SpectralScale):
            return self.tr("Doppler")
        return self.tr("curve") if isinstance(scale, CurveScale) else ""

    def _told(self, text: str) -> str:
        return self.tr(text) if text else ""


def _digits(value: float, least: int) -> int:
    """Places after the comma: two figures that count, so that nothing small is shown as 0."""
    if not value:
        return least
    return max(least, min(_MOST_DIGITS, 1 - floor(log10(abs(value)))))
