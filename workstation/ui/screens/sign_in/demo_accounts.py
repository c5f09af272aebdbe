"""Accounts of the demonstration: a digit or a press fills login and password in."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.accounts import DemoAccount
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.painting import paint_glyph_and_text, paint_keycap

WITH_KEYS = 4
"""So many accounts have a digit."""


class DemoAccountButton(QAbstractButton):
    """One account: initials, name, post, its digit."""

    def __init__(self, theme: Theme, account: DemoAccount, key: str) -> None:
        super().__init__()
        self._theme, self._account, self._key = theme, account, key
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(account.full_name)
        self.setAccessibleName(f"{account.full_name}, {account.post}")
        if key:
            self.setToolTip(f"{account.full_name} ({key})")
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(392), self._theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        px, theme = self._theme.px, self._theme
        disc = QRectF(px(13), self.height() / 2 - px(16), px(32), px(32))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.window"))
        painter.drawEllipse(disc)
        painter.setPen(theme.color("text.secondary"))
        painter.setFont(theme.font("smallStrong"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._account.initials)
        left, width = px(57), self.width() - px(57 + 44)
        self._paint_line(painter, QRectF(left, px(8), width, px(20)), self._account.full_name)
        under = QRectF(left, px(27), width, px(16))
        self._paint_line(painter, under, self._account.post, "small", "text.secondary")
        if self._key:
            paint_keycap(painter, theme, self.width() - px(31), self.height() / 2, self._key)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        ring = self.hasFocus()
        edge = "accent.fill" if self.isChecked() else "line.default"
        painter.setPen(QPen(theme.color("focus.ring" if ring else edge), 2 if ring else 1))
        name = "bg.panel"
        if self.isChecked():
            name = "bg.selected"
        elif self.underMouse():
            name = "bg.hover"
        painter.setBrush(theme.color(name))
        inset = 1.0 if ring else 0.5
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(body, theme.px(8), theme.px(8))

    def _paint_line(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        role: str = "bodyStrong",
        color: str = "text.primary",
    ) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class DemoChip(QWidget):
    """The word «Демонстрация» in amber."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = self.tr("Demonstration")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._text)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(round(self._width()), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("warn.soft"))
        painter.drawRoundedRect(QRectF(self.rect()), px(4), px(4))
        inside = QRectF(self.rect()).adjusted(px(6), 0, 0, 0)
        paint_glyph_and_text(
            painter,
            self._theme,
            inside,
            "info",
            self._text,
            role="smallStrong",
            color="warn.text",
        )

    def _width(self) -> float:
        text = QFontMetricsF(self._theme.font("smallStrong")).horizontalAdvance(self._text)
        return text + self._theme.px(6 + 14 + 6 + 8)


class DemoAccounts(QWidget):
    """The list. `chosen` gives the account's place in it."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("signIn.accounts")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(DemoChip(theme))
        head.addWidget(SignLabel(theme, self.tr("made-up data, key in memory")), 1)
        self._column.addLayout(head)
        self._column.addSpacing(4)
        self._hint = SignLabel(
            theme,
            self.tr("A digit fills login and password in, Enter signs in."),
            color="text.tertiary",
        )
        self._column.addWidget(self._hint)
        self._column.addStretch(1)

    def show_accounts(self, accounts: list[DemoAccount]) -> None:
        """Shows these accounts, once."""
        for place, account in enumerate(accounts):
            key = key_label(f"sign_in.account_{place + 1}") if place < WITH_KEYS else ""
            button = DemoAccountButton(self._theme, account, key)
            button.setObjectName(f"signIn.account.{place + 1}")
            button.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self._group.addButton(button, place)
            self._column.insertWidget(2 + place, button)

    def mark(self, place: int) -> None:
        """Shows which account was filled in."""
        self._group.button(place).setChecked(True)

    def take_focus(self) -> None:
        """The first account, from which the keyboard goes on."""
        self._group.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_mark(self) -> None:
        """The fields hold something else now."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
