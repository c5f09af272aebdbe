"""The traced envelope of a Doppler spectrum: peak, mean, gradients, velocity time integral.

The mean gradient is the mean over the flow's time of 4 v^2, not 4 times the squared mean velocity
(EAE/ASE 2009 on valve stenosis, Baumgartner). Half a sine of 90 cm/s over 300 ms: VTI 17.19 cm,
mean gradient 1.62 mmHg.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.calibration import SpectralScale
from workstation.studies.measure.figures import Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, Unit
from workstation.studies.measure.ultrasound.timed import (
    above_zero,
    refused,
    signed,
    time_readings,
)

_Numbers = npt.NDArray[np.float64]

_BACKWARD_SHARE: Final = 0.1
"""Part of the whole time that a hand may go back in it."""
_OTHER_SIDE_SHARE: Final = 0.1
"""Part of the peak by which an envelope may slip over the baseline; it counts as 0 there."""
_QUANTITIES: Final = (
    (Quantity.VELOCITY, Unit.CENTIMETRE_PER_SECOND),
    (Quantity.PEAK_GRADIENT, Unit.MILLIMETRE_OF_MERCURY),
    (Quantity.MEAN_VELOCITY, Unit.CENTIMETRE_PER_SECOND),
    (Quantity.MEAN_GRADIENT, Unit.MILLIMETRE_OF_MERCURY),
    (Quantity.VELOCITY_TIME_INTEGRAL, Unit.CENTIMETRE),
)


def measure_envelope(points: tuple[Point, ...], scale: SpectralScale) -> tuple[Reading, ...]:
    """Peak velocity (with its side's sign) and gradient, means, VTI in cm (without), time.

    The points run with the time or against it; where they fold back, or lie on both sides of the
    baseline, there is no value.
    """
    times = np.array([x for x, _ in points]) * (scale.seconds_x or 0.0)
    velocities = [scale.velocity(point) for point in points]
    reason = _reason(times, velocities, scale)
    if reason is not None:
        return tuple(refused(what, unit, scale, reason) for what, unit in _QUANTITIES)
    if times[-1] < times[0]:
        times, velocities = times[::-1], velocities[::-1]
    return _readings(*_onwards(times, np.array(velocities, np.float64)), scale)


def _reason(times: _Numbers, velocities: list[float | None], scale: SpectralScale) -> Reason | None:
    if scale.seconds_x is None:
        return Reason.NO_TIME_AXIS
    known = [one for one in velocities if one is not None]
    if len(known) < len(velocities):
        return Reason.NO_BASELINE
    steps = np.diff(times)
    whole = abs(float(times[-1] - times[0]))
    if not whole:
        return Reason.POINTS_COINCIDE
    if float(np.abs(steps).sum()) - whole > 2 * _BACKWARD_SHARE * whole:
        return Reason.FOLDED
    up, down = max(0.0, max(known)), max(0.0, -min(known))
    return Reason.BOTH_SIDES if min(up, down) > _OTHER_SIDE_SHARE * max(up, down) else None


def _onwards(times: _Numbers, velocities: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Without the points at which the hand went back in time."""
    latest = np.maximum.accumulate(times)
    return times[times >= latest], velocities[times >= latest]


def _readings(times: _Numbers, velocities: _Numbers, scale: SpectralScale) -> tuple[Reading, ...]:
    peak = float(velocities[np.argmax(np.abs(velocities))])
    speeds = np.maximum(0.0, velocities if peak >= 0 else -velocities) / 100
    seconds = float(times[-1] - times[0])
    integral = float(np.trapezoid(speeds, times))
    mean_gradient = _mean_of_squares(speeds, times) * 4
    values = (
        4 * (peak / 100) ** 2,
        100 * integral / seconds,
        mean_gradient,
        100 * integral,
    )
    return (
        signed(Quantity.VELOCITY, peak, Unit.CENTIMETRE_PER_SECOND, scale),
        *(
            above_zero(what, value, unit, scale)
            for (what, unit), value in zip(_QUANTITIES[1:], values, strict=True)
        ),
        *time_readings(seconds, scale),
    )


def _mean_of_squares(speeds: _Numbers, times: _Numbers) -> float:
    """Over time, exact for straight lines between the points."""
    before, after = speeds[:-1], speeds[1:]
    squares = (before * before + before * after + after * after) / 3
    return float((squares * np.diff(times)).sum() / (times[-1] - times[0]))
