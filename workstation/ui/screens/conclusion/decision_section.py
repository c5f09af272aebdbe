"""What the conclusion leads to: its outcome as one of three, and ways that need no conclusion."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from backend_client.models.conclusions import Decision
from workstation.ui.screens.conclusion.locked_look import locked_sheet, mark
from workstation.ui.screens.conclusion.sections import SectionFrame
from workstation.ui.screens.conclusion.spelled_line import SpelledLineEdit
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton

_LONGEST_NOTE = 500


class DecisionSection(SectionFrame):
    """`written`: the decision and its note; `ending_wanted`: the case is to end without a
    conclusion."""

    written = Signal(Decision, str)
    ending_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "decision", parent)
        self._theme, self._locked = theme, False
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.choices = {
            one: self._choice(theme, one)
            for one in (Decision.CONCLUSION, Decision.IN_PERSON, Decision.INPATIENT)
        }
        self.ending = KeyButton(theme, "", height="compact")
        self.ending.setObjectName("conclusion.decision.ending")
        self.note = SpelledLineEdit(theme)
        self.note.setObjectName("conclusion.decision.text")
        self.note.setMaxLength(_LONGEST_NOTE)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (*self.choices.values(), self.ending):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addSpacing(2)
        self._column.addWidget(self.note)
        self._column.addWidget(self._problem)
        self._group.buttonClicked.connect(lambda _: self._changed())
        self.ending.clicked.connect(self.ending_wanted)
        self.note.textEdited.connect(lambda _: self._changed())
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def decision(self) -> Decision:
        """As it is chosen."""
        chosen = (one for one, button in self.choices.items() if button.isChecked())
        return next(chosen, Decision.UNKNOWN)

    def show_title(self, title: str) -> None:
        """Names the section and its choices."""
        self._name_it(title)
        words = {
            Decision.CONCLUSION: self.tr("Conclusion"),
            Decision.IN_PERSON: self.tr("Visit in person"),
            Decision.INPATIENT: self.tr("Hospital"),
        }
        for decision, button in self.choices.items():
            button.setText(words[decision])
        self.ending.setText(self.tr("Without a conclusion…"))
        self.ending.setToolTip(self.tr("Close with a reason and words to the patient"))
        self.note.setAccessibleName(self.tr("Term and place of the decision"))
        self._hint()

    def show_decision(self, decision: Decision, note: str) -> None:
        """Shows another one."""
        button = self.choices.get(decision)
        if button is not None:
            with QSignalBlocker(self._group):
                button.setChecked(True)
        if self.note.text() != note:
            self.note.setText(note)
            self.note.setCursorPosition(0)
        self._hint()

    def lock(self, locked: bool, *, looks_locked: bool = True) -> None:
        """As of a `GrowingEdit`; another end is no way on for who only reads."""
        self._locked = locked
        self.note.setReadOnly(locked)
        mark(self.note, "locked", marked=locked and looks_locked)
        self.ending.setVisible(not (locked and looks_locked))
        for button in self.choices.values():
            button.setEnabled(not locked)
        self.ending.setEnabled(not locked)

    def _choice(self, theme: Theme, decision: Decision) -> KeyButton:
        button = KeyButton(theme, "", kind="choice", height="compact")
        button.setCheckable(True)
        button.setObjectName(f"conclusion.decision.{decision.value}")
        self._group.addButton(button)
        return button

    def _dress(self) -> None:
        self.note.setStyleSheet(locked_sheet(self._theme))

    def _changed(self) -> None:
        self._hint()
        self.written.emit(self.decision, self.note.text())

    def _hint(self) -> None:
        hints = {
            Decision.IN_PERSON: self.tr("How soon and where: “within 2 weeks, ward 3”"),
            Decision.INPATIENT: self.tr("How soon and where: “planned, within a month”"),
        }
        self.note.setPlaceholderText(hints.get(self.decision, ""))
        needed = self.decision in hints or bool(self.note.text())
        self.note.setVisible(needed)
