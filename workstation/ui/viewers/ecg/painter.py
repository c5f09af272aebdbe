"""Paints a page of an ECG: traces, calibration pulses, lead names, marks of a lead change."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from workstation.studies.ecg import EcgRecord
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import Page, Strip
from workstation.ui.viewers.ecg.set_text import SetText
from workstation.ui.viewers.ecg.trace import polygons, strip_lines
from workstation.ui.viewers.ecg.words import EcgWords

PULSE_MM = 5.0
"""Width of the calibration pulse: 200 ms at 25 mm/s."""
_CHANGE_MARK_MM = 5.0
_LABEL_MM = 11.0
_LABEL_SHARE = 0.66
"""Part of the way from one row to the next that a lead's name may take."""
_LABEL_LEAST_PX = 11
"""In smaller type nobody reads the name."""
_STRONG_FROM = 4.6
"""Device pixels a millimetre from which one pixel is too thin a line."""


_Label = tuple[QRectF, str]


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
        self._set_text = SetText(theme)

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
        # Under the traces: a plate may hide a line of the grid, never one of the heart.
        self._paint_labels(painter, strips, px_per_mm)
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

    def _paint_labels(self, painter: QPainter, strips: Sequence[DrawnStrip], px: float) -> None:
        names = label_font(self._theme.font("lead"), [one.strip for one in strips], px)
        beside = self._theme.font("micro")
        beside.setPixelSize(min(beside.pixelSize(), names.pixelSize()))
        of_name, of_note = QFontMetricsF(names), QFontMetricsF(beside)
        labels, notes = list[_Label](), list[_Label]()
        for strip in (drawn.strip for drawn in strips):
            text, note = strip.ref.label, self._words.note(strip)
            left, top = (strip.x_mm + 0.8) * px, (strip.baseline_mm - _LABEL_MM) * px
            box = QRectF(left, top, of_name.horizontalAdvance(text) + 6, of_name.height())
            labels.append((box, text))
            if note:
                wide = of_note.horizontalAdvance(note) + 6
                notes.append((QRectF(box.right(), top, wide, box.height()), note))
        self._paint_words(painter, names, labels)
        self._paint_words(painter, beside, notes)

    def _paint_words(self, painter: QPainter, font: QFont, labels: Sequence[_Label]) -> None:
        plate = QColor(self._theme.color("ecg.paper"))
        plate.setAlphaF(0.84)
        painter.setFont(font)
        painter.setPen(self._theme.color("ecg.label"))
        for box, text in labels:
            painter.fillRect(box, plate)
            self._set_text.draw(painter, font.key(), text, box)


def label_font(font: QFont, strips: Sequence[Strip], px_per_mm: float) -> QFont:
    """The font in which names of leads stay within their rows, however large the doctor's type."""
    lines = sorted({strip.baseline_mm for strip in strips})
    gap = min((b - a for a, b in pairwise(lines)), default=0.0) * px_per_mm
    high = QFontMetricsF(font).height()
    if gap and high > gap * _LABEL_SHARE:
        fitting = int(font.pixelSize() * gap * _LABEL_SHARE / high)
        font.setPixelSize(max(min(font.pixelSize(), _LABEL_LEAST_PX), fitting))
    return font


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
