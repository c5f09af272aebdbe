"""The search field: a glass, the text, and the key that leads into it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLineEdit

from workstation.ui.icons import icon
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap


class SearchField(QLineEdit):
    """Esc clears, and leaves where it is empty; Enter and Down lead to what was found."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("queue.search")
        self._theme = theme
        self.setPlaceholderText(self.tr("Patient, diagnosis, complaints, number"))
        self.setAccessibleName(self.tr("Search: patient, diagnosis, complaints, number"))
        self.setClearButtonEnabled(False)
        self._glass = self.addAction(
            icon("magnifying-glass", theme.color("text.tertiary")),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self._key = key_label("queue.search")
        self.returnPressed.connect(self.left)
        theme.changed.connect(self._dress)
        self._dress()

    def leave(self) -> None:
        """Clears, and leaves where it is empty."""
        if self.text():
            self.clear()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() or self.text():
            return
        left = self.width() - keycap_width(self._theme, self._key) - self._theme.px(8)
        painter = QPainter(self)
        paint_keycap(painter, self._theme, left, QRectF(self.rect()).center().y(), self._key)

    def _dress(self) -> None:
        self.setFixedWidth(self._theme.px(330))
        self._glass.setIcon(icon("magnifying-glass", self._theme.color("text.tertiary")))
