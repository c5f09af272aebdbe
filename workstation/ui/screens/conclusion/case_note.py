"""A calm line in the layout about the case: what has happened, and at most two ways on."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.ui.icons import icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import MUCH, TextBlock


class CaseNote(QFrame):
    """Pushes the content down; `pressed` tells which of its buttons, from 0."""

    pressed = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._glyph, self._tone = "", ""
        self._picture = QLabel()
        self._title = TextBlock(theme, role="bodyStrong")
        self._title.setObjectName(f"{name}.title")
        self._detail = TextBlock(theme, role="body", color="text.secondary")
        self._detail.setObjectName(f"{name}.detail")
        self._buttons = [KeyButton(theme, "", height="compact") for _ in range(2)]
        self._lay_out()
        for place, button in enumerate(self._buttons):
            button.setObjectName(f"{name}.action{place + 1}")
            button.clicked.connect(lambda _=False, place=place: self.pressed.emit(place))
        theme.changed.connect(self._dress)
        self.hide()

    def show_text(
        self,
        glyph: str,
        title: str,
        detail: str = "",
        actions: Sequence[str] = (),
        *,
        tone: str,
        most_lines: int = MUCH,
    ) -> None:
        """Shows these words; `tone`: "accent", "warn" or "danger"; `most_lines`: of the detail."""
        is_other = (glyph, tone) != (self._glyph, self._tone)
        self._glyph, self._tone = glyph, tone
        self._title.set_text(title)
        self._detail.set_max_lines(most_lines)
        self._detail.set_text(detail)
        self._detail.setVisible(bool(detail))
        for place, button in enumerate(self._buttons):
            text = actions[place] if place < len(actions) else ""
            button.setText(text)
            button.setVisible(bool(text))
            button.updateGeometry()
        self.setAccessibleName(". ".join(part for part in (title, detail) if part))
        if is_other:  # a style sheet is dear: not at every key
            self._dress()
        self.show()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        side = QVBoxLayout()
        side.addWidget(self._picture)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        row.addLayout(side)
        row.addLayout(words, 1)
        for button in self._buttons:
            row.addWidget(button)

    def _dress(self) -> None:
        if not self._tone:
            return
        color = self._theme.color
        ground, line = color(f"{self._tone}.soft").name(), color("line.default").name()
        name = self.objectName()
        self.setStyleSheet(
            f'QFrame[objectName="{name}"] {{ background: {ground};'
            f" border-bottom: 1px solid {line}; }}"
        )
        self._title.set_color(f"{self._tone}.text")
        side = self._theme.px(20)
        picture = icon(self._glyph, color(f"{self._tone}.text"))
        self._picture.setPixmap(picture.pixmap(QSize(side, side)))
