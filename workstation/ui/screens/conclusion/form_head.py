"""The line over the form: where the conclusion stands, what is missing, where its text is.

What is missing and where the text is are read first. Where there is no room for all of it, the
name of the template goes to the title's tooltip, then the words of two buttons to theirs, then the
keycap beside what is missing.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from workstation.ui.request_words import Sign
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, plain_tooltip
from workstation.ui.widgets.painting import CHIP_PRESENT, ChipLook, chip_width, paint_chip

_SPACING, _SIDES, _HEIGHT = 8, 20, 40
_SAFETY_PX = 4


class FormHead(QWidget):
    """`to_missing`, `earlier` and `editions` are pressed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._chip, self._template_chip = _Chip(theme), _Chip(theme)
        self._chip.setObjectName("conclusion.state")
        self._template_chip.setObjectName("conclusion.template")
        self.filled, self.kept = SignLabel(theme), SignLabel(theme)
        self.filled.setObjectName("conclusion.filled")
        self.kept.setObjectName("conclusion.kept")
        self.kept.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.to_missing = self._button("", "conclusion.missing", "toMissing")
        self.earlier = self._button(
            "clock-counter-clockwise", "conclusion.earlier", "earlierButton"
        )
        self.editions = self._button("files", "conclusion.archive", "archive")
        for button in (self.earlier, self.editions):
            button.show_key(is_shown=False)
        self._words: dict[KeyButton, tuple[str, str]] = {}
        """Of the two buttons: in words, and as a number alone."""
        self._misses = False
        self._lay_out()
        theme.changed.connect(self._fit)
        self._fit()

    def say(self, title: str, missing: str) -> None:
        """In the present language; `missing`: what the key to the missing does."""
        self._title.setText(title)
        self.to_missing.setToolTip(with_key(missing, "conclusion.missing"))
        self.to_missing.setAccessibleName(missing)

    def show_state(self, text: str, look: ChipLook) -> None:
        """The chip beside the title; "" for none."""
        self._chip.show_text(text, look)
        self._chip.setVisible(bool(text))

    def show_template(self, text: str) -> None:
        """By what the conclusion is written; "" for nothing of the centre's."""
        self._template_chip.show_text(text, CHIP_PRESENT)
        self._title.setToolTip(plain_tooltip(text))

    def show_filled(self, sign: Sign | None, *, is_whole: bool) -> None:
        """What is missing; None where nobody writes. Its key stands beside it."""
        self.filled.setVisible(sign is not None)
        self._misses = sign is not None and not is_whole
        if sign is not None:
            self.filled.show_sign(sign.word, sign.glyph or None, sign.color)

    def show_kept(self, sign: Sign | None) -> None:
        """Where the text is; None: nothing is said of it."""
        self.kept.setVisible(sign is not None)
        if sign is not None:
            self.kept.show_sign(sign.word, sign.glyph or None, sign.color)

    def show_count(self, button: KeyButton, words: str, count: int) -> None:
        """«Прежние: 2» on `earlier` or `editions`; 0 hides it."""
        button.setVisible(count > 0)
        self._words[button] = (words, str(count))

    def make_room(self) -> None:
        """After everything was shown: what has to be shortened at this width."""
        needed = self._needed()
        has_template = bool(self._template_chip.text)
        self._template_chip.setVisible(has_template and needed <= self.width())
        if has_template and self._template_chip.isHidden():
            needed -= self._template_chip.sizeHint().width() + _SPACING
        is_short = needed > self.width()
        for button, (words, number) in self._words.items():
            if is_short and not button.isHidden():
                needed -= round(self._word(words) - self._word(number))
            self._put(button, number if is_short else words, words)
        self.to_missing.setVisible(self._misses and needed <= self.width())

    def _put(self, button: KeyButton, text: str, words: str) -> None:
        if button.text() != text or button.accessibleName() != words:
            button.setText(text)
            button.setToolTip(with_key(words, _ACTIONS[button.objectName()]))
            button.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def _needed(self) -> int:
        """Width of everything at its full length."""
        plain = [self._title, self._chip, self.filled, self.kept]
        widths = [one.sizeHint().width() for one in plain if not one.isHidden()]
        if self._misses:
            widths.append(self.to_missing.sizeHint().width())
        if self._template_chip.text:
            widths.append(self._template_chip.sizeHint().width())
        for button, (words, _) in self._words.items():
            if not button.isHidden():
                more = self._word(words) - self._word(button.text())
                widths.append(button.sizeHint().width() + round(more))
        gaps = _SPACING * (len(widths) + 1)
        return sum(widths) + gaps + 2 * _SIDES + _SAFETY_PX

    def _word(self, text: str) -> float:
        return self._theme.text_width("bodyStrong", text)

    def _button(self, glyph: str, action: str, name: str) -> KeyButton:
        button = KeyButton(
            self._theme, "", key=key_label(action), glyph=glyph, kind="flat", height="compact"
        )
        button.setObjectName(f"conclusion.{name}")
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDES, 0, _SIDES, 0)
        row.setSpacing(_SPACING)
        left = (self._title, self._chip, self._template_chip, self.earlier, self.editions)
        right = (self.filled, self.to_missing, self.kept)
        for part in left:
            row.addWidget(part)
        row.addStretch(1)
        for shown in right:
            row.addWidget(shown)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(_HEIGHT))


_ACTIONS = {
    "conclusion.earlierButton": "conclusion.earlier",
    "conclusion.archive": "conclusion.archive",
}


class _Chip(QWidget):
    """A word on a coloured ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._look = theme, CHIP_PRESENT
        self.text = ""
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str, look: ChipLook) -> None:
        """Shows another word."""
        self.text, self._look = text, look
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._theme, self.text)) + 1, self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        middle = self.height() // 2
        paint_chip(QPainter(self), self._theme, 0, middle, self.text, self._look)
