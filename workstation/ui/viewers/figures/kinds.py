"""What the doctor draws with, and what kind of picture a figure lies in."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import (
    CurveScale,
    MModeScale,
    PlaneScale,
    Scale,
    SpectralScale,
)


class Tool(Enum):
    """What a click on the picture begins."""

    DISTANCE = "distance"
    """A line; in an M-mode depth and time, in a spectrum times and slopes."""
    ANGLE = "angle"
    ELLIPSE = "ellipse"
    CONTOUR = "contour"
    VELOCITY = "velocity"
    """A point of a spectrum."""
    ENVELOPE = "envelope"
    """The border of a spectrum."""
    LENGTH_MARK = "length_mark"
    """Two points of a known distance: calibrates the picture by hand."""
    VELOCITY_MARK = "velocity_mark"
    """The baseline, then a place of known velocity: calibrates a spectrum by hand."""
    TIME_MARK = "time_mark"
    """Opposite corners of a strip in which time runs: calibrates it from edge to edge by hand."""


FIGURE_OF: Final = {
    Tool.DISTANCE: Figure.LINE,
    Tool.ANGLE: Figure.ANGLE,
    Tool.ELLIPSE: Figure.ELLIPSE,
    Tool.CONTOUR: Figure.AREA,
    Tool.VELOCITY: Figure.POINT,
    Tool.ENVELOPE: Figure.TRACE,
    Tool.LENGTH_MARK: Figure.LINE,
    Tool.VELOCITY_MARK: Figure.LINE,
    Tool.TIME_MARK: Figure.RECTANGLE,
}
FREE: Final = (Tool.CONTOUR, Tool.ENVELOPE)
"""Drawn in one pull, or by as many clicks as the doctor wants."""
MARKS: Final = (Tool.LENGTH_MARK, Tool.VELOCITY_MARK, Tool.TIME_MARK)
POINTS_OF: Final = {
    Figure.POINT: 1,
    Figure.LINE: 2,
    Figure.RECTANGLE: 2,
    Figure.ELLIPSE: 3,
    Figure.ANGLE: 3,
}
"""How many points make it whole; the others are ended by the doctor."""


class Ground(Enum):
    """What the picture shows under a figure."""

    PLANE = "plane"
    M_MODE = "m_mode"
    SPECTRUM = "spectrum"
    CURVE = "curve"
    UNKNOWN = "unknown"


def ground_of(scale: Scale) -> Ground:
    """By the scale that holds there."""
    if isinstance(scale, PlaneScale):
        return Ground.PLANE
    if isinstance(scale, MModeScale):
        return Ground.M_MODE
    if isinstance(scale, SpectralScale):
        return Ground.SPECTRUM
    return Ground.CURVE if isinstance(scale, CurveScale) else Ground.UNKNOWN


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """The key of a grip: one point of a figure; None: the whole of it."""

    figure_id: int
    place: int | None
