"""Draws the figures of a slice and what they measure, outlined: seen on any ground."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from backend_client.models.evidence import Figure
from workstation.studies.measure.figures import Drawing, Point
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_marks import (
    MARK,
    OTHER_MARK,
    paint_lines,
    paint_point,
    paint_words,
    words_place,
    words_size,
)
from workstation.ui.viewers.picture_viewport import PictureViewport

_GROUND = QColor(0, 0, 0)


def paint_figure(
    painter: QPainter,
    theme: Theme,
    viewport: PictureViewport,
    drawing: Drawing,
    *,
    chosen: bool,
    other: bool = False,
) -> QRectF:
    """Draws one; returns the box around it in the view."""
    color = theme.color(OTHER_MARK if other else MARK)
    places = [view_place(viewport, point) for point in drawing.points]
    if drawing.figure is Figure.ELLIPSE and len(places) == 3:
        _paint_path(painter, _ellipse(viewport, drawing.points), color)
    elif drawing.figure is Figure.RECTANGLE and len(places) == 2:
        _paint_path(painter, _rectangle(viewport, drawing.points), color)
    else:
        paint_lines(
            painter, [QLineF(*pair) for pair in zip(places, places[1:], strict=False)], color
        )
    if chosen:
        for place in places:
            paint_point(painter, place, color)
    return _box(places)


def paint_figure_words(
    painter: QPainter,
    theme: Theme,
    beside: QRectF,
    lines: Sequence[str],
    room: QRectF,
    taken: Sequence[QRectF],
) -> QRectF:
    """Its words on a plate beside it; returns where."""
    box = words_place(words_size(theme, lines), beside, room, taken)
    bright, dim = theme.color("viewer.overlay"), theme.color("viewer.overlay.dim")
    colours = [(line, dim if place else bright) for place, line in enumerate(lines)]
    paint_words(painter, theme, box, colours)
    return box


def view_place(viewport: PictureViewport, point: Point) -> QPointF:
    """Where a stored pixel coordinate stands in the view."""
    return viewport.view_point(QPointF(*point))


def _ellipse(viewport: PictureViewport, points: tuple[Point, ...]) -> QPainterPath:
    """By both ends of one axis and one of the other, at right angles as the picture is seen."""
    start, stop, side = (view_place(viewport, point) for point in points)
    axis = QLineF(start, stop)
    middle = axis.center()
    across = QLineF(middle, side)
    if not axis.length():
        return QPainterPath(middle)
    away = abs(across.dx() * axis.dy() - across.dy() * axis.dx()) / axis.length()
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), axis.length() / 2, away)
    turned = QTransform().translate(middle.x(), middle.y()).rotate(-axis.angle())
    return turned.map(path)


def _rectangle(viewport: PictureViewport, points: tuple[Point, ...]) -> QPainterPath:
    path = QPainterPath()
    path.addRect(_box([view_place(viewport, point) for point in points]))
    return path


def _box(places: Sequence[QPointF]) -> QRectF:
    across, down = [at.x() for at in places], [at.y() for at in places]
    corner = QPointF(min(across), min(down))
    return QRectF(corner, QPointF(max(across), max(down)))


def _paint_path(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_GROUND, 3.6), QPen(color, 1.4)):
        painter.setPen(pen)
        painter.drawPath(path)
