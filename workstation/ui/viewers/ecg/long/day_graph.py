"""What is drawn of a day: the rate minute by minute, gaps, pauses, the time below."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from workstation.studies.long_ecg import LongEcg
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.long.survey import Survey
from workstation.ui.viewers.ecg.long.times import tick_text, ticks
from workstation.ui.viewers.ecg.long.trace_view import paint_gap, seen_apart
from workstation.ui.viewers.ecg.trace import polygons

PAUSE_SIZE: Final = 6
"""Of the triangle of a pause, in the doctor's scale."""
_TICK: Final = 80
_AXIS: Final = 16
_LOWEST, _HIGHEST = 30.0, 180.0
"""Rates at the lower and the upper edge; what is beyond lies on the edge."""
_LINES: Final = (60, 100, 150)


class DayGraph:
    """Painted once for what is known of the day now; the numbers stand left of and below `box`."""

    def __init__(self, theme: Theme, ecg: LongEcg, survey: Survey, box: QRectF) -> None:
        self._theme, self._ecg, self._survey, self._box = theme, ecg, survey, box

    def paint(self, painter: QPainter) -> None:
        """Everything."""
        self._paint_scale(painter)
        self._paint_gaps(painter)
        self._paint_rates(painter)
        self._paint_pauses(painter)
        self._paint_time(painter)

    def _x_of(self, second: float) -> float:
        return self._box.left() + second / self._ecg.duration_s * self._box.width()

    def _heights(self, rates: Sequence[float]) -> npt.NDArray[np.float64]:
        graph = self._box
        shares = (np.clip(rates, _LOWEST, _HIGHEST) - _LOWEST) / (_HIGHEST - _LOWEST)
        heights: npt.NDArray[np.float64] = graph.bottom() - shares * graph.height()
        return heights

    def _paint_scale(self, painter: QPainter) -> None:
        graph, theme = self._box, self._theme
        painter.fillRect(graph, theme.color("viewer.bg"))
        painter.setFont(theme.font("micro"))
        for rate, height in zip(_LINES, self._heights(_LINES), strict=True):
            y = round(height) + 0.5
            painter.setPen(theme.color("viewer.line"))
            painter.drawLine(QPointF(graph.left(), y), QPointF(graph.right(), y))
            painter.setPen(theme.color("viewer.overlay.dim"))
            box = QRectF(0, y - 8, graph.left() - 5, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, str(rate))

    def _paint_gaps(self, painter: QPainter) -> None:
        survey, ecg, graph = self._survey, self._ecg, self._box
        rate = ecg.sampling_rate_hz
        places = ((self._x_of(a / rate), self._x_of(b / rate)) for a, b in survey.gaps)
        for left, right in seen_apart(places):
            box = QRectF(left, graph.top(), max(1.0, right - left), graph.height())
            paint_gap(painter, self._theme, box, "viewer.overlay.dim")

    def _paint_rates(self, painter: QPainter) -> None:
        """From the slowest to the fastest of each minute, and the mean as a line."""
        survey, ecg, graph = self._survey, self._ecg, self._box
        found = [
            (place, piece.start_s, piece.slowest, piece.mean, piece.fastest)
            for place, piece in enumerate(survey.rates)
            if piece.slowest is not None and piece.mean is not None and piece.fastest is not None
        ]
        if not found:
            return
        places, starts, slowest, means, fastest = zip(*found, strict=True)
        x = graph.left() + np.array(starts) / ecg.duration_s * graph.width()
        width = max(1.0, 60 / ecg.duration_s * graph.width())
        lows, highs = self._heights(slowest), self._heights(fastest)
        boxes = zip(x.tolist(), highs.tolist(), np.maximum(1, lows - highs).tolist(), strict=True)
        band = QColor(self._theme.color("viewer.measure.2"))
        band.setAlphaF(0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawRects([QRectF(left, top, width, high) for left, top, high in boxes])
        points = np.column_stack((x + width / 2, self._heights(means)))
        painter.setPen(QPen(self._theme.color("viewer.overlay"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in np.split(points, np.flatnonzero(np.diff(places) > 1) + 1):
            for piece in polygons(line):
                painter.drawPolyline(piece)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_pauses(self, painter: QPainter) -> None:
        """A triangle at the upper edge for each."""
        survey, ecg = self._survey, self._ecg
        size, top = self._theme.px(PAUSE_SIZE), self._box.top()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("viewer.warn"))
        for x in sorted({round(self._x_of(p.start / ecg.sampling_rate_hz)) for p in survey.pauses}):
            corners = (
                QPointF(x - size / 2, top),
                QPointF(x + size / 2, top),
                QPointF(x, top + size),
            )
            painter.drawPolygon(QPolygonF(corners))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_time(self, painter: QPainter) -> None:
        ecg, graph, theme = self._ecg, self._box, self._theme
        moments, step = ticks(
            ecg, 0.0, ecg.duration_s, max(2, int(graph.width()) // theme.px(_TICK))
        )
        painter.setFont(theme.font("micro"))
        for second in moments:
            x = round(self._x_of(second)) + 0.5
            painter.setPen(theme.color("viewer.line"))
            painter.drawLine(QPointF(x, graph.bottom()), QPointF(x, graph.bottom() + 4))
            painter.setPen(theme.color("viewer.overlay.dim"))
            box = QRectF(x + 3, graph.bottom(), theme.px(_TICK), theme.px(_AXIS))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, tick_text(ecg, second, step))
