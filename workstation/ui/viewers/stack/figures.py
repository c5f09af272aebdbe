"""Figures drawn on slices: which there are, which one is chosen, what is measured on them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from backend_client.models.evidence import Figure, FramePlace, Origin
from workstation.studies.measure.calibration import NoScale, PlaneScale, plane_by_spacing
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.plane import measure_in_pixels, measure_in_plane
from workstation.studies.measure.reading import Reading
from workstation.studies.measure.region_statistics import (
    RegionStatistics,
    Rescale,
    region_statistics,
)
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import HOUNSFIELD, StackInfo, StackSlice
from workstation.studies.stack_greys import stored_numbers, values_of

REGIONS: Final = (Figure.ELLIPSE, Figure.RECTANGLE)
"""Figures in which values are told."""
Picture = tuple[str, int]
"""SOP Instance UID and frame."""
HOUNSFIELD_UNIT: Final = "[hnsf'U]"
ARBITRARY_UNIT: Final = "[arb'U]"
_POINTS: Final = {Figure.LINE: 2, Figure.RECTANGLE: 2, Figure.ELLIPSE: 3, Figure.ANGLE: 3}


@dataclass(frozen=True, slots=True)
class SliceFigure:
    """One figure. `number` stays its own while others come and go."""

    number: int
    index: int
    """Of the slice, in the study."""
    drawing: Drawing
    statistics: RegionStatistics | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all its points are there."""
        return len(self.drawing.points) == _POINTS.get(self.drawing.figure)

    def place(self, one: StackSlice) -> FramePlace:
        """Where it lies, for the conclusion; `one`: its slice."""
        drawing = self.drawing
        return FramePlace(
            part=one.uid, frame=one.frame, figure=drawing.figure, points=drawing.points
        )

    @property
    def origin(self) -> Origin:
        """Who answers for its numbers."""
        return Origin.BY_HAND


def scale_of(one: StackSlice) -> PlaneScale | NoScale:
    """What a pixel of a slice measures, and who says so."""
    return plane_by_spacing(one.plane.spacing_mm, one.spacing_source)


def readings(drawing: Drawing, one: StackSlice) -> tuple[Reading, ...]:
    """Lengths, areas, angles; in pixels with the reason where there is no scale."""
    scale = scale_of(one)
    if isinstance(scale, NoScale):
        return measure_in_pixels(drawing, scale)
    return measure_in_plane(drawing, scale)


def statistics_of(
    drawing: Drawing, one: StackSlice, patterns: Numbers | None
) -> RegionStatistics | None:
    """Values inside of a region; None for other figures, or where the slice is not at hand."""
    if patterns is None or drawing.figure not in REGIONS:
        return None
    scale = scale_of(one)
    if one.rescale.lut is not None:  # values come from a table: what is padding is no number there
        values = values_of(patterns, one.numbers, one.rescale)
        measure = scale if isinstance(scale, PlaneScale) else None
        return region_statistics(values, drawing, scale=measure)
    return region_statistics(
        stored_numbers(patterns, one.numbers),
        drawing,
        Rescale(one.rescale.slope, one.rescale.intercept),
        scale if isinstance(scale, PlaneScale) else None,
        one.numbers.padding,
    )


def chief_value(one: SliceFigure, slice_: StackSlice) -> tuple[float | None, str]:
    """What matters most of a figure, with its UCUM unit: the mean of a region, else its first
    reading; None and "" where it tells nothing."""
    stats = one.statistics
    if stats is not None:
        return stats.mean, HOUNSFIELD_UNIT if slice_.rescale.unit == HOUNSFIELD else ARBITRARY_UNIT
    first = next(iter(readings(one.drawing, slice_)), None)
    if first is None or first.value is None:
        return None, ""
    return first.value, first.unit.value


def boxed(figure: Figure, start: Point, stop: Point) -> tuple[Point, ...]:
    """The points of a figure that was drawn from one corner to another."""
    if figure is not Figure.ELLIPSE:
        return start, stop
    middle = ((start[0] + stop[0]) / 2, (start[1] + stop[1]) / 2)
    return (start[0], middle[1]), (stop[0], middle[1]), (middle[0], start[1])


class SliceFigures(QObject):
    """All figures of one study, over all its slices; they stay while it is closed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[SliceFigure] = []
        self._last = 0
        self.chosen: int | None = None
        """Number of the chosen one."""
        self.info: StackInfo | None = None
        """The study as it was opened last: what figures of a closed one are told by."""
        self.aside: dict[int, tuple[SliceFigure, Picture]] = {}
        """Figures whose picture is not in the study now, by their numbers."""
        self._kept: dict[int, Callable[[], bool]] = {}
        """Those that are kept with the request, and whether they may be changed here."""

    def open_study(self, info: StackInfo) -> None:
        """The study is open, perhaps once more: figures lie upon the same pictures as before."""
        known, self.info = self.info, info
        if known is None or known.slices == info.slices:
            return
        every = [(one, _picture(known.slices[one.index])) for one in self._all]
        every += [(one, picture) for one, picture in self.aside.values()]
        places = {_picture(one): index for index, one in enumerate(info.slices)}
        here = [replace(one, index=places[at]) for one, at in every if at in places]
        self._all = sorted(here, key=lambda one: one.number)
        self.aside = {one.number: (one, at) for one, at in every if at not in places}
        self.changed.emit()

    def find(self, uid: str, frame: int) -> int | None:
        """The slice of that picture; None where the study has none, or was not open yet."""
        slices = self.info.slices if self.info is not None else ()
        return next((n for n, one in enumerate(slices) if _picture(one) == (uid, frame)), None)

    @property
    def every(self) -> tuple[SliceFigure, ...]:
        """All of them, in the order in which they were drawn."""
        return tuple(self._all)

    def on(self, index: int) -> list[SliceFigure]:
        """Those upon a slice, in the order in which they were drawn."""
        return [one for one in self._all if one.index == index]

    def get(self, number: int | None) -> SliceFigure | None:
        """The figure of that number."""
        return next((one for one in self._all if one.number == number), None)

    def add(
        self, index: int, drawing: Drawing, statistics: RegionStatistics | None = None
    ) -> SliceFigure:
        """A new one, chosen at once."""
        self._last += 1
        made = SliceFigure(self._last, index, drawing, statistics)
        self._all.append(made)
        self.choose(made.number)
        return made

    def keep(self, number: int, may_change: Callable[[], bool]) -> None:
        """That one is kept with the request: who may not write there looks at it as it is."""
        self._kept[number] = may_change

    def is_fixed(self, number: int | None) -> bool:
        """Whether that one stays as it is, whatever is done here."""
        may_change = self._kept.get(number) if number is not None else None
        return may_change is not None and not may_change()

    def change(
        self, number: int, points: tuple[Point, ...], statistics: RegionStatistics | None
    ) -> None:
        """Its points are elsewhere."""
        if self.is_fixed(number):
            return
        for place, one in enumerate(self._all):
            if one.number == number:
                drawing = replace(one.drawing, points=points)
                self._all[place] = replace(one, drawing=drawing, statistics=statistics)
        self.changed.emit()

    def choose(self, number: int | None) -> None:
        """The one that is spoken of."""
        if number != self.chosen:
            self.chosen = number
            self.changed.emit()

    def remove(self, number: int | None) -> None:
        """Takes one away."""
        if self.is_fixed(number):
            return
        self._all = [one for one in self._all if one.number != number]
        self.chosen = None
        self.changed.emit()

    def clear(self) -> None:
        """Another study."""
        self._all, self._last, self.info, self.aside, self._kept = [], 0, None, {}, {}
        self.chosen = None
        self.changed.emit()

    def turn(self, index: int) -> None:
        """Chooses the next one upon a slice."""
        here = [one.number for one in self.on(index)]
        if here:
            place = here.index(self.chosen) + 1 if self.chosen in here else 0
            self.choose(here[place % len(here)])


def _picture(one: StackSlice) -> Picture:
    return one.uid, one.frame
