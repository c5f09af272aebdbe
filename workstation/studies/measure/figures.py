"""Figures drawn on a picture, and what can be told of their points before any scale."""

from dataclasses import dataclass
from math import isfinite
from typing import Final, Self

from backend_client.models.evidence import Figure, FramePlace
from workstation.studies.measure.points import Point as Point
from workstation.studies.measure.reading import Reason

_MOST_POINTS: Final = 500
_FARTHEST_PX: Final = 1e6
_COUNTS: Final = {
    Figure.FRAME: (0, 0),
    Figure.POINT: (1, 1),
    Figure.LINE: (2, 2),
    Figure.TRACE: (2, _MOST_POINTS),
    Figure.AREA: (3, _MOST_POINTS),
    Figure.ELLIPSE: (3, 3),
    Figure.ANGLE: (3, 3),
    Figure.RECTANGLE: (2, 2),
}
"""Least and most points; what they are stands at `Figure`."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure with its points in stored pixels."""

    figure: Figure
    points: tuple[Point, ...]

    @classmethod
    def of_place(cls, place: FramePlace) -> Self:
        """The figure of a place kept with a request."""
        return cls(place.figure, place.points)

    @property
    def reason_against(self) -> Reason | None:
        """Why nothing can be measured on it: points missing, not finite or far off."""
        least, most = _COUNTS.get(self.figure, (1, 0))
        if not least <= len(self.points) <= most:
            return Reason.NOT_A_FIGURE
        within = all(
            isfinite(value) and abs(value) <= _FARTHEST_PX
            for point in self.points
            for value in point
        )
        return None if within else Reason.NOT_A_FIGURE
