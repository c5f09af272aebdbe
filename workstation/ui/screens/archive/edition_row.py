"""An edition in the list: its number, who and when, and what it is worth today."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.screens.approvals.signature_words import Reason
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock


class EditionRow(QAbstractButton):
    """A press or Enter opens it."""

    def __init__(self, theme: Theme, title: str, lines: list[str], standing: Reason) -> None:
        super().__init__()
        self.setObjectName("archive.edition")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(". ".join((title, *lines, standing.title)))
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 9)
        column.setSpacing(1)
        head = SignLabel(theme, title, role="bodyStrong", color="text.primary")
        column.addWidget(head)
        for line in lines:
            block = TextBlock(theme, role="small", color="text.secondary")
            block.set_text(line)
            column.addWidget(block)
        across = QHBoxLayout()
        across.setContentsMargins(0, 2, 0, 0)
        across.setSpacing(6)
        glyph = Glyph(theme, 14)
        glyph.show_glyph(standing.tone.glyph, standing.tone.color)
        words = TextBlock(theme, role="small", color=standing.tone.color)
        words.set_text(standing.title)
        across.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(words, 1)
        column.addLayout(across)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, color = QPainter(self), self._theme.color
        box = self.rect()
        ground = "bg.hover" if self.underMouse() else "bg.panel"
        painter.fillRect(box, color("bg.selected" if self.isChecked() else ground))
        painter.fillRect(0, box.height() - 1, box.width(), 1, color("line.subtle"))
        if self.isChecked():
            painter.fillRect(0, 0, self._theme.px(3), box.height() - 1, color("accent.fill"))
        if self.hasFocus():
            painter.setPen(QPen(color("focus.ring"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
