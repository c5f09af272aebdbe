"""What stands in a pane while its file is on the way: nothing, grey bars, then words."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

BARS_AFTER_MS = 150
WORDS_AFTER_MS = 2000


class LoadingStage(Enum):
    """What is shown: quick answers never flicker."""

    NOTHING = "nothing"
    BARS = "bars"
    WORDS = "words"


def loading_stage(waited_ms: float) -> LoadingStage:
    """The stage after so long a wait."""
    if waited_ms < BARS_AFTER_MS:
        return LoadingStage.NOTHING
    return LoadingStage.BARS if waited_ms < WORDS_AFTER_MS else LoadingStage.WORDS


class LoadingPlate(QWidget):
    """`begin` when a file is asked for; `cancelled` when the doctor stops it."""

    cancelled = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, now_ms: Callable[[], float]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now_ms = now_ms
        self._began = now_ms()
        self.stage = LoadingStage.NOTHING
        self._words = SignLabel(theme, role="body", color="viewer.overlay", parent=self)
        self._words.setObjectName("loadingWords")
        self._button = KeyButton(theme, "", parent=self)
        self._button.setObjectName("loadingCancel")
        self._button.clicked.connect(self.cancelled)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self._lay_out()
        self.tick()

    def begin(self, cancel: str) -> None:
        """A file is asked for; `cancel` is the button's word."""
        self._button.setText(cancel)
        self._began = self._now_ms()
        self.tick()

    def show_text(self, text: str) -> None:
        """What is on its way, and how much of it has come."""
        self._words.show_sign(text)

    def shown_text(self) -> str:
        """The words that are seen now."""
        return self._words.text() if self.stage is LoadingStage.WORDS else ""

    def tick(self) -> None:
        """Time has passed: shows what is due."""
        waited = self._now_ms() - self._began
        self.stage = loading_stage(waited)
        in_words = self.stage is LoadingStage.WORDS
        self._words.setVisible(in_words)
        self._button.setVisible(in_words)
        if self.isVisible() and not in_words:
            due = BARS_AFTER_MS if self.stage is LoadingStage.NOTHING else WORDS_AFTER_MS
            self._timer.start(max(1, int(due - waited) + 1))
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.bg"))
        if self.stage is not LoadingStage.BARS:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("viewer.line"))
        px = self._theme.px
        middle = self.height() / 2
        for row, share in enumerate((0.36, 0.48, 0.28)):
            width = self.width() * share
            box = QRectF(px(24), middle + (row - 1.5) * px(28), width, px(10))
            painter.drawRoundedRect(box, px(4), px(4))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
