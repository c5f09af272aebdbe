"""Beside the week: the numbered times, what is known of the patient's wishes, the one button."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from backend_client.models.requests import RequestRow
from workstation.services.schedule import MOST_SUGGESTED, Suggestion, Why
from workstation.ui.screens.slot.time_choice import TimeChoice
from workstation.ui.screens.slot.time_words import TimeWords
from workstation.ui.screens.slot.view_model import Refusal, SlotViewModel
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock


class OfferPanel(QFrame):
    """Follows the view model; the button names the time that it proposes."""

    chosen = Signal(int)
    pressed = Signal()

    def __init__(self, theme: Theme, words: TimeWords) -> None:
        super().__init__()
        self.setObjectName("slot.panel")
        self.setProperty("surface", "panel")
        self._words = words
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self.about = TextBlock(theme, role="small", color="text.secondary")
        self.choices = [TimeChoice(theme, n) for n in range(1, MOST_SUGGESTED + 1)]
        self.other = TextBlock(theme, role="bodyStrong")
        self.other.setObjectName("slot.other")
        self.facts = TextBlock(theme, role="body", color="text.secondary")
        self.facts.setObjectName("slot.facts")
        self.note = TextBlock(theme, role="small", color="text.secondary")
        self.problem = TextBlock(theme, role="small", color="danger.text")
        self.problem.setObjectName("slot.problem")
        self.button = KeyButton(theme, "", key=key_label("slot.propose"), kind="primary")
        self.button.setObjectName("slot.propose")
        self._lay_out()
        for number, choice in enumerate(self.choices, 1):
            choice.clicked.connect(lambda _=False, n=number: self.chosen.emit(n))
        self.button.clicked.connect(self.pressed)
        self._say_standing()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say_standing()
        super().changeEvent(event)

    def show_model(self, model: SlotViewModel) -> None:
        """Shows the case's times and what Enter does."""
        row = model.row
        self.about.set_text(self._about(row) if row is not None else "")
        for number, choice in enumerate(self.choices):
            there = number < len(model.suggestions)
            choice.setVisible(there)
            if there and row is not None:
                self._show_choice(choice, model.suggestions[number], model, row)
        self._show_other(model)
        self._show_facts(model)
        self._show_action(model)

    def _lay_out(self) -> None:
        upper = QVBoxLayout()
        upper.setContentsMargins(12, 12, 12, 12)
        upper.setSpacing(8)
        for widget in (self._title, self.about, *self.choices, self.other, self.facts):
            upper.addWidget(widget)
        upper.addStretch(1)
        line = QFrame()
        line.setProperty("line", "subtle")
        lower = QVBoxLayout()
        lower.setContentsMargins(12, 10, 12, 10)
        lower.setSpacing(8)
        for widget in (self.problem, self.note, self.button):
            lower.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(line)
        column.addLayout(lower)

    def _say_standing(self) -> None:
        self._title.setText(self.tr("Propose a time"))
        self.note.set_text(self.tr("The patient sees the time on the patient's page and answers."))

    def _about(self, row: RequestRow) -> str:
        place, ahead = row.patient.place, self._words.wording.ahead_of_doctor(row.patient.time_zone)
        where = self.tr("Patient: {}").format(place) if place else ""
        shift = self.tr("{} to your time").format(ahead) if ahead else ""
        patient = ", ".join(part for part in (where, shift) if part)
        parts = (self.tr("30 minutes, video"), patient)
        return ". ".join(part for part in parts if part)

    def _show_choice(
        self, choice: TimeChoice, one: Suggestion, model: SlotViewModel, row: RequestRow
    ) -> None:
        choice.setChecked(one.start == model.chosen)
        choice.setEnabled(not model.is_busy)
        patients = self._words.at_patients(one.start, row.patient.time_zone)
        why = {
            Why.FREE_AROUND: self.tr("Free before and after"),
            Why.AFTER_ANOTHER: self.tr("Right after another consultation"),
            Why.BEFORE_ANOTHER: self.tr("Right before another consultation"),
        }[one.why]
        late = self.tr("later than the term") if one.is_late else ""
        choice.show_words(
            self._words.moment(one.start), patients, ", ".join(t for t in (why, late) if t)
        )

    def _show_other(self, model: SlotViewModel) -> None:
        starts = [one.start for one in model.suggestions]
        mine = model.chosen is not None and model.chosen not in starts
        self.other.setVisible(mine)
        if mine and model.chosen is not None and model.row is not None:
            zone = model.row.patient.time_zone
            moment = self._words.moment(model.chosen)
            text = self.tr("Chosen in the week: {}").format(moment)
            self.other.set_text(f"{text}, {self._words.at_patients(model.chosen, zone)}")

    def _show_facts(self, model: SlotViewModel) -> None:
        facts = []
        if model.week.is_read and model.row is not None and not model.suggestions:
            facts.append(self.tr("No free time in the week ahead: choose one in the calendar."))
        if model.offered:
            moments = [self._words.moment(entry.slot.start) for entry in model.offered]
            offered = self.tr("Offered before: {}. A new time takes its place.")
            facts.append(offered.format("; ".join(moments)))
        if model.card is not None and model.card.slot_refusals:
            refusals = self.tr("The patient has asked for another time: {}")
            facts.append(refusals.format(model.card.slot_refusals))
        self.facts.set_text("\n".join(facts))
        self.facts.setVisible(bool(facts))

    def _show_action(self, model: SlotViewModel) -> None:
        refusal = model.refusal
        chosen = model.chosen
        when = self._words.short_moment(chosen) if chosen is not None else ""
        text = self.tr("Propose {}").format(when) if when else self.tr("Propose")
        self.button.setText(text)
        self.button.setToolTip(with_key(text, "slot.propose"))
        self.button.updateGeometry()
        self.button.setEnabled(refusal is None)
        reason = self._reason(model, refusal)
        self.problem.set_text(reason)
        self.problem.setVisible(bool(reason))

    def _reason(self, model: SlotViewModel, refusal: Refusal | None) -> str:
        error = model.problem or model.week.error
        if error is not None:
            return error.whole
        words = {
            Refusal.NOT_ALLOWED: self.tr("In its present state no time can be offered"),
            Refusal.TAKEN: self.tr("This time is taken: choose another one"),
            Refusal.PAST: self.tr("This time has passed: choose a later one"),
        }
        return words.get(refusal, "") if refusal is not None else ""
