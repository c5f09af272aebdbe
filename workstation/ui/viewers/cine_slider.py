"""The line of frames under a clip: where it stands, what is played, where something is measured."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from workstation.ui.theme import Theme


class FrameSlider(QAbstractSlider):
    """A thin line with the part that has passed filled, and a tick at the present frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setObjectName("cineSlider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._ticks: tuple[int, ...] = ()
        self._marks: tuple[int, int] | None = None

    @property
    def marks(self) -> tuple[int, int] | None:
        """Between which frames it plays; None: all."""
        return self._marks

    def show_marks(self, marks: tuple[int, int] | None) -> None:
        """First and last frame that are played: two brackets, and the rest of the line dim."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    @property
    def ticks(self) -> tuple[int, ...]:
        """Frames on which something is measured."""
        return self._ticks

    def show_ticks(self, frames: tuple[int, ...]) -> None:
        """Frames on which something is measured: a mark over the line."""
        if frames != self._ticks:
            self._ticks = frames
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, place = self.height() / 2, self._place()
        line, begin = self._theme.color("viewer.overlay.dim"), 0.0
        if self._marks is None:
            painter.fillRect(QRectF(0, middle - 1, self.width(), 2), line)
        else:
            begin = self._paint_marks(painter, middle, *self._marks)
        passed = QRectF(begin, middle - 1.5, max(0.0, place - begin), 3)
        painter.fillRect(passed, self._theme.color("accent.text"))
        for frame in self._ticks:
            left = self._place_of(frame) - 2
            box = QRectF(left, middle - 8, 5, 5)
            painter.fillRect(box, self._theme.color("viewer.measure.1"))
        painter.fillRect(QRectF(place - 1, middle - 6, 3, 12), self._theme.color("viewer.active"))

    def _paint_marks(self, painter: QPainter, middle: float, first: int, last: int) -> float:
        """The line between two brackets, points beyond them; returns where it begins."""
        color, line = self._theme.color("viewer.active"), self._theme.color("viewer.overlay.dim")
        begin, end = self._place_of(first), self._place_of(last)
        for left in range(0, self.width(), 6):
            if not begin <= left <= end:
                painter.fillRect(QRectF(left, middle - 0.5, 2, 1), line)
        painter.fillRect(QRectF(begin, middle - 1, end - begin, 2), line)
        for edge, foot in ((begin, begin), (end - 2, end - 5)):
            painter.fillRect(QRectF(edge, middle - 8, 2, 16), color)
            for top in (middle - 8, middle + 6):
                painter.fillRect(QRectF(foot, top, 5, 2), color)
        return begin

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        self.update()

    def _place(self) -> float:
        return self._place_of(self.value())

    def _place_of(self, frame: int) -> float:
        span = self.maximum() - self.minimum()
        return (frame - self.minimum()) / span * (self.width() - 3) + 1 if span else 1.0

    def _value_at(self, place: QPointF) -> int:
        share = min(1.0, max(0.0, place.x() / max(1, self.width() - 1)))
        return self.minimum() + round(share * (self.maximum() - self.minimum()))
