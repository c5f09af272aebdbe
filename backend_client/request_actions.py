"""What is done with a request beside claim, times, calls and conclusion.

Each action may name the version of the row that its window shows: where the request has changed
since, Conflict (STALE_VERSION) carries the present card, `error.present_as(RequestCard)`. What the
request's status or another condition forbids is Conflict (MOVE_NOT_ALLOWED) with the reason.
"""

from backend_client.models.common import Acting, Page, RequestId
from backend_client.models.documents import Document
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseWithoutConclusion,
    ConsentStates,
    Decline,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
    NewPhoneAttempt,
    PhoneAttempt,
    SetRecordNumber,
    TakeOver,
)
from backend_client.models.requests import RequestCard
from backend_client.models.snoozing import LayAside, TakeUp
from backend_client.pages import LARGEST_PAGE, every, page_params
from backend_client.requests import request_path
from backend_client.transport import Transport


class RequestActionsResource:
    """Actions of the doctor who holds a request, and of the clinic's admin."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def ask_documents(
        self, request_id: RequestId, given: AskDocuments, *, key: str | None = None
    ) -> RequestCard:
        """Asks the patient for items of the checklist; the request waits, without a doctor."""
        return await self._act(request_id, "ask-documents", given, key)

    async def mark_item(
        self, request_id: RequestId, given: MarkItem, *, key: str | None = None
    ) -> RequestCard:
        """An item does not apply, or does after all; raises Rejected of the treating doctor's
        conclusion (OZ-2)."""
        return await self._act(request_id, "not-applicable", given, key)

    async def decline(
        self, request_id: RequestId, given: Decline, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request for a coded reason."""
        return await self._act(request_id, "decline", given, key)

    async def out_of_profile(
        self, request_id: RequestId, given: EndWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request: another centre's disease."""
        return await self._act(request_id, "out-of-profile", given, key)

    async def invite_in_person(
        self, request_id: RequestId, given: EndWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request with an invitation (OZ-22)."""
        return await self._act(request_id, "invite-in-person", given, key)

    async def recommend_inpatient(
        self, request_id: RequestId, given: EndWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request with a recommendation of hospital care (OZ-22)."""
        return await self._act(request_id, "recommend-inpatient", given, key)

    async def close_without_conclusion(
        self, request_id: RequestId, given: CloseWithoutConclusion, *, key: str | None = None
    ) -> RequestCard:
        """Ends the consultation with a coded reason and words to the patient (SPB-22)."""
        return await self._act(request_id, "close-without-conclusion", given, key)

    async def close_no_contact(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends the request as rendered; all conditions of `card.contact` must hold (DRC-11)."""
        return await self._act(request_id, "close-no-contact", given, key)

    async def cancel(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """The patient has cancelled by word; the server knows whether it is too late (DRC-12)."""
        return await self._act(request_id, "cancel", given, key)

    async def annul(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Ends what the patient has refused three times (SPB-6)."""
        return await self._act(request_id, "annul", given, key)

    async def convert(
        self, request_id: RequestId, given: ActWithNote, *, key: str | None = None
    ) -> RequestCard:
        """Makes a duty question a centre application (OZ-13)."""
        return await self._act(request_id, "convert", given, key)

    async def snooze(
        self, request_id: RequestId, given: LayAside, *, key: str | None = None
    ) -> RequestCard:
        """Out of this doctor's lists until a moment, or until its term comes near: what it has
        become is `card.row.snooze`. Raises Rejected of a moment too far ahead."""
        return await self._act(request_id, "snooze", given, key)

    async def wake(
        self, request_id: RequestId, given: TakeUp, *, key: str | None = None
    ) -> RequestCard:
        """What was laid aside stands in this doctor's lists again."""
        return await self._act(request_id, "wake", given, key)

    async def mark_life_threat(
        self, request_id: RequestId, given: MarkLifeThreat, *, key: str | None = None
    ) -> RequestCard:
        """To the top of the lists by term, or back."""
        return await self._act(request_id, "life-threat", given, key)

    async def set_record_number(
        self, request_id: RequestId, given: SetRecordNumber, *, key: str | None = None
    ) -> RequestCard:
        """The number of the medical record (SOK-1)."""
        return await self._act(request_id, "record-number", given, key)

    async def take_over(
        self, request_id: RequestId, given: TakeOver, *, key: str | None = None
    ) -> RequestCard:
        """The clinic's admin takes a claim, for another doctor or for the queue."""
        return await self._act(request_id, "take-over", given, key)

    async def _act(
        self, request_id: RequestId, action: str, given: Acting, key: str | None
    ) -> RequestCard:
        path = f"{request_path(request_id)}/{action}"
        return await self._transport.post(path, RequestCard, given, key=key)


class ContactResource:
    """Telephone attempts and consents of a request."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def phone_page(
        self, request_id: RequestId, cursor: str | None = None, limit: int = 50
    ) -> Page[PhoneAttempt]:
        """One page of the log of telephone attempts, newest first."""
        path = request_path(request_id) + "/phone-attempts"
        return await self._transport.get(path, Page[PhoneAttempt], page_params(cursor, limit))

    async def phone_attempts(self, request_id: RequestId) -> list[PhoneAttempt]:
        """The whole log of telephone attempts, newest first."""
        attempts = every(lambda cursor: self.phone_page(request_id, cursor, LARGEST_PAGE))
        return [attempt async for attempt in attempts]

    async def log_phone_attempt(
        self, request_id: RequestId, given: NewPhoneAttempt, *, key: str | None = None
    ) -> PhoneAttempt:
        """Logs an attempt; the log only grows (DRC-11)."""
        return await self._transport.post(
            request_path(request_id) + "/phone-attempts", PhoneAttempt, given, key=key
        )

    async def keep_no_contact_page(
        self, request_id: RequestId, pdf: bytes, *, key: str | None = None
    ) -> Document:
        """Keeps the evidence page of a request closed for want of contact; one that is there stays.

        Raises Conflict (MOVE_NOT_ALLOWED), Rejected.
        """
        path = request_path(request_id) + "/no-contact-page"
        return await self._transport.upload(path, Document, pdf, "application/pdf", {}, key=key)

    async def consents(self, request_id: RequestId) -> ConsentStates:
        """The consents that are needed, with their words, and whether they are given."""
        return await self._transport.get(request_path(request_id) + "/consents", ConsentStates)
