"""A magnifier beside the cursor: single pixels of a picture, with a cross at the point meant."""

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_marks import MARK, paint_lines

SIDE = 172.0
"""Logical pixels, before the font setting."""
_AWAY = 30.0
_LEAST, _MOST = 6.0, 32.0
_GAP = 4.0


def loupe_scale(view_scale: float) -> float:
    """Screen pixels to a pixel of the picture: 6, or twice what the view shows."""
    return min(_MOST, max(_LEAST, 2 * view_scale))


def loupe_box(at: QPointF, room: QRectF, side: float) -> QRectF:
    """Beside the cursor, above it where there is room; never over what is pointed at."""
    left = at.x() + _AWAY if at.x() + _AWAY + side <= room.right() else at.x() - _AWAY - side
    top = at.y() - _AWAY - side if at.y() - _AWAY - side >= room.top() else at.y() + _AWAY
    left = max(room.left(), min(left, room.right() - side))
    top = max(room.top(), min(top, room.bottom() - side))
    return QRectF(left, top, side, side)


def paint_loupe(
    painter: QPainter,
    theme: Theme,
    image: QImage,
    point: QPointF,
    box: QRectF,
    scale: float,
    quarter_turns: int,
) -> None:
    """The pixels around a point of the upright picture, turned as the view is."""
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(box, theme.px(8), theme.px(8))
    painter.setClipPath(path)
    painter.fillRect(box, theme.color("viewer.bg"))
    painter.translate(box.center())
    painter.rotate(90 * quarter_turns)
    painter.scale(scale, scale)
    painter.translate(-point)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    part = _part(image, point, box.width() / scale)
    painter.drawImage(part.topLeft(), image, part)
    painter.restore()
    painter.save()
    painter.setClipPath(path)
    _paint_cross(painter, theme.color(MARK), box)
    painter.setClipping(False)
    painter.setPen(QPen(QColor(0, 0, 0), 4))
    painter.drawPath(path)
    painter.setPen(QPen(theme.color("viewer.overlay"), 1.5))
    painter.drawPath(path)
    painter.restore()


def _part(image: QImage, point: QPointF, width: float) -> QRectF:
    """Whole pixels, so that none is shown smaller than the others."""
    half = width / 2 + 2
    left, top = int(point.x() - half), int(point.y() - half)
    part = QRectF(left, top, int(2 * half) + 2, int(2 * half) + 2)
    return part.intersected(QRectF(image.rect()))


def _paint_cross(painter: QPainter, color: QColor, box: QRectF) -> None:
    middle = box.center()
    arms = [
        QLineF(middle + QPointF(x, y) * _GAP, middle + QPointF(x, y) * box.width())
        for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1))
    ]
    paint_lines(painter, arms, color, 1.5)
