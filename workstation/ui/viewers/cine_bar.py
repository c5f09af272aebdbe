"""The line under a clip: play and pause, which frame, a slider, the rate and where it is from."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from workstation.ui.icons import paint_icon
from workstation.ui.shortcuts import with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class FrameSlider(QAbstractSlider):
    """A thin line with the part that has passed filled, and a tick at the present frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setObjectName("cineSlider")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, place = self.height() / 2, self._place()
        painter.fillRect(
            QRectF(0, middle - 1, self.width(), 2), self._theme.color("viewer.overlay.dim")
        )
        painter.fillRect(QRectF(0, middle - 1.5, place, 3), self._theme.color("accent.text"))
        painter.fillRect(QRectF(place - 1, middle - 6, 3, 12), self._theme.color("viewer.active"))

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
        span = self.maximum() - self.minimum()
        return (self.value() - self.minimum()) / span * (self.width() - 3) + 1 if span else 1.0

    def _value_at(self, place: QPointF) -> int:
        share = min(1.0, max(0.0, place.x() / max(1, self.width() - 1)))
        return self.minimum() + round(share * (self.maximum() - self.minimum()))


class PlayButton(QAbstractButton):
    """Two bars while the clip plays, a triangle while it stands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("cinePlay")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggled.connect(self._name)
        self._name(False)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(28), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.px(16)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        glyph = "pause" if self.isChecked() else "play"
        paint_icon(painter, glyph, box, self._theme.color("viewer.overlay"))
        if self.hasFocus():
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _name(self, playing: bool) -> None:
        text = self.tr("Pause") if playing else self.tr("Play")
        self.setAccessibleName(text)
        self.setToolTip(with_key(text, "clip.play"))


class CineBar(QWidget):
    """Emits `play_pressed` and `frame_chosen`; shows what it is told."""

    play_pressed = Signal()
    frame_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.button = PlayButton(theme, self)
        self.slider = FrameSlider(theme, self)
        self._frame = SignLabel(theme, role="small", color="viewer.overlay", parent=self)
        self._rate = SignLabel(theme, role="small", color="viewer.overlay.dim", parent=self)
        self._frame.setObjectName("cineFrame")
        self._rate.setObjectName("cineRate")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self._frame)
        row.addWidget(self.slider, 1)
        row.addWidget(self._rate)
        self.button.clicked.connect(self.play_pressed)
        self.slider.valueChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(28))

    def set_range(self, frame_count: int, widest: str) -> None:
        """A clip of so many frames; `widest` is the longest text before the slider."""
        self.slider.setRange(0, max(0, frame_count - 1))
        metrics = QFontMetrics(self._theme.font("small"))
        self._frame.setFixedWidth(metrics.horizontalAdvance(widest) + 4)

    def show_frame(self, index: int, text: str, *, playing: bool) -> None:
        """Where the clip stands."""
        if not self.slider.isSliderDown():
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(index)
            self.slider.blockSignals(blocked)
            self.slider.update()
        self._frame.show_sign(text)
        self.button.setChecked(playing)

    def show_rate(self, text: str) -> None:
        """The rate, where it is from, and whether frames were skipped."""
        if text != self._rate.text():
            self._rate.show_sign(text)

    def rate_text(self) -> str:
        """What is said of the rate."""
        return self._rate.text()

    def frame_text(self) -> str:
        """Which frame is on."""
        return self._frame.text()

    def _moved(self, index: int) -> None:
        self.frame_chosen.emit(index)
