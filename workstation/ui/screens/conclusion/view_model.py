"""Writing and signing a conclusion without its widgets (OZ-12, OZ-16, DRC-13).

The text, the pages and the signature have models of their own; this one knows the case.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError
from backend_client.models.catalogue import ConclusionTemplate, SectionName
from backend_client.models.common import RequestId
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionForm,
    ConclusionState,
    EarlierConclusion,
)
from backend_client.models.documents import NO_CONTACT_PAGE, Document
from backend_client.models.evidence import Evidence
from backend_client.models.identity import IdentityMark
from backend_client.models.phrases import LONGEST_PHRASE, Phrase
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import (
    Action,
    Contact,
    Outcome,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from workstation.core.citations import source_of
from workstation.core.conclusion_template import OWN, lacks_basis, phrases_of
from workstation.core.phrases import facts_of, filled
from workstation.services.answers import Draft
from workstation.services.evidence_doors import Refusal, refusal_of
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.conclusion.asked import (
    Aids,
    Conclusions,
    Earlier,
    Findings,
    Pace,
    PhraseBook,
    Reaching,
    Requests,
)
from workstation.ui.screens.conclusion.draft_writer import WRITABLE, DraftWriter, Keeping
from workstation.ui.screens.conclusion.form_state import Obstacle, has_bad_code, says_nothing
from workstation.ui.screens.conclusion.hand import Hands
from workstation.ui.screens.conclusion.phrase_panel import Offered
from workstation.ui.screens.conclusion.preview_model import PreviewModel
from workstation.ui.screens.conclusion.signing_model import SigningModel
from workstation.ui.screens.conclusion.spelling_model import SpellingModel
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording

logger = logging.getLogger(__name__)

BEFORE_THE_END_OF_THE_CALL = frozenset(
    {
        RequestStatus.CLAIMED,
        RequestStatus.SLOT_PROPOSED,
        RequestStatus.SCHEDULED,
        RequestStatus.WAITING,
        RequestStatus.IN_CALL,
    }
)


ENDED_UNSIGNED = frozenset(
    {
        RequestStatus.CLOSED_WITHOUT_CONCLUSION,
        RequestStatus.NO_CONTACT,
        RequestStatus.CANCELLED,
        RequestStatus.CANCELLED_LATE,
        RequestStatus.ANNULLED,
        RequestStatus.INVITED_IN_PERSON,
        RequestStatus.INPATIENT_CARE,
        RequestStatus.OUT_OF_PROFILE,
        RequestStatus.DECLINED,
    }
)
"""Ends of a request that ask for no conclusion (OZ-22, SPB-22, DRC-11)."""
LAST_CHANCE_S = 3.0
"""So long the end of the program waits for texts that are not saved yet."""


class ConclusionViewModel(QObject):
    """One case at a time. Its draft belongs to the case: it is found again as it was left."""

    changed = Signal()
    form_replaced = Signal()
    """`form` is another one, and not because the doctor has typed it."""
    form_grown = Signal()
    """A finding was put into `form`, or taken back: the rest of it is as it was."""
    source_wanted = Signal(str, Evidence)
    """The place that a number leads to is to be shown: the request's id and the source."""
    signed = Signal(str)
    """The server has the signed conclusion of this request."""
    file_wanted = Signal(str, str)
    """A file is to be looked at: the ids of the request and of the document."""
    phrases_changed = Signal()
    """One's own phrases were kept, or could not be."""
    ending_wanted = Signal(str)
    """The request of this id is to end without a conclusion."""
    failed_away = Signal(UserMessage)
    """Something of a case that was left did not come through."""
    closed = Signal()
    """The doctor went back."""

    def __init__(
        self,
        requests: Requests,
        conclusions: Conclusions,
        wording: Wording,
        parent: QObject | None = None,
        *,
        pace: Pace | None = None,
        findings: Findings | None = None,
        aids: Aids | None = None,
    ) -> None:
        """`findings` bring measurements and strips in from the files; None: nobody does. `aids`
        help to write."""
        super().__init__(parent)
        self.request_id: RequestId | None = None
        self.row: RequestRow | None = None
        self.card: RequestCard | None = None
        self.problem: UserMessage | None = None
        """Why the case cannot be shown."""
        self.is_leaving = False
        """The draft is saved before the case is left; leaving again does not wait for that."""
        self.wording = wording
        self.template: ConclusionTemplate = OWN
        """By which the conclusion is written."""
        self.earlier: Sequence[EarlierConclusion] = ()
        """What the patient was told before, the newest first, where it is known."""
        self.aids = aids or Aids()
        self._requests, self._conclusions = requests, conclusions
        self._pace = pace or Pace()
        self._hands = Hands(findings, self._refusal)
        self.preview = PreviewModel(conclusions, self._pace, self)
        self.signing = SigningModel(conclusions, self)
        self.spelling = SpellingModel(self.aids.spelling, self)
        self._writer: DraftWriter | None = None
        self._unsaved: dict[RequestId, DraftWriter] = {}
        self._told: set[RequestId] = set()
        self._paged: set[RequestId] = set()
        """Cases whose page about a lost contact was kept in this run."""
        self._printed: object = None
        self.is_correcting = False
        """A new edition is asked for."""
        self._corrections = TaskScope(on_error=self._not_corrected)
        self._reads = TaskScope(on_error=self._read_failed)
        self._aid_tasks = TaskScope(on_error=lambda e: self.failed_away.emit(user_message(e)))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._look_again)
        self._ending: set[asyncio.Task[None]] = set()
        self._unsubscribe = (
            requests.changed.subscribe(self._row_heard),
            requests.reload_needed.subscribe(lambda _: self._read_again()),
        )
        for part in (self.preview, self.signing):
            part.changed.connect(self.changed)
        self.signing.signed.connect(self._signed)
        self.signing.refused.connect(lambda _: self._not_signed())
        self.signing.lifting_heard.connect(self._lifting_heard)

    @property
    def form(self) -> ConclusionForm:
        """The text as it is now."""
        return self._writer.form if self._writer is not None else ConclusionForm()

    @property
    def record(self) -> Conclusion | None:
        """What the server keeps; None before the first save."""
        return self._writer.record if self._writer is not None else None

    @property
    def draft(self) -> DraftWriter | None:
        """The text and where it is kept; None until it is read."""
        return self._writer

    @property
    def state(self) -> ConclusionState:
        """Where the conclusion stands."""
        return ConclusionState.DRAFTING if self.record is None else self.record.state

    @property
    def is_editable(self) -> bool:
        """Whether the doctor may write now."""
        if self.row is None or self._writer is None or self.is_signing:
            return False
        return self.state in WRITABLE and Action.WRITE_CONCLUSION in self.row.allowed_actions

    @property
    def has_ended(self) -> bool:
        """Whether the request has come to an end for which nothing was signed."""
        ended = self.row is not None and self.row.status in ENDED_UNSIGNED
        return ended and self.state in WRITABLE

    @property
    def is_settled(self) -> bool:
        """Whether the text stays as it is: it was signed, or the request has ended without it."""
        return self._writer is not None and (self.has_ended or self.state not in WRITABLE)

    @property
    def is_cut_off(self) -> bool:
        """Whether the text goes on without the server: it could not be asked the last time."""
        return self._writer is not None and self._writer.is_cut_off

    @property
    def is_signing(self) -> bool:
        """Whether this case's conclusion is being signed."""
        return self.signing.ordered is not None and self.signing.ordered == self.request_id

    @property
    def unopened(self) -> tuple[Document, ...]:
        """Files of the case that the doctor has not looked at; a page of our own is none."""
        files = self.card.documents if self.card is not None else ()
        sent = (one for one in files if one.item_code != NO_CONTACT_PAGE)
        return tuple(one for one in sent if not one.opened)

    @property
    def obstacle(self) -> Obstacle | None:
        """What stands before the signature; None where a PIN is all that is needed."""
        writer, row = self._writer, self.row
        if writer is None or row is None:
            return Obstacle.NOT_READ
        if self.is_signing:
            return Obstacle.BUSY
        if not self.is_editable:
            return Obstacle.NOT_WRITTEN
        if IdentityMark.NOT_IDENTIFIED in row.identity_marks:
            return Obstacle.NOT_IDENTIFIED
        if Action.SIGN_CONCLUSION not in row.allowed_actions:
            early = row.status in BEFORE_THE_END_OF_THE_CALL
            return Obstacle.TOO_EARLY if early else Obstacle.NOT_ALLOWED
        return self._obstacle_in_text(writer) or self._obstacle_in_pages()

    def open(self, request_id: RequestId) -> None:
        """Opens a case, with the text as it was left."""
        if request_id != self.request_id:
            self._forget()
        self.request_id, self.is_leaving = request_id, False
        self.changed.emit()
        self._read()
        self.signing.read_certificate()

    def retry(self) -> None:
        """Reads again what could not be read, saves and shows what could not."""
        self.problem = None
        self._read_again()
        if self.signing.no_certificate is not None:
            self.signing.read_certificate()
        if self.preview.problem is not None:
            self._renew_pages(again=True)

    def write(self, form: ConclusionForm) -> None:
        """Takes what was typed in the form; why files were not opened is said elsewhere, and
        stays."""
        if self._writer is not None and self.is_editable:
            reason = self._writer.form.unopened_reason
            self._writer.write(msgspec.structs.replace(form, unopened_reason=reason))

    def sign(self, pin: str) -> None:
        """Signs the pages that are shown; the PIN goes on at once and is kept nowhere."""
        ready = self.preview.ready
        is_open = bool(pin) or not self.signing.needs_pin
        if is_open and self.obstacle is None and ready is not None:
            self.signing.sign(ready, pin)

    @property
    def can_correct(self) -> bool:
        """Whether a new edition of what the patient has may be begun now."""
        if self.row is None or self.is_correcting or self.state is not ConclusionState.DELIVERED:
            return False
        return Action.CORRECT_CONCLUSION in self.row.allowed_actions

    def explain_unopened(self, reason: str) -> None:
        """Why the files that were not looked at need not be."""
        if self._writer is None or not self.is_editable:
            return
        form = self._writer.form
        if reason != form.unopened_reason:
            self._writer.write(msgspec.structs.replace(form, unopened_reason=reason))

    def correct(self, reason: str) -> None:
        """Begins a new edition of what the patient has; what is wrong with it is printed."""
        if self.record is not None and self.can_correct and reason.strip():
            self.is_correcting = True
            self.changed.emit()
            self._corrections.start(
                self._correct(self.record, reason.strip()), name="conclusion.correct"
            )

    def want_file(self) -> None:
        """The first file that was not looked at."""
        if self.unopened and self.request_id is not None:
            self.file_wanted.emit(self.request_id, self.unopened[0].id)

    def want_source(self, number: int) -> None:
        """Shows where the number comes from; one without a source leads nowhere."""
        source = source_of(self.form, number)
        if source is not None and self.request_id is not None:
            self.source_wanted.emit(self.request_id, source)

    @property
    def contact(self) -> Contact | None:
        """What was tried to reach the patient, where the doctor may say more of it now."""
        row, card = self.row, self.card
        if row is None or card is None or self.aids.reaching is None or self.is_cut_off:
            return None
        own = Action.LOG_PHONE_ATTEMPT in row.allowed_actions
        is_early = row.appointment_at is not None and self.wording.now() < row.appointment_at
        can_be_lost = own and row.status is RequestStatus.SCHEDULED and not is_early
        return card.contact if can_be_lost else None

    @property
    def lost(self) -> Outcome | None:
        """How the case has ended, where the patient could not be reached."""
        card = self.card
        if card is None or card.row.status is not RequestStatus.NO_CONTACT:
            return None
        return card.outcome

    @property
    def lost_page(self) -> Document | None:
        """The page about it, once it is kept with the case."""
        files = self.card.documents if self.card is not None else ()
        return next((one for one in files if one.item_code == NO_CONTACT_PAGE), None)

    def want_lost_page(self) -> None:
        """The page is to be looked at."""
        if self.lost_page is not None and self.request_id is not None:
            self.file_wanted.emit(self.request_id, self.lost_page.id)

    def log_attempt(self, outcome: PhoneOutcome) -> None:
        """The doctor has called the patient's telephone."""
        if self.aids.reaching is not None and self.request_id is not None:
            work = self.aids.reaching.log(self.request_id, outcome)
            self._aid_tasks.start(self._then_read(work), name="conclusion.attempt")

    def close_no_contact(self) -> None:
        """Nobody could be reached: the request ends upon the server's evidence."""
        if self.aids.reaching is not None and self.row is not None:
            work = self.aids.reaching.close(self.row.id, self.row.version)
            self._aid_tasks.start(self._then_read(work), name="conclusion.no_contact")

    def _keep_page(self, card: RequestCard) -> None:
        """Of a case that was closed for want of contact; where it does not succeed, it is done at
        the next reading: with the connection, or when the case is opened again."""
        reaching = self.aids.reaching
        if reaching is None or card.row.id in self._paged or not reaching.lacks_page(card):
            return
        self._aid_tasks.cancel("conclusion.page")
        self._aid_tasks.start(self._page(reaching, card), name="conclusion.page")

    async def _page(self, reaching: Reaching, card: RequestCard) -> None:
        try:
            await reaching.keep_page(card)
        except BackendError as error:
            logger.info("the page is not kept yet: %s", type(error).__name__)
            return
        self._paged.add(card.row.id)
        self._read()

    async def _then_read(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except BackendError as error:
            self.failed_away.emit(user_message(error))
        self._read()

    def want_ending(self) -> None:
        """The case is to end without a conclusion: the text stays as it is, in case."""
        if self._writer is not None and self.request_id is not None:
            self._writer.save_now()
            self.ending_wanted.emit(self.request_id)

    def offered_phrases(self, section: SectionName) -> list[Offered]:
        """The template's and one's own for a section, with what the case says put in."""
        facts = None if self.card is None else facts_of(self.card, self.wording.now().date())
        if facts is None:
            return []
        own = () if self.aids.phrases is None else self.aids.phrases.own
        fitting = [one for one in own if one.section in (None, section)]
        return [
            *(Offered(filled(one.text, facts), one) for one in fitting),
            *(Offered(filled(text, facts)) for text in phrases_of(self.template, section)),
        ]

    def keep_phrase(self, text: str, section: SectionName) -> None:
        """Keeps a text as a phrase of one's own for that section."""
        book = self.aids.phrases
        if book is not None and text.strip():
            phrases = [*book.own, Phrase(section=section, text=text.strip()[:LONGEST_PHRASE])]
            self._save_phrases(book, phrases)

    def drop_phrase(self, phrase: Phrase) -> None:
        """Keeps an own phrase no more."""
        book = self.aids.phrases
        if book is not None:
            self._save_phrases(book, [one for one in book.own if one != phrase])

    def _save_phrases(self, book: PhraseBook, phrases: list[Phrase]) -> None:
        async def save() -> None:
            try:
                await book.save(phrases)
            except BackendError as error:
                self.failed_away.emit(user_message(error))
            self.phrases_changed.emit()

        self._aid_tasks.start(save(), name="conclusion.phrases")

    def leave(self) -> None:
        """Saves and goes back; asked twice, it does not wait for the server."""
        writer = self._writer
        is_safe = writer is None or writer.is_kept or (writer.is_cut_off and writer.is_here)
        if writer is None or is_safe or self.is_leaving:
            self.abandon()
            self.closed.emit()
            return
        self.is_leaving = True
        self.changed.emit()
        self._reads.start(self._save_and_leave(writer), name="conclusion.leave")

    def abandon(self) -> None:
        """The case was left by another road; what is not saved yet is saved without it."""
        self._forget()
        self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good; what is still on its way is given one chance."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._forget()
        writers = list(self._unsaved.values())
        if chances := [asyncio.ensure_future(writer.settle()) for writer in writers]:
            await asyncio.wait(chances, timeout=LAST_CHANCE_S)
        await self._reads.close()
        await self._aid_tasks.close()
        await self._corrections.close()
        await self.spelling.close()
        await self.signing.close()
        await self.preview.close()
        for writer in list(self._unsaved.values()):
            self._let_go(writer)
        await asyncio.gather(*self._ending, *chances)

    async def _correct(self, record: Conclusion, reason: str) -> None:
        await self._conclusions.correct(record, reason)
        self.is_correcting = False
        if self.request_id == record.request_id:
            self._read()
        self.changed.emit()

    def _not_corrected(self, error: BaseException) -> None:
        self.is_correcting = False
        self.failed_away.emit(user_message(error))
        self._read_again()
        self.changed.emit()

    def _obstacle_in_text(self, writer: DraftWriter) -> Obstacle | None:
        if writer.keeping is Keeping.STALE:
            return Obstacle.STALE
        if writer.is_cut_off and self.signing.unsent is None:
            return Obstacle.CUT_OFF
        if says_nothing(writer.form):
            return Obstacle.NOTHING_FILLED
        if has_bad_code(writer.form):
            return Obstacle.BAD_CODE
        if writer.keeping in (Keeping.FAILED, Keeping.NOT_BEGUN):
            return Obstacle.NOT_SAVED
        if writer.keeping is not Keeping.SAVED:
            return Obstacle.SAVING
        if lacks_basis(writer.form):
            return Obstacle.NO_BASIS
        is_said = bool(writer.form.unopened_reason.strip())
        return Obstacle.UNOPENED if self.unopened and not is_said else None

    def _obstacle_in_pages(self) -> Obstacle | None:
        if self.preview.problem is not None:
            return Obstacle.UNPRINTABLE
        ready = self.preview.ready
        if ready is None or self.record is None or ready.version != self.record.version:
            return Obstacle.NO_PAGES
        facts = self.signing.certificate
        if facts is None or self.signing.words.unfit(facts, self.wording) is not None:
            return Obstacle.NO_CERTIFICATE
        return None

    def _read_again(self) -> None:
        for writer in self._unsaved.values():
            writer.save_now()
        self._read()

    def _read(self) -> None:
        self._again.stop()
        self._reads.cancel("conclusion.read")
        if self.request_id is not None:
            self._reads.start(self._show(self.request_id), name="conclusion.read")

    def _look_again(self) -> None:
        """While the server cannot be asked, it is asked again and again."""
        if self._reads.is_idle:
            self._read()
        else:
            self._again.start(self._pace.retry)

    async def _show(self, request_id: RequestId) -> None:
        draft = await self._conclusions.open_anyhow(request_id)
        self.card, self.row, self.problem = draft.card, draft.card.row, None
        self.template = draft.template
        self.spelling.know_names(_names(draft.card))
        if not draft.is_here:
            self._keep_page(draft.card)
        if self._writer is not None:
            self._writer.adopt(draft)
        else:
            self._begin(draft)
        if self.state not in WRITABLE and self.signing.unsent is not None:
            self.signing.forget()  # it had arrived: only the answer was lost
            self.signed.emit(request_id)
        if draft.is_here:
            self._again.start(self._pace.retry)
        self._renew_pages()
        self.changed.emit()

    def _begin(self, draft: Draft) -> None:
        request_id = draft.card.row.id
        writer = self._unsaved.get(request_id)
        self._writer = writer
        if writer is not None:
            writer.adopt(draft)
        else:
            if Action.WRITE_CONCLUSION not in draft.card.row.allowed_actions:
                draft = replace(draft, kept=None)
            writer = self._writer = DraftWriter(draft, self._conclusions, self._pace, self)
            self._unsaved[request_id] = writer
            writer.changed.connect(lambda: self._written(writer))
            writer.saved.connect(lambda: self._kept(writer))
            writer.replaced.connect(lambda: self._replaced(writer))
            writer.grown.connect(lambda: self._grown(writer))
            self._hands.hold(writer, draft.card.row)
        self.form_replaced.emit()
        if self.aids.earlier is not None:
            self._reads.start(
                self._read_earlier(self.aids.earlier, request_id), name="conclusion.earlier"
            )

    async def _read_earlier(self, source: Earlier, request_id: RequestId) -> None:
        """Without them one can write as well."""
        try:
            earlier = await source.earlier(request_id)
        except BackendError as error:
            logger.info("earlier conclusions are not read: %s", type(error).__name__)
            return
        if self.request_id == request_id:
            self.earlier = earlier
            self.changed.emit()

    def _written(self, writer: DraftWriter) -> None:
        self._hands.tell(writer.request_id)
        if writer is self._writer:
            if not writer.is_kept:
                self.signing.forget()  # what was said of the text before
            if writer.is_cut_off and not self._again.isActive():
                self._again.start(self._pace.retry)
            self.changed.emit()
        elif writer.problem is not None or writer.theirs is not None:
            self._tell_unsaved(writer)
        elif writer.is_kept:
            self._let_go(writer)

    def _tell_unsaved(self, writer: DraftWriter) -> None:
        """Once for each time that a case was left."""
        if writer.request_id not in self._told:
            self._told.add(writer.request_id)
            title = self.tr("The text of a conclusion that you left is not saved yet")
            here = self.tr("It is kept on this computer and is sent by itself.")
            there = self.tr("It stands there as you left it.")
            self.failed_away.emit(UserMessage(title, here if writer.is_here else there))

    def _kept(self, writer: DraftWriter) -> None:
        if writer is self._writer:
            self._renew_pages()

    def _replaced(self, writer: DraftWriter) -> None:
        if writer is self._writer:
            self.form_replaced.emit()

    def _grown(self, writer: DraftWriter) -> None:
        if writer is self._writer:
            self.form_grown.emit()

    def _refusal(self, writer: DraftWriter) -> Refusal | None:
        """Why no finding can be put into that text now."""
        if self.signing.ordered == writer.request_id:
            return Refusal.SIGNING
        row = self.row if writer is self._writer else None
        record = writer.record
        state = ConclusionState.DRAFTING if record is None else record.state
        if row is None:
            return None if state in WRITABLE else Refusal.SIGNED
        return refusal_of(row, state)

    def _renew_pages(self, *, again: bool = False) -> None:
        """New pages where something else would be printed than on those that are shown."""
        record, card = self.record, self.card
        if record is None or card is None:
            return
        printed = _printed(record, card)
        if printed == self._printed and not again:
            return
        self._printed = printed
        if record.state in WRITABLE:
            self.preview.want(Draft(card, record.form, record))
        else:
            self.preview.want_signed(record)

    def _row_heard(self, row: RequestRow) -> None:
        if row.id != self.request_id or self.row is None:
            return
        before, self.row = self.row, row
        self.changed.emit()
        if _matters(row) != _matters(before) and not self.is_signing:
            self._read()

    def _signed(self, conclusion: Conclusion) -> None:
        writer = self._unsaved.get(conclusion.request_id)
        if writer is not None:
            writer.follow(conclusion)
        if self.request_id == conclusion.request_id:
            self._read()
        self.signed.emit(conclusion.request_id)

    def _lifting_heard(self, request_id: str) -> None:
        """Its level is another one; a file that was lifted is read anew, with its hash."""
        if self.request_id != request_id or self.state in WRITABLE:
            return
        lifting, record = self.signing.lifting(self.request_id), self.record
        if lifting is not None and record is not None and record.level != lifting.level:
            self._read()
        self.changed.emit()

    def _not_signed(self) -> None:
        """`signing.problem` says why; where the state is another one, it is read again."""
        if self.signing.ordered != self.request_id:
            if self.signing.problem is not None:
                self.failed_away.emit(self.signing.problem)
            self.signing.forget()
        elif not self.signing.is_pin_wrong:
            self._read()

    async def _save_and_leave(self, writer: DraftWriter) -> None:
        await writer.settle()
        if self._writer is writer and self.is_leaving:
            self.abandon()
            self.closed.emit()

    def _read_failed(self, error: BaseException) -> None:
        # What is shown already stays: only the first reading is worth a message.
        if self._writer is None:
            self.problem = user_message(error)
            self.changed.emit()
        elif self._writer.is_cut_off:
            self._again.start(self._pace.retry)

    def _let_go(self, writer: DraftWriter) -> None:
        if self._unsaved.pop(writer.request_id, None) is not None:
            self._hands.release(writer.request_id)
            end = asyncio.get_running_loop().create_task(_end(writer), name="conclusion.writer")
            self._ending.add(end)
            end.add_done_callback(self._ending.discard)

    def _forget(self) -> None:
        self._again.stop()
        self._reads.cancel("conclusion.read")
        self._reads.cancel("conclusion.leave")
        self._reads.cancel("conclusion.earlier")
        self.template, self.earlier = OWN, ()
        writer, self._writer = self._writer, None
        if writer is not None:
            self._told.discard(writer.request_id)
            writer.save_now()
            if writer.is_kept:
                self._let_go(writer)
        self.request_id, self.row, self.card, self.problem = None, None, None, None
        self.is_leaving, self._printed = False, None
        self.preview.clear()
        if not self.signing.is_busy:
            self.signing.forget()


async def _end(writer: DraftWriter) -> None:
    await writer.close()
    writer.deleteLater()


def _names(card: RequestCard) -> list[str]:
    """Of people and places that the case names."""
    row, represented = card.row, card.representative
    names = [row.patient.full_name, row.patient.place, card.requesting_doctor, card.payer]
    return [*names, *([] if represented is None else [represented.full_name])]


def _matters(row: RequestRow) -> object:
    """What of a row makes the conclusion another one."""
    facts = (row.status, row.owner, row.allowed_actions, row.checklist)
    return (*facts, row.patient, row.diagnosis, row.identity_marks)


def _printed(record: Conclusion, card: RequestCard) -> object:
    """What the paper is made of."""
    row = card.row
    files = tuple(one.id for one in card.documents if one.opened)
    who = (row.patient, card.representative, card.medical_record_number, card.requesting_doctor)
    return (record.version, record.state, record.sha256, row.status, files, *who)
