"""The line under a clip: play and pause, which frame, a slider, how it plays, its own rate."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_buttons import PlayButton, WayButton
from workstation.ui.viewers.cine_slider import FrameSlider
from workstation.ui.viewers.cine_track import PlayMode
from workstation.ui.widgets.labels import SignLabel

_NARROW = 540


class CineBar(QWidget):
    """Emits `play_pressed`, `frame_chosen` and `pressed` (an action); shows what it is told."""

    play_pressed = Signal()
    frame_chosen = Signal(int)
    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.button = PlayButton(theme, self)
        self.slider = FrameSlider(theme, self)
        self._frame = SignLabel(theme, role="small", color="viewer.overlay", parent=self)
        self._rate = SignLabel(theme, role="small", color="viewer.overlay.dim", parent=self)
        self._frame.setObjectName("cineFrame")
        self._rate.setObjectName("cineRate")
        self._rates = ("", "")
        self._mode = self._way("clip.sweep")
        self._speed = self._way("clip.faster")
        self._cycle = self._way("clip.cycle")
        self._step = self._way("clip.in_step")
        self._cycle.show_way(self.tr("One heart cycle"), glyph="heartbeat")
        self._step.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self._frame)
        row.addWidget(self.slider, 1)
        ways = QHBoxLayout()
        ways.setSpacing(0)
        for way in (self._mode, self._speed, self._cycle, self._step):
            ways.addWidget(way)
        row.addLayout(ways)
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
        if not self.slider.isSliderDown() and self.slider.value() != index:
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(index)
            self.slider.blockSignals(blocked)
            self.slider.update()
        if text != self._frame.text():
            self._frame.show_sign(text)
        self.button.setChecked(playing)

    def show_ways(self, mode: PlayMode, speed: float, word: str) -> None:
        """Loop or sweep, and the speed in words; lit where it is not the file's own."""
        sweeps = mode is PlayMode.SWEEP
        glyph = "arrows-left-right" if sweeps else "repeat"
        name = self.tr("There and back") if sweeps else self.tr("In a loop")
        self._mode.show_way(name, glyph=glyph, lit=sweeps)
        faster = self.tr("Faster; after 4× the slowest")
        self._speed.show_way(faster, word=word, lit=speed != 1)

    def show_cycle(self, *, lit: bool) -> None:
        """Whether it plays one heart cycle."""
        self._cycle.show_way(self.tr("One heart cycle"), glyph="heartbeat", lit=lit)

    def show_step(self, *, is_possible: bool, is_on: bool) -> None:
        """Whether clips beside it play in step with it."""
        self._step.setVisible(is_possible)
        name = self.tr("Out of step") if is_on else self.tr("All clips in step")
        self._step.show_way(name, glyph="link-simple", lit=is_on)

    def show_rate(self, text: str, short: str) -> None:
        """The rate, where it is from, and whether frames were skipped; `short` on a narrow bar."""
        if (text, short) != self._rates:
            self._rates = (text, short)
            self._show_rate()

    def rate_text(self) -> str:
        """What is said of the rate, where there is room."""
        return self._rates[0]

    def frame_text(self) -> str:
        """Which frame is on."""
        return self._frame.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Of four clips side by side the line has the room; the picture's corner says the frame.
        self._frame.setVisible(self.width() >= self._theme.px(_NARROW))
        self._show_rate()

    def _show_rate(self) -> None:
        """Whole where it leaves the slider a third of the line."""
        metrics = QFontMetrics(self._theme.font("small"))
        full, short = self._rates
        others = self._theme.px(28 + 40 + 3 * 28 + 60) + self._frame.width()
        fits = metrics.horizontalAdvance(full) + others <= 0.72 * self.width()
        self._rate.show_sign(full if fits else short)
        self._rate.setToolTip("" if fits else full)
        self._rate.setFixedWidth(self._rate.sizeHint().width())

    def _way(self, action: str) -> WayButton:
        button = WayButton(self._theme, action, self)
        button.clicked.connect(lambda: self.pressed.emit(action))
        return button

    def _moved(self, index: int) -> None:
        self.frame_chosen.emit(index)
