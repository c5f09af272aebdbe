"""Lengths, areas and angles of points in one length unit both ways (mm, or pixels for want of it).

Points come finite and far below the range of floats: `Drawing.reason_against` sees to that.
"""

from itertools import pairwise
from math import acos, degrees, hypot, pi, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.figures import Point

_NEGLIGIBLE_LOOP: Final = 0.01
"""Part of a contour's area: a hand that ends a little past its beginning crosses itself so."""


def length(start: Point, stop: Point) -> float:
    """Between two points."""
    return hypot(stop[0] - start[0], stop[1] - start[1])


def path_length(points: tuple[Point, ...]) -> float:
    """Along an open line."""
    return sum(length(one, next_one) for one, next_one in pairwise(points))


def perimeter(points: tuple[Point, ...]) -> float:
    """Along a closed line."""
    return path_length((*points, points[0]))


def polygon_area(points: tuple[Point, ...]) -> float | None:
    """By the shoelace formula; None where the line crosses itself, beyond a hand's slip."""
    corners = np.asarray(points, np.float64)
    corners = corners - corners.mean(axis=0)
    following = np.roll(corners, -1, axis=0)
    crosses = _cross(corners, following)
    area = float(crosses.sum()) / 2
    return None if _folds(corners, following, crosses, area) else abs(area)


def ellipse_axes(points: tuple[Point, ...]) -> tuple[float, float]:
    """Whole axes, the longer first, of an ellipse by both ends of one axis and an end of the other.

    The axes are at right angles: the third point counts by its distance from the first axis.
    """
    start, stop, side = points
    first = length(start, stop)
    if not first:
        return 0.0, 0.0
    across = (stop[0] - start[0]) * (side[1] - start[1]) - (stop[1] - start[1]) * (
        side[0] - start[0]
    )
    second = 2 * abs(across) / first
    return max(first, second), min(first, second)


def ellipse_area(long_axis: float, short_axis: float) -> float:
    """Of whole axes."""
    return pi / 4 * long_axis * short_axis


def ellipse_circumference(long_axis: float, short_axis: float) -> float:
    """Exact: the complete elliptic integral by the arithmetic-geometric mean, of whole axes.

    C = 2 pi (a^2 - sum of 2^(n-1) c_n^2) / AGM(a, b), c_0^2 = a^2 - b^2 (Abramowitz and Stegun,
    17.6.3 and 17.6.4). Axes 60 and 40: 158.654. No approximation as Ramanujan's, nor the devices'
    pi * mean of the axes.
    """
    mean, geometric = long_axis / 2, short_axis / 2
    if geometric <= 0:
        return 2 * long_axis
    remainder = mean * mean - (mean * mean - geometric * geometric) / 2
    weight = 1.0
    for _ in range(60):
        half_gap = (mean - geometric) / 2
        mean, geometric = (mean + geometric) / 2, sqrt(mean * geometric)
        remainder -= weight * half_gap * half_gap
        weight *= 2
        if half_gap <= 1e-12 * mean:
            break
    return 2 * pi * remainder / mean


def angle(leg: Point, vertex: Point, other_leg: Point) -> float | None:
    """At the vertex, 0 to 180 degrees; None where a leg has no length."""
    one, other = length(leg, vertex), length(other_leg, vertex)
    if not one or not other:
        return None
    along = ((leg[0] - vertex[0]) / one, (leg[1] - vertex[1]) / one)
    beside = ((other_leg[0] - vertex[0]) / other, (other_leg[1] - vertex[1]) / other)
    cosine = along[0] * beside[0] + along[1] * beside[1]
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def _cross(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0], np.float64)


def _folds(
    starts: npt.NDArray[np.float64],
    stops: npt.NDArray[np.float64],
    crosses: npt.NDArray[np.float64],
    area: float,
) -> bool:
    """Whether two sides cross so that both loops between them are more than a slip."""
    first, second, places = _crossings(starts, stops)
    sums = np.concatenate([[0.0], np.cumsum(crosses)])
    around = sums[second] - sums[first + 1]
    around += _cross(places, starts[first + 1]) + _cross(starts[second], places)
    loop, rest = np.abs(around) / 2, np.abs(area - around / 2)
    return bool(np.any(np.minimum(loop, rest) > _NEGLIGIBLE_LOOP * np.maximum(loop, rest)))


def _crossings(
    starts: npt.NDArray[np.float64], stops: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Numbers of the sides that cross properly, each pair once, the lower first; and where."""
    along = stops - starts
    from_start = _cross(along[None], starts[:, None] - starts[None])
    from_stop = _cross(along[None], stops[:, None] - starts[None])
    parted = np.sign(from_start) * np.sign(from_stop) < 0
    first, second = np.nonzero(np.triu(parted & parted.T, k=1))
    before, behind = from_start[first, second], from_stop[first, second]
    share = before / (before - behind)
    return first, second, starts[first] + share[:, None] * along[first]
