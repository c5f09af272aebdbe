"""The beat on paper: all leads over one another, one of them strong, its bounds to be dragged."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.studies.measure.ecg.beat_study import BeatStudy
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.literal_text import one_line
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.marks import MarkPainter, marks_of
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.beat.scale import BeatScale, fit
from workstation.ui.viewers.ecg.beat.traces import LeadTrace, lead_at, lead_traces, size_of
from workstation.ui.viewers.ecg.beat.words import BeatWords
from workstation.ui.viewers.ecg.paper import EcgGrid, ScreenCalibration

_GRIP_PX = 6
_FOOT, _EDGE = 20, 6
_BEHIND_ALPHA = 0.38
_MARKED_MS, _MARKED_ALPHA = 2500, 0.15


class BeatPaper(QWidget):
    """Follows a model. A press takes the nearest bound, sets the cursor's, or chooses a lead."""

    def __init__(
        self,
        theme: Theme,
        model: BeatModel,
        words: BeatWords,
        calibration: ScreenCalibration,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._words = theme, model, words
        self._calibration = calibration
        self._grid = EcgGrid(theme)
        self._marks = MarkPainter(theme, words)
        self._drawn: tuple[BeatStudy, QSize, BeatScale, tuple[LeadTrace, ...]] | None = None
        self._held: Landmark | None = None
        self._marked: tuple[float, float] | None = None
        self._mark_timer = QTimer(self)
        self._mark_timer.setSingleShot(True)
        self._mark_timer.timeout.connect(self._unmark)
        self.setObjectName("beatPaper")
        tell_mouse(self, Surface.BEAT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.changed.connect(self._tell)
        theme.changed.connect(self.update)

    @property
    def scale(self) -> BeatScale | None:
        """How large the beat is shown; None where there is none."""
        drawn = self._ready()
        return drawn[0] if drawn is not None else None

    def calibrate(self, calibration: ScreenCalibration) -> None:
        """The screen was measured, or is another one."""
        self._calibration = calibration
        self._drawn = None
        self.update()

    def mark(self, start_s: float, stop_s: float) -> None:
        """Marks a stretch of the beat, seconds from its first sample, for a moment."""
        self._marked = (start_s, stop_s)
        self._mark_timer.start(_MARKED_MS)
        self.update()

    def written(self) -> list[str]:
        """What stands on the paper."""
        scale = self.scale
        if scale is None:
            return []
        found = [self._model.lead, self._foot(scale)]
        return [*found, *(self._marks.label(mark) for mark in marks_of(self._model))]

    def foot_lines(self) -> list[str]:
        """Speed, gain and filter, in as many lines as they take."""
        scale = self.scale
        return self._in_lines(self._foot(scale)) if scale is not None else []

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(136), self._theme.px(120))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(280))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawn = self._ready()
        px = drawn[0].px_per_mm if drawn is not None else self._calibration.px_per_mm
        painter.drawPixmap(0, 0, self._grid.picture(self.size(), px, self.devicePixelRatioF()))
        if drawn is None:
            return
        scale, traces = drawn
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marked(painter, scale)
        self._paint_traces(painter, traces)
        self._marks.paint(painter, self._model, scale, self.height() - self._foot_height())
        self._paint_lead(painter)
        self._paint_foot(painter, scale)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        drawn = self._ready()
        if drawn is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        scale, traces = drawn
        near = self._bound_at(scale, event.position().x())
        if near is not None:
            self._held = near
            self._model.choose(near)
        elif self._model.chosen is not None and self._model.cursor is not None:
            self._model.place(self._model.chosen, scale.sample(event.position().x()))
        else:
            lead = lead_at(traces, event.position())
            if lead is not None:
                self._model.choose_lead(lead)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drawn = self._ready()
        if drawn is None:
            return
        x = event.position().x()
        if self._held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._model.drag(self._held, drawn[0].sample(x))
            return
        near = self._bound_at(drawn[0], x) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self._model.drop()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._words.title()}. {self._words.chosen(self._model)}")
        self.update()

    def _ready(self) -> tuple[BeatScale, tuple[LeadTrace, ...]] | None:
        """Scale and lines of the present beat at the present size."""
        study = self._model.study
        if study is None or study.beat is None:
            return None
        drawn = self._drawn
        if drawn is None or drawn[0] is not study or drawn[1] != self.size():
            size = size_of(study)
            if size is None:
                return None
            spared = (float(self._marks.rows_height()), float(self._foot_height()))
            px = self._calibration.px_per_mm
            scale = fit(size, self.width(), self.height(), px, spared)
            drawn = self._drawn = (study, self.size(), scale, lead_traces(study, scale))
        return drawn[2], drawn[3]

    def _bound_at(self, scale: BeatScale, x: float) -> Landmark | None:
        """The bound whose line is under the mouse."""
        marks = [mark for mark in marks_of(self._model) if not mark.is_cursor]
        near = [mark for mark in marks if abs(scale.x(mark.sample) - x) <= _GRIP_PX]
        best = min(near, key=lambda mark: abs(scale.x(mark.sample) - x), default=None)
        return best.landmark if best is not None else None

    def _paint_traces(self, painter: QPainter, traces: tuple[LeadTrace, ...]) -> None:
        behind = QColor(self._theme.color("ecg.trace"))
        behind.setAlphaF(_BEHIND_ALPHA)
        pen = QPen(behind, 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for trace in traces:
            if trace.name != self._model.lead:
                self._paint_trace(painter, trace)
        pen.setColor(self._theme.color("ecg.trace"))
        painter.setPen(pen)
        for trace in traces:
            if trace.name == self._model.lead:
                # Twice, half a pixel apart: stronger, and as quick as thin lines are.
                self._paint_trace(painter, trace)
                painter.translate(0.5, 0.5)
                self._paint_trace(painter, trace)
                painter.translate(-0.5, -0.5)

    def _unmark(self) -> None:
        self._marked = None
        self.update()

    def _paint_marked(self, painter: QPainter, scale: BeatScale) -> None:
        if self._marked is None:
            return
        left, right = (scale.x(at * scale.sampling_rate_hz) for at in self._marked)
        ground = QColor(self._theme.color("ecg.caliper"))
        ground.setAlphaF(_MARKED_ALPHA)
        painter.fillRect(QRectF(left, 0, max(2.0, right - left), self.height()), ground)

    def _paint_trace(self, painter: QPainter, trace: LeadTrace) -> None:
        for piece in trace.pieces:
            painter.drawPolyline(piece)

    def _paint_lead(self, painter: QPainter) -> None:
        top = self._marks.rows_height()
        self._plate(painter, QPointF(8, top), one_line(self._model.lead), "title")

    def _foot_height(self) -> int:
        """Of as many lines as speed, gain and filter take at this width."""
        about = self._words.scale(100.0, 20.0, 1.0, self._model.chosen_filter)
        return self._theme.px(_FOOT) * len(self._in_lines(about))

    def _in_lines(self, text: str) -> list[str]:
        """The text in lines that the paper has room for, broken behind commas."""
        lines = [""]
        for part in text.split(", "):
            longer = f"{lines[-1]}, {part}" if lines[-1] else part
            if lines[-1] and self._theme.text_width("micro", longer) > self.width() - 2 * _EDGE:
                lines.append(part)
            else:
                lines[-1] = longer
        return lines

    def _foot(self, scale: BeatScale) -> str:
        return self._words.scale(scale.speed, scale.gain, scale.zoom, self._model.chosen_filter)

    def _paint_foot(self, painter: QPainter, scale: BeatScale) -> None:
        lines, line = self._in_lines(self._foot(scale)), self._theme.px(_FOOT)
        top, width = float(self.height() - line * len(lines)), 0.0
        for number, text in enumerate(lines):
            width = self._plate(painter, QPointF(_EDGE, top + number * line), text, "micro")
        if any(self._model.bounds.is_proposed(one) for one in Landmark):
            left = _EDGE + width + self._theme.px(14)
            self._paint_legend(painter, left, self.height() - line)

    def _paint_legend(self, painter: QPainter, left: float, top: float) -> None:
        """What a dashed line means."""
        middle, length = top + self._theme.px(_FOOT) / 2, self._theme.px(22)
        text = self._words.legend()
        if left + length + self._theme.text_width("micro", text) > self.width():
            return
        painter.setPen(QPen(self._theme.color("ecg.caliper"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(left, middle, left + length, middle))
        self._plate(painter, QPointF(left + length + 4, top), text, "micro")

    def _plate(self, painter: QPainter, at: QPointF, text: str, role: str) -> float:
        """A text on its own ground; returns its width."""
        plate = QColor(self._theme.color("ecg.paper"))
        plate.setAlphaF(0.84)
        width = self._theme.text_width(role, text) + 6
        height = self._theme.px(_FOOT) if role == "micro" else self._theme.line_height(role)
        box = QRectF(at.x(), at.y(), width, height)
        painter.fillRect(box, plate)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color("ecg.label"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width
