"""Two small painted things: a glyph, and a page that is on its way."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme

_A4 = 842 / 595
_GAP = 12
_BARS = (0.35, 0.0, 0.9, 0.95, 0.6, 0.0, 0.9, 0.85, 0.95, 0.4, 0.0, 0.9, 0.7)
"""Lengths of the lines as parts of the page's text; 0 is an empty line."""


class Glyph(QWidget):
    """One Phosphor glyph."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self._name, self._color = "", "text.secondary"
        theme.changed.connect(self.updateGeometry)

    def show_glyph(self, name: str, color: str) -> None:
        """Shows another glyph in that colour, a token."""
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            side = self._theme.px(self._size)
            box = QRectF(0, 0, side, side)
            paint_icon(QPainter(self), self._name, box, self._theme.color(self._color))


class PageToCome(QWidget):
    """A sheet with static grey bars, where the page will stand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() - 2 * _GAP
        sheet = QRectF(_GAP, _GAP, width, width * _A4)
        painter.fillRect(sheet, theme.color("bg.panel"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line.subtle"))
        text = sheet.adjusted(width * 0.1, width * 0.1, -width * 0.1, 0)
        for number, share in enumerate(_BARS):
            top = text.top() + number * px(24)
            bar = QRectF(text.left(), top, text.width() * share, px(10))
            painter.drawRoundedRect(bar, px(4), px(4))
