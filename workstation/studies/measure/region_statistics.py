"""Numbers inside a figure on a slice: mean, spread, extremes, area (Hounsfield units of a region).

A pixel belongs to a figure where its centre lies in it or on its edge: no part of a pixel counts.
"""

from dataclasses import dataclass
from math import hypot, isfinite
from typing import Final

import numpy as np
import numpy.typing as npt

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import ScaleSource

Stored = npt.NDArray[np.integer] | npt.NDArray[np.floating]
_Mask = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]

_SQUARE: Final = PlaneScale(ScaleSource.NONE, 1.0, 1.0)
_THINNEST: Final = 1e-6
"""Millimetres or pixels: below it a half axis is none."""
_MAY_COUNT: Final = (
    Figure.FRAME,
    Figure.POINT,
    Figure.RECTANGLE,
    Figure.ELLIPSE,
    Figure.AREA,
)


@dataclass(frozen=True, slots=True)
class Rescale:
    """From stored numbers to the modality's: slope * stored + intercept (PS3.3 C.11.1)."""

    slope: float = 1.0
    intercept: float = 0.0


@dataclass(frozen=True, slots=True)
class RegionStatistics:
    """Of the pixels inside, in the unit of the rescale (HU for CT)."""

    count: int
    """At least 1."""
    mean: float
    deviation: float
    """Of these pixels: divided by their number, 0 for one."""
    minimum: float
    maximum: float
    area_mm2: float | None
    """Number of pixels times the size of one; None without a scale."""


def region_statistics(
    stored: Stored,
    drawing: Drawing,
    rescale: Rescale | None = None,
    scale: PlaneScale | None = None,
    padding: tuple[float, float] | None = None,
) -> RegionStatistics | None:
    """Of `stored` (rows x columns); None where no pixel's centre lies inside, or no sound figure.

    `scale` makes an ellipse's axes stand at right angles in mm, and gives the area. `padding` is
    the stored range that is no picture (Pixel Padding Value to its Range Limit): it is left out.
    """
    if drawing.figure not in _MAY_COUNT or drawing.reason_against is not None:
        return None
    rows, columns = _bounds(drawing, stored.shape[0], stored.shape[1])
    part = stored[rows, columns]
    inside = _inside(drawing, rows.start, columns.start, part.shape, scale or _SQUARE)
    numbers = np.asarray(part[inside], np.float64)
    sound = np.isfinite(numbers)
    if padding is not None:
        sound &= (numbers < min(padding)) | (numbers > max(padding))
    return _statistics(numbers[sound], rescale or Rescale(), scale)


def _statistics(
    numbers: _Floats, rescale: Rescale, scale: PlaneScale | None
) -> RegionStatistics | None:
    if not numbers.size or not (isfinite(rescale.slope) and isfinite(rescale.intercept)):
        return None
    values = numbers * rescale.slope + rescale.intercept
    area = None if scale is None else numbers.size * scale.mm_x * scale.mm_y
    found = RegionStatistics(
        count=int(numbers.size),
        mean=float(values.mean()),
        deviation=float(values.std()),
        minimum=float(values.min()),
        maximum=float(values.max()),
        area_mm2=area,
    )
    return found if isfinite(found.mean) and isfinite(found.deviation) else None


def _bounds(drawing: Drawing, rows: int, columns: int) -> tuple[slice, slice]:
    """The part of the picture in which the figure can lie: no whole slice for a small one."""
    if drawing.figure is Figure.FRAME:
        return slice(0, rows), slice(0, columns)
    left, top, right, bottom = _box(drawing)
    return (
        slice(_within(top, rows), _within(bottom + 1, rows)),
        slice(_within(left, columns), _within(right + 1, columns)),
    )


def _box(drawing: Drawing) -> tuple[float, float, float, float]:
    across, down = zip(*drawing.points, strict=True)
    reach = 0.0
    if drawing.figure is Figure.ELLIPSE:
        reach = hypot(max(across) - min(across), max(down) - min(down))
    return min(across) - reach, min(down) - reach, max(across) + reach, max(down) + reach


def _within(place: float, count: int) -> int:
    return int(min(max(place, 0), count))


def _inside(
    drawing: Drawing, top: int, left: int, shape: tuple[int, ...], scale: PlaneScale
) -> _Mask:
    y = np.arange(shape[0], dtype=np.float64)[:, None] + (top + 0.5)
    x = np.arange(shape[1], dtype=np.float64)[None, :] + (left + 0.5)
    if drawing.figure is Figure.ELLIPSE:
        points = tuple(scale.millimetres(point) for point in drawing.points)
        return _in_ellipse(x * scale.mm_x, y * scale.mm_y, points)
    if drawing.figure is Figure.RECTANGLE:
        (x0, y0), (x1, y1) = drawing.points
        return _between(x, x0, x1) & _between(y, y0, y1)
    if drawing.figure is Figure.POINT:
        px, py = drawing.points[0]
        return np.asarray((np.floor(px) == x - 0.5) & (np.floor(py) == y - 0.5))
    if drawing.figure is Figure.AREA:
        return _in_polygon(x[0], y[:, 0], drawing.points)
    return np.ones(shape, np.bool_)


def _between(values: _Floats, one: float, other: float) -> _Mask:
    return np.asarray((values >= min(one, other)) & (values <= max(one, other)))


def _in_ellipse(x: _Floats, y: _Floats, points: tuple[Point, ...]) -> _Mask:
    """Row by row from where the ellipse begins to where it ends: `x` is a row, `y` a column."""
    start, stop, side = points
    middle = (start[0] + stop[0]) / 2, (start[1] + stop[1]) / 2
    half = hypot(stop[0] - start[0], stop[1] - start[1]) / 2
    if half < _THINNEST:
        return np.zeros((y.size, x.size), np.bool_)
    cosine, sine = (stop[0] - middle[0]) / half, (stop[1] - middle[1]) / half
    away = abs(cosine * (side[1] - middle[1]) - sine * (side[0] - middle[0]))
    if away < _THINNEST:
        return np.zeros((y.size, x.size), np.bool_)
    down = y - middle[1]
    square = (cosine / half) ** 2 + (sine / away) ** 2
    slant = cosine * sine * (half**-2 - away**-2) * down
    rest = ((sine / half) ** 2 + (cosine / away) ** 2) * down**2 - 1
    inner = slant**2 - square * rest
    reach = np.sqrt(np.maximum(inner, 0)) / square
    centre = middle[0] - slant / square
    return np.asarray((inner >= 0) & (x >= centre - reach) & (x <= centre + reach))


def _in_polygon(x: _Floats, y: _Floats, points: tuple[Point, ...]) -> _Mask:
    """By the number of sides to the right of a point: odd is inside. `x`, `y`: one dimension."""
    inside = np.zeros((y.size, x.size), np.bool_)
    for (x0, y0), (x1, y1) in zip(points, (*points[1:], points[0]), strict=True):
        first, behind = np.searchsorted(y, sorted((y0, y1)))
        rows = y[first:behind]
        if rows.size:
            places = x0 + (rows - y0) * ((x1 - x0) / (y1 - y0))
            inside[first:behind] ^= x < places[:, None]
    return inside
