"""The card in the middle of the stage: before, between and after pictures."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.screens.call.call_words import Said
from workstation.ui.screens.call.plates import Glyph, Plate
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock


class FactLine(QWidget):
    """A glyph and a text of a few lines beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._glyph = Glyph(theme)
        self.text = TextBlock(theme, role="body", max_lines=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setContentsMargins(0, 2, 0, 0)
        column.addWidget(self._glyph)
        column.addStretch(1)
        row.addLayout(column)
        row.addWidget(self.text, 1)

    def show_said(self, said: Said) -> None:
        """`title` is the fact; `detail` follows it."""
        text = ". ".join(part.rstrip(".") for part in (said.title, said.detail) if part)
        if text != self.text.text():
            self.text.set_text(text)
            self.updateGeometry()  # at once: the card asks for its height before the loop runs
        self.text.set_color(f"{said.tone}.text" if said.tone else "text.secondary")
        self._glyph.show_glyph(said.glyph, "", said.color)


class StateCard(Plate):
    """A headline with its glyph, a line under it, facts, and small lines of what was before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("call.card")
        self._glyph = Glyph(theme, 24)
        self.title = TextBlock(theme, role="name", max_lines=3)
        self.title.setObjectName("call.cardTitle")
        self.detail = TextBlock(theme, role="body", color="text.secondary", max_lines=4)
        self.before = TextBlock(theme, role="small", color="text.tertiary", max_lines=6)
        self.before.setObjectName("call.attempts")
        self._facts: list[FactLine] = []
        self._shown: tuple[Said, tuple[Said, ...], str] | None = None
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._glyph)
        head.addWidget(self.title, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        self._column.addWidget(self.detail)
        self._column.addWidget(self.before)

    def show_words(self, said: Said, facts: Sequence[Said] = (), before: str = "") -> None:
        """Shows these; the same again costs nothing."""
        shown = (said, tuple(facts), before)
        if shown == self._shown:
            return
        self._shown = shown
        self._glyph.show_glyph(said.glyph, "", said.color)
        self.title.set_text(said.title)
        self.detail.set_text(said.detail)
        self.detail.setVisible(bool(said.detail))
        while len(self._facts) < len(facts):
            self._facts.append(FactLine(self._theme))
            self._column.insertWidget(self._column.count() - 1, self._facts[-1])
        for number, line in enumerate(self._facts):
            line.setVisible(number < len(facts))
            if number < len(facts):
                line.show_said(facts[number])
        self.before.set_text(before)
        self.before.setVisible(bool(before))
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """All that it says."""
        facts = [line.text.text() for line in self._facts if line.isVisibleTo(self)]
        parts = (self.title.text(), self.detail.text(), *facts, self.before.text())
        return ". ".join(part for part in parts if part)
