"""Who the patient is and when the answer is due: the part of the card that never scrolls."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend_client.models.requests import Representative, RequestCard, RequestRow
from workstation.ui.icons import paint_icon
from workstation.ui.request_words import Alarm, RequestWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock

REPRESENTATIVE_LINES = 2


class IdentityHeader(QFrame):
    """Name, age and birth date, route, phone, identity level, representative."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self._words, self._is_tight = words, False
        self.name = TextBlock(theme, role="name", max_lines=2)
        self.name.setObjectName("card.name")
        self.number = _label(theme, "card.number", "mono", "text.tertiary")
        self.age = _label(theme, "card.age", "body", "text.primary")
        self.route = _label(theme, "card.route", "body", "text.primary")
        self.phone = _label(theme, "card.phone")
        self.identity = _label(theme, "card.identity")
        self._acting = SignLabel(theme, glyph="users")
        self._acting.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.representative = TextBlock(theme, role="small", max_lines=REPRESENTATIVE_LINES)
        self.representative.setObjectName("card.representative")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(2)
        whose = QHBoxLayout()
        whose.setSpacing(12)
        whose.addWidget(self.name, 1)
        whose.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(whose)
        column.addLayout(_row(self.age, self.route, gap=12))
        self._known = _row(self.phone, self.identity, gap=12, spread=False)
        self._below = QHBoxLayout()
        column.addLayout(self._known)
        column.addLayout(self._below)
        acting = QHBoxLayout()
        acting.setSpacing(0)
        acting.addWidget(self._acting, 0, Qt.AlignmentFlag.AlignTop)
        acting.addWidget(self.representative, 1)
        column.addLayout(acting)

    def keep_tight(self, is_tight: bool) -> None:
        """Over an open panel a line is dear: what does not fit is cut, and in the tooltip."""
        self._is_tight = is_tight
        self.representative.set_max_lines(1 if is_tight else REPRESENTATIVE_LINES)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Phone and level beside each other, or below each other where they would be cut."""
        wanted = self.phone.sizeHint().width() + self.identity.sizeHint().width() + 12
        wanted = 0 if self._is_tight else wanted
        room = self.width() - self._known.spacing() - 2 * 16
        if wanted > room and self._below.indexOf(self.identity) < 0:
            self._below.addWidget(self.identity)
        elif wanted <= room and self._known.indexOf(self.identity) < 0:
            self._known.insertWidget(1, self.identity)

    def show_row(self, row: RequestRow) -> None:
        """Shows what the row knows."""
        patient, words = row.patient, self._words
        self.name.set_text(patient.full_name)
        self.number.show_sign(self.tr("No. {}").format(row.number))
        born = self.tr("born {}").format(words.time.full_date(patient.birth_date))
        age = words.time.age(patient.birth_date)
        self.age.show_sign(f"{age}, {words.sex(patient.sex)}, {born}")
        route = words.route(row.route)
        self.route.show_sign(route.word, route.glyph, route.color)

    def show_card(self, card: RequestCard | None) -> None:
        """Shows what the card adds; nothing while it is on its way."""
        for label in (self.phone, self.identity):
            label.setVisible(True)
            if card is None:
                label.show_sign("")
        helper = card.representative if card is not None else None
        for part in (self._acting, self.representative):
            part.setVisible(helper is not None)
        if card is None:
            return
        if card.phone_confirmed:
            said = ", ".join(part for part in (self.tr("Phone confirmed"), card.phone) if part)
            self.phone.show_sign(said, "phone", "text.secondary", "ok.mark")
        else:
            self.phone.show_sign(self.tr("Phone not confirmed"), "phone-slash", "warn.text")
        identity = self._words.identity(card.identity_level, card.identity)
        self.identity.show_sign(identity.word, identity.glyph, identity.color, identity.glyph_color)
        if helper is not None:
            self._show_representative(helper)
        self._fit()

    def _show_representative(self, helper: Representative) -> None:
        """Who it is to the patient stands first: the end may be cut."""
        role = helper.relation.strip() or self.tr("Representative")
        self.representative.set_text(f"{role}: {helper.full_name}")
        whole = self.tr("Representative: {}, {}").format(helper.full_name, helper.relation)
        self.representative.setAccessibleName(whole.rstrip(", "))


class ClockBanner(QWidget):
    """When the answer is due, in a sentence, and the rule under it."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self.setObjectName("card.clock")
        self._theme, self._words = theme, words
        self._alarm = Alarm.QUIET
        self.headline = TextBlock(theme, role="bodyStrong", max_lines=2)
        self.headline.setObjectName("card.clock.headline")
        self.rule = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self.rule.setObjectName("card.clock.rule")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.rule)
        theme.changed.connect(self._measure)
        self._measure()

    def show_row(self, row: RequestRow, card: RequestCard | None) -> None:
        """Shows the clock of the row as it stands now."""
        words = self._words
        self._alarm = words.alarm(row)
        self.headline.set_text(words.clock_headline(row))
        complete = card.documents_complete_at if card is not None else None
        self.rule.set_text(words.clock_rule(row, complete))
        self.rule.setVisible(bool(self.rule.text()))
        self.headline.set_color(self._color("text.primary"))
        self.rule.set_color("text.secondary")
        self.update()

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(44), px(7), px(16), px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grounds = {Alarm.QUIET: "bg.sunken", Alarm.SOON: "warn.soft"}
        ground = self._theme.color(grounds.get(self._alarm, "danger.soft"))
        painter.fillRect(self.rect(), ground)
        line = self._theme.color("line.subtle")
        painter.fillRect(0, 0, self.width(), 1, line)
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        side = self._theme.px(20)
        place = QRectF(self._theme.px(16), (self.height() - side) / 2, side, side)
        glyphs = {Alarm.BREACHED: "warning", Alarm.LIFE_THREAT: "warning-octagon"}
        color = self._theme.color(self._color("text.tertiary"))
        paint_icon(painter, glyphs.get(self._alarm, "clock"), place, color)

    def _color(self, quiet: str) -> str:
        if self._alarm is Alarm.QUIET:
            return quiet
        return "warn.text" if self._alarm is Alarm.SOON else "danger.text"


def _label(
    theme: Theme, name: str, role: str = "small", color: str = "text.secondary"
) -> SignLabel:
    label = SignLabel(theme, role=role, color=color)
    label.setObjectName(name)
    return label


def _row(first: SignLabel, second: SignLabel, *, gap: int, spread: bool = True) -> QHBoxLayout:
    """Two labels in a line; the first one gives way, or both stand at the left."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    row.addWidget(first, 1 if spread else 0)
    row.addWidget(second)
    if not spread:
        row.addStretch(1)
    return row
