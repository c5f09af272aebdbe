"""Keys that act on what is open now: a word and its keycap, as many as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap


@dataclass(frozen=True, slots=True)
class KeyHint:
    """What the keys do, and the keys."""

    text: str
    keys: tuple[str, ...]


class KeyHints(QWidget):
    """Painted at the right end of its place; the last hints are left out first."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, color: str = "viewer.overlay.dim"
    ) -> None:
        super().__init__(parent)
        self._theme, self._color = theme, color
        self._hints: tuple[KeyHint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_hints(self, hints: Sequence[KeyHint]) -> None:
        """Shows other hints."""
        self._hints = tuple(hints)
        self.setAccessibleName(", ".join(f"{h.text}: {' '.join(h.keys)}" for h in hints))
        self.update()

    @property
    def whole_width(self) -> int:
        """With room for all of them."""
        gap = self._theme.px(18)
        return round(sum(self._width(hint) + gap for hint in self._hints))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.size("control", "compact"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.size("control", "compact"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        gap = self._theme.px(18)
        hints = list(self._hints)
        while hints and sum(self._width(hint) + gap for hint in hints) > self.width():
            hints.pop()
        left = self.width() - sum(self._width(hint) + gap for hint in hints)
        for hint in hints:
            left += gap
            left = self._paint(painter, hint, left)

    def _width(self, hint: KeyHint) -> float:
        text = QFontMetricsF(self._theme.font("small")).horizontalAdvance(hint.text)
        caps = sum(keycap_width(self._theme, key) + self._theme.px(3) for key in hint.keys)
        return text + self._theme.px(6) + caps

    def _paint(self, painter: QPainter, hint: KeyHint, left: float) -> float:
        font = self._theme.font("small")
        width = QFontMetricsF(font).horizontalAdvance(hint.text) + 1
        painter.setFont(font)
        painter.setPen(self._theme.color(self._color))
        box = QRectF(left, 0, width, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, hint.text)
        left += width - 1 + self._theme.px(6)
        for key in hint.keys:
            left += paint_keycap(painter, self._theme, left, self.height() / 2, key)
            left += self._theme.px(3)
        return left
