"""The rail at the left: the rooms that exist, with words, or glyphs alone inside a case."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme


class RailButton(QAbstractButton):
    """One room: a glyph with its word under it."""

    def __init__(self, theme: Theme, title: Callable[[], str], glyph: str) -> None:
        super().__init__()
        self._theme, self._title, self._glyph = theme, title, glyph
        self._narrow, self._count = False, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()
        theme.changed.connect(self.updateGeometry)

    def set_narrow(self, narrow: bool) -> None:
        """Shows the glyph alone; the word goes to the tooltip."""
        self._narrow = narrow
        self._name()
        self.updateGeometry()

    def set_count(self, count: int) -> None:
        """How much waits there; 0 shows nothing."""
        if count != self._count:
            self._count = count
            self._name()
            self.update()

    def sizeHint(self) -> QSize:
        width = self._theme.size("layout", "railInCase" if self._narrow else "rail")
        return QSize(width, self._theme.px(44 if self._narrow else 54))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        color = self._theme.color("accent.text" if self.isChecked() else "text.secondary")
        px = self._theme.px
        middle = self.width() / 2
        top = (self.height() - px(20)) / 2 if self._narrow else px(8)
        paint_icon(painter, self._glyph, QRectF(middle - px(10), top, px(20), px(20)), color)
        if not self._narrow:
            painter.setFont(self._theme.font("micro"))
            painter.setPen(color)
            word = QRectF(0, px(30), self.width(), px(16))
            painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter, middle + px(4), top - px(6))

    def _paint_ground(self, painter: QPainter) -> None:
        px = self._theme.px
        body = QRectF(self.rect()).adjusted(px(4), 1, -px(4), -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            name = "bg.panel" if self.isChecked() else "bg.hover"
            painter.setBrush(self._theme.color(name))
            painter.drawRoundedRect(body, px(6), px(6))
        if self.isChecked():
            painter.setBrush(self._theme.color("accent.fill"))
            bar = QRectF(0, self.height() / 2 - px(14), px(3), px(28))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(self._theme.color("focus.ring"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), px(5), px(5))

    def _paint_count(self, painter: QPainter, left: float, top: float) -> None:
        text = str(self._count) if self._count < 100 else "99+"
        painter.setFont(self._theme.font("micro"))
        height = self._theme.px(16)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + self._theme.px(8))
        pill = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent.fill"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(self._theme.color("accent.on"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _name(self) -> None:
        self.setText(self._title())
        name = f"{self._title()} {self._count}" if self._count else self._title()
        self.setAccessibleName(name)
        self.setToolTip(name if self._narrow else "")


class Rail(QFrame):
    """Rooms in their order; those added `at_bottom` stand at the lower end."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("surface", "window")
        self._theme = theme
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 8)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self._above = 0

    def add(self, key: str, title: Callable[[], str], glyph: str, *, at_bottom: bool) -> None:
        """Adds a room; `title` is asked again when the language changes."""
        button = RailButton(self._theme, title, glyph)
        button.setObjectName(f"rail.{key}")
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        if at_bottom:
            self._layout.addWidget(button)
        else:
            self._layout.insertWidget(self._above, button)
            self._above += 1

    def clear(self) -> None:
        """Takes all rooms away."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()
        self._above = 0

    def set_badge(self, key: str, count: int) -> None:
        """How much waits in that room."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def mark(self, key: str) -> None:
        """Shows which room is open."""
        self._buttons[key].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Glyphs alone, as inside a case."""
        for button in self._buttons.values():
            button.set_narrow(narrow)
