"""The review screen without its widgets: the case, its files, and what is open where."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import Action, RequestCard, RequestRow
from workstation.core.card_news import may_lack_files
from workstation.core.case_file import CaseFile
from workstation.core.file_groups import (
    FileGroup,
    file_groups,
    files_in_order,
    first_to_show,
    in_order,
)
from workstation.core.photo_sheets import PhotoSheets, photo_sheets
from workstation.core.subscription import Event
from workstation.core.withdrawal import files_are_closed, loses_consent
from workstation.services.answers import CardView
from workstation.studies.errors import DecoderStopped
from workstation.ui.case_steps import CaseStep
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.review.case_measurements import CaseMeasurements
from workstation.ui.screens.review.going_on import CaseGoingOn
from workstation.ui.screens.review.hung_panes import HungPanes
from workstation.ui.screens.review.other_requests import OtherRequests
from workstation.ui.screens.review.pane_model import PaneModel, Studies
from workstation.ui.screens.review.series_sources import SeriesSources
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.figures.names import usual_names
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.paper_ecg.shelf import CasePapers
from workstation.ui.viewers.stack.shelf import CaseSlices


class Requests(Protocol):
    """What the screen asks of the service of requests."""

    @property
    def changed(self) -> Event[RequestRow]:
        """A row has a new state."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed: what was read may be older than the server's state."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


class ReviewViewModel(QObject):
    """One case at a time.

    What opens where, `hung` knows. A consent that is withdrawn closes all files at once, before
    anything is asked of the server (SPB-13).
    """

    case_changed = Signal()
    """Another case, or its card has come or could not be read."""
    row_changed = Signal()
    """The clock, the owner or another fact of the same case."""
    files_changed = Signal()
    """The list of files, or which of them were opened or are shown."""
    arrangement_changed = Signal()
    """Which panes are seen, or which one is active."""
    step_wanted = Signal(str, CaseStep)
    """The doctor goes on with the case: the request's id, and where to."""
    leaving = Signal()
    """The case is about to be forgotten: what was measured is still here."""
    closed = Signal()
    """The doctor went back."""

    def __init__(self, requests: Requests, studies: Studies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look_back: Callable[[], bool] = lambda: False
        """Ends a look at a source and goes back to the conclusion; False where there was none."""
        self.request_id: RequestId | None = None
        self.card: RequestCard | None = None
        self.row: RequestRow | None = None
        self.error: UserMessage | None = None
        self.groups: tuple[FileGroup, ...] = ()
        self.is_closed = False
        """Whether the patient has withdrawn the consent: no file is shown."""
        self.hung = HungPanes(studies, self)
        """What hangs where."""
        self.going_on = CaseGoingOn(lambda: self.row, self)
        self.measurements = CaseMeasurements(self)
        """What was measured on the files of this case."""
        self.papers = CasePapers(self)
        """What was marked and measured on its pictures of paper."""
        self.figures = CaseFigures(self)
        """What was measured on its clips and pictures."""
        self.slices = CaseSlices(self)
        """What was measured on its slices."""
        self.others = OtherRequests(requests, self)
        """What else there is of the patient."""
        self.sources = SeriesSources()
        """From which file of a series a slice is."""
        self._files: dict[DocumentId, CaseFile] = {}
        """By the ids of all their parts."""
        self._opened: set[DocumentId] = set()
        self._is_hung = False
        self._heard: RequestRow | None = None
        self._wanted_item: str | None = None
        self._wanted_file = ""
        self._requests = requests
        self._tasks = TaskScope(on_error=self._failed)
        self._unsubscribe = (
            requests.changed.subscribe(self._row_heard),
            requests.reload_needed.subscribe(lambda _: self._read_again()),
            studies.decoder_restarted.subscribe(self._decoder_restarted),
        )
        self.hung.changed.connect(self._tell_arrangement)
        self.going_on.step_wanted.connect(self.step_wanted)
        self.going_on.changed.connect(self.row_changed)
        self.others.changed.connect(self.files_changed)
        self.others.closed.connect(self._close_others)
        for pane in self.panes:
            pane.ready.connect(self._file_ready)
            pane.parts_of = self.parts_of
            pane.sheets_of = self.sheets_of
            pane.other_request_of = self.others.of
            pane.changed.connect(partial(self._know_sources, pane))

    @property
    def panes(self) -> list[PaneModel]:
        """All places, whether they are seen or not."""
        return self.hung.panes

    @property
    def pictures(self) -> list[PaneModel]:
        """Places of clips, pictures and slices."""
        return self.hung.pictures

    @property
    def ecg(self) -> PaneModel:
        """The place of ECGs."""
        return self.hung.ecg

    @property
    def document(self) -> PaneModel:
        """The place of documents."""
        return self.hung.document

    @property
    def active(self) -> PaneModel:
        """The place in which the doctor works."""
        return self.hung.active

    @property
    def one_pane(self) -> bool:
        """Whether the active place is seen alone."""
        return self.hung.one_pane

    @property
    def visible_panes(self) -> list[PaneModel]:
        """The places that are seen now."""
        return self.hung.visible

    @property
    def documents(self) -> list[Document]:
        """One document for each file, in the order of the strip; of a series the first part."""
        return in_order(self.groups)

    def parts_of(self, document: Document) -> tuple[Document, ...]:
        """All documents of the file to which a document belongs; of a series several."""
        file = self._file(document.id)
        return file.parts if file is not None else (document,)

    def sheets_of(self, document: Document) -> PhotoSheets | None:
        """The photos beside which a photo is read: those of its checklist item."""
        others = self.others.leads(document.request_id)
        return photo_sheets(document, others or self.documents)

    def part(self, document_id: str) -> Document | None:
        """A document of the case, also one that is a part of a series."""
        file = self._files.get(DocumentId(document_id))
        return next((one for one in file.parts if one.id == document_id), None) if file else None

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """Where the doctor can go on to with the case now."""
        return self.going_on.steps

    @property
    def only_looks(self) -> bool:
        """Whether nothing of the case may be written: an approver, or who looks at another's."""
        return self.row is not None and Action.WRITE_CONCLUSION not in self.row.allowed_actions

    @property
    def unopened_count(self) -> int:
        """How many files were not opened yet."""
        return sum(not self.is_opened(document) for document in self.documents)

    def is_opened(self, document: Document) -> bool:
        """Whether this account has opened the file, just now included; of a series every part."""
        file = self._file(document.id)
        return (file or CaseFile((document,))).is_opened(self._opened)

    @property
    def shown_ids(self) -> frozenset[DocumentId]:
        """Of the files that are in panes which are seen."""
        panes = self.visible_panes
        return frozenset(pane.document.id for pane in panes if pane.document is not None)

    def open(
        self, request_id: RequestId, item_code: str | None = None, document_id: str = ""
    ) -> None:
        """Opens a case: at that file, or at that checklist item's first unopened file."""
        self._wanted_item, self._wanted_file = item_code, document_id
        if request_id == self.request_id and self.card is not None:
            self._go_to_wanted()
            return
        self._forget()
        self.request_id = request_id
        self.case_changed.emit()
        self._read(request_id)

    def retry(self) -> None:
        """Reads the case again."""
        if self.request_id is not None:
            self.error = None
            self.case_changed.emit()
            self._read(self.request_id)

    def choose(self, document_id: str) -> None:
        """Opens a file in the pane of its kind; of any part of a series the whole."""
        file = self._file(DocumentId(document_id))
        if file is None or self.is_closed:
            return
        self.hung.show(file.lead)

    def activate(self, pane: PaneModel) -> None:
        """The doctor works in that pane now."""
        self.hung.activate(pane)

    def step_file(self, files: int) -> None:
        """Opens the file that stands so many places further in the strip."""
        documents = self.documents
        present = self.active.document
        places = [n for n, one in enumerate(documents) if present and one.id == present.id]
        target = (places[0] + files) if places else 0
        if 0 <= target < len(documents):
            self.choose(documents[target].id)

    def go_to_group(self, number: int) -> None:
        """Opens the first unopened file of the group with that number, from 1 (OZ-4)."""
        if 1 <= number <= len(self.groups):
            self.choose(first_to_show(self.groups[number - 1], self._opened_ids()).id)

    def toggle_one_pane(self) -> None:
        """The active pane alone, or all again."""
        self.hung.toggle_one_pane()

    def go_on(self, step: CaseStep) -> None:
        """Asks for another screen of the case: the time (OZ-8), the call, the conclusion."""
        self.going_on.go_on(step)

    def can_go_on(self, step: CaseStep) -> bool:
        """Whether it may be asked for: where the claim is on its way it is made with the answer."""
        return self.going_on.can_go_on(step)

    @property
    def is_claim_awaited(self) -> bool:
        """Whether the case is shown before its claim is answered."""
        return self.going_on.is_claim_awaited

    def await_claim(self) -> None:
        """The case is shown before its claim is answered."""
        self.going_on.await_claim()

    def claim_answered(self, request_id: str) -> None:
        """The doctor's it is: what was asked for meanwhile is done."""
        if request_id == self.request_id:
            self.going_on.claim_answered()

    def leave(self) -> None:
        """Goes back: everything that runs for the case is ended. From a look at a source it goes
        back to whoever has asked, and nothing is ended."""
        if self.look_back():
            return
        self.abandon()
        self.closed.emit()

    def abandon(self) -> None:
        """The case was left by another road."""
        self._forget()
        self.case_changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._tasks.cancel("review.card")
        await self.others.close()
        for pane in self.panes:
            await pane.close()
        await self._tasks.close()

    def _read(self, request_id: RequestId) -> None:
        self._tasks.cancel("review.card")
        self._tasks.start(self._show(request_id), name="review.card")

    def _read_again(self) -> None:
        """A consent may have been withdrawn while there was no connection."""
        if self.request_id is not None and self.card is not None:
            self._read(self.request_id)

    async def _show(self, request_id: RequestId) -> None:
        view = await self._requests.card(request_id)
        self.card, self.row, self.error = view.card, view.card.row, None
        self.groups = file_groups(view.card)
        files = files_in_order(self.groups)
        self._files = {one.id: file for file in files for one in file.parts}
        self.others.know(view.card.other_requests)
        self.is_closed = files_are_closed(view.card)
        if self.is_closed:
            self._close_files()
        else:
            self.hung.know(self.documents)
        self._hear_again()
        self.case_changed.emit()
        self.files_changed.emit()
        for pane in self.panes:
            pane.look_for_parts()
        if not self.is_closed and not self._is_hung:
            self.figures.names = usual_names({one.item_code for one in self.documents})
            self._hang()
        self.going_on.row_came()

    def _failed(self, error: BaseException) -> None:
        # A card that is shown already stays: only the first reading is worth a message.
        if self.card is None:
            self.error = user_message(error)
            self.case_changed.emit()

    def _row_heard(self, row: RequestRow) -> None:
        if row.id != self.request_id:
            self.others.hear(row)
            return
        if self.card is None or self.row is None:
            self._heard = row
            return
        before, self.row = self.row, row
        if loses_consent(before, row):
            self.is_closed = True
            self._close_files()
            self.case_changed.emit()
        self.row_changed.emit()
        other_files = may_lack_files(self.card.row, row) or may_lack_files(before, row)
        if other_files or row.missing_consents != before.missing_consents:
            self._read(row.id)

    def _hear_again(self) -> None:
        """What was heard while the card was on its way may be newer than the card."""
        heard, self._heard = self._heard, None
        if heard is not None and self.row is not None and heard.age > self.row.age:
            self._row_heard(heard)

    def _file(self, document_id: DocumentId) -> CaseFile | None:
        """Of the case, or of another request of the patient."""
        return self._files.get(document_id) or self.others.file(document_id)

    def _close_others(self, request_id: str) -> None:
        """Nothing of another request is seen, whose consent was withdrawn."""
        for pane in self.panes:
            if pane.document is not None and pane.document.request_id == request_id:
                pane.clear()
        self._tell_arrangement()

    def _close_files(self) -> None:
        """Nothing of any file is on the screen or in memory from here on."""
        self._is_hung = False
        self.others.forget()
        self.hung.clear()
        self.papers.forget()
        self.figures.forget()
        self.slices.forget()
        self._tell_arrangement()

    def _decoder_restarted(self, reason: DecoderStopped) -> None:
        for pane in self.panes:
            pane.decoder_restarted()

    def _hang(self) -> None:
        """Opens the wanted item's file, else what the centre's rules open first."""
        self._is_hung = True
        wanted = self._wanted_document() or self.hung.opening()
        if wanted is not None:
            self.choose(wanted.id)

    def _wanted_document(self) -> Document | None:
        code, self._wanted_item = self._wanted_item, None
        wanted, self._wanted_file = self._wanted_file, ""
        file = self._files.get(DocumentId(wanted))
        if file is not None:
            return file.lead
        for group in self.groups:
            if code and group.item is not None and group.item.code == code:
                return first_to_show(group, self._opened_ids())
        return None

    def _go_to_wanted(self) -> None:
        wanted = self._wanted_document()
        if wanted is not None:
            self.choose(wanted.id)

    def _opened_ids(self) -> set[DocumentId]:
        return {one.id for one in self.documents if self.is_opened(one)}

    def _file_ready(self, document_id: str) -> None:
        for pane in self.panes:
            if pane.document is not None and pane.document.id == document_id:
                self._opened |= {one.id for one in pane.seen}
        self.files_changed.emit()

    def _know_sources(self, pane: PaneModel) -> None:
        """Before anybody else hears that a series is open: what is found names its own slice."""
        if pane.document is not None and pane.series is not None:
            self.sources.take(pane.document, pane.series)

    def _forget(self) -> None:
        self.leaving.emit()
        self.measurements.forget()
        self.papers.forget()
        self.figures.forget()
        self.slices.forget()
        self._tasks.cancel("review.card")
        self.request_id, self.card, self.row, self.error = None, None, None, None
        self.groups, self._files, self._opened = (), {}, set()
        self.sources.forget()
        self.others.forget()
        self.is_closed, self._is_hung, self._heard = False, False, None
        self.going_on.forget()
        self.hung.clear()
        self.files_changed.emit()

    def _tell_arrangement(self) -> None:
        self.files_changed.emit()
        self.arrangement_changed.emit()
