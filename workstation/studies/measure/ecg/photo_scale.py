"""Millimetres of paper on a photo or a scan, calibrated by hand.

Two marks of known length, one along the time and one up, where the paper was photographed from
straight above, turned or not. Four corners of a known rectangle, where the picture is tilted: the
map of one plane onto another (Hartley, Zisserman, "Multiple View Geometry", 4.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import atan2, hypot, isfinite, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
"""Pixels of the picture: to the right, down."""

_SHORTEST_MARK_PX: Final = 8.0
_LEAST_SINE: Final = 0.7
"""Marks that are less than 45 degrees apart do not tell time from amplitude."""
_PRECISE_SHARE: Final = 0.01
_LEAST_AREA_PX: Final = 400.0
_LEAST_WEIGHT: Final = 0.2
"""Of a point against the middle of the corners: what is five times as far away is not measured."""
_LEAST_BACK_WEIGHT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class PaperMark:
    """Two points of the picture that are so far apart on the paper."""

    start: Point
    stop: Point
    millimetres: float = 5.0

    @property
    def pixels(self) -> float:
        """Length in the picture."""
        return hypot(self.stop[0] - self.start[0], self.stop[1] - self.start[1])


class ScaleOrigin(Enum):
    """How the millimetres were found: said beside every value. (A grid found by itself: later.)"""

    MARKS_BY_HAND = "marks_by_hand"
    CORNERS_BY_HAND = "corners_by_hand"


class Refusal(Enum):
    """Why points calibrate nothing."""

    NOT_FINITE = "not_finite"
    TOO_SHORT = "too_short"
    """A mark that a pixel falsifies by more than a tenth."""
    ON_ITS_SIDE = "on_its_side"
    """The mark along the time runs up or down: the picture has to be turned first."""
    ONE_DIRECTION = "one_direction"
    """Both marks run alike."""
    NO_RECTANGLE = "no_rectangle"
    """Three corners on a line, or one inside the others: no rectangle looks so."""
    CORNERS_TOO_NEAR = "corners_too_near"


@dataclass(frozen=True, slots=True, eq=False)
class PhotoScale:
    """From points of the picture to millimetres of paper: to the right, and up."""

    origin: ScaleOrigin
    to_paper: npt.NDArray[np.float64]
    """Shape (3, 3), for homogeneous coordinates; read-only."""
    error_share: float
    """Part of any length by which one pixel in each click of the calibration may falsify it."""

    @property
    def precise(self) -> bool:
        """Whether a pixel in the calibration means no more than 1 % (10 ms of an RR of 1 s)."""
        return self.error_share <= _PRECISE_SHARE

    def paper_mm(self, point: Point) -> Point | None:
        """Place on the paper, from the calibration's own zero; None near the paper's horizon."""
        if not all(map(isfinite, point)):
            return None
        right, up, weight = (float(one) for one in self.to_paper @ np.array([*point, 1.0]))
        if not (isfinite(right) and isfinite(up) and weight >= _LEAST_WEIGHT):
            return None
        return right / weight, up / weight

    def picture_point(self, millimetres: Point) -> Point | None:
        """The way back, for what is painted along the paper; None near the horizon."""
        if not all(map(isfinite, millimetres)):
            return None
        back = np.linalg.inv(self.to_paper) @ np.array([*millimetres, 1.0])
        right, down, weight = (float(one) for one in back)
        if not (isfinite(right) and isfinite(down) and abs(weight) > _LEAST_BACK_WEIGHT):
            return None
        return right / weight, down / weight


@dataclass(frozen=True, slots=True)
class PhotoCaliper:
    """Between two points of the picture."""

    milliseconds: float
    """Positive from left to right."""
    millivolts: float
    """Positive upwards."""


def why_not_along(along: PaperMark) -> Refusal | None:
    """Why a mark cannot be the one along the time; None where it can."""
    if not isfinite(along.pixels):
        return Refusal.NOT_FINITE
    if along.pixels < _SHORTEST_MARK_PX:
        return Refusal.TOO_SHORT
    across, down = along.stop[0] - along.start[0], along.stop[1] - along.start[1]
    return Refusal.ON_ITS_SIDE if abs(down) > abs(across) else None


def why_not_marks(along: PaperMark, up: PaperMark) -> Refusal | None:
    """Why two marks of sound lengths calibrate nothing; None where `by_marks` has a scale."""
    reason = why_not_along(along)
    if reason is None and not isfinite(up.pixels):
        reason = Refusal.NOT_FINITE
    if reason is None and up.pixels < _SHORTEST_MARK_PX:
        reason = Refusal.TOO_SHORT
    if reason is None and by_marks(along, up) is None:
        reason = Refusal.ONE_DIRECTION
    return reason


def why_not_corners(corners: Sequence[Point]) -> Refusal | None:
    """Why four corners calibrate nothing; None where `by_corners` has a scale."""
    if not all(isfinite(value) for corner in corners for value in corner):
        return Refusal.NOT_FINITE
    around = _in_order(corners)
    turns = [_turn(around[n - 2], around[n - 1], around[n]) for n in range(4)]
    if min(turns) >= _LEAST_AREA_PX:
        return None
    return Refusal.CORNERS_TOO_NEAR if max(turns) < 4 * _LEAST_AREA_PX else Refusal.NO_RECTANGLE


def by_marks(along: PaperMark, up: PaperMark) -> PhotoScale | None:
    """From one mark along the time and one up; drawn in either direction.

    The paper may lie turned by less than 45 degrees. None where a mark is too short to mean
    anything, or both lie in one direction.
    """
    right = _vector(along, along.stop[0] >= along.start[0])
    upward = _vector(up, up.stop[1] <= up.start[1])
    if right is None or upward is None:
        return None
    area = right[0] * upward[1] - right[1] * upward[0]
    sine = abs(area) / (hypot(*right) * hypot(*upward))
    if area >= 0 or sine < _LEAST_SINE or abs(atan2(right[1], right[0])) > np.pi / 4:
        return None
    from_paper = np.array([[right[0], upward[0], 0], [right[1], upward[1], 0], [0, 0, 1.0]])
    share = sqrt(2) / min(along.pixels, up.pixels)
    return _scale(ScaleOrigin.MARKS_BY_HAND, np.linalg.inv(from_paper), share)


def by_corners(corners: Sequence[Point], width_mm: float, height_mm: float) -> PhotoScale | None:
    """From the corners of a rectangle on the paper, in any order.

    Its sides lie along the grid, turned by less than 45 degrees. None where the four points are
    no convex figure, or are too near one another.
    """
    given = all(isfinite(value) for corner in corners for value in corner)
    if len(corners) != 4 or not given or not (0 < width_mm < np.inf and 0 < height_mm < np.inf):
        return None
    around = _in_order(corners)
    turns = [_turn(around[n - 2], around[n - 1], around[n]) for n in range(4)]
    if min(turns) < _LEAST_AREA_PX:
        return None
    paper = [(0, height_mm), (width_mm, height_mm), (width_mm, 0), (0, 0)]
    sides = [hypot(*np.subtract(around[n - 1], around[n])) for n in range(4)]
    to_paper = _plane_to_plane(around, paper)
    return _scale(ScaleOrigin.CORNERS_BY_HAND, to_paper, sqrt(2) / min(sides))


def measured(
    scale: PhotoScale, start: Point, stop: Point, speed_mm_s: float, gain_mm_mv: float
) -> PhotoCaliper | None:
    """What lies between two clicks, at the paper's speed and gain; None where it cannot be told."""
    if not (0 < speed_mm_s < np.inf and 0 < gain_mm_mv < np.inf):
        return None
    first, second = scale.paper_mm(start), scale.paper_mm(stop)
    if first is None or second is None:
        return None
    right, up = second[0] - first[0], second[1] - first[1]
    return PhotoCaliper(right / speed_mm_s * 1000, up / gain_mm_mv)


def _vector(mark: PaperMark, forward: bool) -> Point | None:
    """Pixels for one millimetre, in the direction that is meant."""
    usable = isfinite(mark.pixels) and mark.pixels >= _SHORTEST_MARK_PX
    if not usable or not 0 < mark.millimetres < np.inf:
        return None
    unit = mark.millimetres if forward else -mark.millimetres
    return (mark.stop[0] - mark.start[0]) / unit, (mark.stop[1] - mark.start[1]) / unit


def _in_order(corners: Sequence[Point]) -> list[Point]:
    """Clockwise as seen, from the upper left."""
    middle = np.mean(np.array(corners, np.float64), axis=0)
    around = sorted(corners, key=lambda one: atan2(one[1] - middle[1], one[0] - middle[0]))
    first = min(range(4), key=lambda place: sum(around[place]))
    return [*around[first:], *around[:first]]


def _turn(first: Point, second: Point, third: Point) -> float:
    """Twice the area of the triangle, positive where the way turns clockwise as seen."""
    one = (second[0] - first[0], second[1] - first[1])
    two = (third[0] - second[0], third[1] - second[1])
    return one[0] * two[1] - one[1] * two[0]


def _plane_to_plane(picture: Sequence[Point], paper: Sequence[Point]) -> npt.NDArray[np.float64]:
    """Weight 1 in the middle of the corners, which never lies on the horizon."""
    middle_x, middle_y = np.mean(np.array(picture, np.float64), axis=0)
    rows, values = [], []
    for (from_x, from_y), (right, up) in zip(picture, paper, strict=True):
        x, y = from_x - middle_x, from_y - middle_y
        rows.append([x, y, 1, 0, 0, 0, -right * x, -right * y])
        rows.append([0, 0, 0, x, y, 1, -up * x, -up * y])
        values += [right, up]
    solved = np.linalg.solve(np.array(rows, np.float64), np.array(values, np.float64))
    moved = np.array([[1.0, 0, -middle_x], [0, 1, -middle_y], [0, 0, 1]])
    to_paper: npt.NDArray[np.float64] = np.append(solved, 1.0).reshape(3, 3) @ moved
    return to_paper


def _scale(
    origin: ScaleOrigin, to_paper: npt.NDArray[np.float64], error_share: float
) -> PhotoScale:
    to_paper.flags.writeable = False
    return PhotoScale(origin, to_paper, error_share)
