"""The line in which the number of a page is typed to go to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class PageLine(QFrame):
    """`wanted` carries the page, from 0; `left` when the line is done with."""

    wanted = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setObjectName("pageLine")
        self.setProperty("surface", "viewerPanel")
        self._name = SignLabel(theme, role="small", color="viewer.overlay")
        self.field = QLineEdit()
        self.field.setObjectName("pageField")
        self.field.setFixedWidth(theme.px(64))
        self.field.setValidator(QIntValidator(1, 99_999, self))
        self.answer = SignLabel(theme, role="small", color="viewer.overlay.dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self.field)
        row.addWidget(self.answer, 1)
        self.hide()

    def open(self, count: int) -> None:
        """Asks for one of so many pages."""
        self._count = count
        self._name.show_sign(self.tr("Page"))
        self.field.setAccessibleName(self.tr("Go to a page by its number"))
        self.field.clear()
        self.answer.show_sign(self.tr("of {}").format(count), color="viewer.overlay.dim")
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Closes the line without going anywhere."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def go(self) -> None:
        """Goes to the typed page, where there is one."""
        typed = self.field.text()
        page = int(typed) if typed.isdecimal() else 0
        if not 1 <= page <= self._count:
            text = self.tr("There are pages 1–{}").format(self._count)
            self.answer.show_sign(text, color="viewer.warn")
            self.field.selectAll()
            return
        self.wanted.emit(page - 1)
        self.leave()

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """Its own key, while it is there."""
        shortcuts.bind(self, "document.go", self.go, focused=True)
