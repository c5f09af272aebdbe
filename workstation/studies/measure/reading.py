"""What a measurement says: a value in a unit, where its scale comes from, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from math import isfinite
from typing import Final


class Quantity(Enum):
    """What was measured on a picture."""

    DISTANCE = "distance"
    """Between two points; in an M-mode the depth alone."""
    PATH_LENGTH = "path_length"
    """Along an open line."""
    PERIMETER = "perimeter"
    AREA = "area"
    LONG_AXIS = "long_axis"
    SHORT_AXIS = "short_axis"
    CIRCUMFERENCE = "circumference"
    WIDTH = "width"
    HEIGHT = "height"
    ANGLE = "angle"
    TIME = "time"
    RATE = "rate"
    """Of beats that are so far apart as the two points."""
    SLOPE = "slope"
    """Change of depth in time, without sign."""
    VELOCITY = "velocity"
    """Positive upwards from the baseline, whatever the device means by that."""
    VELOCITY_CHANGE = "velocity_change"
    """From the first point to the second."""
    PEAK_GRADIENT = "peak_gradient"
    MEAN_VELOCITY = "mean_velocity"
    MEAN_GRADIENT = "mean_gradient"
    VELOCITY_TIME_INTEGRAL = "velocity_time_integral"
    ACCELERATION = "acceleration"
    DECELERATION_TIME = "deceleration_time"
    PRESSURE_HALF_TIME = "pressure_half_time"


class Unit(StrEnum):
    """UCUM codes."""

    MILLIMETRE = "mm"
    CENTIMETRE = "cm"
    SQUARE_MILLIMETRE = "mm2"
    SQUARE_CENTIMETRE = "cm2"
    PIXELS = "{pixels}"
    """No physical unit: steps of the stored picture; of an area, their number."""
    DEGREE = "deg"
    SECOND = "s"
    MILLISECOND = "ms"
    PER_MINUTE = "/min"
    MILLIMETRE_PER_SECOND = "mm/s"
    CENTIMETRE_PER_SECOND = "cm/s"
    METRE_PER_SECOND = "m/s"
    CENTIMETRE_PER_SECOND_SQUARED = "cm/s2"
    MILLIMETRE_OF_MERCURY = "mm[Hg]"
    MILLILITRE = "mL"
    GRAM = "g"
    SQUARE_METRE = "m2"
    GRAM_PER_SQUARE_METRE = "g/m2"
    MILLILITRE_PER_SQUARE_METRE = "mL/m2"
    SQUARE_CENTIMETRE_PER_SQUARE_METRE = "cm2/m2"
    CENTIMETRE_PER_SQUARE_METRE = "cm/m2"
    PERCENT = "%"
    RATIO = "1"
    WEEK = "wk"
    DAY = "d"


class ScaleSource(Enum):
    """Where physical units come from: said beside every value. The later, the weaker."""

    TYPED = "typed"
    """No picture at all: the doctor typed the value. Who calibrated the rest is said beside it."""
    ULTRASOUND_REGION = "ultrasound_region"
    """By the device, DICOM PS3.3 C.8.5.5; `Reading.region` says which."""
    PIXEL_SPACING = "pixel_spacing"
    """In the patient, PS3.3 C.7.6.2 (10.7.1.3)."""
    IMAGER_SPACING = "imager_spacing"
    """At the detector: what lies before it is shown larger than it is (PS3.3 10.7.1.1)."""
    BY_HAND = "by_hand"
    """By the doctor, upon something of known length in the picture."""
    NONE = "none"


class Reason(Enum):
    """Why there is no value, or one in pixels alone."""

    NOT_A_FIGURE = "not_a_figure"
    """Points missing, not finite or far outside."""
    NO_SUCH_FRAME = "no_such_frame"
    NO_CALIBRATION = "no_calibration"
    """The file says no scale at all, or none for this part of the picture."""
    ABSURD_SCALE = "absurd_scale"
    """Zero, or far from anything that a device can have."""
    RESIZED_PICTURE = "resized_picture"
    """Calibrated parts reach out of the picture: it was made smaller after it was calibrated."""
    OUTSIDE_REGIONS = "outside_regions"
    """A point outside of every calibrated part."""
    ACROSS_REGIONS = "across_regions"
    """Points in parts of different scales."""
    OVERLAPPING_REGIONS = "overlapping_regions"
    """Parts of different scales lie over each other, and the file does not say which is above."""
    UNITS_DISAGREE = "units_disagree"
    """Across and down are not both lengths (nor any other pair that is known)."""
    NO_LENGTH_HERE = "no_length_here"
    """An ECG strip, another curve, a scale or an inscription."""
    FREQUENCY_AXIS = "frequency_axis"
    """A spectrum in hertz: the velocity is not known."""
    NO_BASELINE = "no_baseline"
    """A spectrum whose zero is not known."""
    NO_TIME_AXIS = "no_time_axis"
    OTHER_FIGURE_NEEDED = "other_figure_needed"
    """This figure measures nothing in this part of the picture."""
    POINTS_COINCIDE = "points_coincide"
    """Nothing lies between the points, along what is measured."""
    NOT_FALLING = "not_falling"
    """No slope from a higher velocity to a lower one on the same side of the baseline."""
    BOTH_SIDES = "both_sides"
    """An envelope on both sides of the baseline."""
    FOLDED = "folded"
    """An envelope that goes back in time, or a contour that crosses itself."""
    OUT_OF_RANGE = "out_of_range"
    """Not a number that could be shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured quantity. `value` is never NaN, infinite, or 0 for want of a scale."""

    quantity: Quantity
    value: float | None
    unit: Unit
    source: ScaleSource
    region: int | None = None
    """Number of the ultrasound region from 1, in the file's order."""
    reason: Reason | None = None
    """Why `value` is None, or why its unit is pixels."""

    @property
    def is_physical(self) -> bool:
        """Whether it may be shown as a fact of the patient."""
        return self.value is not None and self.reason is None


_ORDER: Final = tuple(ScaleSource)


def weakest_source(sources: Iterable[ScaleSource]) -> ScaleSource:
    """What must be said of a value computed of several readings; none of none: NONE."""
    return max(sources, key=_ORDER.index, default=ScaleSource.NONE)


def is_sound(value: float | None) -> bool:
    """A number that formulas may take: there, finite."""
    return value is not None and isfinite(value)
