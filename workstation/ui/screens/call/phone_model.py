"""The patient's telephone at the call screen: dialled by the system, attempts logged (DRC-11)."""

from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from backend_client.models.common import RequestId
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Action, Contact, RequestCard
from workstation.core.telephone import tel_uri
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope


class PhoneLog(Protocol):
    """Of the service of contacts."""

    async def log(self, request_id: RequestId, outcome: PhoneOutcome) -> None:
        """The doctor has called the patient's number; raises BackendError."""


class PhoneModel(QObject):
    """Of one case at a time."""

    changed = Signal()
    logged = Signal()
    """The server has another attempt: the card is to be read anew."""

    def __init__(self, log: PhoneLog | None, parent: QObject | None = None) -> None:
        """`log` None: there is no such service."""
        super().__init__(parent)
        self.card: RequestCard | None = None
        self.problem: UserMessage | None = None
        """Why the last attempt was not logged."""
        self.is_undialled = False
        """No program of this computer has taken the number."""
        self._log = log
        self._tasks = TaskScope(on_error=self._failed)

    @property
    def number(self) -> str:
        """As the clinic has it; "" for none."""
        return self.card.phone if self.card is not None else ""

    @property
    def can_dial(self) -> bool:
        """Only the number that was confirmed at the registration is dialled."""
        confirmed = self.card is not None and self.card.phone_confirmed
        return confirmed and bool(tel_uri(self.number))

    @property
    def contact(self) -> Contact | None:
        """What was tried so far; None where attempts are not logged now."""
        card = self.card
        if card is None or self._log is None:
            return None
        return card.contact if Action.LOG_PHONE_ATTEMPT in card.row.allowed_actions else None

    def show_card(self, card: RequestCard | None) -> None:
        """The case is this now; None: it was left."""
        if card is None or self.card is None or card.row.id != self.card.row.id:
            self.problem, self.is_undialled = None, False
        self.card = card
        self.changed.emit()

    def dial(self) -> None:
        """Hands the number to the system's dialler."""
        if self.can_dial:
            self.is_undialled = not QDesktopServices.openUrl(QUrl(tel_uri(self.number)))
            self.changed.emit()

    def log(self, outcome: PhoneOutcome) -> None:
        """The doctor says how the call has ended."""
        if self.contact is not None and self.card is not None and self._log is not None:
            self.problem = None
            work = self._then_read(self._log, self.card.row.id, outcome)
            self._tasks.start(work, name="call.phone")

    async def close(self) -> None:
        """Ends everything for good."""
        await self._tasks.close()

    async def _then_read(self, log: PhoneLog, request_id: RequestId, outcome: PhoneOutcome) -> None:
        await log.log(request_id, outcome)
        self.logged.emit()

    def _failed(self, error: BaseException) -> None:
        self.problem = user_message(error)
        self.changed.emit()
