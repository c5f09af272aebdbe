"""A figure upon a frame with what is measured on it, and the scales that the doctor gave."""

from dataclasses import dataclass, replace

from backend_client.models.evidence import Figure, FramePlace, Origin
from workstation.studies.measure.calibration import (
    CurveScale,
    HandScale,
    NoScale,
    PlaneScale,
    Scale,
    SpectralScale,
    m_mode_by_hand,
    plane_by_hand,
    spectral_by_hand,
)
from workstation.studies.measure.computed import Measured
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.measurable import Measurable, has_own_ways
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.organs import OrganAxis
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.studies.measure.sweep import Sweep
from workstation.studies.measure.ultrasound.measuring import measure_with, scale_at
from workstation.studies.measure.ultrasound.regions import ultrasound_scale
from workstation.ui.viewers.figures.kinds import Ground, Tool, ground_of
from workstation.ui.viewers.figures.names import Name, Naming, naming_of, reading_of

_BY_SPECTRUM = (Figure.POINT, Figure.TRACE)
_MARK_UNITS = {
    Tool.LENGTH_MARK: Unit.MILLIMETRE,
    Tool.VELOCITY_MARK: Unit.CENTIMETRE_PER_SECOND,
    Tool.TIME_MARK: Unit.MILLISECOND,
}


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
    is_on_still: bool = False
    """Whether its file has this one frame: then none is named."""

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

    def measured(self) -> dict[EchoInput | Part | OrganAxis, Measured]:
        """What it gives to the desks of echo, obstetrics and organs: physical values alone."""
        naming = self.naming
        if naming is None:
            return {}
        found: dict[EchoInput | Part | OrganAxis, Measured] = {}
        for name, quantity in ((naming.name, naming.quantity), *naming.along):
            value = _physical(self.readings, quantity)
            if value is not None and isinstance(name, EchoInput | Part | OrganAxis):
                found[name] = value
        return found


@dataclass(frozen=True, slots=True)
class HandMark:
    """A calibration by hand: two points of a frame and what lies between them."""

    tool: Tool
    """`LENGTH_MARK`, `VELOCITY_MARK` or `TIME_MARK`."""
    frame: int
    start: Point
    """Of a velocity mark: on the baseline; of a time mark: a corner of the strip."""
    stop: Point
    amount: float
    """In `unit`; of a velocity with its sign."""
    quarter_turns: int = 0
    """Clockwise, as the picture was seen when a velocity or a time was marked: a scan may lie on
    its side, and nothing in it says so."""

    def seen(self, quarter_turns: int) -> "HandMark":
        """As it lies on a picture that is turned so often."""
        start, stop = (turned(point, quarter_turns) for point in (self.start, self.stop))
        return replace(self, start=start, stop=stop, quarter_turns=0)

    @property
    def unit(self) -> Unit:
        """Millimetres, centimetres a second or milliseconds."""
        return _MARK_UNITS[self.tool]

    def scale(self, pixel_aspect: float) -> PlaneScale | SpectralScale | CurveScale | NoScale:
        """What it makes of the picture by itself; `NoScale` where it says nothing."""
        if self.quarter_turns:
            return self.seen(self.quarter_turns).scale(pixel_aspect)
        if self.tool is Tool.LENGTH_MARK:
            return plane_by_hand(self.start, self.stop, self.amount, pixel_aspect)
        if self.tool is Tool.TIME_MARK:
            return self.sweep.scale
        return spectral_by_hand(self.start, self.stop, self.amount)

    @property
    def sweep(self) -> Sweep:
        """Of a time mark: where it holds."""
        return Sweep(self.start, self.stop, self.amount / 1000)


@dataclass(frozen=True, slots=True)
class HandScales:
    """At most one of each kind."""

    length: HandMark | None = None
    velocity: HandMark | None = None
    time: HandMark | None = None

    @property
    def marks(self) -> tuple[HandMark, ...]:
        """Those that there are."""
        found = (self.length, self.velocity, self.time)
        return tuple(one for one in found if one is not None)

    @property
    def quarter_turns(self) -> int:
        """As the picture was seen when time and velocity were marked: both on one view."""
        marks = (one for one in (self.time, self.velocity) if one is not None)
        return next((one.quarter_turns for one in marks), 0)

    def with_mark(self, mark: HandMark) -> "HandScales":
        """With another one of its kind; what was marked on the picture seen otherwise goes."""
        if mark.tool is Tool.LENGTH_MARK:
            return replace(self, length=mark)
        same = self if mark.quarter_turns == self.quarter_turns else HandScales(self.length)
        if mark.tool is Tool.TIME_MARK:
            return replace(same, time=mark)
        return replace(same, velocity=mark)

    def seen(self) -> "HandScales":
        """As all marks lie on the picture as it was seen: time to the right, velocity up."""
        turns = self.quarter_turns
        length, velocity, time = (
            one.seen(turns) if one is not None else None
            for one in (self.length, self.velocity, self.time)
        )
        return HandScales(length, velocity, time)

    def scale_for(self, drawing: Drawing, pixel_aspect: float) -> HandScale | NoScale | None:
        """What holds for a drawing by hand alone; None where nothing does.

        In the strip of a time mark: a spectrum by a velocity mark at its height, else an M-mode by
        a length mark in it, else time alone. Outside of it these marks do not count; across its
        edge nothing is measured. Without a strip a point or an envelope is measured by velocities
        where they are known, all else by lengths.
        """
        sweep = self.time.sweep if self.time is not None else None
        if sweep is not None and sweep.holds(drawing.points):
            return self._in_strip(sweep)
        if sweep is not None and sweep.touches(drawing.points):
            return NoScale(Reason.ACROSS_REGIONS)
        velocity = None if self._is_of_strip(self.velocity) else self.velocity
        length = None if self._is_of_strip(self.length) else self.length
        by_spectrum = drawing.figure in _BY_SPECTRUM
        mark = (velocity or length) if by_spectrum else (length or velocity)
        if mark is None:
            return NoScale(Reason.OUTSIDE_REGIONS) if self.marks else None
        scale = mark.scale(pixel_aspect)
        return scale if isinstance(scale, PlaneScale | SpectralScale) else None

    def with_time(self, scale: Scale, drawing: Drawing) -> Scale:
        """A spectrum of the file that has no time takes that of its strip, and says so."""
        lacks = isinstance(scale, SpectralScale) and scale.seconds_x is None
        if not lacks or self.time is None or not self.time.sweep.holds(drawing.points):
            return scale
        time = self.time.sweep.scale
        if isinstance(time, NoScale) or not isinstance(scale, SpectralScale):
            return scale
        return replace(scale, seconds_x=time.seconds_x, source=ScaleSource.BY_HAND)

    def _in_strip(self, sweep: Sweep) -> HandScale | NoScale:
        time, velocity, length = sweep.scale, self.velocity, self.length
        if isinstance(time, NoScale):
            return time
        if velocity is not None and self._is_of_strip(velocity):
            return spectral_by_hand(velocity.start, velocity.stop, velocity.amount, time.seconds_x)
        if length is None or not self._is_of_strip(length):
            return time
        depth, across = (length.start, length.stop), (sweep.corner, sweep.opposite)
        moving = m_mode_by_hand(depth, length.amount, across, sweep.seconds)
        return time if isinstance(moving, NoScale) else moving

    def _is_of_strip(self, mark: HandMark | None) -> bool:
        """Whether a mark calibrates the strip up and down."""
        if mark is None or self.time is None:
            return False
        if mark.tool is Tool.VELOCITY_MARK:
            return self.time.sweep.has_row(mark.start[1])
        return self.time.sweep.holds((mark.start, mark.stop))


def measured_figure(
    info: Measurable, frame: int, drawing: Drawing, hand: HandScales
) -> tuple[Scale, tuple[Reading, ...]]:
    """The scale that holds for a drawing, and all that it tells."""
    if hand.quarter_turns and has_own_ways(info):
        hand = HandScales(hand.length)  # of another file: never the other direction
    if hand.quarter_turns:
        points = tuple(turned(point, hand.quarter_turns) for point in drawing.points)
        drawing, hand = replace(drawing, points=points), hand.seen()
    by_hand = hand.scale_for(drawing, info.pixel_aspect)
    usable = None if isinstance(by_hand, NoScale) else by_hand
    if usable is not None and _reaches_other_kind(info, drawing, usable):
        usable = None
    scale = hand.with_time(scale_at(info, frame, drawing, usable), drawing)
    if isinstance(scale, NoScale) and isinstance(by_hand, NoScale):
        scale = by_hand
    return scale, measure_with(scale, drawing, info.pixel_aspect)


def turned(point: Point, quarter_turns: int) -> Point:
    """Where it is seen after so many turns clockwise about the picture's corner."""
    for _ in range(quarter_turns % 4):
        point = (-point[1], point[0])
    return point


def _reaches_other_kind(info: Measurable, drawing: Drawing, by_hand: HandScale) -> bool:
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
