"""What the window says without stopping anybody: the banner and the one-line notice.

Both stand in the layout and push the content down; nothing is covered.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from workstation.ui.icons import icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

NOTICE_MS = 20_000


class Banner(QFrame):
    """A state of the whole window, such as a lost server: what, what still works, what to press."""

    pressed = Signal()

    def __init__(self, theme: Theme, *, glyph: str, action: str, key: str) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._theme, self._glyph = theme, glyph
        self._sign = QLabel()
        self._title, self._detail = QLabel(), QLabel()
        self._count = QLabel()
        self._button = KeyButton(theme, action, key=key)
        self._button.setObjectName("banner.action")
        self._button.clicked.connect(self.pressed)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_text(self, title: str, detail: str, count: str) -> None:
        """Shows the banner with these words; `count` stands before the button."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._count.setText(count)
        self.setAccessibleName(f"{title}. {detail}")
        self.show()

    def _lay_out(self) -> None:
        for label, role in ((self._title, "strong"), (self._detail, "small"), (self._count, "")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
        self._title.setProperty("tone", "warn")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self._count)
        row.addWidget(self._button)

    def _dress(self) -> None:
        ground, line = self._theme.color("warn.soft"), self._theme.color("line.default")
        self.setStyleSheet(
            f"#banner {{ background: {ground.name()}; border-bottom: 1px solid {line.name()}; }}"
        )
        side = self._theme.px(20)
        picture = icon(self._glyph, self._theme.color("warn.text"))
        self._sign.setPixmap(picture.pixmap(QSize(side, side)))


class Notice(QFrame):
    """One calm line about something that has passed; goes by itself or at a press."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._theme = theme
        self._line = SignLabel(theme, role="body", color="text.primary")
        self._line.setObjectName("notice.text")
        self._close = QPushButton()
        self._close.setObjectName("notice.close")
        self._close.setProperty("kind", "flat")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(self.tr("Close the notice"))
        self._close.setToolTip(self.tr("Close the notice"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._line, 1)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_text(self, text: str, glyph: str = "info") -> None:
        """Shows the line for a while; a newer one takes its place."""
        self._line.show_sign(text, glyph, "text.primary")
        self.setAccessibleName(text)
        self.show()
        self._timer.start(NOTICE_MS)

    def _dress(self) -> None:
        ground, line = self._theme.color("accent.soft"), self._theme.color("line.default")
        self.setStyleSheet(
            f"#notice {{ background: {ground.name()}; border-bottom: 1px solid {line.name()}; }}"
        )
        self._close.setIcon(QIcon(icon("x", self._theme.color("text.secondary"))))
        side = self._theme.size("control", "compact")
        self._close.setFixedSize(side, side)
