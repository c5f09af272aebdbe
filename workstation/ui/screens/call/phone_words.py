"""What the lobby says of the patient's telephone (DRC-11)."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject

from backend_client.models.requests import Contact
from workstation.ui.screens.call.call_words import Said
from workstation.ui.screens.call.view_model import CallViewModel
from workstation.ui.shortcuts import key_label
from workstation.ui.wording import Wording, unbroken

EXPECTED_BEFORE: Final = timedelta(minutes=10)
"""From then on a patient who is not there is worth a telephone call (SPB-11)."""


class PhoneWords(QObject):
    """A line or two; nothing where the patient is there, or nobody is expected yet."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def facts(self, model: CallViewModel) -> list[Said]:
        """The number with its attempts, and what went wrong with it."""
        phone, contact = model.phone, model.phone.contact
        if contact is None or not self._is_wanted(model):
            return []
        tried = self.tr("phone calls without answer: {} of {}")
        tried = tried.format(contact.phone_attempts, contact.phone_attempts_needed)
        number = unbroken(phone.number) or self.tr("no number")
        title = self.tr("Telephone {}, {}").format(number, tried)
        facts = [Said("phone-call", title, self._next(model, contact))]
        if phone.is_undialled:
            failed = self.tr("No program of this computer dials: call from a telephone")
            facts.append(Said("warning-octagon", failed, "", "warn"))
        if phone.problem is not None:
            failed = self.tr("The attempt was not logged. {}").format(phone.problem.title)
            facts.append(Said("warning-octagon", failed, phone.problem.detail, "danger"))
        return facts

    def _next(self, model: CallViewModel, contact: Contact) -> str:
        if contact.is_lost:
            key = key_label("case.conclusion")
            return self.tr("All was tried: {} leads to closing as “no contact”").format(key)
        if not self._has_begun(model):
            return self.tr("Attempts count from the appointed time on")
        key = key_label("call.phone")
        if model.phone.can_dial:
            return self.tr("{}: dial, then say how it ended").format(key)
        if model.phone.number:
            return self.tr("{}: say how it ended. The number was not confirmed").format(key)
        return self.tr("{}: say how it ended").format(key)

    def _is_wanted(self, model: CallViewModel) -> bool:
        row = model.row
        if row is None or model.is_patient_there or row.appointment_at is None:
            return False
        return self._wording.now() >= row.appointment_at - EXPECTED_BEFORE

    def _has_begun(self, model: CallViewModel) -> bool:
        at = model.row.appointment_at if model.row is not None else None
        return at is not None and self._wording.now() >= at
