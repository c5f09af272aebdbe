"""The trace of a long ECG at any zoom: all leads below each other, a column for each pixel."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.studies.ecg import SampleUnit
from workstation.studies.long_ecg import LongLead
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.long.columns import (
    FILLED,
    RowScale,
    Window,
    extremes,
    lines,
    row_scales,
)
from workstation.ui.viewers.ecg.long.model import LongModel
from workstation.ui.viewers.ecg.long.times import tick_text, ticks
from workstation.ui.viewers.ecg.long.words import LongWords
from workstation.ui.viewers.ecg.trace import polygons

_WHEEL_STEP: Final = 120
_WHEEL_SHARE: Final = 0.1
"""Of the width, that one step of the wheel moves."""
_AXIS: Final = 20
_TICK: Final = 90
_LEFT: Final = 60
_DRAG_FROM: Final = 4
_POINTS: Final = 4000
"""In one drawn line: without smoothing Qt takes long ones as they are."""


class LongTrace(QWidget):
    """Wheel is time, Ctrl+wheel zoom at the mouse, a drag moves; a click wants the paper there."""

    paper_wanted = Signal(float)

    def __init__(
        self, theme: Theme, words: LongWords, model: LongModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._model = theme, words, model
        self._scales: tuple[RowScale, ...] = ()
        self._told = (0, 0)
        self._pressed_at: QPointF | None = None
        self._dragged_from: float | None = None
        self.setObjectName("longTrace")
        tell_mouse(self, Surface.LONG)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        model.moved.connect(self.update)
        model.surveyed.connect(self._hear)

    def _hear(self) -> None:
        """Most of what is found about the day changes nothing here."""
        survey = self._model.survey
        told = (len(self._model.envelopes), len(survey.pauses) if survey is not None else 0)
        if told != self._told:
            self._told = told
            self.update()

    def show_record(self) -> None:
        """The model's recording is another one."""
        ecg = self._model.ecg
        self._scales = row_scales(ecg) if ecg is not None else ()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(80))

    @property
    def rows_height(self) -> float:
        """Logical pixels of all rows, without the time below them."""
        return max(1.0, self.height() - self._theme.px(_AXIS))

    @property
    def left_edge(self) -> float:
        """Where the traces begin: names and scale stand before them."""
        return float(self._theme.px(_LEFT))

    @property
    def traces_width(self) -> float:
        """Logical pixels that the seconds share."""
        return max(1.0, self.width() - self.left_edge)

    def window_now(self) -> Window | None:
        """The samples that are drawn; None without a recording."""
        ecg, model = self._model.ecg, self._model
        if ecg is None or not model.length_s:
            return None
        width = int(self.traces_width * self.devicePixelRatioF())
        return Window.of(ecg, model.start_s, model.length_s, width)

    def second_at(self, x: float) -> float:
        """The second under a place."""
        return self._model.start_s + self._share(x) * self._model.length_s

    def _share(self, x: float) -> float:
        return min(1.0, max(0.0, (x - self.left_edge) / self.traces_width))

    def x_of(self, second: float) -> float:
        """The place of a second, also outside."""
        model = self._model
        share = (second - model.start_s) / model.length_s if model.length_s else 0.0
        return self.left_edge + share * self.traces_width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("ecg.paper"))
        window, ecg = self.window_now(), self._model.ecg
        if window is None or ecg is None:
            return
        self._paint_time(painter)
        self._paint_pauses(painter)
        height = self.rows_height / len(ecg.leads)
        for place, lead in enumerate(ecg.leads):
            self._paint_gaps(painter, lead, place * height, height)
            self._paint_lead(painter, lead, window, place, height)
        for place, lead in enumerate(ecg.leads):
            self._paint_name(painter, lead, place, height)

    def _paint_lead(
        self, painter: QPainter, lead: LongLead, window: Window, place: int, height: float
    ) -> None:
        found = extremes(lead, self._model.envelopes.get(lead.name), window)
        if found is None:
            return
        pen = QPen(self._theme.color("ecg.trace"), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        ratio = window.columns / self.traces_width
        painter.save()
        painter.translate(self.left_edge, 0)
        for line in lines(*found, self._scales[place], place * height, height, ratio):
            for piece in polygons(line, _POINTS):
                painter.drawPolyline(piece)
        painter.restore()

    def _paint_time(self, painter: QPainter) -> None:
        model, ecg = self._model, self._model.ecg
        assert ecg is not None
        stop_s = model.start_s + model.length_s
        most = max(2, int(self.traces_width) // self._theme.px(_TICK))
        moments, step = ticks(ecg, model.start_s, stop_s, most)
        bottom = self.rows_height
        painter.setFont(self._theme.font("micro"))
        for second in moments:
            x = round(self.x_of(second)) + 0.5
            painter.setPen(self._theme.color("ecg.grid.minor"))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(self._theme.color("ecg.label"))
            box = QRectF(x + 3, bottom, self._theme.px(_TICK), self.height() - bottom)
            text = tick_text(ecg, second, step)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(self._theme.color("ecg.grid.major"))
        painter.drawLine(QPointF(0, bottom + 0.5), QPointF(self.width(), bottom + 0.5))

    def _paint_pauses(self, painter: QPainter) -> None:
        survey, ecg = self._model.survey, self._model.ecg
        assert survey is not None
        assert ecg is not None
        ground = QColor(self._theme.color("viewer.warn"))
        ground.setAlphaF(0.35)
        painter.setFont(self._theme.font("micro"))
        painter.setPen(self._theme.color("ecg.label"))
        for pause in survey.pauses:
            left, right = (self.x_of(n / ecg.sampling_rate_hz) for n in (pause.start, pause.stop))
            if right < self.left_edge or left > self.width():
                continue
            left = max(left, self.left_edge)
            box = QRectF(left, 0, max(2.0, right - left), self.rows_height)
            painter.fillRect(box, ground)
            text = self._words.pause(pause.seconds)
            if box.width() > self._theme.text_width("micro", text) + 4:
                flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
                painter.drawText(box, flags, text)

    def _paint_gaps(self, painter: QPainter, lead: LongLead, top: float, height: float) -> None:
        window, ecg = self.window_now(), self._model.ecg
        assert window is not None
        assert ecg is not None
        inside = lead.gaps_in(window.start, window.stop)
        rate = ecg.sampling_rate_hz
        places = (tuple(self.x_of((window.start + n) / rate) for n in gap) for gap in inside)
        for left, right in seen_apart((left, right) for left, right in places):
            box = QRectF(left, top + 2, max(1.0, right - left), height - 4)
            paint_gap(painter, self._theme, box, "ecg.grid.major")
            text = self._words.not_recorded()
            if box.width() > self._theme.text_width("micro", text) + 8:
                painter.setFont(self._theme.font("micro"))
                painter.setPen(self._theme.color("ecg.label"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_name(self, painter: QPainter, lead: LongLead, place: int, height: float) -> None:
        """Beside its row: the lead's name, and what a millivolt is worth there."""
        theme, middle = self._theme, (place + 0.5) * height
        painter.setFont(theme.font("lead"))
        painter.setPen(theme.color("ecg.label"))
        line = theme.line_height("lead")
        box = QRectF(theme.px(3), place * height + 2, self.left_edge - theme.px(5), line)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, theme.fitted("lead", lead.name, box.width()))
        if lead.unit is SampleUnit.MILLIVOLT:
            high = height * FILLED / self._scales[place].span
            box.setWidth(theme.text_width("lead", theme.fitted("lead", lead.name, box.width())))
            self._paint_millivolt(painter, middle, high, box)
            return
        note = QRectF(box.left(), box.bottom(), box.width(), 3 * theme.line_height("micro"))
        painter.setFont(theme.font("micro"))
        wrapped = Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(note, wrapped, self._words.no_calibration())

    def _paint_millivolt(self, painter: QPainter, middle: float, high: float, name: QRectF) -> None:
        """A bracket as high as 1 mV, and its word where that is not over the lead's name."""
        theme, left = self._theme, round(self.left_edge) - self._theme.px(6) + 0.5
        painter.setPen(QPen(theme.color("ecg.caliper"), 1))
        top, bottom = round(middle - high / 2) + 0.5, round(middle + high / 2) + 0.5
        painter.drawLine(QPointF(left, top), QPointF(left, bottom))
        for y in (top, bottom):
            painter.drawLine(QPointF(left - 3, y), QPointF(left + 2, y))
        text = self._words.millivolt()
        width = theme.text_width("micro", text) + 1
        right = left - theme.px(4)
        box = QRectF(right - width, middle - theme.px(8), width, theme.px(16))
        if box.intersects(name):
            return
        painter.setFont(theme.font("micro"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box, flags, text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / _WHEEL_STEP
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._model.zoom(1 if steps > 0 else -1, self._share(event.position().x()))
        else:
            self._model.move(-steps * _WHEEL_SHARE * self._model.length_s)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self._dragged_from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        moved = event.position().x() - self._pressed_at.x()
        if self._dragged_from is None and abs(moved) >= _DRAG_FROM:
            self._dragged_from = self._model.start_s
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged_from is not None:
            seconds = moved / self.traces_width * self._model.length_s
            self._model.look_at(self._dragged_from - seconds, self._model.length_s)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_at = self._pressed_at, None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if pressed is not None and self._dragged_from is None:
            self.paper_wanted.emit(self.second_at(pressed.x()))


def seen_apart(ranges: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Ranges of pixels in order, those together that no pixel parts: thousands are a few."""
    found: list[tuple[float, float]] = []
    for left, right in ranges:
        if found and left < found[-1][1] + 1:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


def paint_gap(painter: QPainter, theme: Theme, box: QRectF, color: str) -> None:
    """Hatched: nothing was recorded."""
    painter.fillRect(box, QColor(0, 0, 0, 10))
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.color(color)))
    brush = painter.brush()
    brush.setStyle(Qt.BrushStyle.BDiagPattern)
    painter.fillRect(box, brush)
    painter.restore()
