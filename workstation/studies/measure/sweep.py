"""A part of a picture in which time runs to the right, as the doctor marked it: M-mode, spectrum.

A scale of time by hand holds in a rectangle and nowhere else: beside a sweep there often is a 2D
picture, and nothing in a screenshot tells them apart. So both marks of the time are opposite
corners of the strip, and the time between its left and its right edge is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workstation.studies.measure.calibration import (
    CurveScale,
    NoScale,
    curve_by_hand,
    shortest_mark,
)
from workstation.studies.measure.points import Point
from workstation.studies.measure.reading import Reason

SECONDS_OF_A_STRIP: Final = (0.05, 60.0)
"""Least and most between both edges (our choice): seconds typed for milliseconds are neither."""
_SLACK_PX: Final = 2.0
"""A hand that follows the strip's edge slips over it by that."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """By two opposite corners in stored pixels, and the seconds between left and right."""

    corner: Point
    opposite: Point
    seconds: float

    @property
    def scale(self) -> CurveScale | NoScale:
        """Time alone; `NoScale` of a rectangle that is none, or of a time that no strip has."""
        high = abs(self.opposite[1] - self.corner[1])
        low, most = SECONDS_OF_A_STRIP
        if not shortest_mark(high):
            return NoScale(Reason.POINTS_COINCIDE)
        if not low <= self.seconds <= most:
            return NoScale(Reason.ABSURD_SCALE)
        return curve_by_hand(self.corner, self.opposite, self.seconds)

    def holds(self, points: Sequence[Point]) -> bool:
        """Whether all of them lie in it, edges included."""
        return bool(points) and all(self._has(point) for point in points)

    def touches(self, points: Sequence[Point]) -> bool:
        """Whether one of them does."""
        return any(self._has(point) for point in points)

    def has_row(self, y: float) -> bool:
        """Whether that row runs through it: scales stand beside the strip, at its height."""
        top, bottom = sorted((self.corner[1], self.opposite[1]))
        return top - _SLACK_PX <= y <= bottom + _SLACK_PX

    def _has(self, point: Point) -> bool:
        left, right = sorted((self.corner[0], self.opposite[0]))
        return left - _SLACK_PX <= point[0] <= right + _SLACK_PX and self.has_row(point[1])
