"""Figures over time that are no spectrum: an M-mode, an ECG strip or another curve."""

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import CurveScale, MModeScale
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.reading import Quantity, Reading, Reason, Unit
from workstation.studies.measure.ultrasound.timed import above_zero, refused, time_readings


def measure_m_mode(drawing: Drawing, scale: MModeScale) -> tuple[Reading, ...]:
    """Of a line: depth in mm, time in ms, rate, slope in mm/s; all without sign."""
    if drawing.figure is not Figure.LINE:
        reason = Reason.OTHER_FIGURE_NEEDED
        return (refused(Quantity.DISTANCE, Unit.MILLIMETRE, scale, reason),)
    (x0, y0), (x1, y1) = drawing.points
    seconds, depth = abs(x1 - x0) * scale.seconds_x, abs(y1 - y0) * scale.mm_y
    slope = depth / seconds if seconds else None
    return (
        above_zero(Quantity.DISTANCE, depth, Unit.MILLIMETRE, scale),
        *time_readings(seconds, scale),
        above_zero(Quantity.SLOPE, slope, Unit.MILLIMETRE_PER_SECOND, scale),
    )


def measure_curve(drawing: Drawing, scale: CurveScale) -> tuple[Reading, ...]:
    """Of a line: time and rate; and that there is no length here."""
    no_length = refused(Quantity.DISTANCE, Unit.MILLIMETRE, scale, Reason.NO_LENGTH_HERE)
    if drawing.figure is not Figure.LINE:
        return (no_length,)
    seconds = abs(drawing.points[1][0] - drawing.points[0][0]) * scale.seconds_x
    return (*time_readings(seconds, scale), no_length)
