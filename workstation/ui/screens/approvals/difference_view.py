"""What the new edition says otherwise: section by section, before and after."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workstation.core.form_difference import SectionChange
from workstation.ui.screens.conclusion.form_state import section_of
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.wording import Wording


class DifferenceView(QScrollArea):
    """Read only; of a corrected or returned conclusion."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("approvals.difference")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._words = ConclusionWords(wording, self)
        self._changes: tuple[SectionChange, ...] = ()
        self._body = QFrame()
        self._show()

    def show_changes(self, changes: tuple[SectionChange, ...]) -> None:
        """Shows other ones; none: that the text is the same."""
        if changes != self._changes:
            self._changes = changes
            self._show()

    def said(self) -> list[str]:
        """The texts as they are read, top to bottom."""
        return [block.text() for block in self._body.findChildren(TextBlock)]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        self._body = QFrame()
        self._body.setProperty("surface", "panel")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(4)
        if not self._changes:
            same = TextBlock(self._theme, color="text.secondary")
            same.set_text(self.tr("The text is the same as in the edition before."))
            column.addWidget(same)
        for change in self._changes:
            self._add(column, change)
        column.addStretch(1)
        self.setWidget(self._body)

    def _add(self, column: QVBoxLayout, change: SectionChange) -> None:
        section = section_of(change.section)
        name = change.section if section is None else self._words.section(section)
        title = SignLabel(self._theme, role="bodyStrong", color="text.primary")
        title.show_sign(name)
        column.addSpacing(8)
        column.addWidget(title)
        nothing = self.tr("nothing was written")
        for label, text, color in (
            (self.tr("Before"), change.before, "text.secondary"),
            (self.tr("Now"), change.after, "text.primary"),
        ):
            head = SignLabel(self._theme, role="micro")
            head.show_sign(label)
            block = TextBlock(self._theme, color=color if text else "text.tertiary")
            block.set_text(text or nothing)
            column.addWidget(head)
            column.addWidget(block)
