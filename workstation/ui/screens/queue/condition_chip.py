"""A value that can be ticked, as small as a chip."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme

HEIGHT_PX = 26
GLYPH_PX = 14


class ConditionChip(QAbstractButton):
    """A box with a tick, and its word; Space ticks, arrows go on to the next one."""

    def __init__(self, theme: Theme, text: str, name: str) -> None:
        super().__init__()
        self._theme, self._is_locked = theme, False
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def lock(self, locked: bool) -> None:
        """Shows that its tick stays."""
        self._is_locked = locked
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        text = QFontMetricsF(self._theme.font("small")).horizontalAdvance(self.text())
        return QSize(round(text + 1) + px(GLYPH_PX + 5 + 16), px(HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, ticked = self._theme.px, self.isChecked()
        self._paint_ground(painter)
        color = self._theme.color("accent.text" if ticked else "text.primary")
        size, middle = px(GLYPH_PX), self.height() / 2
        place = QRectF(px(8), middle - size / 2, size, size)
        glyph = "lock-simple" if self._is_locked else "check-square" if ticked else "square"
        paint_icon(painter, glyph, place, color)
        painter.setFont(self._theme.font("small"))
        painter.setPen(color)
        left = px(8 + GLYPH_PX + 5)
        area = QRectF(left, 0, self.width() - left, self.height())
        left_middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, left_middle | Qt.TextFlag.TextSingleLine, self.text())

    def _paint_ground(self, painter: QPainter) -> None:
        theme, radius = self._theme, self._theme.px(4)
        ground = "bg.selected" if self.isChecked() else "bg.panel"
        if self.underMouse() and not self.isChecked():
            ground = "bg.hover"
        edge = "accent.fill" if self.isChecked() else "line.control"
        width = 2 if self.hasFocus() else 1
        painter.setBrush(theme.color(ground))
        painter.setPen(QPen(theme.color("focus.ring" if self.hasFocus() else edge), width))
        inset = width / 2
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, radius, radius)
