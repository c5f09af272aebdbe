"""What stands where the content would: nothing there, something wrong, or not there yet."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from workstation.ui.icons import icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton

SKELETON_MS = 150
"""For so long nothing is shown at all: most answers are quicker."""


class Placeholder(QFrame):
    """A glyph, a line of fact, a line of what comes next, and at most one button."""

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self._theme = theme
        self._glyph, self._color = "tray", "text.tertiary"
        self._picture, self._title, self._detail = QLabel(), QLabel(), QLabel()
        self._button = KeyButton(theme, "")
        self._button.setObjectName("placeholder.action")
        self._button.clicked.connect(self.pressed)
        self._title.setObjectName("placeholder.title")
        self._detail.setObjectName("placeholder.detail")
        self._title.setProperty("role", "strong")
        self._detail.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        for label in (self._picture, self._title, self._detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._picture)
            column.addWidget(label)
        column.addSpacing(6)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._dress)

    def show_text(
        self, glyph: str, title: str, detail: str, action: str = "", *, color: str = "text.tertiary"
    ) -> None:
        """Shows these words; without `action` there is no button."""
        self._glyph, self._color = glyph, color
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._dress()

    def _dress(self) -> None:
        side = self._theme.px(24)
        picture = icon(self._glyph, self._theme.color(self._color))
        self._picture.setPixmap(picture.pixmap(QSize(side, side)))


class SkeletonRows(QWidget):
    """Static grey bars in the shape of the rows that are on their way."""

    def __init__(
        self, theme: Theme, shares: Sequence[float], parent: QWidget | None = None
    ) -> None:
        """`shares`: the columns' widths as parts of the whole."""
        super().__init__()
        self._theme = theme
        self._shares = tuple(shares)
        self.setAccessibleName(self.tr("Loading"))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("bg.panel"))
        step = self._theme.size("row", "comfortable")
        for number in range(self.height() // step):
            self._paint_row(painter, number, number * step, step)

    def _paint_row(self, painter: QPainter, number: int, top: int, step: int) -> None:
        px = self._theme.px
        painter.fillRect(0, top + step - 1, self.width(), 1, self._theme.color("line.subtle"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line.subtle"))
        left = float(px(16))
        for column, share in enumerate(self._shares):
            width = share * (self.width() - px(32))
            part = 0.55 + 0.1 * ((number * 2 + column * 3) % 4)
            bar = QRectF(left, top + (step - px(10)) / 2, width * part, px(10))
            painter.drawRoundedRect(bar, px(4), px(4))
            left += width
