"""What of the open case stands in the draft of its conclusion, and how more comes into it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.core.findings import Finding
from workstation.core.subscription import Event
from workstation.services.evidence_doors import NotPut, Placed, Sent
from workstation.ui.error_text import user_message
from workstation.ui.screens.review.put_words import PutLine, PutWords
from workstation.ui.task_scope import TaskScope

UNDO_MS = 8_000
SAID_MS = 6_000
_AT_ONCE_MS = 150
"""An answer that comes sooner needs no word before it."""


class Drafts(Protocol):
    """Of the service of findings."""

    @property
    def changed(self) -> Event[RequestId]:
        """Other findings stand in the draft of that request."""

    def cited_as(
        self, request_id: RequestId, document: Document, finding: Finding
    ) -> Evidence | None:
        """As what the draft's text names this finding."""

    async def put(self, request_id: RequestId, document: Document, finding: Finding) -> Placed:
        """Puts it into the draft; raises NotPut or BackendError."""

    async def take_back(self, request_id: RequestId, source: Evidence) -> bool:
        """Takes its line out again; raises as `put`."""

    async def send(self, request_id: RequestId) -> Sent:
        """Hands it to the server; raises BackendError."""


class DraftFindings(QObject):
    """Of the case that is open in the review."""

    changed = Signal()
    """Other findings stand in the draft: see `number_of`."""
    line_changed = Signal()

    def __init__(
        self,
        drafts: Drafts,
        parent: QObject | None = None,
        *,
        undo_ms: int = UNDO_MS,
        said_ms: int = SAID_MS,
    ) -> None:
        super().__init__(parent)
        self.line: PutLine | None = None
        """What is said now."""
        self.words = PutWords(self)
        self._drafts = drafts
        self._undo_ms, self._said_ms = undo_ms, said_ms
        self._case: RequestId | None = None
        self._last: Evidence | None = None
        self._tasks = TaskScope(on_error=self._failed)
        self._gone = self._timer(lambda: self._say(None))
        self._slow = self._timer(lambda: self._say(self.words.putting()))
        self._deaf = drafts.changed.subscribe(self._heard)

    def show_case(self, request_id: RequestId | None) -> None:
        """Another case: what was said of the one before is over."""
        if request_id != self._case:
            self._case = request_id
            self._say(None)
            self.changed.emit()

    def number_of(self, document: Document, finding: Finding) -> int | None:
        """The number under which the draft's text names this finding; None where it does not."""
        if self._case is None or document.request_id != self._case:
            return None
        source = self._drafts.cited_as(self._case, document, finding)
        return None if source is None else source.number

    def put(self, document: Document | None, finding: Finding | None) -> None:
        """Puts what the viewer offers into the draft of the open case."""
        if self._case is None:
            return
        if document is None or finding is None:
            self.tell(self.words.nothing())
            return
        self._slow.start(_AT_ONCE_MS)
        self._tasks.start(self._put(self._case, document, finding), name="finding.put")

    def can_take_back(self) -> bool:
        """Whether something was just put into the draft of the open case."""
        return self.line is not None and self.line.can_undo and self._last is not None

    def take_back(self) -> None:
        """Takes out what was put in last."""
        if self._case is not None and self._last is not None and self.can_take_back():
            source, self._last = self._last, None
            self._tasks.start(self._take_back(self._case, source), name="finding.take_back")

    def tell(self, line: PutLine) -> None:
        """Says something of a finding for a while."""
        self._last = None
        self._say(line)

    async def close(self) -> None:
        """Ends everything for good."""
        self._deaf()
        self._gone.stop()
        self._slow.stop()
        await self._tasks.close()

    async def _put(self, case: RequestId, document: Document, finding: Finding) -> None:
        try:
            await self._put_and_send(case, document, finding)
        except (NotPut, BackendError) as error:
            self._answer(case, self._why(error), None)

    async def _put_and_send(self, case: RequestId, document: Document, finding: Finding) -> None:
        placed = await self._drafts.put(case, document, finding)
        number = placed.evidence.number
        if not placed.is_new:
            self._answer(case, self.words.there_already(number), None)
            return
        self._answer(case, self.words.put(number, None), placed.evidence)
        sent = await self._drafts.send(case)
        now = self._drafts.cited_as(case, document, finding)
        renumbered = now is not None and now.number != number  # somebody else wrote meanwhile
        if self._last == placed.evidence and (renumbered or sent is not Sent.DONE):
            known = now or placed.evidence
            self._answer(case, self.words.put(known.number, sent), known)

    async def _take_back(self, case: RequestId, source: Evidence) -> None:
        words = self.words
        try:
            is_gone = await self._drafts.take_back(case, source)
            said = words.taken_back if is_gone else words.not_taken_back
            self._answer(case, said(source.number), None)
            await self._drafts.send(case)
        except (NotPut, BackendError) as error:
            self._answer(case, self._why(error), None)

    def _answer(self, case: RequestId, line: PutLine, source: Evidence | None) -> None:
        """Nothing is said of a case that was left meanwhile."""
        if case == self._case:
            self._last = source
            self._say(line)

    def _say(self, line: PutLine | None) -> None:
        self._slow.stop()
        self.line = line
        if line is None:
            self._last = None
            self._gone.stop()
        else:
            self._gone.start(self._undo_ms if line.can_undo else self._said_ms)
        self.line_changed.emit()

    def _heard(self, request_id: RequestId) -> None:
        if request_id == self._case:
            self.changed.emit()

    def _why(self, error: NotPut | BackendError) -> PutLine:
        if isinstance(error, NotPut):
            return self.words.refused(error)
        return self.words.failed(user_message(error).whole)

    def _failed(self, error: BaseException) -> None:
        self.tell(self.words.failed(user_message(error).whole))

    def _timer(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer
