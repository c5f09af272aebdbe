"""Paints a page of an ECG: traces, calibration pulses, lead names, marks of a lead change."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from workstation.studies.ecg import EcgRecord
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import Page, Strip
from workstation.ui.viewers.ecg.trace import polygons, strip_lines
from workstation.ui.viewers.ecg.words import EcgWords

PULSE_MM = 5.0
"""Width of the calibration pulse: 200 ms at 25 mm/s."""
_CHANGE_MARK_MM = 5.0
_LABEL_MM = 11.0
_STRONG_FROM = 4.6
"""Device pixels a millimetre from which one pixel is too thin a line."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnStrip:
    """A strip with its lines in logical pixels of the page, ready to paint again and again."""

    strip: Strip
    pieces: tuple[QPolygonF, ...]


def draw_strips(
    record: EcgRecord, page: Page, px_per_mm: float, ratio: float
) -> tuple[DrawnStrip, ...]:
    """The lines of every strip of a page."""
    drawn = []
    for strip in page.strips:
        lines = strip_lines(page, strip, record.sampling_rate_hz, px_per_mm, ratio)
        pieces = tuple(piece for line in lines for piece in polygons(line))
        drawn.append(DrawnStrip(strip, pieces))
    return tuple(drawn)


class EcgPainter:
    """Paints in logical pixels; the page's upper left corner is at (0, 0)."""

    def __init__(self, theme: Theme, words: EcgWords) -> None:
        self._theme = theme
        self._words = words

    def paint(
        self,
        painter: QPainter,
        page: Page,
        strips: Sequence[DrawnStrip],
        px_per_mm: float,
        ratio: float = 1.0,
    ) -> None:
        """Everything but the grid; `ratio` is the number of device pixels in a logical one."""
        # Boxes stand on whole pixels: smoothed edges of theirs would take as long as the traces.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_window(painter, page, px_per_mm)
        for drawn in strips:
            # Under the traces: a plate may hide a line of the grid, never one of the heart.
            self._paint_label(painter, drawn.strip, px_per_mm)
        self._paint_changes(painter, page, px_per_mm)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen("ecg.trace"))
        for x_mm, baseline_mm in page.pulses_mm:
            painter.drawPolyline(pulse(x_mm, baseline_mm, page.gain, px_per_mm))
        for shift in _shifts(px_per_mm, ratio):
            painter.translate(shift, shift)
            for drawn in strips:
                self._paint_trace(painter, drawn, px_per_mm)

    def _pen(self, color: str) -> QPen:
        # One device pixel: Qt draws such lines ten times faster than wider ones.
        pen = QPen(self._theme.color(color), 1)
        pen.setCosmetic(True)
        return pen

    def _paint_trace(self, painter: QPainter, drawn: DrawnStrip, px_per_mm: float) -> None:
        clipped = drawn.strip.is_clipped
        if clipped:
            painter.save()
            painter.setClipRect(room_of(drawn.strip, px_per_mm), Qt.ClipOperation.IntersectClip)
        for piece in drawn.pieces:
            painter.drawPolyline(piece)
        if clipped:
            painter.restore()

    def _paint_changes(self, painter: QPainter, page: Page, px_per_mm: float) -> None:
        color = QColor(self._theme.color("ecg.label"))
        color.setAlphaF(0.55)
        for strip in page.strips:
            if not strip.first_in_row:
                x, y = strip.x_mm * px_per_mm, strip.baseline_mm * px_per_mm
                half = _CHANGE_MARK_MM * px_per_mm
                painter.fillRect(QRectF(x - 0.5, y - half, 1, 2 * half), color)

    def _paint_window(self, painter: QPainter, page: Page, px_per_mm: float) -> None:
        """On a rhythm strip the seconds that all columns show."""
        color = QColor(self._theme.color("ecg.caliper"))
        color.setAlphaF(0.12)
        for strip in page.strips if page.simultaneous else ():
            if strip.duration_s > page.duration_s + 0.01:
                painter.fillRect(window_of(page, strip, px_per_mm), color)

    def _paint_label(self, painter: QPainter, strip: Strip, px_per_mm: float) -> None:
        text, note = strip.ref.label, self._words.note(strip)
        metrics = QFontMetricsF(self._theme.font("lead"))
        top = (strip.baseline_mm - _LABEL_MM) * px_per_mm
        left = (strip.x_mm + 0.8) * px_per_mm
        box = QRectF(left, top, metrics.horizontalAdvance(text) + 6, metrics.height())
        self._paint_words(painter, "lead", box, text)
        if note:
            small = QFontMetricsF(self._theme.font("micro"))
            place = QRectF(0, 0, small.horizontalAdvance(note) + 6, metrics.height())
            place.moveTopLeft(box.topRight())
            self._paint_words(painter, "micro", place, note)

    def _paint_words(self, painter: QPainter, role: str, box: QRectF, text: str) -> None:
        plate = QColor(self._theme.color("ecg.paper"))
        plate.setAlphaF(0.84)
        painter.fillRect(box, plate)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color("ecg.label"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _shifts(px_per_mm: float, ratio: float) -> tuple[float, ...]:
    """How far the traces are moved for each stroke: large ones are drawn twice, to be stronger."""
    return (0.0, 0.5 / ratio) if px_per_mm * ratio >= _STRONG_FROM else (0.0,)


def pulse(x_mm: float, baseline_mm: float, gain: float, px_per_mm: float) -> QPolygonF:
    """The calibration pulse: 1 mV high, 5 mm wide, with a foot on either side."""
    points = (
        (0.0, 0.0),
        (1.0, 0.0),
        (1.0, -gain),
        (1.0 + PULSE_MM, -gain),
        (1.0 + PULSE_MM, 0.0),
        (2.0 + PULSE_MM, 0.0),
    )
    return QPolygonF(
        [QPointF((x_mm + x) * px_per_mm, (baseline_mm + y) * px_per_mm) for x, y in points]
    )


def room_of(strip: Strip, px_per_mm: float) -> QRectF:
    """The strip's own room, as wide as the paper, in logical pixels."""
    top = (strip.baseline_mm - strip.up_mm) * px_per_mm
    return QRectF(0, top, 1e6, (strip.up_mm + strip.down_mm) * px_per_mm)


def window_of(page: Page, strip: Strip, px_per_mm: float) -> QRectF:
    """Where a strip shows the seconds of the columns, in logical pixels."""
    left, width = page.x_of(strip, page.start_s), page.duration_s * page.speed
    top = strip.baseline_mm - strip.up_mm
    box = QRectF(left, top, width, strip.up_mm + strip.down_mm)
    return QRectF(box.topLeft() * px_per_mm, box.size() * px_per_mm)
