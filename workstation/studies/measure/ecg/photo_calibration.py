"""What a doctor has marked on a picture of paper, and what calipers read there, with how exactly.

Every point knows how many pixels of the picture one pixel of the screen was worth when it was put.
The error of a value is made of the errors of all points that it depends on, so that it grows with
coarse clicks, with short marks, and outside a small rectangle.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from math import hypot, inf, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.measure.ecg.photo_scale import (
    PaperMark,
    PhotoCaliper,
    PhotoScale,
    Point,
    Refusal,
    by_corners,
    by_marks,
    measured,
    why_not_along,
    why_not_corners,
    why_not_marks,
)

PROMISED_MS: Final = 20.0
PROMISED_MV: Final = 0.1
"""What calipers on calibrated paper have to keep: beyond it a value is called coarse."""
SQUARE_MM: Final = 5.0
"""A large square of the paper."""
LONGEST_MM: Final = 300.0
_IN_95_OF_100: Final = 2 * sqrt(1 / 3 + 1 / 12)
"""A click misses by up to its blur each way, all alike likely, and falls on a whole pixel of the
screen: two standard deviations of both."""
_CORNERS: Final = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the upright picture, in its pixels to the right and down."""

    x: float
    y: float
    blur: float = 1.0
    """Pixels of the picture by which it may be beside what was meant, each way."""

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.x, self.y

    def moved(self, right: float, down: float) -> "Spot":
        """The same, elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)


class Method(Enum):
    """How the paper is calibrated."""

    MARKS = "marks"
    CORNERS = "corners"


@dataclass(frozen=True, slots=True)
class PaperCalibration:
    """Points as far as they are put; what the doctor did not name is None."""

    method: Method = Method.MARKS
    along: tuple[Spot, ...] = ()
    up: tuple[Spot, ...] = ()
    corners: tuple[Spot, ...] = ()
    quarter_turns: int = 0
    """Clockwise: how the picture stood when the doctor saw time run to the right."""
    mark_mm: tuple[float, float] = (25.0, 25.0)
    """Length of the mark along the time, and of the one up."""
    rectangle_mm: tuple[float, float] = (100.0, 50.0)
    speed_mm_s: float | None = None
    gain_mm_mv: float | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All points of the present method."""
        return self.corners if self.method is Method.CORNERS else self.along + self.up

    @property
    def lengths_mm(self) -> tuple[float, float]:
        """Along the time and up, of the present method."""
        return self.rectangle_mm if self.method is Method.CORNERS else self.mark_mm

    @property
    def is_marked(self) -> bool:
        """Whether all points are put."""
        return len(self.spots) == _CORNERS

    def with_lengths(self, along_mm: float, up_mm: float) -> "PaperCalibration":
        """Other lengths of the present method."""
        if self.method is Method.CORNERS:
            return replace(self, rectangle_mm=(along_mm, up_mm))
        return replace(self, mark_mm=(along_mm, up_mm))

    def with_spots(self, spots: Sequence[Spot]) -> "PaperCalibration":
        """Other points of the present method, all of them."""
        if self.method is Method.CORNERS:
            return replace(self, corners=tuple(spots))
        return replace(self, along=tuple(spots[:2]), up=tuple(spots[2:]))


@dataclass(frozen=True, slots=True)
class Reading:
    """Between two points; None where speed or gain was not named."""

    milliseconds: float | None
    millivolts: float | None
    within_ms: float
    """In 95 of 100 cases the truth is no farther away."""
    within_mv: float


def refusal(calibration: PaperCalibration) -> Refusal | None:
    """Why the points that are put calibrate nothing; None too while some are missing."""
    points = _as_seen(calibration)
    if calibration.method is Method.CORNERS:
        return why_not_corners(points) if calibration.is_marked else None
    if len(calibration.along) < 2:
        return None
    along, up = _marks(calibration, points)
    return why_not_along(along) if up is None else why_not_marks(along, up)


@lru_cache(maxsize=64)
def scale_of(calibration: PaperCalibration) -> PhotoScale | None:
    """From points of the upright picture to millimetres; its error counts how exactly was clicked.

    None while points are missing or mean nothing.
    """
    scale = _scale(calibration)
    if scale is None:
        return None
    blur = max(spot.blur for spot in calibration.spots)
    return replace(scale, error_share=scale.error_share * blur)


@lru_cache(maxsize=512)
def reading(calibration: PaperCalibration, start: Spot, stop: Spot) -> Reading | None:
    """What lies between two points of the upright picture; None without a calibration."""
    found = _read(calibration, start, stop)
    if found is None:
        return None
    within_ms, within_mv = _within(calibration, start, stop, found)
    return Reading(
        None if calibration.speed_mm_s is None else found.milliseconds,
        None if calibration.gain_mm_mv is None else found.millivolts,
        within_ms,
        within_mv,
    )


def pixels_between(start: Spot, stop: Spot) -> float:
    """All that can be told without a calibration."""
    return hypot(stop.x - start.x, stop.y - start.y)


def _read(calibration: PaperCalibration, start: Spot, stop: Spot) -> PhotoCaliper | None:
    scale = _scale(calibration)
    if scale is None:
        return None
    speed, gain = calibration.speed_mm_s or 1.0, calibration.gain_mm_mv or 1.0
    return measured(scale, start.point, stop.point, speed, gain)


def _within(
    calibration: PaperCalibration, start: Spot, stop: Spot, found: PhotoCaliper
) -> tuple[float, float]:
    """How much every point moves the value when it is moved by its blur, in squares together."""
    ms = mv = 0.0
    for changed in _moved_a_little(calibration, start, stop):
        other = _read(*changed)
        if other is None:
            return inf, inf
        ms += (other.milliseconds - found.milliseconds) ** 2
        mv += (other.millivolts - found.millivolts) ** 2
    return _IN_95_OF_100 * sqrt(ms), _IN_95_OF_100 * sqrt(mv)


def _moved_a_little(
    calibration: PaperCalibration, start: Spot, stop: Spot
) -> Iterator[tuple[PaperCalibration, Spot, Spot]]:
    for right, down in ((1, 0), (0, 1)):
        yield calibration, start.moved(right * start.blur, down * start.blur), stop
        yield calibration, start, stop.moved(right * stop.blur, down * stop.blur)
        for place, spot in enumerate(calibration.spots):
            spots = list(calibration.spots)
            spots[place] = spot.moved(right * spot.blur, down * spot.blur)
            yield calibration.with_spots(spots), start, stop


def _scale(calibration: PaperCalibration) -> PhotoScale | None:
    """For points of the upright picture, however it was turned when the marks were made."""
    if not calibration.is_marked:
        return None
    points = _as_seen(calibration)
    if calibration.method is Method.CORNERS:
        seen = by_corners(points, *calibration.rectangle_mm)
    else:
        along, up = _marks(calibration, points)
        seen = by_marks(along, up) if up is not None else None
    if seen is None or not calibration.quarter_turns % 4:
        return seen
    to_paper = seen.to_paper @ _turn(calibration.quarter_turns)
    to_paper.flags.writeable = False
    return replace(seen, to_paper=to_paper)


def _marks(
    calibration: PaperCalibration, points: Sequence[Point]
) -> tuple[PaperMark, PaperMark | None]:
    along_mm, up_mm = calibration.mark_mm
    along = PaperMark(points[0], points[1], along_mm)
    up = PaperMark(points[2], points[3], up_mm) if calibration.is_marked else None
    return along, up


def _as_seen(calibration: PaperCalibration) -> list[Point]:
    return [_turned(spot.point, calibration.quarter_turns) for spot in calibration.spots]


def _turned(point: Point, quarters: int) -> Point:
    """Clockwise about the picture's first pixel."""
    x, y = point
    return ((x, y), (-y, x), (-x, -y), (y, -x))[quarters % 4]


def _turn(quarters: int) -> npt.NDArray[np.float64]:
    """The same as a map of the plane."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters % 4]
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]], np.float64)
