"""The bounds over a beat: lines to be dragged, proposed ones dashed, and where ST is measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from workstation.studies.measure.ecg.isoelectric import isoelectric_level
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.beat.scale import BeatScale
from workstation.ui.viewers.ecg.beat.words import BeatWords

_LABEL_HEIGHT = 18
_HANDLE = 5
_DOT = 2.5
_ST_MS = (0, 60, 80)


@dataclass(frozen=True, slots=True)
class Mark:
    """A bound, or the cursor where one would be set."""

    landmark: Landmark
    sample: int
    is_proposed: bool
    is_cursor: bool
    is_chosen: bool


def marks_of(model: BeatModel) -> list[Mark]:
    """Those of the model, in the order of time."""
    found = []
    for landmark in Landmark:
        chosen = landmark is model.chosen
        at = model.bounds.sample(landmark)
        if at is not None:
            proposed = model.bounds.is_proposed(landmark)
            found.append(Mark(landmark, at, proposed, False, chosen))
        elif chosen and model.cursor is not None:
            found.append(Mark(landmark, model.cursor, False, True, True))
    return found


class MarkPainter:
    """Paints the marks of a model upon its paper."""

    def __init__(self, theme: Theme, words: BeatWords) -> None:
        self._theme, self._words = theme, words

    def paint(self, painter: QPainter, model: BeatModel, scale: BeatScale, height: float) -> None:
        """Over traces of that scale, on paper of that height."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_st(painter, model, scale)
        end = -1.0
        for mark in sorted(marks_of(model), key=lambda one: one.sample):
            x = scale.x(mark.sample)
            self._paint_line(painter, mark, x, height)
            text = self.label(mark)
            width = self._theme.text_width("micro", text) + self._theme.px(8)
            left = x - width / 2
            # Labels that would overlap take a second row.
            row = 1 if left < end else 0
            end = max(end, left + width) if row == 0 else end
            self._paint_label(painter, mark, left, row, text, width)

    def label(self, mark: Mark) -> str:
        """«1 P», with a question mark while nobody has said so."""
        text = self._words.short(mark.landmark)
        return f"{text} ?" if mark.is_proposed or mark.is_cursor else text

    def rows_height(self) -> int:
        """Room of the labels at the paper's top."""
        return self._theme.px(_LABEL_HEIGHT) + 4

    def _color(self, mark: Mark) -> QColor:
        return self._theme.color("ecg.caliper.2" if mark.is_chosen else "ecg.caliper")

    def _paint_line(self, painter: QPainter, mark: Mark, x: float, height: float) -> None:
        style = Qt.PenStyle.SolidLine
        if mark.is_cursor:
            style = Qt.PenStyle.DotLine
        elif mark.is_proposed:
            style = Qt.PenStyle.DashLine
        painter.setPen(QPen(self._color(mark), 2 if mark.is_chosen else 1.2, style))
        painter.drawLine(QLineF(x, self._theme.px(_LABEL_HEIGHT) - 2, x, height))
        if mark.is_chosen:
            self._paint_handle(painter, x, height)

    def _paint_handle(self, painter: QPainter, x: float, height: float) -> None:
        half = self._theme.px(_HANDLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("ecg.caliper.2"))
        top, left, right = (
            QPointF(x, height - 2 * half),
            QPointF(x - half, height),
            QPointF(x + half, height),
        )
        painter.drawPolygon(QPolygonF([top, left, right]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_label(
        self, painter: QPainter, mark: Mark, left: float, row: int, text: str, width: float
    ) -> None:
        height = self._theme.px(_LABEL_HEIGHT)
        box = QRectF(left, 1 + row * height, width, height - 2)
        color = self._color(mark)
        painter.setPen(
            QPen(color, 1, Qt.PenStyle.DashLine if mark.is_proposed else Qt.PenStyle.SolidLine)
        )
        filled = mark.is_chosen
        painter.setBrush(color if filled else self._theme.color("ecg.paper"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.color("ecg.paper") if filled else color)
        painter.setFont(self._theme.font("micro"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_st(self, painter: QPainter, model: BeatModel, scale: BeatScale) -> None:
        """The isoelectric line of the emphasised lead, and the points at which ST is measured."""
        found = list(self._st_points(model, scale))
        if not found:
            return
        color = QColor(self._theme.color("ecg.caliper"))
        zero = found[0]
        color.setAlphaF(0.7)
        painter.setPen(QPen(color, 1))
        painter.drawLine(QLineF(zero.x(), zero.y(), found[-1].x(), zero.y()))
        painter.setBrush(color)
        for point in found[1:]:
            painter.drawEllipse(point, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _st_points(self, model: BeatModel, scale: BeatScale) -> Iterator[QPointF]:
        """Where the isoelectric line begins, then J, J+60, J+80 on the trace."""
        onset = model.bounds.sample(Landmark.QRS_ONSET)
        j_point = model.bounds.sample(Landmark.QRS_OFFSET)
        study, beat = model.study, model.beat
        lead = beat.lead(model.lead) if beat is not None else None
        if study is None or beat is None or lead is None or onset is None or j_point is None:
            return
        rate = beat.sampling_rate_hz
        level = study.levels[beat.leads.index(lead)]
        zero = isoelectric_level(lead, rate, onset)
        if zero is None or not model.values.st:
            return
        yield QPointF(scale.x(onset), scale.y(zero - level))
        for after in _ST_MS:
            place = j_point + round(after * rate / 1000)
            if place < len(lead.samples):
                yield QPointF(scale.x(place), scale.y(float(lead.samples[place]) - level))
