"""What the new edition says otherwise: section by section, word by word, before and after."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from backend_client.models.conclusions import Decision
from workstation.core.form_difference import SectionChange
from workstation.core.word_difference import Piece, words_apart
from workstation.ui.screens.approvals.marked_block import MarkedBlock
from workstation.ui.screens.conclusion.form_state import Section, section_of
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
        self._changes: tuple[SectionChange, ...] | None = None
        self._edition, self._before = 1, 1
        self._body = QFrame()
        self._show()

    def show_changes(
        self, changes: tuple[SectionChange, ...] | None, edition: int, before: int | None = None
    ) -> None:
        """Shows those of an edition to the one `before` it; none: that the text is the same; None:
        they are not known yet."""
        fresh = (changes, edition, edition - 1 if before is None else before)
        if fresh != (self._changes, self._edition, self._before):
            self._changes, self._edition, self._before = fresh
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
        title = SignLabel(self._theme, role="lead", color="text.primary")
        words = self.tr("Version {} beside version {}").format(self._edition, self._before)
        title.show_sign(words, "arrow-counter-clockwise")
        column.addWidget(title)
        if self._changes == ():
            same = TextBlock(self._theme, color="text.secondary")
            same.set_text(self.tr("The text is the same as in the edition before."))
            column.addWidget(same)
        for change in self._changes or ():
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
        said = (self._said(section, change.before), self._said(section, change.after))
        # What is only new, or only gone, is not marked word by word: there is nothing beside it.
        before, after = words_apart(*said) if all(said) else map(_unmarked, said)
        for label, pieces, color, strikes in (
            (self.tr("Before"), before, "text.secondary", True),
            (self.tr("Now"), after, "text.primary", False),
        ):
            head = SignLabel(self._theme, role="micro")
            head.show_sign(label)
            shown = color if pieces else "text.tertiary"
            block = MarkedBlock(self._theme, color=shown, strikes=strikes)
            block.show_pieces(pieces or _unmarked(nothing))
            column.addWidget(head)
            column.addWidget(block)

    def _said(self, section: Section | None, text: str) -> str:
        """The decision's own name instead of its code."""
        if section is not Section.DECISION:
            return text
        code, colon, note = text.partition(": ")
        words = {
            Decision.CONCLUSION.value: self.tr("Conclusion"),
            Decision.IN_PERSON.value: self.tr("Visit in person"),
            Decision.INPATIENT.value: self.tr("Hospital"),
        }
        return f"{words.get(code, code)}{colon}{note}"


def _unmarked(text: str) -> tuple[Piece, ...]:
    return (Piece(text, is_other=False),) if text else ()
