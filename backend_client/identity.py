"""Who the patient is: confirmed by a person, and personal data that were changed (DRC-14, DRC-16).

Each action may name the version of the row that its window shows, as `request_actions` says.
"""

from backend_client.models.common import RequestId, Wire
from backend_client.models.identity import ConfirmIdentity, DecideData
from backend_client.models.personal_data import BringData
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import RequestCard
from backend_client.requests import request_path
from backend_client.transport import Transport


class IdentityResource:
    """For the doctor who holds a request, and for the clinic's admin."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def confirm(
        self, request_id: RequestId, given: ConfirmIdentity, *, key: str | None = None
    ) -> RequestCard:
        """Answers for who the patient is; Conflict (MOVE_NOT_ALLOWED) where that is known."""
        return await self._act(request_id, "confirm-identity", given, key)

    async def withdraw(
        self, request_id: RequestId, given: EndWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Undoes such a confirmation; the clinic's admin alone, with a reason."""
        return await self._act(request_id, "withdraw-identity", given, key)

    async def bring_data(
        self, request_id: RequestId, given: BringData, *, key: str | None = None
    ) -> RequestCard:
        """Newer personal data, which wait to be confirmed; the clinic's admin alone."""
        return await self._act(request_id, "personal-data", given, key)

    async def decide_data(
        self, request_id: RequestId, given: DecideData, *, key: str | None = None
    ) -> RequestCard:
        """Changed data become the confirmed ones, or are dropped."""
        return await self._act(request_id, "personal-data/decide", given, key)

    async def _act(
        self, request_id: RequestId, action: str, given: Wire, key: str | None
    ) -> RequestCard:
        path = f"{request_path(request_id)}/{action}"
        return await self._transport.post(path, RequestCard, given, key=key)
