"""Draws figures on a slice by mouse: one pull for a line or a region, three clicks for an angle."""

from collections.abc import Callable

from PySide6.QtCore import QLineF, QObject, QPointF, Signal

from backend_client.models.evidence import Figure
from workstation.studies.measure.figures import Drawing, Point
from workstation.ui.viewers.picture_viewport import PictureViewport
from workstation.ui.viewers.stack.figure_painter import view_place
from workstation.ui.viewers.stack.figures import SliceFigure, SliceFigures, boxed

_REACH = 9.0
_DRAWN_FROM = 4.0


class FigureTool(QObject):
    """Put points come in the view's pixels and are kept in the slice's own."""

    changed = Signal()
    finished = Signal(object)
    """A figure has all its points: a `Drawing`."""
    mended = Signal(int, object)
    """Points of a figure were moved: its number, its points."""

    def __init__(
        self,
        figures: SliceFigures,
        viewport: Callable[[], PictureViewport],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._figures, self._viewport = figures, viewport
        self.figure: Figure | None = None
        """What is drawn next; None while the mouse pulls at the window."""
        self._begun: list[Point] = []
        self._lead: Point | None = None
        self._held: tuple[int, int] | None = None
        self._pressed_at: QPointF | None = None

    def work_on(self, figures: SliceFigures) -> None:
        """Another study's figures."""
        self._figures = figures
        self._forget()

    def take(self, figure: Figure | None) -> None:
        """Takes a figure in hand, or puts it away."""
        self.figure = None if figure is self.figure else figure
        self._forget()

    def put_away(self) -> bool:
        """Lets go; whether there was anything to let go of."""
        had = self.figure is not None or self._figures.chosen is not None
        self.figure = None
        self._forget()
        self._figures.choose(None)
        return had

    @property
    def drawn(self) -> Drawing | None:
        """What is being drawn."""
        if self.figure is None or not self._begun:
            return None
        points = (*self._begun, self._lead or self._begun[-1])
        if self.figure is not Figure.ANGLE:
            points = boxed(self.figure, points[0], points[-1])
        return Drawing(self.figure, points)

    @property
    def is_begun(self) -> bool:
        """Whether a point of what is drawn is put."""
        return bool(self._begun)

    def put(self, point: Point) -> None:
        """A point by keys: two for a line or from corner to corner, three for an angle."""
        if self.figure is None:
            return
        self._begun.append(point)
        self._lead = point
        if len(self._begun) < (3 if self.figure is Figure.ANGLE else 2):
            self.changed.emit()
        elif self._begun[0] == self._begun[-1]:
            self._begun.pop()  # twice at one place is no figure
        elif self.figure is Figure.ANGLE:
            self._finish(Drawing(Figure.ANGLE, tuple(self._begun)))
        else:
            self._finish(Drawing(self.figure, boxed(self.figure, *self._begun)))

    def lead(self, point: Point) -> None:
        """Where the next point would be put."""
        self._lead = point
        self.changed.emit()

    def take_back(self) -> None:
        """The last point that was put goes."""
        if self._begun:
            self._begun.pop()
            self.changed.emit()

    def press(self, at: QPointF, index: int) -> bool:
        """A press of the left button; whether it was the tool's."""
        grip = self._grip(at, index)
        if grip is not None and not self._begun:
            self._figures.choose(grip[0])
            self._held = grip
            return True
        if self.figure is None:
            return False
        self._pressed_at = at
        self._begun.append(self._point(at))
        if self.figure is Figure.ANGLE and len(self._begun) == 3:
            self._finish(Drawing(Figure.ANGLE, tuple(self._begun)))
        self.changed.emit()
        return True

    def move(self, at: QPointF) -> bool:
        """The mouse moves; whether it was the tool's."""
        self._lead = self._point(at)
        if self._held is not None:
            self._mend()
            return True
        if self._begun:
            self.changed.emit()
        return bool(self._begun)

    def release(self, at: QPointF) -> bool:
        """The button is let go."""
        was_held, self._held = self._held is not None, None
        if was_held or not self._begun or self.figure is Figure.ANGLE:
            return was_held or bool(self._begun)
        self._lead = self._point(at)
        drawn, began = self.drawn, self._pressed_at
        if drawn is not None and began is not None and QLineF(began, at).length() >= _DRAWN_FROM:
            self._finish(drawn)
        else:
            self._forget()
        return True

    def _finish(self, drawing: Drawing) -> None:
        self._forget()
        self.finished.emit(drawing)

    def _forget(self) -> None:
        self._begun, self._lead, self._held = [], None, None
        self.changed.emit()

    def _mend(self) -> None:
        if self._held is None or self._lead is None:
            return
        number, place = self._held
        one = self._figures.get(number)
        if one is not None:
            self.mended.emit(number, moved(one, place, self._lead))

    def _grip(self, at: QPointF, index: int) -> tuple[int, int] | None:
        """The figure's point under the mouse: its number, and which of its points."""
        viewport = self._viewport()
        for one in reversed(self._figures.on(index)):
            for place, point in enumerate(one.drawing.points):
                if QLineF(view_place(viewport, point), at).length() <= _REACH:
                    return one.number, place
        return None

    def _point(self, at: QPointF) -> Point:
        """Inside of the picture."""
        viewport = self._viewport()
        found, size = viewport.picture_point(at), viewport.picture
        return (
            min(max(found.x(), 0.0), size.width()),
            min(max(found.y(), 0.0), size.height()),
        )


def moved(one: SliceFigure, place: int, to: Point) -> tuple[Point, ...]:
    """Its points with one of them elsewhere; an ellipse keeps its other axis's length."""
    points = list(one.drawing.points)
    if one.drawing.figure is Figure.ELLIPSE and place < 2:
        start, stop, side = points
        old = ((start[0] + stop[0]) / 2, (start[1] + stop[1]) / 2)
        points[place] = to
        new = ((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)
        points[2] = (side[0] + new[0] - old[0], side[1] + new[1] - old[1])
        return tuple(points)
    points[place] = to
    return tuple(points)
