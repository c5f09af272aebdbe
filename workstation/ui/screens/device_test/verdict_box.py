"""The verdict's box: a soft ground, a large glyph, the sentence, what stands against it.

Its twin of the approvals' desk knows signatures, and would bring them in when the window starts.
"""

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock


class Tone(Enum):
    """How a line reads: its glyph, its colour, and the ground of a verdict."""

    GOOD = ("check-circle", "ok.text", "ok.soft")
    OPEN = ("question", "warn.text", "warn.soft")
    """Not measured, or not any more true."""
    WARNING = ("warning", "warn.text", "warn.soft")
    BAD = ("x-circle", "danger.text", "danger.soft")
    PLAIN = ("info", "text.secondary", "bg.sunken")

    @property
    def glyph(self) -> str:
        """Name of the Phosphor glyph."""
        return self.value[0]

    @property
    def color(self) -> str:
        """Token of the glyph and of a fact that is not good."""
        return self.value[1]

    @property
    def ground(self) -> str:
        """Token of the soft ground."""
        return self.value[2]


class VerdictBox(QFrame):
    """One sentence, and a second one under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("deviceTest.verdict")
        self._theme, self._tone = theme, Tone.PLAIN
        self._glyph = Glyph(theme, 24)
        self.title = TextBlock(theme, role="title")
        self.detail = TextBlock(theme, color="text.secondary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 12, 12, 12)
        across.setSpacing(10)
        across.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def show_verdict(self, tone: Tone, title: str, detail: str = "") -> None:
        """Shows another one."""
        self._tone = tone
        self._glyph.show_glyph(tone.glyph, tone.color)
        self.title.set_text(title)
        self.title.set_color("text.primary" if tone is Tone.PLAIN else tone.color)
        self.detail.set_text(detail)
        self.setAccessibleName(f"{title}. {detail}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone.ground))
        radius = self._theme.size("radius", "panel")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
