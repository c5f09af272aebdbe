"""One of the numbered times: its key, the doctor's time, the patient's, and why it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from workstation.ui.icons import paint_icon
from workstation.ui.shortcuts import with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import wrap
from workstation.ui.widgets.painting import paint_keycap

_TEXT_LEFT, _TEXT_RIGHT, _PAD = 42, 12, 8


class TimeChoice(QAbstractButton):
    """Chosen with its digit or a press; the chosen one has a filled ground, an edge and a tick."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, str(number)
        self._second, self._third = "", ""
        self.setObjectName(f"slot.time{number}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_words(self, first: str, second: str, third: str) -> None:
        """The doctor's time, the patient's time, what is to be said of it."""
        self.setText(first)
        self._second, self._third = second, third
        self.setAccessibleName(", ".join((self._number, first, second, third)))
        self.setToolTip(with_key(first, f"slot.time_{self._number}"))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        small = self._theme.line_height("small")
        lines = len(self._lines(self._second, width)) + len(self._lines(self._third, width))
        px = self._theme.px
        return self._theme.line_height("lead") + lines * small + 2 * px(_PAD) + px(2)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 0 else self._theme.px(250)
        return QSize(self._theme.px(250), self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        theme, px = self._theme, self._theme.px
        middle = px(_PAD) + theme.line_height("lead") / 2
        filled = theme.color("accent.text") if self.isChecked() else None
        paint_keycap(painter, theme, px(12), middle, self._number, filled)
        top = float(px(_PAD))
        top = self._paint_line(painter, self.text(), "bodyStrong", "lead", top)
        for line in self._lines(self._second, self.width()):
            top = self._paint_line(painter, line, "smallStrong", "small", top)
        for line in self._lines(self._third, self.width()):
            top = self._paint_line(painter, line, "small", "small", top, "text.secondary")
        if self.isChecked():
            box = QRectF(self.width() - px(28), middle - px(8), px(16), px(16))
            paint_icon(painter, "check-circle", box, theme.color("accent.text"))

    def _paint_ground(self, painter: QPainter) -> None:
        theme, chosen = self._theme, self.isChecked()
        edge = "accent.fill" if chosen else "line.control"
        width = 2 if chosen or self.hasFocus() else 1
        if self.hasFocus():
            edge = "focus.ring"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(theme.color("bg.selected" if chosen else "bg.panel"))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))

    def _paint_line(
        self,
        painter: QPainter,
        text: str,
        role: str,
        height_of: str,
        top: float,
        color: str = "text.primary",
    ) -> float:
        """Paints a line and returns where the next one begins."""
        height = self._theme.line_height(height_of)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        left = self._theme.px(_TEXT_LEFT)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, top, self.width() - left, height), align, text)
        return top + height

    def _lines(self, text: str, width: int) -> list[str]:
        room = width - self._theme.px(_TEXT_LEFT + _TEXT_RIGHT)
        return wrap(text, self._theme, "smallStrong", room) if text else []
