"""Who the patient of the card is, without widgets: what may be decided, and deciding it."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.models.identity import ChangedDatum, IdentityProof
from backend_client.models.requests import Action, RequestCard, RequestRow
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.identity import IdentityService


class IdentityModel(QObject):
    """Follows the card. Rights are the server's; a word is given upon what is shown (DRC-14)."""

    changed = Signal()
    failed = Signal(UserMessage)
    """What was decided has not reached the server, or it has refused it."""

    def __init__(self, identity: "IdentityService", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row: RequestRow | None = None
        self.card: RequestCard | None = None
        self.is_busy = False
        self._identity = identity
        self._tasks = TaskScope(on_error=lambda error: self.failed.emit(user_message(error)))

    @property
    def changes(self) -> list[ChangedDatum]:
        """What waits to be confirmed, as far as the card was read."""
        return [] if self.card is None else self.card.changed_data

    def show(self, row: RequestRow | None, card: RequestCard | None) -> None:
        """Shows a request, or its newer state."""
        self.row, self.card = row, card
        self.changed.emit()

    def can(self, action: Action) -> bool:
        """Whether it may be decided now; changed data only where both values are in sight."""
        row = self.row
        if row is None or self.is_busy or action not in row.allowed_actions:
            return False
        return action is not Action.DECIDE_DATA or bool(self.changes)

    def confirm(self, proof: IdentityProof) -> None:
        """The doctor answers for who the patient is (DRC-16)."""
        if self.row is not None and self.can(Action.CONFIRM_IDENTITY):
            self._start(self._identity.confirm(self.row, proof))

    def withdraw(self, reason: str) -> None:
        """The clinic's admin undoes such a confirmation."""
        if self.row is not None and self.can(Action.WITHDRAW_IDENTITY):
            self._start(self._identity.withdraw(self.row, reason))

    def decide(self, *, confirm: bool) -> None:
        """Takes over all the changes that are shown, or drops them: upon the card's own version,
        so that nothing is confirmed that nobody has seen."""
        if self.card is not None and self.can(Action.DECIDE_DATA):
            fields = [one.field for one in self.changes]
            self._start(self._identity.decide_data(self.card.row, fields, confirm=confirm))

    async def close(self) -> None:
        """Ends what runs."""
        await self._tasks.close()

    def _start(self, work: Coroutine[object, object, None]) -> None:
        self.is_busy = True
        self.changed.emit()
        self._tasks.start(self._whole(work), name="card.identity")

    async def _whole(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        finally:
            self.is_busy = False
            self.changed.emit()
