"""Figures in a plane with a scale both ways: ultrasound in 2D, CT, MR, a photo calibrated by hand.

Without a scale the same figures in pixels, with the reason.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import Final

from backend_client.models.evidence import Figure
from workstation.studies.measure import geometry
from workstation.studies.measure.calibration import NoScale, PlaneScale
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit

Points = tuple[Point, ...]
Values = tuple[tuple[Quantity, float | None], ...]

_UNITS: Final = {Quantity.AREA: Unit.SQUARE_MILLIMETRE, Quantity.ANGLE: Unit.DEGREE}


def measure_in_plane(drawing: Drawing, scale: PlaneScale) -> tuple[Reading, ...]:
    """Lengths in mm, areas in mm2, angles in degrees; of a point or a frame nothing.

    A length or an area of 0 is no value: the points coincide.
    """
    reason = drawing.reason_against
    if reason is not None:
        return (_refused(drawing, scale, reason),)
    points = tuple(scale.millimetres(point) for point in drawing.points)
    found = _FIGURES[drawing.figure](points)
    return tuple(_reading(quantity, value, scale) for quantity, value in found)


def measure_in_pixels(
    drawing: Drawing, scale: NoScale, pixel_aspect: float = 1.0
) -> tuple[Reading, ...]:
    """The same in stored pixels, each with the scale's reason; of an angle degrees as it looks.

    `pixel_aspect` is the height of a pixel over its width: it counts in angles alone.
    """
    down = pixel_aspect if drawing.figure is Figure.ANGLE else 1.0
    steps = PlaneScale(ScaleSource.NONE, 1.0, down, scale.region)
    return tuple(_without_scale(one, scale.reason) for one in measure_in_plane(drawing, steps))


def _without_scale(reading: Reading, reason: Reason) -> Reading:
    unit = reading.unit if reading.unit is Unit.DEGREE else Unit.PIXELS
    return replace(reading, unit=unit, reason=reading.reason or reason)


def _reading(quantity: Quantity, value: float | None, scale: PlaneScale) -> Reading:
    unit = _UNITS.get(quantity, Unit.MILLIMETRE)
    reason = _reason(quantity, value)
    shown = None if reason else value
    return Reading(quantity, shown, unit, scale.source, scale.region, reason)


def _reason(quantity: Quantity, value: float | None) -> Reason | None:
    if value is None:
        return Reason.FOLDED if quantity is Quantity.AREA else Reason.POINTS_COINCIDE
    if not isfinite(value):
        return Reason.OUT_OF_RANGE
    nothing = value <= 0 and quantity is not Quantity.ANGLE
    return Reason.POINTS_COINCIDE if nothing else None


def _refused(drawing: Drawing, scale: PlaneScale, reason: Reason) -> Reading:
    quantity = Quantity.ANGLE if drawing.figure is Figure.ANGLE else Quantity.DISTANCE
    unit = _UNITS.get(quantity, Unit.MILLIMETRE)
    return Reading(quantity, None, unit, scale.source, scale.region, reason)


def _line(points: Points) -> Values:
    return ((Quantity.DISTANCE, geometry.length(*points)),)


def _trace(points: Points) -> Values:
    return ((Quantity.PATH_LENGTH, geometry.path_length(points)),)


def _area(points: Points) -> Values:
    return (
        (Quantity.AREA, geometry.polygon_area(points)),
        (Quantity.PERIMETER, geometry.perimeter(points)),
    )


def _ellipse(points: Points) -> Values:
    long_axis, short_axis = geometry.ellipse_axes(points)
    return (
        (Quantity.LONG_AXIS, long_axis),
        (Quantity.SHORT_AXIS, short_axis),
        (Quantity.AREA, geometry.ellipse_area(long_axis, short_axis)),
        (Quantity.CIRCUMFERENCE, geometry.ellipse_circumference(long_axis, short_axis)),
    )


def _angle(points: Points) -> Values:
    return ((Quantity.ANGLE, geometry.angle(*points)),)


def _rectangle(points: Points) -> Values:
    (x0, y0), (x1, y1) = points
    width, height = abs(x1 - x0), abs(y1 - y0)
    return (
        (Quantity.WIDTH, width),
        (Quantity.HEIGHT, height),
        (Quantity.AREA, width * height),
    )


def _nothing(_points: Points) -> Values:
    return ()


_FIGURES: Final[dict[Figure, Callable[[Points], Values]]] = {
    Figure.FRAME: _nothing,
    Figure.POINT: _nothing,
    Figure.LINE: _line,
    Figure.TRACE: _trace,
    Figure.AREA: _area,
    Figure.ELLIPSE: _ellipse,
    Figure.ANGLE: _angle,
    Figure.RECTANGLE: _rectangle,
}
