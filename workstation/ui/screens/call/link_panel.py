"""«Связь»: what both links are worth, with the figures that say so."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from workstation.ui.screens.call.call_words import Said
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class LinkPanel(QFrame):
    """Two rows: the patient's link and one's own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("call.links")
        self.setProperty("surface", "panel")
        self.title = SignLabel(theme, role="bodyStrong", color="text.primary")
        self.none = SignLabel(theme, role="small", color="text.tertiary")
        self._who = [SignLabel(theme, role="body") for _ in range(2)]
        self.worth = [SignLabel(theme, role="body") for _ in range(2)]
        self.figures = [SignLabel(theme, role="small", color="text.tertiary") for _ in range(2)]
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.none)
        self._rows = QFrame()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, theme.px(66))
        for row in range(2):
            grid.addWidget(self._who[row], row, 0)
            grid.addWidget(self.worth[row], row, 1)
            grid.addWidget(self.figures[row], row, 3, Qt.AlignmentFlag.AlignRight)
        self._line = QFrame()
        self._line.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._line)
        column.addWidget(self._rows)

    def show_words(self, title: str, none: str, who: tuple[str, str]) -> None:
        """`none`: that there is no call, and so nothing to measure; "" in a call."""
        self.title.show_sign(title)
        self.none.show_sign(none)
        for part in (self._line, self._rows):
            part.setVisible(not none)
        for label, text in zip(self._who, who, strict=True):
            label.show_sign(text)

    def show_links(self, *links: Said) -> None:
        """The patient's, then one's own."""
        for row, said in enumerate(links):
            worth, figures = self.worth[row], self.figures[row]
            if (worth.text(), figures.text()) != (said.title, said.detail):
                worth.show_sign(said.title, said.glyph, said.color)
                figures.show_sign(said.detail)
