"""What is drawn over pictures: lines, crosses, points and words that are seen on any ground."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from workstation.ui.theme import Theme

MARK = "viewer.measure.1"
OTHER_MARK = "viewer.measure.2"
_BLACK = QColor(0, 0, 0)
_PLATE_SHARE = 0.84
_POINT = 4.5
_GAP = 3.0


def paint_lines(
    painter: QPainter,
    lines: Sequence[QLineF],
    color: QColor,
    width: float = 1.4,
    *,
    dashed: bool = False,
) -> None:
    """Lines outlined in black."""
    around = QPen(_BLACK, width + 2.2)
    around.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(around)
    painter.drawLines(lines)
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([5, 3])
    painter.setPen(pen)
    painter.drawLines(lines)


def paint_cross(painter: QPainter, at: QPointF, color: QColor, size: float = 8.0) -> None:
    """A cross whose middle is left free: what is pointed at stays to be seen."""
    arms = [
        QLineF(at + QPointF(x, y) * _GAP, at + QPointF(x, y) * size)
        for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1))
    ]
    paint_lines(painter, arms, color)


def paint_point(painter: QPainter, at: QPointF, color: QColor, *, held: bool = False) -> None:
    """A point that can be moved; filled where keys move it."""
    painter.setPen(QPen(_BLACK, 3.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, _POINT, _POINT)
    painter.setPen(QPen(color, 1.6))
    if held:
        painter.setBrush(color)
    painter.drawEllipse(at, _POINT, _POINT)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def words_size(theme: Theme, lines: Sequence[str]) -> QSizeF:
    """Room that words on a plate take."""
    metrics = QFontMetricsF(theme.font("smallStrong"))
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return QSizeF(width + theme.px(10), metrics.height() * len(lines) + theme.px(2))


def paint_words(
    painter: QPainter, theme: Theme, box: QRectF, lines: Sequence[tuple[str, QColor]]
) -> None:
    """Lines of words on a dark plate, each in its colour."""
    plate = QColor(theme.color("viewer.bg"))
    plate.setAlphaF(_PLATE_SHARE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(theme.font("smallStrong"))
    height = (box.height() - theme.px(2)) / max(1, len(lines))
    for number, (text, color) in enumerate(lines):
        painter.setPen(color)
        place = QRectF(box.left(), box.top() + theme.px(1) + number * height, box.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def words_place(size: QSizeF, beside: QRectF, room: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Over, under or beside what they belong to: the first place that is free and in sight."""
    middle = beside.center()
    over, under = beside.top() - size.height() - 5, beside.bottom() + 5
    across = middle.x() - size.width() / 2
    level = middle.y() - size.height() / 2
    corners = [
        QPointF(across, over),
        QPointF(across, under),
        QPointF(beside.right() + 8, level),
        QPointF(beside.left() - size.width() - 8, level),
        QPointF(across, over - size.height() - 3),
        QPointF(across, under + size.height() + 3),
    ]
    boxes = [QRectF(corner, size) for corner in corners]
    free = [box for box in boxes if not any(box.intersects(other) for other in taken)]
    seen = [box for box in free if room.contains(box)]
    return (seen or free or boxes)[0]
