"""Figures in a Doppler spectrum: velocities, slopes.

Gradients by the simplified Bernoulli equation, 4 v^2 in mmHg with v in m/s (Hatle, Brubakk 1978;
ASE 2009, Quinones 2002): it leaves out the velocity before the narrowing. 4.2 m/s: 70.6 mmHg.

Half-time and deceleration by the straight line through both points (Hatle 1979; EAE/ASE 2009): from
80 to 56.6 cm/s in 220 ms the half-time is 220 ms, the time to 0 751 ms.
"""

from math import sqrt
from typing import Final

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import SpectralScale
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, Unit
from workstation.studies.measure.ultrasound.envelope import measure_envelope
from workstation.studies.measure.ultrasound.timed import (
    above_zero,
    refused,
    signed,
    time_readings,
)

_HALF_PRESSURE: Final = 1 - 1 / sqrt(2)
"""Part of a straight deceleration to 0 after which the velocity is v/sqrt 2, the gradient half."""
_NO_TIME: Final = (
    (Quantity.TIME, Unit.MILLISECOND),
    (Quantity.ACCELERATION, Unit.CENTIMETRE_PER_SECOND_SQUARED),
    (Quantity.DECELERATION_TIME, Unit.MILLISECOND),
    (Quantity.PRESSURE_HALF_TIME, Unit.MILLISECOND),
)


def measure_spectral(drawing: Drawing, scale: SpectralScale) -> tuple[Reading, ...]:
    """Of a point the velocity, of a line times and slopes, of a trace what an envelope tells."""
    if drawing.figure is Figure.POINT:
        return _point(drawing.points[0], scale)
    if drawing.figure is Figure.LINE:
        start, stop = sorted(drawing.points)
        return _line(start, stop, scale)
    if drawing.figure is Figure.TRACE:
        return measure_envelope(drawing.points, scale)
    reason = Reason.OTHER_FIGURE_NEEDED
    return (refused(Quantity.VELOCITY, Unit.CENTIMETRE_PER_SECOND, scale, reason),)


def _point(point: Point, scale: SpectralScale) -> tuple[Reading, ...]:
    velocity = scale.velocity(point)
    if velocity is None:
        reason = Reason.NO_BASELINE
        return (refused(Quantity.VELOCITY, Unit.CENTIMETRE_PER_SECOND, scale, reason),)
    gradient = 4 * (velocity / 100) ** 2
    return (
        signed(Quantity.VELOCITY, velocity, Unit.CENTIMETRE_PER_SECOND, scale),
        signed(Quantity.PEAK_GRADIENT, gradient, Unit.MILLIMETRE_OF_MERCURY, scale),
    )


def _line(start: Point, stop: Point, scale: SpectralScale) -> tuple[Reading, ...]:
    change = (start[1] - stop[1]) * scale.cm_s_y
    changed = signed(Quantity.VELOCITY_CHANGE, change, Unit.CENTIMETRE_PER_SECOND, scale)
    if scale.seconds_x is None:
        reason = Reason.NO_TIME_AXIS
        return (changed, *(refused(what, unit, scale, reason) for what, unit in _NO_TIME))
    seconds = (stop[0] - start[0]) * scale.seconds_x
    slope = abs(change) / seconds if seconds else None
    return (
        *time_readings(seconds, scale),
        changed,
        above_zero(Quantity.ACCELERATION, slope, Unit.CENTIMETRE_PER_SECOND_SQUARED, scale),
        *_deceleration(scale.velocity(start), scale.velocity(stop), seconds, scale),
    )


def _deceleration(
    first: float | None, second: float | None, seconds: float, scale: SpectralScale
) -> tuple[Reading, Reading]:
    """To 0 along the straight line through both points, and to half the gradient."""
    kinds = (Quantity.DECELERATION_TIME, Quantity.PRESSURE_HALF_TIME)
    reason = _why_not_falling(first, second, seconds)
    if first is None or second is None or reason is not None:
        why = reason or Reason.NO_BASELINE
        time, half = (refused(kind, Unit.MILLISECOND, scale, why) for kind in kinds)
        return time, half
    to_zero = 1000 * seconds * first / (first - second)
    time, half = (
        above_zero(kind, value, Unit.MILLISECOND, scale)
        for kind, value in zip(kinds, (to_zero, _HALF_PRESSURE * to_zero), strict=True)
    )
    return time, half


def _why_not_falling(first: float | None, second: float | None, seconds: float) -> Reason | None:
    if first is None or second is None:
        return Reason.NO_BASELINE
    falling = abs(first) > abs(second) and first * second >= 0 and seconds > 0
    return None if falling else Reason.NOT_FALLING
