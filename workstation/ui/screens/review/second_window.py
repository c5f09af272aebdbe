"""The window beside the review: whose pictures they are, and the pictures."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.identity_strip import IdentityWords
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

FLOATING = QSize(960, 720)
"""Where there is no other screen for it."""


class SecondWindow(QWidget):
    """Its title, which the system shows everywhere, names no patient; the line inside does."""

    return_wanted = Signal()
    """The doctor has closed it, or pressed the button."""
    resized = Signal()
    action = "review.second_screen"
    """Of the key that brings all back into one window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("secondWindow")
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._name = SignLabel(theme, role="title", color="text.primary")
        self._name.setObjectName("secondWindow.name")
        self._person = SignLabel(theme, role="body", color="text.primary")
        self._back = KeyButton(
            theme, "", key=key_label(self.action), glyph="arrow-left", kind="flat"
        )
        self._back.setObjectName(self.action)
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.clicked.connect(self.return_wanted)
        self._column = QVBoxLayout(self)
        self._content: QWidget | None = None
        self._lay_out()
        self._write()
        theme.changed.connect(self._dress)
        self._dress()

    def system_title(self) -> str:
        """What the system calls it: never a patient."""
        return self.tr("Consultant's workstation: pictures")

    def show_patient(self, words: IdentityWords | None) -> None:
        """Whose pictures they are."""
        self._name.show_sign(words.name if words is not None else "")
        self._person.show_sign(words.person if words is not None else "")

    def take(self, content: QWidget) -> None:
        """Shows what is lent to it."""
        self._content = content
        self._column.addWidget(content, 1)

    def let_go(self) -> None:
        """What was lent goes back: its owner puts it in its place."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content = None

    def open_on(self, room: QRect | None) -> None:
        """Fills that screen; None: a window of its own that can be moved."""
        if room is not None:
            self.setGeometry(room)
            self.showMaximized()
        else:
            self.resize(self._theme.px(FLOATING.width()), self._theme.px(FLOATING.height()))
            self.showNormal()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.return_wanted.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._write()
        elif event.type() is QEvent.Type.Resize:
            self.resized.emit()
        return super().event(event)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("surface", "panel")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(16)
        line.addWidget(self._name)
        line.addWidget(self._person)
        line.addStretch(1)
        line.addWidget(self._back)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)

    def _write(self) -> None:
        self.setWindowTitle(self.system_title())
        text = self.tr("Back into one window")
        self._back.setText(text)
        self._back.setToolTip(with_key(text, self.action))

    def _dress(self) -> None:
        self.setStyleSheet(self._theme.stylesheet())
