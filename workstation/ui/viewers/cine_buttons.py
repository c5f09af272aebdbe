"""Painted buttons of the line under a clip."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.shortcuts import with_key
from workstation.ui.theme import Theme


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


class WayButton(QAbstractButton):
    """A glyph or a short word: how it plays; lit while it is chosen."""

    def __init__(self, theme: Theme, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._action = theme, action
        self._glyph, self._is_lit = "", False
        self.setObjectName(action)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def is_lit(self) -> bool:
        """Whether it is chosen."""
        return self._is_lit

    def show_way(self, name: str, *, glyph: str = "", word: str = "", lit: bool = False) -> None:
        """What a press does, and how it is now."""
        shown = (name, glyph, word, lit)
        if shown != (self.accessibleName(), self._glyph, self.text(), self._is_lit):
            self._glyph, self._is_lit = glyph, lit
            self.setText(word)
            self.setAccessibleName(name)
            self.setToolTip(with_key(name, self._action))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(40 if self.text() else 28), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color("viewer.active" if self._is_lit else "viewer.overlay")
        if self.text():
            painter.setFont(self._theme.font("smallStrong" if self._is_lit else "small"))
            painter.setPen(color)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            side = self._theme.px(16)
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._glyph, box, color)
        if self._is_lit:
            line = QRectF(4, self.height() - 3, self.width() - 8, 2)
            painter.fillRect(line, color)
        if self.hasFocus():
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
