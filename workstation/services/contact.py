"""A patient who cannot be reached: telephone attempts are logged, the request is closed upon the
server's evidence, and a page of that evidence is kept with it (DRC-11)."""

import asyncio
import hashlib
import uuid
from collections.abc import Callable
from typing import Protocol

from backend_client.models.accounts import Account
from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.documents import NO_CONTACT_PAGE, Document
from backend_client.models.request_actions import (
    ActWithNote,
    NewPhoneAttempt,
    PhoneAttempt,
    PhoneOutcome,
)
from backend_client.models.requests import RequestCard, RequestRow, RequestStatus
from workstation.core.no_contact import NoContactContent
from workstation.services.conclusion_content import PaperTime
from workstation.services.no_contact_content import no_contact_content


class PhoneLog(Protocol):
    """What is asked of the server about attempts."""

    async def log_phone_attempt(
        self, request_id: RequestId, given: NewPhoneAttempt, *, key: str | None = None
    ) -> PhoneAttempt:
        """Adds a line."""

    async def phone_attempts(self, request_id: RequestId) -> list[PhoneAttempt]:
        """All lines, the newest first."""

    async def keep_no_contact_page(
        self, request_id: RequestId, pdf: bytes, *, key: str | None = None
    ) -> Document:
        """Keeps the page of evidence; one that is there stays."""


class CallLog(Protocol):
    """What is asked of the server about calls."""

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """All calls of a request, the newest first."""


class Endings(Protocol):
    """What is asked of the server about ends."""

    async def close_no_contact(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request."""


class ContactService:
    """All of it needs the connection: the evidence is the server's."""

    def __init__(
        self,
        log: PhoneLog,
        endings: Endings,
        hear: Callable[[RequestId, RequestRow | None], None],
        calls: CallLog,
        account: Account,
        paper_time: PaperTime | None = None,
    ) -> None:
        """`hear`: the road in of rows."""
        self._log, self._endings, self._hear = log, endings, hear
        self._calls, self._account = calls, account
        self._paper_time = paper_time or PaperTime()

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

    def lacks_page(self, card: RequestCard) -> bool:
        """Whether the page of a case that this doctor has closed is not kept yet."""
        owner = card.row.owner
        if card.row.status is not RequestStatus.NO_CONTACT or owner is None or not owner.is_me:
            return False
        return all(one.item_code != NO_CONTACT_PAGE for one in card.documents)

    async def keep_page(self, card: RequestCard) -> None:
        """Makes the page from the server's own words and keeps it with the case.

        Done again it changes nothing: the same words make the same page, and the first one stays.
        Raises BackendError, and the room of papers' DocumentError.
        """
        request_id = card.row.id
        calls = await self._calls.attempts(request_id)
        phoned = await self._log.phone_attempts(request_id)
        content = no_contact_content(card, calls, phoned, self._account, self._paper_time)
        pdf = await asyncio.to_thread(_rendered, content)
        key = f"no-contact-{hashlib.sha256(pdf).hexdigest()[:32]}"
        await self._log.keep_no_contact_page(request_id, pdf, key=key)


def _rendered(content: NoContactContent) -> bytes:
    from workstation.documents.no_contact_pdf import render_no_contact
    from workstation.documents.pdfa import checked_pdfa

    return checked_pdfa(render_no_contact(content))
