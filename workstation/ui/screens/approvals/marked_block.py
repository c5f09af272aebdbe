"""A text of several lines some of whose words are marked: struck through, or underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption

from workstation.core.word_difference import Piece
from workstation.ui.literal_text import harmless
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock


class MarkedBlock(TextBlock):
    """Marks read without colour: what is gone has a line through it, what is new one under it.

    Neither makes a word wider, so that lines break where they do in a `TextBlock`.
    """

    def __init__(self, theme: Theme, *, color: str, strikes: bool) -> None:
        """`strikes`: what is marked is gone; else it is new."""
        super().__init__(theme, color=color)
        self._pieces: tuple[tuple[str, bool], ...] = ()
        self._strikes = strikes

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Shows another text."""
        self._pieces = tuple((harmless(one.text), one.is_other) for one in pieces)
        self.set_text("".join(text for text, _ in self._pieces))

    def marked(self) -> list[str]:
        """The texts that are marked, top to bottom."""
        return [text for text, is_other in self._pieces if is_other]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color(self._color))
        height = self._theme.line_height(self._line_role())
        number, begun = 0, 0
        for paragraph in self.text().split("\n"):
            layout = self._layout(paragraph, begun)
            begun += len(paragraph) + 1
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(1, self.width()))
                line.setPosition(QPointF(0, number * height + (height - line.height()) / 2))
                number += 1
            layout.endLayout()
            number += layout.lineCount() == 0
            layout.draw(painter, QPointF(0, 0))

    def _layout(self, paragraph: str, begun: int) -> QTextLayout:
        """As `labels.wrap` breaks it; `begun`: where it stands in the text."""
        layout = QTextLayout(paragraph, self._theme.font(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(paragraph, begun))
        return layout

    def _formats(self, paragraph: str, begun: int) -> list[QTextLayout.FormatRange]:
        ranges, at = [], -begun
        for text, is_other in self._pieces:
            start, end = max(0, at), min(len(paragraph), at + len(text))
            if is_other and start < end:
                one = QTextLayout.FormatRange()
                one.start = _units(paragraph[:start])
                one.length = _units(paragraph[start:end])
                one.format = self._mark()
                ranges.append(one)
            at += len(text)
        return ranges

    def _mark(self) -> QTextCharFormat:
        mark = QTextCharFormat()
        mark.setFontStrikeOut(self._strikes)
        mark.setFontUnderline(not self._strikes)
        mark.setBackground(self._theme.color("bg.sunken" if self._strikes else "accent.soft"))
        return mark


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
