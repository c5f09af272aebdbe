"""What stands beside the pages: headings and texts in a column that scrolls."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock


@dataclass(frozen=True, slots=True)
class Said:
    """A heading and the lines under it; a line that begins with a name in another colour has both:
    (name, text), and "" for a line without a name."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class SaidColumn(QScrollArea):
    """Built anew where it says something else, and not before it is looked at."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._wanted: tuple[Said, ...] | None = None
        self._said: tuple[Said, ...] | None = None

    def said(self) -> list[str]:
        """The texts as they are read, top to bottom."""
        self._build()
        body = self.widget()
        return [] if body is None else [one.text() for one in body.findChildren(TextBlock)]

    def show_said(self, said: Sequence[Said]) -> None:
        """Shows other ones."""
        self._wanted = tuple(said)
        if self.isVisible():
            self._build()

    def showEvent(self, event: QShowEvent) -> None:
        self._build()
        super().showEvent(event)

    def _build(self) -> None:
        if self._wanted is None or self._wanted == self._said:
            return
        self._said = self._wanted
        body, column = new_body()
        for one in self._said:
            column.addWidget(heading(self._theme, one.heading))
            for name, text in one.lines:
                column.addWidget(self._line(name, text))
            column.addSpacing(8)
        column.addStretch(1)
        self.setWidget(body)

    def _line(self, name: str, text: str) -> QWidget:
        block = TextBlock(self._theme, color="text.primary")
        block.set_text(f"{name}: {text}" if name else text)
        return block


def new_body() -> tuple[QFrame, QVBoxLayout]:
    """The ground of such a column, and where its parts go."""
    body = QFrame()
    body.setProperty("surface", "panel")
    column = QVBoxLayout(body)
    column.setContentsMargins(20, 14, 20, 20)
    column.setSpacing(4)
    return body, column


def heading(theme: Theme, text: str) -> SignLabel:
    """Small and quiet, over what it names."""
    label = SignLabel(theme, role="micro")
    label.show_sign(text)
    return label
