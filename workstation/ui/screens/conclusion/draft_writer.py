"""The text of one conclusion on its way to the server. What was typed is never lost."""

import asyncio
import logging
from enum import Enum

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm, ConclusionState
from workstation.services.answers import Draft
from workstation.services.case_draft import carried_over
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.conclusion.asked import Drafts, Pace
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)

WRITABLE = frozenset({ConclusionState.DRAFTING, ConclusionState.RETURNED})


class Keeping(Enum):
    """Where the text is."""

    NOT_BEGUN = "not_begun"
    """As it was prefilled: the server keeps nothing yet."""
    SAVED = "saved"
    WAITING = "waiting"
    """Typed, and the last key is not long ago."""
    SAVING = "saving"
    FAILED = "failed"
    """`problem` says why; the text is here."""
    STALE = "stale"
    """`theirs` was saved in between: the doctor chooses."""


class DraftWriter(QObject):
    """One save at a time, each with the version that the one before has brought."""

    changed = Signal()
    saved = Signal()
    """The server keeps another version: `record`."""
    replaced = Signal()
    """`form` is another one, and not by `write`."""
    grown = Signal()
    """A finding was put into `form`, or taken back: the rest of it is as the doctor wrote it."""

    def __init__(
        self, draft: Draft, drafts: Drafts, pace: Pace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.request_id: RequestId = draft.card.row.id
        self.form = draft.form if draft.kept is None else draft.kept.form
        self.record = draft.conclusion
        self.theirs = draft.conclusion if draft.is_disputed else None
        self.problem: UserMessage | None = None
        self.is_cut_off = draft.is_here
        """The server could not be asked the last time: what it has meanwhile is not known."""
        self.is_disk_out = False
        """This computer could not keep the text."""
        self._drafts, self._pace = drafts, pace
        self._kept = draft.form
        self._begun_over = 0 if draft.kept is None else draft.kept.version
        """The version under the text where the record itself is not known here."""
        self._on_disk = None if draft.kept is None else draft.kept.form
        self._handed: list[ConclusionForm] = [] if draft.kept is None else [draft.kept.form]
        """What the service was given since the last answer: it may have come through."""
        self._running: asyncio.Task[None] | None = None
        self._tasks = TaskScope(on_error=self._failed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)
        self._latest = QTimer(self)
        """For those whose keys do not rest."""
        self._latest.setSingleShot(True)
        self._latest.timeout.connect(self._rested)
        if not self.is_kept:
            self._rest.start(pace.save)

    @property
    def keeping(self) -> Keeping:
        """Where the text is now."""
        if self.theirs is not None:
            return Keeping.STALE
        if self.problem is not None:
            return Keeping.FAILED
        if self._is_running:
            return Keeping.SAVING
        if not self.is_kept:
            return Keeping.WAITING
        return Keeping.SAVED if self.record is not None else Keeping.NOT_BEGUN

    @property
    def is_kept(self) -> bool:
        """Whether the server has the text, and nothing else is on its way there."""
        return self.form == self._kept and not self._is_running

    @property
    def version(self) -> int:
        """Of the record that is edited; 0 before the first."""
        return self._begun_over if self.record is None else self.record.version

    @property
    def is_here(self) -> bool:
        """Whether this computer is known to have the text, over a crash too."""
        return self._on_disk == self.form

    def write(self, form: ConclusionForm) -> None:
        """Takes what was typed; it is saved once the keys rest, or have gone on for long."""
        if form != self.form:
            self.form = form
            self._rest.start(self._pace.save)
            if not self._latest.isActive():
                self._latest.start(self._pace.latest)
            self.changed.emit()

    def put_in(self, form: ConclusionForm) -> None:
        """Takes the same text with a finding more, or less; it is on this computer at once."""
        self.form = form
        self._keep_here()
        self.grown.emit()
        self.save_now()
        self.changed.emit()

    def save_now(self) -> None:
        """Saves without waiting, where there is something to save and nothing in its way."""
        self._rest.stop()
        self._latest.stop()
        if not self.is_kept and self.theirs is None and not self._is_running:
            self._running = self._tasks.start(self._save(), name="conclusion.save")
            self.changed.emit()

    async def settle(self) -> bool:
        """Saves all that was typed; False where that did not succeed."""
        while not self.is_kept and self.theirs is None:
            self.problem = None
            self.save_now()
            if self._running is None:
                return False
            await asyncio.wait([self._running])
            await asyncio.sleep(0)  # its end is heard of
            if self.keeping is Keeping.FAILED:
                return False
        return self.is_kept

    def adopt(self, draft: Draft) -> None:
        """Takes the server's newest word, unless own text would be lost by it."""
        record = draft.conclusion
        self.is_cut_off = draft.is_here
        if draft.is_here:
            self.changed.emit()
            return  # nothing newer of the server's
        if self._is_running or (record is not None and record.version < self.version):
            return  # the answer that is under way, or that came, is newer
        if self.is_kept:
            self._take(record, draft.form)
        elif record is not None and record.version != self.version:
            self._disagree(record)
        elif record is not None:
            self.record = record
        self.changed.emit()

    def follow(self, record: Conclusion) -> None:
        """The server's answer to a signature."""
        self._take(record, record.form)
        self.changed.emit()

    def keep_mine(self) -> None:
        """The own text goes over the newest version."""
        if self.theirs is not None:
            self.record, self.theirs = self.theirs, None
            self._kept = self.record.form
            self.save_now()
            self.changed.emit()

    def take_theirs(self) -> None:
        """The text that was saved in between takes the place of the own one."""
        if self.theirs is not None:
            theirs, self.theirs = self.theirs, None
            self._take(theirs, theirs.form)
            self._keep_here()
            self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        self._rest.stop()
        self._latest.stop()
        await self._tasks.close()

    @property
    def _is_running(self) -> bool:
        return self._running is not None and not self._running.done()

    def _rested(self) -> None:
        """The server gets the text; where that must wait, this computer has it at least."""
        if self._is_running or self.theirs is not None or self.is_cut_off:
            self._keep_here()
        self.save_now()

    def _keep_here(self) -> None:
        if not self.is_here:
            self._handed.append(self.form)
            self._tasks.start(self._keep(self.version, self.form), name="conclusion.keep")

    async def _keep(self, version: int, form: ConclusionForm) -> None:
        self.is_disk_out = not await self._drafts.keep(self.request_id, version, form)
        if not self.is_disk_out:
            self._on_disk = form
        self.changed.emit()

    async def _save(self) -> None:
        form = self.form
        self._handed.append(form)
        record = await self._drafts.save(self.request_id, self.version, form)
        self.record, self._kept = record, form
        self._handed.clear()
        self.problem, self._running, self.is_cut_off = None, None, False
        if not self.is_kept:
            self._rest.start(self._pace.save)
        self.saved.emit()
        self.changed.emit()

    async def _read_theirs(self) -> None:
        record = (await self._drafts.open(self.request_id)).conclusion
        self._running = None
        if record is not None:
            self._disagree(record)
        self.changed.emit()

    def _disagree(self, record: Conclusion) -> None:
        """Another version than the edited one is kept: it may be the own one, unanswered."""
        if record.form == self.form or record.form in self._handed:
            self.record, self._kept = record, record.form
            self._handed.clear()
            self.problem = None
            self.saved.emit()
            if not self.is_kept:
                self._rest.start(self._pace.save)
            return
        both = carried_over(self._kept, self.form, record.form)
        if both is None:
            self.theirs, self.problem = record, None
        else:
            self._take_with_findings(record, both)

    def _take_with_findings(self, record: Conclusion, both: ConclusionForm) -> None:
        """Nothing but findings was put in here: they go onto the text that came meanwhile."""
        self._take(record, record.form)
        if both != record.form:
            self.form = both
            self._rest.start(self._pace.save)
            self.grown.emit()

    def _take(self, record: Conclusion | None, form: ConclusionForm) -> None:
        """Shows what the server keeps."""
        self._rest.stop()
        is_other, is_newer = form != self.form, record != self.record
        self.form = self._kept = form
        self._handed.clear()
        self.record, self.theirs, self.problem = record, None, None
        if is_other:
            self.replaced.emit()
        if is_newer:
            self.saved.emit()

    def _lets_go(self) -> bool:
        """The text does not wait for a source whose file is none of the case's any more: the number
        stays in the text, marked. False where there was none to let go."""
        sources = () if self.record is None else self.record.form.evidence
        if sources == self.form.evidence:
            return False
        self.form = replace(self.form, evidence=sources)
        self.grown.emit()
        self._rest.start(self._pace.save)
        self.changed.emit()
        return True

    def _failed(self, error: BaseException) -> None:
        logger.info("draft of %s is not saved: %s", self.request_id, type(error).__name__)
        self._running = None
        if getattr(error, "code", None) is ProblemCode.STALE_VERSION:
            self._running = self._tasks.start(self._read_theirs(), name="conclusion.theirs")
            return
        if getattr(error, "code", None) is ProblemCode.SOURCE_NOT_OF_CASE and self._lets_go():
            return
        self.problem = None if self.is_kept else user_message(error)
        if getattr(error, "is_temporary", False):
            self.is_cut_off = True
            self._keep_here()
            self._rest.start(self._pace.retry)
        self.changed.emit()
