"""Under the card: who works on the request, and the one next action."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from backend_client.models.requests import RequestRow
from workstation.ui.case_steps import CaseStep, next_step
from workstation.ui.error_text import UserMessage
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.opening import Opening, Refused, Verdict, verdict
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock


class CardFooter(QFrame):
    """Owner's line, problem's line, the filled button; beside it where the case goes on."""

    pressed = Signal()
    step_pressed = Signal(CaseStep)

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self._words = words
        self.owner = SignLabel(theme)
        self.owner.setObjectName("card.owner")
        self.problem = TextBlock(theme, role="small", color="danger.text", max_lines=3)
        self.problem.setObjectName("card.problem")
        key = key_label("queue.open")
        self.button = KeyButton(theme, self.tr("Take and open"), key=key, kind="primary")
        self.button.setObjectName("card.open")
        self.button.clicked.connect(self.pressed)
        self.steps = {step: self._step_button(theme, step) for step in CaseStep}
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.button, 1)
        for step_button in self.steps.values():
            buttons.addWidget(step_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        column.addWidget(self.problem)
        column.addWidget(self.owner)
        column.addLayout(buttons)

    def show_row(self, row: RequestRow, *, is_busy: bool, error: UserMessage | None) -> None:
        """Shows whose it is, what can be done, and what went wrong."""
        answer = verdict(row)
        mine = answer.opening is Opening.OPEN
        self.button.setText(self.tr("Open") if mine else self.tr("Take and open"))
        self.button.setEnabled(answer.opening is not Opening.REFUSED and not is_busy)
        for step, button in self.steps.items():
            button.setVisible(step is next_step(row))
            button.setEnabled(not is_busy)
        reason = self._reason(answer)
        glyph = "lock-simple-open" if row.owner is None else "lock-simple"
        if reason:
            self.owner.show_sign(reason, "prohibit", "text.primary")
        else:
            self.owner.show_sign(self._words.owner(row), glyph, "text.secondary")
        self.button.explain(reason)
        self.problem.setVisible(error is not None)
        if error is not None:
            self.problem.set_text(". ".join(part for part in (error.title, error.detail) if part))

    def _step_button(self, theme: Theme, step: CaseStep) -> KeyButton:
        words = {
            CaseStep.TIME: self.tr("Time"),
            CaseStep.CALL: self.tr("Call"),
            CaseStep.CONCLUSION: self.tr("Conclusion"),
        }
        button = KeyButton(theme, words[step], key=key_label(step.value))
        button.setObjectName(f"card.{step.name.lower()}")
        button.clicked.connect(lambda: self.step_pressed.emit(step))
        return button

    def _reason(self, answer: Verdict) -> str:
        if answer.refused is Refused.UNKNOWN_VALUE:
            return self.tr("Unknown to this version of the program: update it")
        if answer.refused is Refused.NOT_ALLOWED:
            return self.tr("This state allows no work on the request")
        return ""
