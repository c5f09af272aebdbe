"""A patient who cannot be reached: what was tried, another attempt, and the end (DRC-11)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Contact
from workstation.ui.screens.conclusion.case_note import CaseNote
from workstation.ui.theme import Theme


class ContactNote(CaseNote):
    """`attempted`: how a call to the patient's telephone has ended; `closing_wanted`: the doctor
    has asked for the end, and said so again."""

    attempted = Signal(PhoneOutcome)
    closing_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "conclusion.contact", parent)
        self._contact: Contact | None = None
        self._is_asking = False
        self.pressed.connect(self._act)

    def show_contact(self, contact: Contact | None) -> None:
        """What was tried; None hides it."""
        if contact is None or not contact.is_lost:
            self._is_asking = False
        self._contact = contact
        self._say()

    def _say(self) -> None:
        contact = self._contact
        if contact is None:
            self.hide()
        elif self._is_asking:
            text = self.tr("Close as “no contact”?")
            detail = self.tr(
                "{} The request ends as rendered, with this evidence; the patient is told."
            )
            actions = [self.tr("Close: no contact"), self.tr("Not yet")]
            whole = detail.format(self._evidence(contact))
            self.show_text("phone-call", text, whole, actions, tone="warn")
        else:
            actions = [self.tr("Log a phone call…")]
            if contact.is_lost:
                actions.append(self.tr("Close: no contact…"))
            title = self.tr("The patient cannot be reached?")
            self.show_text("phone-call", title, self._evidence(contact), actions, tone="accent")

    def _evidence(self, contact: Contact) -> str:
        offline = self.tr("offline") if contact.patient_offline else self.tr("online")
        call = self.tr("not answered") if contact.call_failed else self.tr("none unanswered yet")
        text = self.tr(
            "Patient's page: {}. Call in the service: {}. Phone without answer: {} of {}."
        )
        tried, needed = contact.phone_attempts, contact.phone_attempts_needed
        return text.format(offline, call, tried, needed)

    def _act(self, place: int) -> None:
        if self._is_asking:
            self._is_asking = False
            if place == 0:
                self.closing_wanted.emit()
            self._say()
        elif place == 0:
            self._ask_outcome()
        else:
            self._is_asking = True
            self._say()

    def _ask_outcome(self) -> None:
        words = {
            PhoneOutcome.NO_ANSWER: self.tr("No answer"),
            PhoneOutcome.BUSY: self.tr("Busy"),
            PhoneOutcome.SWITCHED_OFF: self.tr("Switched off"),
            PhoneOutcome.WRONG_NUMBER: self.tr("Wrong number"),
            PhoneOutcome.REACHED: self.tr("Reached"),
        }
        menu = QMenu(self)
        menu.setObjectName("conclusion.contact.outcomes")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for outcome, word in words.items():
            entry = menu.addAction(word)
            entry.triggered.connect(lambda _=False, one=outcome: self.attempted.emit(one))
        menu.popup(self.mapToGlobal(self.rect().bottomRight()))
