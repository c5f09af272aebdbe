"""The letters at the edges of a picture: right, left, front, back, head, feet."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from workstation.studies.series_plane import EdgeMarks
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_marks import paint_words


def paint_edge_marks(
    painter: QPainter, theme: Theme, marks: EdgeMarks, seen: QRectF, plates: Sequence[QRectF]
) -> None:
    """`marks`: as the picture stands now; `seen`: what of it is in sight; `plates`: where words
    stand already."""
    middle = seen.center()
    for text, at in (
        (marks.left, QPointF(seen.left(), middle.y())),
        (marks.right, QPointF(seen.right(), middle.y())),
        (marks.top, QPointF(middle.x(), seen.top())),
        (marks.bottom, QPointF(middle.x(), seen.bottom())),
    ):
        if text:
            _paint_mark(painter, theme, text, at, seen, plates)


def _paint_mark(
    painter: QPainter,
    theme: Theme,
    text: str,
    at: QPointF,
    seen: QRectF,
    plates: Sequence[QRectF],
) -> None:
    size = QSizeF(theme.text_width("smallStrong", text) + theme.px(10), theme.px(20))
    box = QRectF(QPointF(), size)
    box.moveCenter(at)
    inside = seen.adjusted(4, 4, -4, -4)
    box.moveLeft(min(max(box.left(), inside.left()), inside.right() - box.width()))
    box.moveTop(min(max(box.top(), inside.top()), inside.bottom() - box.height()))
    for plate in plates:  # in a narrow place words reach to the middle
        if box.intersects(plate):
            upper = at.y() < seen.center().y()
            box.moveTop(plate.bottom() + 4 if upper else plate.top() - 4 - box.height())
    paint_words(painter, theme, box, [(text, theme.color("viewer.overlay"))])
