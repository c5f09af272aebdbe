"""What is done with a picture of paper: steps, aims, and what can be taken hold of."""

from dataclasses import dataclass
from enum import Enum

from workstation.studies.measure.ecg.photo_scale import Refusal
from workstation.studies.measure.ecg.placed_caliper import End

SPEEDS_MM_S = (12.5, 25.0, 50.0)
GAINS_MM_MV = (2.5, 5.0, 10.0, 20.0)
USUAL_SPEED, USUAL_GAIN = 25.0, 10.0


class Step(Enum):
    """What the calibration lacks."""

    ALONG = "along"
    UP = "up"
    CORNERS = "corners"
    SPEED = "speed"
    GAIN = "gain"
    NOTHING = "nothing"


class Aim(Enum):
    """What a click on the picture does."""

    CALIBRATION = "calibration"
    TIME = "time"
    AMPLITUDE = "amplitude"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Outside:
    """A click beside the picture."""


Problem = Refusal | Outside


@dataclass(frozen=True, slots=True)
class CalibrationPoint:
    """The key of a grip: which point of the calibration."""

    number: int


@dataclass(frozen=True, slots=True)
class CaliperEnd:
    """The key of a grip: which end of which caliper."""

    number: int
    end: End
