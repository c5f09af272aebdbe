"""Who the patient is: confirmed by the doctor's own word; changed data taken over or dropped."""

from collections.abc import Callable, Sequence
from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.identity import ConfirmIdentity, DataField, DecideData, IdentityProof
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import RequestCard, RequestRow


class IdentityBackend(Protocol):
    """What is asked of the server about a patient's identity."""

    async def confirm(
        self, request_id: RequestId, given: ConfirmIdentity, *, key: str | None = None
    ) -> RequestCard:
        """The asking person answers for it."""

    async def withdraw(
        self, request_id: RequestId, given: EndWithNote, *, key: str | None = None
    ) -> RequestCard:
        """It was wrong."""

    async def decide_data(
        self, request_id: RequestId, given: DecideData, *, key: str | None = None
    ) -> RequestCard:
        """Changed data are confirmed, or dropped."""


class IdentityService:
    """Needs the connection: nobody vouches for a person by an order that waits (DRC-16).

    Each says the version that the doctor saw. The answer comes in by the road of all changes.
    """

    def __init__(
        self, backend: IdentityBackend, hear: Callable[[RequestId, RequestRow | None], None]
    ) -> None:
        """`hear` is the road in of rows, `RequestService.hear`."""
        self._backend = backend
        self._hear = hear

    async def confirm(self, row: RequestRow, proof: IdentityProof) -> None:
        """Answers for who the patient is. Raises BackendError."""
        given = ConfirmIdentity(version=row.version, proof=proof)
        self._take_in(await self._backend.confirm(row.id, given))

    async def withdraw(self, row: RequestRow, reason: str) -> None:
        """Undoes such a confirmation; the clinic's admin alone. Raises BackendError."""
        given = EndWithNote(version=row.version, note=reason)
        self._take_in(await self._backend.withdraw(row.id, given))

    async def decide_data(
        self, row: RequestRow, fields: Sequence[DataField], *, confirm: bool
    ) -> None:
        """Takes the changed data over, or drops them (DRC-14). Raises BackendError."""
        given = DecideData(version=row.version, fields=list(fields), confirm=confirm)
        self._take_in(await self._backend.decide_data(row.id, given))

    def _take_in(self, card: RequestCard) -> None:
        self._hear(card.row.id, card.row)
