"""Paints the figures of a frame with their values: yellow and cyan in turn, outlined in black."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from backend_client.models.evidence import Figure
from workstation.studies.measure.figures import Drawing, Point
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.frame_figure import FrameFigure, HandMark
from workstation.ui.viewers.figures.kinds import FIGURE_OF
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.viewers.picture_marks import (
    MARK,
    OTHER_MARK,
    paint_cross,
    paint_lines,
    paint_point,
    paint_words,
    words_place,
    words_size,
)
from workstation.ui.viewers.picture_spot_tool import PictureSight

_BLACK = QColor(0, 0, 0)
_FEW = 8
_EDGE = 4.0
_TICK = 6.0


class FigurePainter:
    """`mark` is drawn over all lines: what a click in the conclusion led to. Values are read over
    all of them."""

    def __init__(self, theme: Theme, words: FigureWords) -> None:
        self._theme, self._words = theme, words
        self.mark: Drawing | None = None
        self.covered = QRectF()
        """Where no words can be read."""
        self.loupe: QRectF | None = None
        """Where the loupe stands: a value under it is not seen."""
        self.words_at: tuple[QRectF, ...] = ()
        """Where values stand, as last painted."""

    def paint(self, painter: QPainter, sight: PictureSight, session: FigureSession) -> None:
        """Marks of a calibration, all figures of the frame over them, the chosen one last, then
        what is being drawn."""
        taken = [self.covered, self.loupe or QRectF()]
        chosen = session.shelf.chosen
        for mark in session.shelf.hand.marks:
            if mark.frame == session.frame:
                self._paint_hand(painter, sight, mark, taken)
        figures = sorted(session.figures, key=lambda one: one.id == chosen)
        for one in figures:
            self._paint_figure(painter, sight, session, one)
        self._paint_mark(painter, sight)
        for one in figures:  # over all of them: another's outline struck a value through
            color = self._theme.color(color_of(one.id))
            lines = [(line, color) for line in self._words.on_picture(one)]
            self._say(painter, sight, one.drawing, lines, taken)
        self._paint_draft(painter, sight, session, taken)
        self.words_at = tuple(taken[2:])

    def _paint_mark(self, painter: QPainter, sight: PictureSight) -> None:
        if self.mark is None:
            return
        outline(painter, sight, self.mark, self._theme.color(OTHER_MARK), 2.4)
        for point in self.mark.points if len(self.mark.points) <= _FEW else ():
            paint_cross(painter, _at(sight, point), self._theme.color(OTHER_MARK), 16.0)

    def _paint_figure(
        self,
        painter: QPainter,
        sight: PictureSight,
        session: FigureSession,
        one: FrameFigure,
    ) -> None:
        is_chosen = one.id == session.shelf.chosen
        color = self._theme.color(color_of(one.id))
        outline(painter, sight, one.drawing, color, 2.0 if is_chosen else 1.3)
        self._paint_points(painter, sight, session, one, color)

    def _paint_points(
        self,
        painter: QPainter,
        sight: PictureSight,
        session: FigureSession,
        one: FrameFigure,
        color: QColor,
    ) -> None:
        """Crosses that leave free what they point at; rings where the figure is chosen."""
        points, held = one.drawing.points, session.held
        is_chosen, is_moving = one.id == session.shelf.chosen, session.tool is None
        for place, point in enumerate(points):
            is_held = held is not None and held.figure_id == one.id and held.place == place
            if is_held or (is_chosen and is_moving and len(points) <= _FEW):
                paint_point(painter, _at(sight, point), color, held=is_held and is_moving)
            elif len(points) <= _FEW:
                paint_cross(painter, _at(sight, point), color, _TICK)

    def _paint_hand(
        self, painter: QPainter, sight: PictureSight, mark: HandMark, taken: list[QRectF]
    ) -> None:
        color = self._theme.color("viewer.warn")
        drawing = Drawing(FIGURE_OF[mark.tool], (mark.start, mark.stop))
        outline(painter, sight, drawing, color, 1.4, dashed=True)
        self._say(painter, sight, drawing, [(self._words.hand_mark(mark), color)], taken)

    def _paint_draft(
        self, painter: QPainter, sight: PictureSight, session: FigureSession, taken: list[QRectF]
    ) -> None:
        color = self._theme.color("viewer.overlay")
        if session.asked is not None:
            drawing = Drawing(FIGURE_OF[session.asked[0]], session.asked[1:])
            outline(painter, sight, drawing, self._theme.color("viewer.warn"), 1.4, dashed=True)
        drawn = session.draft
        if drawn is None:
            return
        outline(painter, sight, drawn, color, 1.4)
        for point in session.begun[:1] if session.is_free else session.begun:
            paint_cross(painter, _at(sight, point), color, _TICK)
        scale, readings = session.draft_readings()
        lines = self._words.values_on_picture(readings, scale, drawn.figure)
        self._say(painter, sight, drawn, [(line, color) for line in lines], taken)

    def _say(
        self,
        painter: QPainter,
        sight: PictureSight,
        drawing: Drawing,
        words: Sequence[tuple[str, QColor]],
        taken: list[QRectF],
    ) -> None:
        if not words:
            return
        size = words_size(self._theme, [text for text, _ in words])
        room = sight.room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        box = _kept_in(words_place(size, bounds(sight, drawing), room, taken), room, size)
        paint_words(painter, self._theme, box, words)
        taken.append(box)


def color_of(figure_id: int) -> str:
    """Yellow for the first, cyan for the second, and so on in turn."""
    return MARK if figure_id % 2 else OTHER_MARK


def outline(
    painter: QPainter,
    sight: PictureSight,
    drawing: Drawing,
    color: QColor,
    width: float,
    *,
    dashed: bool = False,
) -> None:
    """The lines of a figure, without its points."""
    places = [_at(sight, point) for point in drawing.points]
    if drawing.figure is Figure.ELLIPSE and len(places) == 3:
        _stroke(painter, _ellipse(places), color, width)
        return
    if drawing.figure is Figure.RECTANGLE and len(places) == 2:
        paint_lines(painter, _sides(QRectF(*places).normalized()), color, width, dashed=dashed)
        return
    if drawing.figure is Figure.AREA and len(places) > 2:
        places = [*places, places[0]]
    lines = [QLineF(first, last) for first, last in pairwise(places)]
    if lines:
        paint_lines(painter, lines, color, width, dashed=dashed)


def bounds(sight: PictureSight, drawing: Drawing) -> QRectF:
    """The box around a figure as it is seen."""
    places = [_at(sight, point) for point in drawing.points]
    if drawing.figure is Figure.ELLIPSE and len(places) == 3:
        return _ellipse(places).boundingRect()
    across, down = [at.x() for at in places], [at.y() for at in places]
    box = QRectF(QPointF(min(across), min(down)), QPointF(max(across), max(down)))
    return box.adjusted(-_TICK, -_TICK, _TICK, _TICK)


def _at(sight: PictureSight, point: Point) -> QPointF:
    return sight.viewport.view_point(QPointF(*point))


def _ellipse(places: Sequence[QPointF]) -> QPainterPath:
    """Both ends of one axis, one of the other: at right angles as seen, which is as in mm."""
    axis = QLineF(places[0], places[1])
    path = QPainterPath()
    if not axis.length():
        path.moveTo(places[0])
        return path
    to_side = QLineF(places[0], places[2])
    away = abs(to_side.dx() * axis.dy() - to_side.dy() * axis.dx()) / axis.length()
    path.addEllipse(QPointF(0, 0), axis.length() / 2, away)
    middle = axis.center()
    turned = QTransform().translate(middle.x(), middle.y()).rotate(-axis.angle())
    return turned.map(path)


def _sides(box: QRectF) -> list[QLineF]:
    corners = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft()]
    return [QLineF(first, last) for first, last in pairwise(corners)]


def _stroke(painter: QPainter, path: QPainterPath, color: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_BLACK, width + 2.2), QPen(color, width)):
        painter.setPen(pen)
        painter.drawPath(path)


def _kept_in(box: QRectF, room: QRectF, size: QSizeF) -> QRectF:
    """Words are read even where their figure reaches out of sight."""
    left = max(room.left(), min(box.left(), room.right() - size.width()))
    top = max(room.top(), min(box.top(), room.bottom() - size.height()))
    return QRectF(QPointF(left, top), size)
