"""What all figures over time have in common: a time, a rate, and values that are never 0."""

from math import isfinite

from workstation.studies.measure.calibration import CurveScale, MModeScale, SpectralScale
from workstation.studies.measure.reading import Quantity, Reading, Reason, Unit

TimedScale = MModeScale | CurveScale | SpectralScale


def time_readings(seconds: float, scale: TimedScale) -> tuple[Reading, Reading]:
    """A time in ms and the rate of beats so far apart; none where nothing lies between."""
    rate = 60 / seconds if seconds > 0 else None
    return (
        above_zero(Quantity.TIME, 1000 * seconds, Unit.MILLISECOND, scale),
        above_zero(Quantity.RATE, rate, Unit.PER_MINUTE, scale),
    )


def above_zero(quantity: Quantity, value: float | None, unit: Unit, scale: TimedScale) -> Reading:
    """A value that means something only where there is something to measure."""
    if value is None or value <= 0:
        return refused(quantity, unit, scale, Reason.POINTS_COINCIDE)
    return signed(quantity, value, unit, scale)


def signed(quantity: Quantity, value: float, unit: Unit, scale: TimedScale) -> Reading:
    """A value of which 0 is one of many."""
    if not isfinite(value):
        return refused(quantity, unit, scale, Reason.OUT_OF_RANGE)
    return Reading(quantity, value, unit, scale.source, scale.region)


def refused(quantity: Quantity, unit: Unit, scale: TimedScale, reason: Reason) -> Reading:
    """No value, and why."""
    return Reading(quantity, None, unit, scale.source, scale.region, reason)
