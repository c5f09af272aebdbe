"""Approvals without their widgets: what waits, what is being read, the two decisions (OZ-12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.models.annotations import Annotation
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import Approval, ConclusionForm
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestCard, RequestRow
from signing.report import Verdict
from workstation.core.connection import ConnectionState, Link
from workstation.core.form_difference import SectionChange, changes
from workstation.core.return_place import written
from workstation.services.answers import SignedPdf
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.approvals.asked import (
    Approvals,
    Connection,
    Measurements,
    Requests,
)
from workstation.ui.screens.approvals.document_reader import DocumentReader, Reading
from workstation.ui.screens.approvals.list_filter import Choice
from workstation.ui.screens.approvals.sent import SentModel
from workstation.ui.screens.approvals.waiting_list import Finding, ListState, WaitingList
from workstation.ui.screens.delivery.glance import Deliveries
from workstation.ui.task_scope import TaskScope
from workstation.ui.widgets.signing_words import SigningWords, is_wrong_pin
from workstation.ui.wording import Wording

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts

LONGEST_REASON = 3800
"""Characters: the name of a section and a passage stand before them, and the server takes 4,000."""
_OF_THE_STATE = (ProblemCode.STALE_VERSION, ProblemCode.MOVE_NOT_ALLOWED, ProblemCode.NOT_FOUND)


class Refusal(Enum):
    """Why the chosen conclusion cannot be approved now."""

    NOTHING_CHOSEN = "nothing_chosen"
    DECIDED = "decided"
    """Somebody else was first."""
    NOT_READ = "not_read"
    """Not yet."""
    NOT_VERIFIED = "not_verified"
    """It could not be fetched."""
    FILE_CHANGED = "file_changed"
    NOT_GOOD = "not_good"
    UNDECIDED = "undecided"
    NOT_SHOWN = "not_shown"
    """It cannot be read on the screen."""
    NO_CERTIFICATE = "no_certificate"
    OFFLINE = "offline"
    BUSY = "busy"


class Done(Enum):
    """What was decided last."""

    APPROVED = "approved"
    RETURNED = "returned"


class ApprovalsViewModel(QObject):
    """The chosen conclusion stays chosen over live changes; PINs are handed on and never kept."""

    changed = Signal()
    chosen_changed = Signal()
    """Another conclusion is chosen, or the chosen one was signed anew."""
    count_changed = Signal(int)
    """So many wait."""
    pin_refused = Signal()
    approved = Signal(str)
    """The server has the clinic's signature: the request's id."""
    returned = Signal(str)
    """The doctor has it again: the request's id."""
    failed_away = Signal(UserMessage)
    """A decision was not taken after another conclusion or another room was chosen."""

    def __init__(
        self,
        requests: Requests,
        approvals: Approvals,
        wording: Wording,
        connection: Connection | None = None,
        measurements: Measurements | None = None,
        parent: QObject | None = None,
        deliveries: Deliveries | None = None,
    ) -> None:
        super().__init__(parent)
        self.sent = SentModel(requests, deliveries, self)
        self.waiting = WaitingList(requests, approvals, wording, self)
        self.reader = DocumentReader(approvals, self)
        self.chosen: Approval | None = None
        self.row: RequestRow | None = None
        """The chosen one's request, once it is read."""
        self.card: RequestCard | None = None
        """All of its request, once it is read."""
        self.documents: tuple[Document, ...] = ()
        """Its files, once they are read."""
        self.form: ConclusionForm | None = None
        """Its text, once it is read."""
        self.sources: tuple[Evidence, ...] = ()
        """What the numbers in its text lead to, once it is read."""
        self.changes: tuple[SectionChange, ...] | None = None
        """What it says otherwise than the edition before; None: it is the first, or not read."""
        self.approved_at_once = 0
        """How many of the opened ones the last order for all of them has approved."""
        self.is_decided = self.is_renewed = self.is_busy = False
        self.is_lifted = False
        """What is renewed is the signature's level alone."""
        self.problem: UserMessage | None = None
        """Why the last order was not carried out."""
        self.done: Done | None = None
        self.certificate: CertificateFacts | None = None
        self.certificate_problem: UserMessage | None = None
        self._requests, self._approvals = requests, approvals
        self._measurements = measurements
        self._wording, self._connection = wording, connection
        self._words = SigningWords(self)
        self._reasons: dict[RequestId, str] = {}
        self._ordered: RequestId | None = None
        self._place = 0
        self._is_seen = False
        self._tasks = TaskScope(on_error=self._failed)
        self._keys = TaskScope(on_error=self._certificate_failed)
        self._cards = TaskScope(on_error=_leave_the_name_alone)
        self._unsubscribe = [requests.changed.subscribe(self._heard)]
        if measurements is not None:
            self._unsubscribe.append(measurements.changed.subscribe(self._measured))
        if connection is not None:
            self._unsubscribe.append(connection.state_changed.subscribe(self._connected))
        self._held = 0
        self.waiting.changed.connect(self._tell)
        self.sent.changed.connect(self._tell)
        self.waiting.was_read.connect(self._follow_chosen)
        self.waiting.count_changed.connect(self.count_changed)
        self.reader.changed.connect(self._read_on)

    @property
    def measured(self) -> tuple[Annotation, ...]:
        """What the doctor measured in the files of the chosen request."""
        if self.chosen is None or self._measurements is None:
            return ()
        return self._measurements.of(self.chosen.request_id)

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return self.waiting.count

    @property
    def total(self) -> int:
        """How many wait, shown or not."""
        return len(self.waiting.all)

    @property
    def pin_hint(self) -> str:
        """The PIN of the demonstration's key; empty elsewhere."""
        return self._approvals.pin_hint

    @property
    def pin_until(self) -> datetime | None:
        """Until when the PIN need not be typed again; None: it has to be."""
        return self._approvals.pin_until

    @property
    def opened(self) -> tuple[Approval, ...]:
        """Those that were opened here and found good, the oldest first."""
        return tuple(
            one for one in self.waiting.rows.records() if self.waiting.finding(one) is Finding.GOOD
        )

    @property
    def can_approve_opened(self) -> bool:
        """Whether all that were opened can be approved at once now."""
        return bool(self.opened) and self._refusal_of_means() is None

    @property
    def is_offline(self) -> bool:
        """Whether the server is known not to answer."""
        return self._connection is not None and self._connection.state.link is Link.OFFLINE

    @property
    def refusal(self) -> Refusal | None:
        """Why A and Enter do nothing now; None where they approve."""
        if self.chosen is None:
            return Refusal.NOTHING_CHOSEN
        if self.is_decided:
            return Refusal.DECIDED
        return self._refusal_of_file() or self._refusal_of_means()

    @property
    def can_return(self) -> bool:
        """Whether the chosen conclusion can go back to its doctor, good or not."""
        waits = self.chosen is not None and not self.is_decided
        return waits and not self.is_busy and not self.is_offline

    @property
    def reason(self) -> str:
        """What was written so far of why the chosen one goes back."""
        return self._reasons.get(self.chosen.request_id, "") if self.chosen is not None else ""

    def start(self) -> None:
        """Reads the list."""
        self.waiting.reload()

    def open(self) -> None:
        """The room is seen: the chosen conclusion is read, the oldest where none is chosen."""
        self._is_seen = True
        if self.certificate is None:
            self._keys.cancel("approvals.certificate")
            self._keys.start(self._read_certificate(), name="approvals.certificate")
        if self.waiting.state is ListState.FAILED:
            self.waiting.reload()
        if self.chosen is None or self.is_decided:
            self._choose_at(0)
        else:
            self._read_chosen()

    def leave(self) -> None:
        """The room is not seen any more: no patient's file stays open behind it."""
        self._is_seen = False
        self.done, self.problem, self.is_renewed = None, None, False
        for name in ("approvals.card", "approvals.sources", "approvals.changes"):
            self._cards.cancel(name)
        self.reader.leave()

    def choose(self, row: int) -> None:
        """Chooses the conclusion in that row."""
        one = self.waiting.rows.record(row)
        if one is not None and (self.chosen is None or one.request_id != self.chosen.request_id):
            self._show(one, row)

    def show_only(self, choice: Choice | None) -> None:
        """The list shows those alone; None: all. One that is not among them is put down."""
        self.waiting.show_only(choice)
        chosen = self.chosen
        if self._is_seen and (chosen is None or self.waiting.find(chosen.request_id) is None):
            self._choose_at(0)

    def step(self, rows: int) -> None:
        """The next one down (or, negative, up)."""
        found = None if self.chosen is None else self.waiting.find(self.chosen.request_id)
        if found is None:  # the chosen one has left the list: what stands in its place
            self._choose_at(self._place)
        else:
            self.choose(min(self.count - 1, max(0, found[0] + rows)))

    def read_again(self) -> None:
        """Fetches and verifies the chosen conclusion anew."""
        self.problem = None
        if self.chosen is not None:
            self.reader.read(self.chosen, anew=True)

    def approve(self, pin: str) -> None:
        """Adds the clinic's signature with the key that this PIN opens."""
        signed = self.reader.signed
        if self.refusal is not None or signed is None or not (pin or self.pin_until):
            return
        self._begin(signed.approval.request_id)
        self._tasks.start(self._approve(signed, pin), name="approvals.approve")

    def approve_opened(self, pin: str) -> None:
        """Approves, one after the other, what was opened here and found good; each is fetched and
        verified anew. The first that cannot be approved ends it."""
        if self.can_approve_opened and (pin or self.pin_until):
            self.is_busy, self.problem, self.done = True, None, None
            self.approved_at_once = 0
            self.changed.emit()
            self._tasks.start(self._approve_all(self.opened, pin), name="approvals.approve_all")

    def write_reason(self, text: str) -> None:
        """Keeps what is written until it is sent, also while another one is read."""
        if self.chosen is not None:
            self._reasons[self.chosen.request_id] = text

    def give_back(self, place: str = "", passage: str = "") -> None:
        """Returns the chosen conclusion to its doctor with the reason that was written; `place` is
        the name of the section that is meant, `passage` words of it."""
        said = self.reason.strip()
        if self.chosen is None or not self.can_return or not 0 < len(said) <= LONGEST_REASON:
            return
        reason = written(place, passage, said)
        self._begin(self.chosen.request_id)
        self._tasks.start(self._give_back(self.chosen, reason), name="approvals.return")

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        await self.waiting.close()
        await self.sent.close()
        await self.reader.close()
        for scope in (self._keys, self._cards, self._tasks):
            await scope.close()

    def _refusal_of_file(self) -> Refusal | None:
        reader = self.reader
        if reader.state is Reading.CHANGED:
            return Refusal.FILE_CHANGED
        if reader.state is Reading.FAILED:
            return Refusal.NOT_VERIFIED
        if reader.verdict is None:
            return Refusal.NOT_READ
        if reader.verdict is not Verdict.VALID:
            undecided = reader.verdict is Verdict.INDETERMINATE
            return Refusal.UNDECIDED if undecided else Refusal.NOT_GOOD
        if reader.pages_problem is not None:
            return Refusal.NOT_SHOWN
        return None if reader.pages is not None else Refusal.NOT_READ

    def _refusal_of_means(self) -> Refusal | None:
        if self.is_busy:
            return Refusal.BUSY
        if self.is_offline:
            return Refusal.OFFLINE
        return Refusal.NO_CERTIFICATE if self.certificate_problem is not None else None

    def _follow_chosen(self) -> None:
        """The list was read: the chosen one stays, whatever has become of it."""
        chosen = self.chosen
        if chosen is None:
            if self._is_seen and self.count:
                self._choose_at(0)
            return
        if self._ordered == chosen.request_id:
            return
        found = self.waiting.find(chosen.request_id)
        if found is None and not self.waiting.waits(chosen.request_id):
            self.is_decided = True
            self.changed.emit()
        elif found is None:  # it is not one of those that are shown any more
            self._choose_at(0)
        elif _is_other(found[1], chosen) or self.is_decided:
            self._show(found[1], found[0], renewed=True)

    def _choose_at(self, row: int) -> None:
        row = max(0, min(row, self.count - 1))
        self._show(self.waiting.rows.record(row), row)

    def _show(self, one: Approval | None, place: int, *, renewed: bool = False) -> None:
        self.is_lifted = renewed and _is_same(one, self.chosen)
        if not renewed:
            self.problem, self.row = None, None
        self.chosen, self._place = one, place
        self.is_decided, self.is_renewed = False, renewed
        with self._told_once():
            self.chosen_changed.emit()
            self._read_chosen()

    def _read_chosen(self) -> None:
        for name in ("approvals.card", "approvals.sources", "approvals.changes"):
            self._cards.cancel(name)
        self.card, self.form = None, None
        self.documents, self.sources, self.changes = (), (), None
        if self.chosen is None:
            self.reader.leave()
        elif self._is_seen:
            self.reader.read(self.chosen)
            self._cards.start(self._read_card(self.chosen.request_id), name="approvals.card")
            self._cards.start(self._read_sources(self.chosen), name="approvals.sources")
            self._cards.start(self._read_changes(self.chosen), name="approvals.changes")

    async def _read_card(self, request_id: RequestId) -> None:
        view = await self._requests.card(request_id)
        self.card, self.row = view.card, view.card.row
        self.documents = tuple(view.card.documents)
        self.changed.emit()
        if self._measurements is not None:
            await self._measurements.read(request_id)

    async def _read_sources(self, approval: Approval) -> None:
        self.sources = await self._approvals.sources(approval)
        self.changed.emit()

    async def _read_changes(self, approval: Approval) -> None:
        self.form = await self._approvals.form(approval)
        self.changed.emit()
        if self.form is None or approval.edition <= 1:
            return
        before = await self._approvals.before(approval)
        if before is not None:
            self.changes = changes(before.form, self.form)
            self.changed.emit()

    def _measured(self, request_id: RequestId) -> None:
        if self.chosen is not None and request_id == self.chosen.request_id:
            self.changed.emit()

    async def _read_certificate(self) -> None:
        self.certificate = await self._approvals.certificate()
        self.certificate_problem = self._words.unfit(self.certificate, self._wording)
        self.changed.emit()

    def _begin(self, request_id: RequestId) -> None:
        self.is_busy, self._ordered, self.approved_at_once = True, request_id, 0
        self.problem, self.done = None, None
        self.changed.emit()

    async def _approve(self, signed: SignedPdf, pin: str) -> None:
        await self._approvals.approve(signed, pin)
        self._decided(signed.approval, Done.APPROVED)
        self.approved.emit(signed.approval.request_id)

    async def _approve_all(self, waiting: tuple[Approval, ...], pin: str) -> None:
        """With the PIN for the first; the sitting has it for the others."""
        for one in waiting:
            self._ordered = one.request_id
            signed = await self._approvals.read(one)
            if signed.report.sha256 != one.sha256 or signed.report.verdict is not Verdict.VALID:
                self.waiting.note(one, Finding.BAD_SIGNATURE)
                continue
            await self._approvals.approve(signed, pin)
            pin, self.approved_at_once = "", self.approved_at_once + 1
            self._decided(one, Done.APPROVED)
            self.is_busy = True
            self.approved.emit(one.request_id)
        self.is_busy, self._ordered = False, None
        self.changed.emit()

    async def _give_back(self, approval: Approval, reason: str) -> None:
        await self._approvals.give_back(approval, reason)
        self._reasons.pop(approval.request_id, None)
        self._decided(approval, Done.RETURNED)
        self.returned.emit(approval.request_id)

    def _decided(self, approval: Approval, done: Done) -> None:
        """It leaves the list, and the next one takes its place."""
        with self._told_once():
            self.is_busy, self._ordered, self.done = False, None, done
            found = self.waiting.find(approval.request_id)
            if done is Done.APPROVED:
                self.sent.add(approval)
            self.waiting.drop(approval.request_id)
            if self.chosen is not None and self.chosen.request_id == approval.request_id:
                self._choose_at(self._place if found is None else found[0])

    def _heard(self, row: RequestRow) -> None:
        if self.chosen is not None and row.id == self.chosen.request_id:
            self.row = row
            self.changed.emit()

    def _connected(self, state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            self.waiting.reload()
            self.sent.read_again()
            if self._is_seen and self.reader.state is Reading.FAILED:
                self.read_again()
        self.changed.emit()

    def _read_on(self) -> None:
        reader = self.reader
        if reader.approval is not None and (finding := _finding(reader)) is not None:
            self.waiting.note(reader.approval, finding)
            self.reader.ahead.prepare(self._next())
        self._tell()

    @contextmanager
    def _told_once(self) -> Iterator[None]:
        """However many parts change, the window is filled once, when all have."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        self._tell()

    def _tell(self) -> None:
        if self._held == 0:
            self.changed.emit()

    def _next(self) -> Approval | None:
        """The one to which J leads, and the decision on the chosen one; of the last the one
        before."""
        found = None if self.chosen is None else self.waiting.find(self.chosen.request_id)
        if found is None:
            return None
        rows = self.waiting.rows
        return rows.record(found[0] + 1) or (rows.record(found[0] - 1) if found[0] else None)

    def _failed(self, error: BaseException) -> None:
        """Nothing is lost: PIN and reason stay where they were written."""
        ordered, self._ordered, self.is_busy = self._ordered, None, False
        message = self._message(error)
        here = self._is_seen and self.chosen is not None and self.chosen.request_id == ordered
        if not here:
            self.failed_away.emit(message)
        else:
            self.problem = message
            if _code(error) is ProblemCode.FILE_CHANGED:
                self.reader.note_changed_file()
        self.changed.emit()
        if here and is_wrong_pin(error):
            self.pin_refused.emit()
        if _code(error) in _OF_THE_STATE:
            self.waiting.reload()

    def _message(self, error: BaseException) -> UserMessage:
        if _code(error) in _OF_THE_STATE:
            title = self.tr("The conclusion has changed in the meantime")
            return UserMessage(title, self.tr("Nothing was sent. Its newest state is shown."))
        return self._words.message(error)

    def _certificate_failed(self, error: BaseException) -> None:
        self.certificate_problem = self._words.message(error)
        self.changed.emit()


def _is_other(now: Approval, before: Approval) -> bool:
    return (now.version, now.sha256) != (before.version, before.sha256)


def _is_same(now: Approval | None, before: Approval | None) -> bool:
    """Whether it is the very signature of before: its file was lifted since."""
    if now is None or before is None:
        return False
    return (now.edition, now.signed_at) == (before.edition, before.signed_at)


def _finding(reader: DocumentReader) -> Finding | None:
    if reader.state is Reading.CHANGED:
        return Finding.CHANGED_FILE
    if reader.verdict is Verdict.INVALID:
        return Finding.BAD_SIGNATURE
    return Finding.GOOD if reader.pages is not None else None


def _leave_the_name_alone(error: BaseException) -> None:
    """Without its card a conclusion is read all the same: the list knows whose it is."""


def _code(error: BaseException) -> ProblemCode | None:
    """The code of a refusal; the error's type is not asked for, as in `error_text`."""
    code = getattr(error, "code", None)
    return code if isinstance(code, ProblemCode) else None
