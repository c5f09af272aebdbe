"""Under the card: who works on the request, the one next action, and all other decisions."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.requests import RequestRow
from workstation.ui.case_steps import CaseStep, next_step
from workstation.ui.error_text import UserMessage
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.opening import Opening, Refused, Verdict, verdict
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

SIDE_PX = 16


class ThreatButton(KeyButton):
    """Words and key in the colour of danger, without a frame: it is no usual next step."""

    def sizeHint(self) -> QSize:
        """Without a frame there is nothing to keep away from."""
        height = super().sizeHint().height()
        return QSize(round(self._content_width()) + self._theme.px(8), height)

    def _text_color(self) -> QColor:
        return self._theme.color("danger.text") if self.isEnabled() else super()._text_color()


class CardFooter(QFrame):
    """Owner's line with the threat to life, problem's line, the filled button; beside it where the
    case goes on, and the menu of decisions."""

    pressed = Signal()
    step_pressed = Signal(CaseStep)
    threat_pressed = Signal()
    more_pressed = Signal()

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self._words = words
        self.owner = SignLabel(theme)
        self.owner.setObjectName("card.owner")
        self.held = SignLabel(theme, role="small", color="warn.text")
        self.held.setObjectName("card.held")
        self.problem = TextBlock(theme, role="small", color="danger.text", max_lines=3)
        self.problem.setObjectName("card.problem")
        key = key_label("queue.open")
        self.button = KeyButton(theme, self.tr("Take and open"), key=key, kind="primary")
        self.button.setObjectName("card.open")
        self.button.clicked.connect(self.pressed)
        self.steps = {step: self._step_button(theme, step) for step in CaseStep}
        self.threat = ThreatButton(
            theme,
            self.tr("Threat to life"),
            key=key_label("triage.threat"),
            glyph="first-aid",
            kind="flat",
            height="compact",
        )
        self.threat.setObjectName("card.threat")
        self.threat.clicked.connect(self.threat_pressed)
        self.more = KeyButton(theme, self.tr("More"), key=key_label("triage.more"))
        self.more.setObjectName("card.more")
        self.more.clicked.connect(self.more_pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        self._above, self._buttons = QHBoxLayout(), QHBoxLayout()
        for row in (self._above, self._buttons):
            row.setSpacing(8)
        self._above.addWidget(self.owner, 1)
        self._above.addWidget(self.threat)
        self._buttons.addWidget(self.button, 1)
        for step_button in self.steps.values():
            self._buttons.addWidget(step_button)
        self._buttons.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, 8, SIDE_PX, 10)
        column.setSpacing(6)
        column.addWidget(self.problem)
        column.addWidget(self.held)
        column.addLayout(self._above)
        column.addLayout(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the column is too narrow for all three, the menu's button stands a line higher."""
        shown = [self.button, *(one for one in self.steps.values() if not one.isHidden())]
        wanted = sum(one.sizeHint().width() + 8 for one in shown) + self.more.sizeHint().width()
        room = self.width() - 2 * SIDE_PX
        place = self._buttons if wanted <= room else self._above
        if place.indexOf(self.more) < 0:
            place.addWidget(self.more)

    def stops(self) -> list[QWidget]:
        """Where Tab stops: the next action first."""
        return [self.button, *self.steps.values(), self.more, self.threat]

    def show_row(
        self, row: RequestRow, *, is_busy: bool, error: UserMessage | None, held: str = ""
    ) -> None:
        """Shows whose it is, what can be done, and what went wrong; `held` says what was ordered
        about it and is not done yet."""
        answer = verdict(row)
        mine = answer.opening is Opening.OPEN
        self.button.setText(self.tr("Open") if mine else self.tr("Take and open"))
        self.button.setEnabled(answer.opening is not Opening.REFUSED and not is_busy)
        for step, button in self.steps.items():
            button.setVisible(step is next_step(row))
            button.setEnabled(not is_busy)
        self._fit()
        reason = self._reason(answer)
        glyph = "lock-simple-open" if row.owner is None else "lock-simple"
        self.held.setVisible(bool(held))
        self.held.show_sign(held, "hourglass", "warn.text")
        if reason:
            self.owner.show_sign(reason, "prohibit", "text.primary")
        else:
            self.owner.show_sign(self._words.owner(row), glyph, "text.secondary")
        self.button.explain(reason)
        self.problem.setVisible(error is not None)
        if error is not None:
            self.problem.set_text(error.whole)

    def show_threat(self, row: RequestRow, reason: str) -> None:
        """Whether the threat to life can be marked, or its mark taken away; else the reason."""
        marked = row.life_threat
        self.threat.setText(self.tr("No threat any more") if marked else self.tr("Threat to life"))
        self.threat.setEnabled(not reason)
        self.threat.explain(reason)

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
