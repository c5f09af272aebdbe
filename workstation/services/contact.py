"""A patient who cannot be reached: telephone attempts are logged, and the request is closed upon
the server's evidence (DRC-11)."""

import uuid
from collections.abc import Callable
from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.request_actions import (
    ActWithNote,
    NewPhoneAttempt,
    PhoneAttempt,
    PhoneOutcome,
)
from backend_client.models.requests import RequestCard, RequestRow


class PhoneLog(Protocol):
    """What is asked of the server about attempts."""

    async def log_phone_attempt(
        self, request_id: RequestId, given: NewPhoneAttempt, *, key: str | None = None
    ) -> PhoneAttempt:
        """Adds a line."""


class Endings(Protocol):
    """What is asked of the server about ends."""

    async def close_no_contact(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request."""


class ContactService:
    """Both need the connection: the evidence is the server's."""

    def __init__(
        self,
        log: PhoneLog,
        endings: Endings,
        hear: Callable[[RequestId, RequestRow | None], None],
    ) -> None:
        """`hear`: the road in of rows."""
        self._log, self._endings, self._hear = log, endings, hear

    async def log(self, request_id: RequestId, outcome: PhoneOutcome) -> None:
        """The doctor has called the patient's number. Raises BackendError."""
        given = NewPhoneAttempt(outcome=outcome)
        await self._log.log_phone_attempt(request_id, given, key=str(uuid.uuid4()))

    async def close(self, request_id: RequestId, version: int) -> None:
        """Ends the request of that version as rendered, with the evidence in words.

        Raises BackendError; Conflict (MOVE_NOT_ALLOWED) where a condition does not hold by now.
        """
        given = ActWithNote(version=version)
        key = str(uuid.uuid4())
        card = await self._endings.close_no_contact(request_id, given, key=key)
        self._hear(request_id, card.row)
