"""A patient who cannot be reached: what was tried, another attempt, and the end (DRC-11)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Contact
from workstation.ui.screens.conclusion.case_note import CaseNote
from workstation.ui.theme import Theme
from workstation.ui.widgets.phone_menu import PhoneMenu


class ContactNote(CaseNote):
    """`attempted`: how a call to the patient's telephone has ended; `closing_wanted`: the doctor
    has asked for the end, and said so again."""

    attempted = Signal(PhoneOutcome)
    closing_wanted = Signal()
    page_wanted = Signal()
    """The page about it is to be seen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "conclusion.contact", parent)
        self._contact: Contact | None = None
        self._phone = ""
        self._has_ended = False
        self._is_asking = False
        self.pressed.connect(self._act)

    def show_contact(self, contact: Contact | None, phone: str = "") -> None:
        """What was tried, and the patient's number; None hides it."""
        if contact is None or not contact.is_lost:
            self._is_asking = False
        self._contact, self._phone, self._has_ended = contact, phone, False
        self._say()

    def show_end(self, evidence: str, *, has_page: bool) -> None:
        """The case was closed for want of contact; `evidence` in the server's words."""
        self._has_ended = True
        title = self.tr("Closed: the patient could not be reached")
        waits = self.tr("The page with this evidence is not kept yet; it is made by itself.")
        kept = self.tr("The page with this evidence is kept with the case.")
        detail = "\n".join(part for part in (evidence, kept if has_page else waits) if part)
        actions = [self.tr("Show the page")] if has_page else []
        self.show_text("phone-x", title, detail, actions, tone="accent")

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
            if self._phone:
                title = self.tr("The patient cannot be reached? Telephone {}").format(self._phone)
            said = f"{self._evidence(contact)} {self._lacking(contact)}".strip()
            self.show_text("phone-call", title, said, actions, tone="accent")

    def _evidence(self, contact: Contact) -> str:
        offline = self.tr("offline") if contact.patient_offline else self.tr("online")
        call = self.tr("not answered") if contact.call_failed else self.tr("none unanswered yet")
        text = self.tr(
            "Patient's page: {}. Call in the service: {}. Phone without answer: {} of {}."
        )
        tried, needed = contact.phone_attempts, contact.phone_attempts_needed
        return text.format(offline, call, tried, needed)

    def _lacking(self, contact: Contact) -> str:
        """What must be so before the case can be closed; "" for nothing."""
        left = contact.phone_attempts_needed - contact.phone_attempts
        lacking = [
            self.tr("the patient's page closed") if not contact.patient_offline else "",
            self.tr("an unanswered call in the service") if not contact.call_failed else "",
            self.tr("phone calls without answer: {} more").format(left) if left > 0 else "",
        ]
        told = ", ".join(one for one in lacking if one)
        return self.tr("To close as “no contact” there must be: {}.").format(told) if told else ""

    def _act(self, place: int) -> None:
        if self._has_ended:
            self.page_wanted.emit()
        elif self._is_asking:
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
        menu = PhoneMenu(self)
        menu.setObjectName("conclusion.contact.outcomes")
        menu.attempted.connect(self.attempted)
        menu.popup(self.mapToGlobal(self.rect().bottomRight()))
