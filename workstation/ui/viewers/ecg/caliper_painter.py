"""Paints calipers over the traces: lines, handles, march-out marks, and the value on a plate."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from workstation.studies.measure.ecg.calipers import march_out
from workstation.studies.measure.ecg.placed_caliper import End, PlacedCaliper
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.caliper_labels import label_place
from workstation.ui.viewers.ecg.caliper_shape import CaliperShape, shapes_of, strip_room
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

COLORS = ("ecg.caliper", "ecg.caliper.2")
_HANDLE, _CROSS = 4.0, 6.0
_TICK = 5.0


@dataclass(frozen=True, slots=True)
class DrawnCaliper:
    """A caliper with its words and how it stands out."""

    caliper: PlacedCaliper
    text: str
    color: str
    """A colour's name among `COLORS`."""
    is_chosen: bool = False
    held: End | None = None
    """Which end the keys move; None where they move none."""
    is_proposed: bool = False
    marches: bool = False


class CaliperPainter:
    """Paints in logical pixels of the viewport."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(
        self, painter: QPainter, sight: SheetSight, drawn: list[DrawnCaliper], seen: QRectF
    ) -> list[QRectF]:
        """All of them, the chosen one last and strongest; returns the plates of the words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ordered = sorted(drawn, key=lambda one: one.is_chosen)
        placed = [(one, shape) for one in ordered for shape in shapes_of(sight, one.caliper)]
        for one in ordered:
            if one.marches:
                self._paint_march(painter, sight, one)
        for one, shape in placed:
            self._paint_shape(painter, shape, one)
        plates: list[QRectF] = []
        lines = [box for _, shape in placed for box in _boxes(shape)]
        for one, shape in placed:
            size = self._size(one.text)
            box = label_place(sight, shape, size, seen, plates, lines)
            self._paint_words(painter, box, one)
            plates.append(box)
        painter.restore()
        return plates

    def paint_mark(self, painter: QPainter, boxes: list[QRectF]) -> None:
        """A stretch that the doctor was led to."""
        color = QColor(self._theme.color(COLORS[0]))
        painter.save()
        painter.setPen(QPen(color, 2))
        color.setAlphaF(0.14)
        painter.setBrush(color)
        for box in boxes:
            painter.drawRoundedRect(box, 3, 3)
        painter.restore()

    def _pen(self, one: DrawnCaliper) -> QPen:
        pen = QPen(self._theme.color(one.color), 2.0 if one.is_chosen else 1.2)
        if one.is_proposed:
            pen.setDashPattern([4, 3])
        return pen

    def _paint_shape(self, painter: QPainter, shape: CaliperShape, one: DrawnCaliper) -> None:
        painter.save()
        beyond = _HANDLE + 2
        painter.setClipRect(
            shape.room.adjusted(-beyond, -1e5, beyond, 1e5), Qt.ClipOperation.IntersectClip
        )
        painter.setPen(self._pen(one))
        painter.drawLines(_lines(shape))
        if one.is_chosen:
            self._paint_handles(painter, shape, one)
        painter.restore()

    def _paint_handles(self, painter: QPainter, shape: CaliperShape, one: DrawnCaliper) -> None:
        color = self._theme.color(one.color)
        painter.setPen(QPen(color, 1.6))
        for end, at in ((End.START, shape.start), (End.STOP, shape.stop)):
            is_held = one.held in (end, End.BOTH)
            painter.setBrush(color if is_held else self._theme.color("ecg.paper"))
            place = at if one.caliper.is_amplitude else QPointF(at.x(), shape.top)
            painter.drawEllipse(place, _HANDLE, _HANDLE)

    def _size(self, text: str) -> QSizeF:
        metrics = QFontMetricsF(self._theme.font("smallStrong"))
        return QSizeF(metrics.horizontalAdvance(text) + 9, metrics.height() + 1)

    def _paint_words(self, painter: QPainter, box: QRectF, one: DrawnCaliper) -> None:
        plate = QColor(self._theme.color("ecg.paper"))
        plate.setAlphaF(0.88)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(self._theme.font("smallStrong"))
        painter.setPen(self._theme.color(one.color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.text)

    def _paint_march(self, painter: QPainter, sight: SheetSight, one: DrawnCaliper) -> None:
        """The interval again and again over all rows, before and after itself."""
        color = QColor(self._theme.color(one.color))
        color.setAlphaF(0.62)
        pen = QPen(color, 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        for strip in sight.page.strips:
            painter.drawLines(_march_lines(sight, strip, one.caliper))


def _march_lines(sight: SheetSight, strip: Strip, caliper: PlacedCaliper) -> list[QLineF]:
    rate = sight.record.sampling_rate_hz
    first, last = strip.start_s * rate, (strip.start_s + strip.duration_s) * rate
    room = strip_room(sight, strip)
    middle = sight.point(strip, strip.start_s, 0.0).y()
    half = max(min(room.height() / 2, 9 * sight.px_per_mm), 4 * sight.px_per_mm)
    places = march_out(caliper.time_caliper(rate), round(first), round(last) + 1)
    across = (sight.point(strip, place / rate, 0.0).x() for place in places)
    return [QLineF(x, middle - half, x, middle + half) for x in across]


def _lines(shape: CaliperShape) -> list[QLineF]:
    return _height_lines(shape) if shape.caliper.is_amplitude else _time_lines(shape)


def _boxes(shape: CaliperShape) -> list[QRectF]:
    """The lines as far as they are seen, each as a box that a plate may meet."""
    room = shape.room.adjusted(-1, -1e5, 1, 1e5)
    boxes = (QRectF(line.p1(), line.p2()).normalized() for line in _lines(shape))
    return [box.adjusted(-1, -1, 1, 1).intersected(room) for box in boxes]


def _time_lines(shape: CaliperShape) -> list[QLineF]:
    start, stop, top = shape.start.x(), shape.stop.x(), shape.top
    lines = [QLineF(x, top, x, shape.bottom) for x in (start, stop)]
    lines.append(QLineF(start, top, stop, top))
    cycles = shape.caliper.cycles
    between = (start + (stop - start) * n / cycles for n in range(1, cycles))
    return [*lines, *(QLineF(x, top - _TICK, x, top + _TICK) for x in between)]


def _height_lines(shape: CaliperShape) -> list[QLineF]:
    """A level from the first point to under the second, and the way up or down to it."""
    start, stop = shape.start, shape.stop
    side = _CROSS if stop.x() >= start.x() else -_CROSS
    foot = QPointF(stop.x(), start.y())
    return [
        QLineF(start - QPointF(side, 0), foot + QPointF(side, 0)),
        QLineF(foot, stop),
        QLineF(stop - QPointF(_CROSS, 0), stop + QPointF(_CROSS, 0)),
        QLineF(start - QPointF(0, _CROSS), start + QPointF(0, _CROSS)),
    ]
