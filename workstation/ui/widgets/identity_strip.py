"""Whose case this is: one line over every screen of a case, that nothing covers.

The diagnosis is shortened first, then the number goes, then who has the case; of a name that is
longer than all that only the end. Age and birth date never go.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.literal_text import one_line
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import (
    keycap_width,
    paint_glyph_and_text,
    paint_keycap,
)

LEAST_NAME_PX, MOST_SIGN_PX = 240, 220
"""What a name keeps beside its signs, and the most that a sign's words take."""


@dataclass(frozen=True, slots=True)
class StripSign:
    """A glyph and words at the right; with `fill` on a chip of that colour."""

    glyph: str
    text: str
    color: str = "text.secondary"
    fill: str | None = None
    wide_only: bool = False


@dataclass(frozen=True, slots=True)
class IdentityWords:
    """What the strip says, ready to be painted. All of it is shown literally."""

    name: str
    person: str
    """Age, sex, birth date."""
    number: str
    code: str
    diagnosis: str
    signs: tuple[StripSign, ...]
    back: str
    """What the arrow does, for its tooltip and for screen readers."""
    back_key: str


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the strip and where it stands, in its own pixels."""

    text: str
    left: float
    width: float
    role: str
    color: str


class BackButton(QAbstractButton):
    """An arrow and its key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        self.setObjectName("identityBack")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, text: str, key: str) -> None:
        """Says what the arrow does."""
        self._key = key
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        width = px(28) + px(6) + keycap_width(self._theme, self._key) + px(4)
        return QSize(round(width), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, middle = self._theme.px, self.height() / 2
        color = self._theme.color("text.secondary")
        paint_icon(painter, "arrow-left", QRectF(px(8), middle - px(8), px(16), px(16)), color)
        paint_keycap(painter, self._theme, px(32), middle, self._key)
        if self.hasFocus():
            painter.setPen(self._theme.color("focus.ring"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(6), px(6))


class IdentityStrip(QWidget):
    """Painted in one pass; `back` when the doctor wants to leave the case."""

    back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: IdentityWords | None = None
        self._button = BackButton(theme, self)
        self._button.clicked.connect(self.back)
        self.setObjectName("identityStrip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> IdentityWords | None:
        """What is shown."""
        return self._words

    def show_words(self, words: IdentityWords | None) -> None:
        """Shows a patient; None shows nobody."""
        if words == self._words:
            return
        self._words = words
        if words is not None:
            self._button.show_words(words.back, words.back_key)
            facts = (words.name, words.person, words.number, words.code, words.diagnosis)
            signs = (sign.text for sign in words.signs)
            self.setAccessibleName(", ".join(text for text in (*facts, *signs) if text))
            self.setToolTip("")
        self._place_button()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.size("layout", "identityStrip"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg.panel"))
        line = self._theme.color("line.default")
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        if self._words is None:
            return
        signs = self.shown_signs(self._words)
        right = self._paint_signs(painter, signs)
        for place in self.places(self._words, right):
            self._paint(painter, place)

    def shown_signs(self, words: IdentityWords) -> list[StripSign]:
        """Those for which there is room beside the person: those on a chip stay longest."""
        gap = self._theme.px(16)
        wide = self.width() >= self._theme.size("layout", "wideFrom")
        name = min(self._width("title", one_line(words.name)), self._theme.px(LEAST_NAME_PX))
        room = self.width() - gap - self._left - name - self._width("body", words.person) - 2 * gap
        signs = [one for one in words.signs if wide or not one.wide_only]
        for plain in [one for one in reversed(signs) if one.fill is None]:
            if sum(self._sign_width(one) + gap for one in signs) > room:
                signs.remove(plain)
        return signs

    def places(self, words: IdentityWords, right: float) -> list[Place]:
        """Where the person's words stand, from left to right, as far as the signs begin."""
        px, person = self._theme.px, self._width("body", words.person)
        found: list[Place] = []
        left = self._left

        def put(role: str, text: str, gap: float, color: str = "text.primary") -> None:
            nonlocal left
            width = self._width(role, text) + 1
            found.append(Place(text, left, width, role, color))
            left += width + (gap if text else 0)

        put("title", self._elided("title", words.name, right - left - person - px(32)), px(16))
        put("body", words.person, px(16))
        if right - left > self._width("monoBody", words.number) + px(76):
            put("mono", words.number, px(16), "text.tertiary")
        if right - left > px(60):
            put("monoBody", words.code, px(6))
            put("body", self._elided("body", words.diagnosis, right - left), 0)
        return found

    @property
    def _left(self) -> float:
        """Where the name begins."""
        return float(self._button.geometry().right() + self._theme.px(20))

    def _place_button(self) -> None:
        size = self._button.sizeHint()
        top = (self.height() - size.height()) // 2
        self._button.setGeometry(self._theme.px(16), top, size.width(), size.height())

    def _paint_signs(self, painter: QPainter, signs: list[StripSign]) -> float:
        """From the right edge; returns where they begin."""
        right = float(self.width() - self._theme.px(16))
        for sign in reversed(signs):
            right -= self._sign_width(sign)
            self._paint_sign(painter, sign, right)
            right -= self._theme.px(16)
        return right

    def _sign_width(self, sign: StripSign) -> float:
        role = "smallStrong" if sign.fill else "small"
        text = min(self._width(role, sign.text), self._theme.px(MOST_SIGN_PX))
        padding = self._theme.px(16) if sign.fill else 0
        return text + self._theme.px(14 + 6) + padding + 1

    def _paint_sign(self, painter: QPainter, sign: StripSign, left: float) -> None:
        width, px = self._sign_width(sign), self._theme.px
        box = QRectF(left, 0, width, self.height() - 1)
        if sign.fill is not None:
            chip = QRectF(left, (self.height() - px(24)) / 2, width, px(24))
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(sign.fill))
            painter.drawRoundedRect(chip, px(4), px(4))
            painter.restore()
            box = box.adjusted(px(8), 0, -px(8), 0)
        role = "smallStrong" if sign.fill else "small"
        box.setRight(box.right() + 2)
        paint_glyph_and_text(
            painter, self._theme, box, sign.glyph, sign.text, role=role, color=sign.color
        )

    def _elided(self, role: str, text: str, room: float) -> str:
        metrics = QFontMetricsF(self._theme.font(role))
        mode = Qt.TextElideMode.ElideRight
        return metrics.elidedText(one_line(text), mode, max(0.0, room))

    def _width(self, role: str, text: str) -> float:
        return QFontMetricsF(self._theme.font(role)).horizontalAdvance(text)

    def _paint(self, painter: QPainter, place: Place) -> None:
        painter.setFont(self._theme.font(place.role))
        painter.setPen(self._theme.color(place.color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        box = QRectF(place.left, 0, place.width, self.height() - 1)
        painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, place.text)
