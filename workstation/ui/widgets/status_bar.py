"""The status bar: painted facts in one pass, and whose account it is."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workstation.ui.icons import icon
from workstation.ui.request_words import Sign
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import paint_glyph_and_text


class StatusBar(QWidget):
    """Facts at the left, facts at the right, and the account with its menu."""

    sign_out_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._theme = theme
        self._left: list[Sign] = []
        self._right: list[Sign] = []
        self._account = QPushButton()
        self._account.setObjectName("statusBar.account")
        self._account.setProperty("kind", "status")
        self._account.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._account.clicked.connect(self._open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 4, 0)
        row.addStretch(1)
        row.addWidget(self._account)
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.size("layout", "statusBar"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_facts(self, left: list[Sign], right: list[Sign]) -> None:
        """Shows these facts; a glyph "" is left out."""
        self._left, self._right = left, right
        self.setAccessibleName(", ".join(fact.word for fact in [*left, *right]))
        self.update()

    def show_account(self, text: str) -> None:
        """Names whose account it is; "" hides the name."""
        self._account.setText(f" {text}")
        self._account.setAccessibleName(self.tr("Account: {}").format(text))
        self._account.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg.window"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line.default"))
        left = float(self._theme.px(12))
        gap = self._theme.px(16)
        for fact in self._left:
            left += self._paint(painter, fact, left) + gap
        right = float(self._account.x() if self._account.isVisible() else self.width())
        for fact in reversed(self._right):
            right -= self._width(fact) + gap
            if right > left:
                self._paint(painter, fact, right)

    def _paint(self, painter: QPainter, fact: Sign, left: float) -> float:
        box = QRectF(left, 1, self._width(fact) + 1, self.height() - 1)
        return paint_glyph_and_text(
            painter,
            self._theme,
            box,
            fact.glyph or None,
            fact.word,
            color=fact.color,
            glyph_color=fact.glyph_color,
        )

    def _width(self, fact: Sign) -> float:
        text = QFontMetricsF(self._theme.font("small")).horizontalAdvance(fact.word)
        return text + (self._theme.px(20) if fact.glyph else 0)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = menu.addAction(self.tr("Sign out"))
        leave.setObjectName("statusBar.signOut")
        leave.setIcon(icon("sign-out", self._theme.color("text.secondary")))
        leave.triggered.connect(self.sign_out_wanted)
        corner = self._account.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def _dress(self) -> None:
        self._account.setIcon(icon("user-circle", self._theme.color("text.secondary")))
        side = self._theme.px(14)
        self._account.setIconSize(QSize(side, side))
        self.updateGeometry()
        self.update()
