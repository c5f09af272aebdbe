"""Measurements and strips on their way into the draft of their case.

A draft belongs to the case: where its text is written in the window, a finding goes there; else it
goes the same road without a window, to this computer first, then to the server.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from weakref import WeakValueDictionary

from backend_client.errors import BackendError, Conflict, Rejected
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestRow
from workstation.core.citations import NoRoom, is_cited, same_finding
from workstation.core.findings import Finding
from workstation.core.subscription import Event
from workstation.services.case_draft import CaseDraft, Work, put_once, taken_back
from workstation.services.evidence_doors import (
    Hand,
    NotPut,
    Placed,
    Refusal,
    Rows,
    Sent,
    Texts,
    owner_of,
    refusal_of,
)
from workstation.services.finding_text import Unfit, evidence_of
from workstation.services.link import LinkState

logger = logging.getLogger(__name__)

_MOST_TRIES = 3
"""So often somebody else may write between our reading and our saving."""


class EvidenceService:
    """Of the signed-in doctor. `changed` tells of whose draft other findings stand."""

    def __init__(
        self,
        texts: Texts,
        rows: Rows,
        now: Callable[[], datetime],
        link: LinkState | None = None,
    ) -> None:
        """`now` is the server's clock (aware UTC); `link` tells when nobody need be asked."""
        self.changed: Event[RequestId] = Event()
        self._texts, self._now, self._link = texts, now, link
        self._hands: dict[RequestId, Hand] = {}
        self._rows: dict[RequestId, RequestRow] = {}
        """Of the cases whose text is in a hand."""
        self._cases: dict[RequestId, CaseDraft] = {}
        self._turns: WeakValueDictionary[RequestId, asyncio.Lock] = WeakValueDictionary()
        self._connected = asyncio.Event()
        rows.changed.subscribe(self._row_heard)
        rows.reload_needed.subscribe(lambda _: self._connected.set())
        if link is not None:
            link.changed.subscribe(lambda _: self._connected.set())

    def form_of(self, request_id: RequestId) -> ConclusionForm | None:
        """The draft as far as it is known here; None before it was read."""
        hand = self._hands.get(request_id)
        if hand is not None:
            return hand.form
        case = self._cases.get(request_id)
        return None if case is None else case.form

    def cited_as(
        self, request_id: RequestId, document: Document, finding: Finding
    ) -> Evidence | None:
        """As what the draft's text names this finding; None where it does not."""
        form = self.form_of(request_id)
        if form is None:
            return None
        try:
            there = same_finding(form, evidence_of(document, finding, self._now()))
        except Unfit:
            return None
        return there if there is not None and is_cited(form, there) else None

    def is_unsent(self, request_id: RequestId) -> bool:
        """Whether a finding lies on this computer alone, and no window has its text."""
        case = self._cases.get(request_id)
        return case is not None and bool(case.works)

    def hold(self, row: RequestRow, hand: Hand) -> Callable[[], None]:
        """The text is written in the window from now on, until the returned function is called."""
        request_id = row.id
        case = self._cases.pop(request_id, None)
        self._hands[request_id], self._rows[request_id] = hand, row
        for work in case.works if case is not None else ():
            with contextlib.suppress(NoRoom):
                _do(hand, work)  # what the disk could not keep
        self.changed.emit(request_id)
        return partial(self._release, request_id, hand)

    def tell(self, request_id: RequestId) -> None:
        """The text in the window is another one."""
        self.changed.emit(request_id)

    async def put(self, request_id: RequestId, document: Document, finding: Finding) -> Placed:
        """Puts a finding into the draft, and the draft on this computer; `send` does the rest.

        Raises NotPut; BackendError where neither the server nor this computer knows the case.
        """
        if document.request_id != request_id:
            raise NotPut(Refusal.OTHER_CASE)
        try:
            source = evidence_of(document, finding, self._now())
        except Unfit as error:
            raise NotPut(Refusal.UNFIT) from error
        form = await self._writable(request_id)
        known = same_finding(form, source)
        if known is not None and is_cited(form, known):
            return Placed(known, is_new=False)
        try:
            form = await self._change(request_id, lambda form: put_once(form, source))
        except NoRoom as error:
            raise NotPut(Refusal.NO_ROOM) from error
        placed = same_finding(form, source)
        assert placed is not None  # it was just put there
        return Placed(placed, is_new=True)

    async def take_back(self, request_id: RequestId, source: Evidence) -> bool:
        """Takes the line out of the text again; False where it was rewritten, and stays.

        Raises as `put`.
        """
        before = await self._writable(request_id)
        after = await self._change(request_id, lambda form: taken_back(form, source))
        return before != after

    async def send(self, request_id: RequestId) -> Sent:
        """Hands all of it to the server. Raises BackendError where that refuses."""
        hand = self._hands.get(request_id)
        if hand is not None:
            return await _settled(hand)
        async with self._turns.setdefault(request_id, asyncio.Lock()):
            for _ in range(_MOST_TRIES):
                case = self._cases.get(request_id)
                if case is None or not case.works:
                    return Sent.DONE
                if case.is_disputed or self._is_offline or not await self._saved(request_id, case):
                    break
        case = self._cases.get(request_id)
        if case is None or not case.works:
            return Sent.DONE
        return Sent.DISPUTED if case.is_disputed else Sent.WAITS

    async def run(self) -> None:
        """Sends what waits, each time that there is a connection again."""
        while True:
            await self._connected.wait()
            self._connected.clear()
            for request_id in [one for one in self._cases if self.is_unsent(one)]:
                await self._send_later(request_id)

    def _release(self, request_id: RequestId, hand: Hand) -> None:
        """The window has let go of the text; where the server has it, it is known here too."""
        if self._hands.get(request_id) is not hand:
            return
        del self._hands[request_id]
        row = self._rows.pop(request_id)
        if hand.is_kept:
            draft = CaseDraft(row, hand.state, hand.version, hand.form, base=hand.form)
            self._cases[request_id] = draft
        self.changed.emit(request_id)

    @property
    def _is_offline(self) -> bool:
        return self._link is not None and self._link.is_offline

    async def _send_later(self, request_id: RequestId) -> None:
        try:
            await self.send(request_id)
        except BackendError as error:
            logger.info("findings of %s stay here: %s", request_id, type(error).__name__)

    async def _writable(self, request_id: RequestId) -> ConclusionForm:
        """The draft as it is; raises NotPut where nothing may be put into it."""
        was_known = request_id in self._cases
        if not was_known and request_id not in self._hands:
            await self._read_anyhow(request_id)
        hand = self._hands.get(request_id)
        if hand is not None:
            reason = hand.refusal()
            if reason is not None:
                raise NotPut(reason)
            return hand.form
        case = self._cases[request_id]
        reason = refusal_of(case.row, case.state)
        if reason is None:
            return case.form
        if was_known and not case.works and not self._is_offline:
            del self._cases[request_id]  # it may have been returned since it was read
            return await self._writable(request_id)
        raise NotPut(reason, owner_of(case.row))

    async def _change(self, request_id: RequestId, work: Work) -> ConclusionForm:
        """The changed text; once this returns this computer has it. Raises NoRoom."""
        hand, case = self._hands.get(request_id), self._cases.get(request_id)
        if hand is not None:
            form = _do(hand, work)
        else:
            assert case is not None  # it was just read
            form = case.form = work(case.form)
            case.works.append(work)
            await self._texts.keep(request_id, case.version, form)
        self.changed.emit(request_id)
        return form

    async def _saved(self, request_id: RequestId, case: CaseDraft) -> bool:
        """One try; False where it has to wait."""
        form, count = case.form, len(case.works)
        try:
            saved = await self._texts.save(request_id, case.version, form)
        except Conflict as error:
            if error.code is not ProblemCode.STALE_VERSION:
                raise
            return await self._renewed(request_id, case)
        except BackendError as error:
            if error.is_temporary:
                return False
            await self._undone(request_id, case, error)
            raise
        case.version, case.state, case.is_own = saved.version, saved.state, False
        case.base = form
        del case.works[:count]
        return True

    async def _undone(self, request_id: RequestId, case: CaseDraft, error: BackendError) -> None:
        """A file that is not one of the case any more would stand in the way of every text."""
        if isinstance(error, Rejected) and error.code is ProblemCode.SOURCE_NOT_OF_CASE:
            case.form, case.works = case.base, []
            await self._texts.keep(request_id, case.version, case.base)
            self.changed.emit(request_id)

    async def _renewed(self, request_id: RequestId, case: CaseDraft) -> bool:
        """Somebody has written meanwhile: the findings go onto the newest text, unless words of
        the doctor's own would be lost with that."""
        if case.is_own:
            case.is_disputed = True
            return False
        try:
            draft = await self._texts.open(request_id)
        except BackendError as error:
            if error.is_temporary:
                return False
            raise
        newest = CaseDraft.of(replace(draft, kept=None))
        newest.works = list(case.works)
        for work in newest.works:
            with contextlib.suppress(NoRoom):
                newest.form = work(newest.form)
        self._cases[request_id] = newest
        self.changed.emit(request_id)
        return True

    async def _read_anyhow(self, request_id: RequestId) -> None:
        """From the server, else what this computer knows of the case; raises BackendError."""
        try:
            if not self._is_offline:
                await self._read(request_id)
                return
        except BackendError as error:
            if not error.is_temporary:
                raise
        draft = await self._texts.open_here(request_id)
        if request_id not in self._hands:
            self._cases.setdefault(request_id, CaseDraft.of(draft))

    async def _read(self, request_id: RequestId) -> None:
        case = self._cases.get(request_id)
        if case is not None and case.works:
            return  # what waits here is newer than what the server has
        draft = await self._texts.open(request_id)
        again = self._cases.get(request_id)
        if request_id not in self._hands and not (again is not None and again.works):
            self._cases[request_id] = CaseDraft.of(draft)

    def _row_heard(self, row: RequestRow) -> None:
        case = self._cases.get(row.id)
        if case is not None:
            case.row = row
        if row.id in self._rows:
            self._rows[row.id] = row


async def _settled(hand: Hand) -> Sent:
    if await hand.settle():
        return Sent.DONE
    return Sent.DISPUTED if hand.is_disputed else Sent.WAITS


def _do(hand: Hand, work: Work) -> ConclusionForm:
    """Raises NoRoom."""
    form = work(hand.form)
    if form != hand.form:
        hand.put_in(form)
    return form
