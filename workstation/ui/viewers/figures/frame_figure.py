"""A figure upon a frame with what is measured on it, and the scales that the doctor gave."""

from dataclasses import dataclass

from backend_client.models.evidence import Figure, FramePlace, Origin
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.calibration import (
    HandScale,
    NoScale,
    PlaneScale,
    Scale,
    SpectralScale,
    plane_by_hand,
    spectral_by_hand,
)
from workstation.studies.measure.computed import Measured
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.reading import Quantity, Reading, ScaleSource
from workstation.studies.measure.ultrasound.measuring import measure_with, scale_at
from workstation.studies.measure.ultrasound.regions import ultrasound_scale
from workstation.ui.viewers.figures.kinds import Ground, Tool, ground_of
from workstation.ui.viewers.figures.names import Name, Naming, naming_of, reading_of

_BY_SPECTRUM = (Figure.POINT, Figure.TRACE)


@dataclass(frozen=True, slots=True)
class FrameFigure:
    """One figure. `id` stays its own while others come and go."""

    id: int
    frame: int
    """From 0."""
    drawing: Drawing
    scale: Scale
    readings: tuple[Reading, ...]
    name: Name | None = None
    is_noted: bool = False
    """Already in the conclusion, as it stands."""

    @property
    def place(self) -> FramePlace:
        """Where it lies, for the conclusion."""
        drawing = self.drawing
        return FramePlace(frame=self.frame, figure=drawing.figure, points=drawing.points)

    @property
    def origin(self) -> Origin:
        """Who answers for its numbers."""
        by_hand = self.scale.source is ScaleSource.BY_HAND
        return Origin.HAND_CALIBRATED if by_hand else Origin.BY_HAND

    @property
    def ground(self) -> Ground:
        """What it was drawn upon."""
        return ground_of(self.scale)

    @property
    def naming(self) -> Naming | None:
        """What its name takes of it; None without a name that fits."""
        if self.name is None:
            return None
        return naming_of(self.name, self.ground, self.drawing.figure)

    @property
    def taken(self) -> Reading | None:
        """The reading that its name means, else the chief one."""
        naming = self.naming
        if naming is not None:
            return reading_of(self.readings, naming.quantity)
        return self.readings[0] if self.readings else None

    def measured(self) -> dict[EchoInput | Part, Measured]:
        """What it gives to the desks of echo and of obstetrics: physical values alone."""
        naming = self.naming
        if naming is None:
            return {}
        found: dict[EchoInput | Part, Measured] = {}
        for name, quantity in ((naming.name, naming.quantity), *naming.along):
            value = _physical(self.readings, quantity)
            if value is not None and isinstance(name, EchoInput | Part):
                found[name] = value
        return found


@dataclass(frozen=True, slots=True)
class HandMark:
    """A calibration by hand: two points of a frame and what lies between them."""

    tool: Tool
    """`LENGTH_MARK` or `VELOCITY_MARK`."""
    frame: int
    start: Point
    """Of a velocity mark: on the baseline."""
    stop: Point
    amount: float
    """Millimetres, or centimetres a second with its sign."""

    def scale(self, pixel_aspect: float) -> PlaneScale | SpectralScale | NoScale:
        """What it makes of the picture; `NoScale` where it says nothing."""
        if self.tool is Tool.LENGTH_MARK:
            return plane_by_hand(self.start, self.stop, self.amount, pixel_aspect)
        return spectral_by_hand(self.start, self.stop, self.amount)


@dataclass(frozen=True, slots=True)
class HandScales:
    """At most one of each kind."""

    length: HandMark | None = None
    velocity: HandMark | None = None

    @property
    def marks(self) -> tuple[HandMark, ...]:
        """Those that there are."""
        return tuple(one for one in (self.length, self.velocity) if one is not None)

    def scale_for(self, figure: Figure, pixel_aspect: float) -> HandScale | None:
        """A point or an envelope is measured by velocities where they are known, all else by
        lengths."""
        first, second = (
            (self.velocity, self.length) if figure in _BY_SPECTRUM else (self.length, self.velocity)
        )
        mark = first or second
        scale = mark.scale(pixel_aspect) if mark is not None else None
        return scale if isinstance(scale, PlaneScale | SpectralScale) else None


def measured_figure(
    info: ClipInfo, frame: int, drawing: Drawing, hand: HandScales
) -> tuple[Scale, tuple[Reading, ...]]:
    """The scale that holds for a drawing, and all that it tells."""
    by_hand = hand.scale_for(drawing.figure, info.pixel_aspect)
    if by_hand is not None and _reaches_other_kind(info, drawing, by_hand):
        by_hand = None
    scale = scale_at(info, frame, drawing, by_hand)
    return scale, measure_with(scale, drawing, info.pixel_aspect)


def _reaches_other_kind(info: ClipInfo, drawing: Drawing, by_hand: HandScale) -> bool:
    """Whether a point lies where the file says that the picture is of another kind."""
    size = (info.width, info.height)
    scales = (ultrasound_scale(info.regions, size, [point]) for point in drawing.points)
    return any(not isinstance(one, NoScale | type(by_hand)) for one in scales)


def _physical(readings: tuple[Reading, ...], quantity: Quantity) -> Measured | None:
    """Without sign: the desks know velocities by their size alone."""
    reading = reading_of(readings, quantity)
    if reading is None or not reading.is_physical or reading.value is None:
        return None
    return Measured(abs(reading.value), reading.source)
