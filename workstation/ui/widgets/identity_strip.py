"""Whose case this is: one line over every screen of a case, that nothing covers.

The diagnosis is shortened first, then the number goes; name, age and birth date never do.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import (
    keycap_width,
    paint_glyph_and_text,
    paint_keycap,
)


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
        if self._words is not None:
            right = self._paint_signs(painter, self._words)
            self._paint_person(painter, self._words, right)

    def _place_button(self) -> None:
        size = self._button.sizeHint()
        top = (self.height() - size.height()) // 2
        self._button.setGeometry(self._theme.px(16), top, size.width(), size.height())

    def _paint_signs(self, painter: QPainter, words: IdentityWords) -> float:
        """From the right edge; returns where they begin."""
        wide = self.width() >= self._theme.size("layout", "wideFrom")
        right = float(self.width() - self._theme.px(16))
        for sign in reversed(words.signs):
            if sign.wide_only and not wide:
                continue
            right -= self._sign_width(sign)
            self._paint_sign(painter, sign, right)
            right -= self._theme.px(16)
        return right

    def _sign_width(self, sign: StripSign) -> float:
        role = "smallStrong" if sign.fill else "small"
        text = QFontMetricsF(self._theme.font(role)).horizontalAdvance(sign.text)
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

    def _paint_person(self, painter: QPainter, words: IdentityWords, right: float) -> None:
        px = self._theme.px
        left = float(self._button.geometry().right() + px(20))
        left = self._paint(painter, "title", "text.primary", words.name, left, px(16))
        left = self._paint(painter, "body", "text.primary", words.person, left, px(16))
        diagnosis = f"{words.code} {words.diagnosis}".strip()
        room = right - left
        number = self._width("monoBody", words.number) + px(16)
        if room > number + px(60):
            left = self._paint(painter, "mono", "text.tertiary", words.number, left, px(16))
        if right - left > px(60) and diagnosis:
            self._paint_diagnosis(painter, words, left, right)

    def _paint_diagnosis(
        self, painter: QPainter, words: IdentityWords, left: float, right: float
    ) -> None:
        if words.code:
            left = self._paint(
                painter, "monoBody", "text.primary", words.code, left, self._theme.px(6)
            )
        metrics = QFontMetricsF(self._theme.font("body"))
        mode = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(words.diagnosis, mode, max(0.0, right - left))
        self._paint(painter, "body", "text.primary", text, left, 0)

    def _width(self, role: str, text: str) -> float:
        return QFontMetricsF(self._theme.font(role)).horizontalAdvance(text)

    def _paint(
        self, painter: QPainter, role: str, color: str, text: str, left: float, gap: float
    ) -> float:
        """Paints a text and returns where the next one begins."""
        width = self._width(role, text) + 1
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(color))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            QRectF(left, 0, width, self.height() - 1), flags | Qt.TextFlag.TextSingleLine, text
        )
        return left + width + (gap if text else 0)
