"""Words that stand on every ECG, set once: to set a line takes longer than to paint it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QStaticText

from workstation.ui.theme import Theme

_MOST: Final = 256


class SetText:
    """Lines by their role and words, in the font that the painter has; literal, never as HTML."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._lines: dict[tuple[str, str, float], QStaticText] = {}

    def draw(
        self,
        painter: QPainter,
        role: str,
        text: str,
        box: QRectF,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        """In the middle of the box, or at its left side."""
        key = (role, text, self._theme.scale)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= _MOST:
                self._lines.clear()
            line = self._lines[key] = _set(painter, text)
        size = line.size()
        left = box.x()
        if side is Qt.AlignmentFlag.AlignHCenter:
            left += (box.width() - size.width()) / 2
        painter.drawStaticText(QPointF(left, box.y() + (box.height() - size.height()) / 2), line)


def _set(painter: QPainter, text: str) -> QStaticText:
    line = QStaticText(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(painter.transform(), painter.font())
    return line
