"""The work with figures on the frame that is seen: what is drawn, chosen, held. No widgets."""

from dataclasses import replace
from math import hypot

from PySide6.QtCore import QObject, Signal

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import NoScale, Scale
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.measurable import Measurable, has_own_ways
from workstation.studies.measure.reading import Reading, Reason
from workstation.ui.viewers.figures.frame_figure import (
    FrameFigure,
    HandMark,
    measured_figure,
)
from workstation.ui.viewers.figures.kinds import (
    FIGURE_OF,
    FREE,
    MARKS,
    POINTS_OF,
    FigurePoint,
    Tool,
)
from workstation.ui.viewers.figures.names import Name
from workstation.ui.viewers.figures.shelf import FigureShelf
from workstation.ui.viewers.figures.strokes import (
    MOST_POINTS,
    simplified,
    with_moved_end,
    with_side,
)

_NEAR_BEGINNING = 7.0
"""Screen pixels: a click that near to a contour's first point closes it."""
_ALONG_ROWS = (Tool.VELOCITY_MARK, Tool.TIME_MARK)
"""Marks that know the picture's own directions."""
_LONGEST = 4000
"""Points of a stroke, of which `MOST_POINTS` are kept."""
_STROKE_PX = 2.0
"""Screen pixels between the points of a line that is pulled."""


class FigureSession(QObject):
    """Figures of one file through the frame that is on the screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shelf = FigureShelf(self)
        self.info: Measurable | None = None
        self.frame: int | None = None
        """The frame whose pixels are on the screen; None before the first."""
        self.tool: Tool | None = None
        self.held: FigurePoint | None = None
        """What keys move."""
        self.led: Point | None = None
        self.asked: tuple[Tool, Point, Point] | None = None
        """A mark whose amount the doctor is to type."""
        self.refused = False
        """Whether the amount that was typed says nothing."""
        self.is_turned = False
        """Whether a mark was refused, for the picture is seen turned."""
        self._begun: list[Point] = []
        self._turns = 0
        """How the picture was seen when the last point of a mark was put."""

    def show(self, info: Measurable | None, shelf: FigureShelf) -> None:
        """Another file, with what was drawn on it before."""
        self.info, self.shelf, self.frame = info, shelf, None
        self._forget()
        self.tool = None
        self.changed.emit()

    def show_frame(self, frame: int) -> None:
        """Other pixels are on the screen: what was begun on others is dropped."""
        if frame == self.frame:
            return
        self.frame = frame
        chosen = self.shelf.get(self.shelf.chosen)
        self._forget()
        if chosen is not None and chosen.frame != frame:
            self.shelf.choose(None)
        self.changed.emit()

    @property
    def can_put(self) -> bool:
        """Whether a click puts a point."""
        return self.tool is not None and self.frame is not None and self.asked is None

    @property
    def is_free(self) -> bool:
        """Whether the tool draws a line of any number of points."""
        return self.tool in FREE

    @property
    def begun(self) -> tuple[Point, ...]:
        """Points of the figure that is not whole."""
        return tuple(self._begun)

    @property
    def chosen(self) -> FrameFigure | None:
        """The chosen figure, where it is on the frame that is seen."""
        one = self.shelf.get(self.shelf.chosen)
        return one if one is not None and one.frame == self.frame else None

    @property
    def is_fixed(self) -> bool:
        """Whether the chosen figure is another's to change."""
        chosen = self.chosen
        return chosen is not None and self.shelf.is_fixed(chosen.id)

    @property
    def figures(self) -> list[FrameFigure]:
        """Those on the frame that is seen."""
        return self.shelf.on(self.frame)

    @property
    def draft(self) -> Drawing | None:
        """What is being drawn, with the point that would come next."""
        if self.tool is None or not self._begun:
            return None
        points = (*self._begun, self.led) if self.led is not None else tuple(self._begun)
        figure = FIGURE_OF[self.tool]
        if figure is Figure.ELLIPSE and len(points) == 3:
            side = with_side(*points, self._aspect)
            return Drawing(figure, (points[0], points[1], side))
        return Drawing(figure, points)

    def draft_readings(self) -> tuple[Scale, tuple[Reading, ...]]:
        """What the figure that is drawn would tell as it is; nothing while it is not whole."""
        drawing, info, frame = self.draft, self.info, self.frame
        nothing = (NoScale(Reason.NOT_A_FIGURE), ())
        if drawing is None or info is None or frame is None or self.tool in MARKS:
            return nothing
        if len(drawing.points) < POINTS_OF.get(drawing.figure, 3):
            return nothing
        return measured_figure(info, frame, drawing, self.shelf.hand)

    def take(self, tool: Tool | None) -> None:
        """Takes a tool in hand; the same again or None puts it away."""
        self.tool = None if tool is self.tool else tool
        self._forget()
        self.changed.emit()

    def put(self, spot: Spot, quarter_turns: int = 0) -> None:
        """A point of the figure that is drawn, on a picture that is seen turned so often.

        Where the file knows its own directions time runs along its rows and velocity along its
        columns: a mark of theirs on a turned picture would calibrate the other one.
        """
        if not self.can_put or self.tool is None or self.info is None:
            return
        self._turns = quarter_turns % 4 if self.tool in _ALONG_ROWS else 0
        self.is_turned = self._turns != 0 and has_own_ways(self.info)
        if self.is_turned:
            self.changed.emit()
            return
        point = self._inside(spot.point)
        if self.tool is Tool.CONTOUR and self._closes(point, spot.blur):
            self.close()
            return
        self.held = None
        if not self._begun:
            self.shelf.choose(None)
        self._begun.append(point)
        whole = POINTS_OF.get(FIGURE_OF[self.tool], MOST_POINTS)
        if len(self._begun) >= whole:
            self._finish()
        self.changed.emit()

    def trail(self, spot: Spot) -> bool:
        """A point of a line that is pulled; False where it is too near to the one before."""
        point = self._inside(spot.point)
        if (
            not self._begun
            or len(self._begun) >= _LONGEST
            or _apart(self._begun[-1], point) < _STROKE_PX * spot.blur
        ):
            return False
        self._begun.append(point)
        self.led = None
        self.changed.emit()
        return True

    def close(self) -> None:
        """Ends a line of any number of points."""
        least = 3 if self.tool is Tool.CONTOUR else 2
        if self.is_free and len(self._begun) >= least:
            self._finish()
        else:
            self._forget()
        self.changed.emit()

    def lead(self, spot: Spot) -> None:
        """Where the next point would be."""
        self.led = self._inside(spot.point) if self._begun else None
        if self._begun:
            self.changed.emit()

    def hold(self, key: FigurePoint | None) -> None:
        """Keys move that from now on."""
        self.held = key
        if key is not None:
            self.shelf.choose(key.figure_id)
        self.changed.emit()

    def move(self, right: float, down: float) -> None:
        """Moves what is held by stored pixels."""
        one = self.shelf.get(self.held.figure_id) if self.held is not None else None
        if one is None or self.held is None or self.info is None:
            return
        points, place = one.drawing.points, self.held.place
        if place is None:
            fresh = tuple(self._inside((x + right, y + down)) for x, y in points)
        else:
            x, y = points[place]
            fresh = self._with_moved(one.drawing, place, self._inside((x + right, y + down)))
        self.shelf.redraw(self.info, one.id, replace(one.drawing, points=fresh))
        self.changed.emit()

    def undo(self) -> None:
        """Takes the last point back; without one begun, nothing."""
        if self.asked is not None:
            self.asked = None
        elif self._begun:
            self._begun.pop()
        self.changed.emit()

    def remove(self) -> None:
        """Takes the chosen figure away."""
        chosen = self.chosen
        if chosen is not None:
            self.held = None
            self.shelf.remove(chosen.id)
            self.changed.emit()

    def next_point(self) -> None:
        """The next point of the chosen figure, or of the first one, is held."""
        one = self.chosen or next(iter(self.figures), None)
        if one is None:
            return
        last = self.held.place if self.held is not None and self.held.figure_id == one.id else None
        place = 0 if last is None else (last + 1) % len(one.drawing.points)
        self.hold(FigurePoint(one.id, place))

    def choose_next(self, steps: int) -> None:
        """The next figure on the frame."""
        ids = [one.id for one in self.figures]
        if ids:
            chosen = self.shelf.chosen
            place = (ids.index(chosen) + steps) % len(ids) if chosen in ids else 0
            self.choose(ids[place])

    def choose(self, figure_id: int) -> None:
        """That figure: its last point is held."""
        one = self.shelf.get(figure_id)
        if one is not None:
            self.hold(FigurePoint(one.id, len(one.drawing.points) - 1))

    def call(self, name: Name) -> None:
        """The chosen figure is that; the same name again takes it away."""
        chosen = self.chosen
        if chosen is not None:
            self.shelf.call(chosen.id, None if chosen.name is name else name)
            self.changed.emit()

    def calibrate(self, amount: float) -> None:
        """The length or the velocity of the mark that was drawn."""
        if self.asked is None or self.info is None or self.frame is None:
            return
        mark = HandMark(self.asked[0], self.frame, *self.asked[1:], amount, self._turns)
        self.refused = isinstance(mark.scale(self.info.pixel_aspect), NoScale)
        if not self.refused:
            self.asked, self.tool = None, None
            self.shelf.calibrate(self.info, mark)
        self.changed.emit()

    def forget_calibration(self) -> None:
        """The file's own scales alone."""
        if self.info is not None:
            self.shelf.forget_hand(self.info)
            self.changed.emit()

    def drop(self) -> bool:
        """What is begun, asked, held or chosen; whether there was anything."""
        had = bool(self._begun or self.asked or self.held or self.chosen)
        self._forget()
        self.shelf.choose(None)
        self.changed.emit()
        return had

    @property
    def _aspect(self) -> float:
        return self.info.pixel_aspect if self.info is not None else 1.0

    def _closes(self, point: Point, blur: float) -> bool:
        first = self._begun[0] if len(self._begun) >= 3 else None
        return first is not None and _apart(first, point) <= _NEAR_BEGINNING * blur

    def _finish(self) -> None:
        tool, points, info, frame = self.tool, self.begun, self.info, self.frame
        self._begun, self.led = [], None
        if tool is None or info is None or frame is None:
            return
        if tool in MARKS:
            self.asked, self.refused = (tool, points[0], points[1]), False
            return
        if tool in FREE:
            points = simplified(points)
        if tool is Tool.ELLIPSE:
            points = (*points[:2], with_side(points[0], points[1], points[2], self._aspect))
        drawing = Drawing(FIGURE_OF[tool], points)
        if drawing.reason_against is None:
            made = self.shelf.add(info, frame, drawing)
            self.held = FigurePoint(made.id, len(points) - 1)

    def _with_moved(self, drawing: Drawing, place: int, to: Point) -> tuple[Point, ...]:
        if drawing.figure is Figure.ELLIPSE:
            return with_moved_end(drawing.points, place, to, self._aspect)
        return (*drawing.points[:place], to, *drawing.points[place + 1 :])

    def _inside(self, point: Point) -> Point:
        if self.info is None:
            return point
        return (
            min(max(point[0], 0.0), float(self.info.width)),
            min(max(point[1], 0.0), float(self.info.height)),
        )

    def _forget(self) -> None:
        self._begun, self.led, self.held, self.asked = [], None, None, None
        self.refused = self.is_turned = False


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
