"""The line above the content: what has come, and the one press that leads there."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workstation.ui.icons import icon
from workstation.ui.request_words import Sign
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

LINE_MS = 20_000


class NoticeBar(QWidget):
    """Where the line comes and goes: it pushes the content down and covers nothing.

    Always there itself, so that the key acts without a line, too.
    """

    opened = Signal()
    """The doctor goes to the case."""
    closed = Signal()
    """The line is gone: taken away by the doctor or by time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notices.bar")
        self._theme, self._is_grave = theme, False
        self._line = QFrame()
        self._line.setObjectName("notices.line")
        self._sign = SignLabel(theme, role="body", color="text.primary")
        self._sign.setObjectName("notices.text")
        key = key_label("app.newest_notice")
        self.button = KeyButton(theme, self.tr("Open the case"), key=key)
        self.button.setObjectName("notices.open")
        self.button.clicked.connect(self.opened)
        self._close = self._close_button()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LINE_MS)
        self._timer.timeout.connect(self.take_away)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self._line.hide()

    @property
    def text(self) -> str:
        """What the line says; "" without a line."""
        return self._sign.text() if not self._line.isHidden() else ""

    def show_sign(self, sign: Sign, *, is_grave: bool, is_new: bool) -> None:
        """Shows the line; a grave one stays until the doctor has acted. What `is_new` is read
        aloud and begins the time anew."""
        self._sign.show_sign(sign.word, sign.glyph, sign.color)
        self._line.setAccessibleName(sign.word)
        self._is_grave = is_grave
        self._dress()
        self._line.show()
        if is_grave:
            self._timer.stop()
        elif is_new or not self._timer.isActive():
            self._timer.start()
        if is_new:
            self._announce(sign.word)

    def take_away(self) -> None:
        """No line any more."""
        self._timer.stop()
        if not self._line.isHidden():
            self._line.hide()
            self.closed.emit()

    def _announce(self, text: str) -> None:
        event = QAccessibleAnnouncementEvent(self._line, text)
        if self._is_grave:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _close_button(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName("notices.close")
        button.setProperty("kind", "flat")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        text = self.tr("Close the line: the case stays among the notices")
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.clicked.connect(self.take_away)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._line)
        row.setContentsMargins(16, 3, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._sign, 1)
        row.addWidget(self.button)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)

    def _dress(self) -> None:
        ground = self._theme.color("danger.soft" if self._is_grave else "accent.soft")
        line = self._theme.color("line.default")
        self._line.setStyleSheet(
            f"#notices\\.line {{ background: {ground.name()};"
            f" border-bottom: 1px solid {line.name()}; }}"
        )
        self._close.setIcon(QIcon(icon("x", self._theme.color("text.secondary"))))
        side = self._theme.size("control", "compact")
        self._close.setFixedSize(QSize(side, side))
