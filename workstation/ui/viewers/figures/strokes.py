"""What a hand draws in one pull, with as many points as it needs; and ellipses put right."""

from math import hypot
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.figures import Point

_Places = npt.NDArray[np.float64]

MOST_POINTS: Final = 500
"""As many as a `FramePlace` can hold."""
_FINEST_PX: Final = 0.25


def simplified(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The same line without points that lie on it within a quarter of a pixel (Douglas, Peucker
    1973); coarser where it has more points than can be kept."""
    tolerance = _FINEST_PX
    kept = _without_straight(points, tolerance)
    while len(kept) > MOST_POINTS:
        tolerance *= 2
        kept = _without_straight(points, tolerance)
    return kept


def with_side(start: Point, stop: Point, side: Point, pixel_aspect: float) -> Point:
    """The third point of an ellipse, put where its other axis ends: at right angles in mm."""
    ax, ay = start[0], start[1] * pixel_aspect
    bx, by = stop[0], stop[1] * pixel_aspect
    length = hypot(bx - ax, by - ay)
    if not length:
        return side
    across_x, across_y = -(by - ay) / length, (bx - ax) / length
    away = (side[0] - ax) * across_x + (side[1] * pixel_aspect - ay) * across_y
    x, y = (ax + bx) / 2 + away * across_x, (ay + by) / 2 + away * across_y
    return x, y / pixel_aspect


def with_moved_end(
    points: tuple[Point, ...], place: int, to: Point, pixel_aspect: float
) -> tuple[Point, ...]:
    """An ellipse with one of its points elsewhere; its other axis keeps its length."""
    start, stop, side = points
    if place == 2:
        return start, stop, with_side(start, stop, to, pixel_aspect)
    moved = (to, stop) if place == 0 else (start, to)
    return (*moved, _side_again(points, moved, pixel_aspect)) if moved[0] != moved[1] else points


def _side_again(before: tuple[Point, ...], axis: tuple[Point, Point], pixel_aspect: float) -> Point:
    """As far from the new axis as it was from the old one."""
    (ax, ay), (bx, by), (sx, sy) = ((x, y * pixel_aspect) for x, y in before)
    old = hypot(bx - ax, by - ay) or 1.0
    away = ((sy - ay) * (bx - ax) - (sx - ax) * (by - ay)) / old
    (cx, cy), (dx, dy) = ((x, y * pixel_aspect) for x, y in axis)
    length = hypot(dx - cx, dy - cy)
    x = (cx + dx) / 2 - away * (dy - cy) / length
    y = (cy + dy) / 2 + away * (dx - cx) / length
    return x, y / pixel_aspect


def _without_straight(points: tuple[Point, ...], tolerance: float) -> tuple[Point, ...]:
    if len(points) < 3:
        return points
    places = np.asarray(points, np.float64)
    kept = {0, len(points) - 1}
    parts = [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        away = _away(places[first + 1 : last], places[first], places[last])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept.add(middle)
            parts += [(first, middle), (middle, last)]
    return tuple(points[n] for n in sorted(kept))


def _away(points: _Places, start: _Places, stop: _Places) -> _Places:
    """How far points are from a line between two."""
    along, to = stop - start, points - start
    square = float(along @ along)
    share = np.clip(to @ along / square, 0, 1) if square else np.zeros(len(points))
    return np.asarray(np.hypot(*(to - share[:, None] * along).T), np.float64)
