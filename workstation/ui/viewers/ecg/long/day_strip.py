"""The whole recording at a glance: the rate over the day, what is not recorded, pauses."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.long.day_graph import PAUSE_SIZE, DayGraph
from workstation.ui.viewers.ecg.long.model import LongModel
from workstation.ui.viewers.ecg.long.words import LongWords

_HEIGHT: Final = 92
_CAPTION: Final = 18
_AXIS: Final = 16
_LEFT: Final = 34
_FRAME: Final = 8
_WHEEL_STEP: Final = 120


class DayStrip(QWidget):
    """A press goes there, on a triangle to its pause; a drag takes the frame along; the wheel moves
    by what is shown."""

    stop_wanted = Signal()
    """Stop looking for beats, or go on."""

    def __init__(
        self, theme: Theme, words: LongWords, model: LongModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._model = theme, words, model
        self._picture: QPixmap | None = None
        self._action_box = QRectF()
        self._is_dragged = False
        self.setObjectName("longDayStrip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self._renew)
        model.moved.connect(self.update)
        model.surveyed.connect(self._renew)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(_HEIGHT))

    @property
    def graph(self) -> QRectF:
        """Where the day is drawn."""
        left, top = self._theme.px(_LEFT), self._theme.px(_CAPTION)
        height = self.height() - top - self._theme.px(_AXIS)
        return QRectF(left, top, max(1, self.width() - left - self._theme.px(8)), height)

    def x_of(self, second: float) -> float:
        """The place of a second."""
        ecg, graph = self._model.ecg, self.graph
        whole = ecg.duration_s if ecg is not None else 1.0
        return graph.left() + second / whole * graph.width()

    def second_at(self, x: float) -> float:
        """The second of a place, within the recording."""
        ecg, graph = self._model.ecg, self.graph
        share = min(1.0, max(0.0, (x - graph.left()) / graph.width()))
        return share * ecg.duration_s if ecg is not None else 0.0

    @property
    def frame(self) -> QRectF:
        """What of the day is shown below; wide enough to be seen and taken."""
        graph, model = self.graph, self._model
        left, right = self.x_of(model.start_s), self.x_of(model.start_s + model.length_s)
        least = self._theme.px(_FRAME)
        if right - left < least:
            left, right = (left + right - least) / 2, (left + right + least) / 2
        return QRectF(left, graph.top() - 1, right - left, graph.height() + 2)

    def resizeEvent(self, event: QEvent) -> None:
        self._renew()

    def _renew(self) -> None:
        self._picture = None
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._model.ecg is None:
            painter.fillRect(self.rect(), self._theme.color("viewer.panel"))
            return
        if self._picture is None:
            self._picture = self._painted()
        painter.drawPixmap(0, 0, self._picture)
        self._paint_frame(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        frame = self.frame.adjusted(0.5, 0.5, -0.5, -0.5)
        inside = QColor(self._theme.color("viewer.active"))
        inside.setAlphaF(0.12)
        painter.fillRect(frame, inside)
        painter.setPen(QPen(self._theme.color("viewer.active"), 1))
        painter.drawRect(frame)

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.color("viewer.panel"))
        painter = QPainter(picture)
        self._paint_caption(painter)
        ecg, survey = self._model.ecg, self._model.survey
        if ecg is not None and survey is not None:
            DayGraph(self._theme, ecg, survey, self.graph).paint(painter)
        painter.end()
        return picture

    def _paint_caption(self, painter: QPainter) -> None:
        model, words, theme = self._model, self._words, self._theme
        survey, ecg = model.survey, model.ecg
        assert survey is not None
        assert ecg is not None
        lost = sum(stop - start for start, stop in survey.gaps) / ecg.sampling_rate_hz
        said = [
            words.survey(survey, is_running=model.is_surveying),
            words.pauses(survey),
            words.gaps(lost),
        ]
        action = words.stop_or_go_on(survey, is_running=model.is_surveying)
        room = self.width() - 2 * theme.px(8)
        text = ", ".join(one for one in said if one)
        painter.setFont(theme.font("micro"))
        width = theme.text_width("micro", action) + theme.px(12) if action else 0.0
        text = theme.fitted("micro", text, room - width)
        box = QRectF(theme.px(8), 1, room - width, theme.px(_CAPTION) - 2)
        painter.setPen(theme.color("viewer.overlay.dim"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        left = box.left() + theme.text_width("micro", text) + theme.px(12)
        self._action_box = QRectF(left, 1, width, box.height()) if action else QRectF()
        painter.setPen(theme.color("accent.text"))
        painter.drawText(self._action_box, Qt.AlignmentFlag.AlignVCenter, action)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._action_box.contains(event.position()):
            self.stop_wanted.emit()
            return
        pause = self.pause_at(event.position())
        self._is_dragged = pause is None
        self._model.centre(self.second_at(event.position().x()) if pause is None else pause)

    def pause_at(self, place: QPointF) -> float | None:
        """The second of the pause whose triangle is there: a pixel of a day is a minute."""
        survey, ecg = self._model.survey, self._model.ecg
        near = self._theme.px(PAUSE_SIZE)
        if survey is None or ecg is None or abs(place.y() - self.graph.top()) > 2 * near:
            return None
        middles = [(one.start + one.stop) / 2 / ecg.sampling_rate_hz for one in survey.pauses]
        found = min(middles, key=lambda second: abs(self.x_of(second) - place.x()), default=None)
        return None if found is None or abs(self.x_of(found) - place.x()) > near else found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged:
            self._model.centre(self.second_at(event.position().x()))
            return
        over = self._action_box.contains(event.position()) or self.graph.contains(event.position())
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / _WHEEL_STEP
        self._model.move(-steps * self._model.length_s)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.hint_at(event.pos().x()), self)
            return True
        return super().event(event)

    def hint_at(self, x: float) -> str:
        """Moment and rates of the minute at a place."""
        ecg, survey = self._model.ecg, self._model.survey
        if ecg is None or survey is None:
            return ""
        second = self.second_at(x)
        minute = int(second // 60)
        found = None
        if minute < len(survey.rates):
            piece = survey.rates[minute]
            if piece.slowest is not None and piece.mean is not None and piece.fastest is not None:
                found = piece.slowest, piece.mean, piece.fastest
        return self._words.minute(ecg, second, found)
