"""A line that leads to a place in a file: a measurement of the doctor's, a source of the text."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.annotations import Annotation
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.screens.approvals.signature_words import Reason
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock, plain_tooltip

_BY_HAND = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
)
Target = Annotation | Evidence | Document
"""A file, or one with its bytes and a place in it."""


class PlaceRow(QAbstractButton):
    """The fact, and under it whence it comes; a press or Enter shows the place."""

    turned_to = Signal()
    """The approver has come to it by key or mouse."""

    def __init__(self, theme: Theme, reason: Reason, target: Target, *, indent: int = 26) -> None:
        """`indent`: pixels before the words."""
        super().__init__()
        self.setObjectName("approvals.place")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme, self.target = theme, target
        whole = ". ".join(part for part in (reason.title, reason.detail) if part)
        self.setAccessibleName(whole)
        self.setToolTip(plain_tooltip(self.tr("Show it in the file (Enter)")))
        self._lay_out(reason, indent)

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
        if event.reason() in _BY_HAND:
            self.turned_to.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, radius = self._theme.color, self._theme.px(4)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color("focus.ring"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        hovered = self.underMouse() or self.isDown()
        painter.setBrush(color("bg.hover") if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _lay_out(self, reason: Reason, indent: int) -> None:
        title = TextBlock(self._theme, role="lead", color="text.primary")
        title.set_text(reason.title)
        detail = TextBlock(self._theme, role="small", color="text.secondary")
        detail.set_text(reason.detail)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(detail)
        glyph = Glyph(self._theme, 16)
        glyph.show_glyph("arrow-square-out", "accent.text")
        across = QHBoxLayout(self)
        across.setContentsMargins(max(8, indent), 4, 8, 4)  # as a rule under the words above
        across.setSpacing(8)
        across.addLayout(words, 1)
        across.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        for part in (title, detail, glyph):
            _let_through(part)


def _let_through(part: QWidget) -> None:
    """A press upon it is one upon the row."""
    part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
