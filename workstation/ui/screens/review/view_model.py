"""The review screen without its widgets: the case, its files, and what is open where."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.file_groups import (
    FileGroup,
    file_groups,
    first_to_show,
    in_order,
    moving,
    opening_order,
)
from workstation.core.subscription import Event
from workstation.core.withdrawal import files_are_closed, loses_consent
from workstation.services.answers import CardView
from workstation.studies.errors import DecoderStopped
from workstation.ui.case_steps import CaseStep, possible_steps
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.review.case_measurements import CaseMeasurements
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState, Studies
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.paper_ecg.shelf import CasePapers

PLACES = (1, 2, 4)
"""How many pictures can hang at once."""


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

    Pictures hang above the ECG; a document takes the whole place. A file opens in the pane of its
    kind, and the pane in which one was opened last is the active one. A consent that is withdrawn
    closes all of them at once, before anything is asked of the server (SPB-13).
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
        self.pictures = [PaneModel(PaneKind.PICTURES, studies, self) for _ in range(PLACES[-1])]
        self.ecg = PaneModel(PaneKind.ECG, studies, self)
        self.document = PaneModel(PaneKind.DOCUMENT, studies, self)
        self.measurements = CaseMeasurements(self)
        """What was measured on the files of this case."""
        self.papers = CasePapers(self)
        """What was marked and measured on its pictures of paper."""
        self.figures = CaseFigures(self)
        """What was measured on its clips and pictures."""
        self.active = self.ecg
        self.one_pane = False
        self._picture_pane = self.pictures[0]
        self._wide = False
        self._chosen_places = 0
        self._opened: set[DocumentId] = set()
        self._is_hung = False
        self._heard: RequestRow | None = None
        self._wanted_item: str | None = None
        self._wanted_file = ""
        self._is_claimed_later = False
        self._wanted_step: CaseStep | None = None
        self._requests = requests
        self._tasks = TaskScope(on_error=self._failed)
        self._unsubscribe = (
            requests.changed.subscribe(self._row_heard),
            requests.reload_needed.subscribe(lambda _: self._read_again()),
            studies.decoder_restarted.subscribe(self._decoder_restarted),
        )
        for pane in self.panes:
            pane.ready.connect(self._file_ready)

    @property
    def panes(self) -> list[PaneModel]:
        """All places, whether they are seen or not."""
        return [*self.pictures[:2], self.ecg, self.document, *self.pictures[2:]]

    @property
    def places(self) -> int:
        """How many pictures hang at once: as chosen, else two on a wide screen."""
        return self._chosen_places or (2 if self._wide else 1)

    @property
    def chosen_places(self) -> int:
        """As the doctor chose; 0: by the width of the screen."""
        return self._chosen_places

    @property
    def visible_panes(self) -> list[PaneModel]:
        """The places that are seen now."""
        if self.one_pane or self.active is self.document:
            return [self.active]
        hung = [*self.pictures, self.ecg]
        return [pane for pane in hung if pane.state is not PaneState.EMPTY] or [self.active]

    @property
    def documents(self) -> list[Document]:
        """All files in the order of the strip."""
        return in_order(self.groups)

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """Where the doctor can go on to with the case now."""
        return possible_steps(self.row) if self.row is not None else ()

    @property
    def unopened_count(self) -> int:
        """How many files were not opened yet."""
        return sum(not self.is_opened(document) for document in self.documents)

    def is_opened(self, document: Document) -> bool:
        """Whether this account has opened the file, just now included."""
        return document.opened or document.id in self._opened

    def is_shown(self, document: Document) -> bool:
        """Whether the file is in a pane that is seen."""
        return any(self._is_in(pane, document) for pane in self.visible_panes)

    def set_wide(self, wide: bool) -> None:
        """On a wide screen a second clip hangs beside the first."""
        if wide == self._wide:
            return
        before, self._wide = self.places, wide
        if self.places != before:
            self._hang_places()
        self._tell_arrangement()

    def choose_places(self, places: int) -> None:
        """So many pictures at once from now on, whatever the width: 1, 2 or 4; 0: by the width."""
        if places not in (0, *PLACES):
            return
        before, self._chosen_places = self.places, places
        if self.places != before:
            self._hang_places()
            self._tell_arrangement()

    def turn_places(self) -> None:
        """One picture, two, four, and one again; all panes are seen then."""
        self.one_pane = False
        self.choose_places(PLACES[(PLACES.index(self.places) + 1) % len(PLACES)])

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
        """Opens a file in the pane of its kind."""
        document = next((one for one in self.documents if one.id == document_id), None)
        if document is None or self.is_closed:
            return
        pane = self._pane_for(document)
        if pane.kind is PaneKind.PICTURES:
            self._picture_pane = pane
        pane.show(document)
        self.active = pane
        self._fill_hung()
        self._tell_arrangement()

    def activate(self, pane: PaneModel) -> None:
        """The doctor works in that pane now."""
        if pane is not self.active:
            self.active = pane
            if pane.kind is PaneKind.PICTURES:
                self._picture_pane = pane
            self._tell_arrangement()

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
        self.one_pane = not self.one_pane
        self._fill_hung()
        self._tell_arrangement()

    def go_on(self, step: CaseStep) -> None:
        """Asks for another screen of the case: the time (OZ-8), the call, the conclusion."""
        if self.row is not None and step in self.steps:
            self.step_wanted.emit(self.row.id, step)
        elif self._is_claimed_later:
            self._wanted_step = step

    def can_go_on(self, step: CaseStep) -> bool:
        """Whether it may be asked for: where the claim is on its way it is made with the answer."""
        return self._is_claimed_later or step in self.steps

    @property
    def is_claim_awaited(self) -> bool:
        """Whether the case is shown before its claim is answered."""
        return self._is_claimed_later

    def await_claim(self) -> None:
        """The case is shown before its claim is answered."""
        self._is_claimed_later = True
        self.row_changed.emit()

    def claim_answered(self, request_id: str) -> None:
        """The doctor's it is: what was asked for meanwhile is done."""
        if request_id == self.request_id:
            self._is_claimed_later = False
            self.row_changed.emit()
            self._go_to_wanted_step()

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
        self.is_closed = files_are_closed(view.card)
        if self.is_closed:
            self._close_files()
        self._hear_again()
        self.case_changed.emit()
        self.files_changed.emit()
        if not self.is_closed and not self._is_hung:
            self._hang()
        self._go_to_wanted_step()

    def _go_to_wanted_step(self) -> None:
        """Once the claim is answered and the row is here."""
        wanted = self._wanted_step
        if wanted is not None and self.row is not None and not self._is_claimed_later:
            self._wanted_step = None
            self.go_on(wanted)

    def _failed(self, error: BaseException) -> None:
        # A card that is shown already stays: only the first reading is worth a message.
        if self.card is None:
            self.error = user_message(error)
            self.case_changed.emit()

    def _row_heard(self, row: RequestRow) -> None:
        if row.id != self.request_id:
            return
        if self.card is None or self.row is None:
            self._heard = row
            return
        files_before = [(item.code, item.file_count) for item in self.card.row.checklist]
        before, self.row = self.row, row
        if loses_consent(before, row):
            self.is_closed = True
            self._close_files()
            self.case_changed.emit()
        self.row_changed.emit()
        other_files = [(item.code, item.file_count) for item in row.checklist] != files_before
        if other_files or row.missing_consents != before.missing_consents:
            self._read(row.id)

    def _hear_again(self) -> None:
        """What was heard while the card was on its way may be newer than the card."""
        heard, self._heard = self._heard, None
        if heard is not None and self.row is not None and heard.age > self.row.age:
            self._row_heard(heard)

    def _close_files(self) -> None:
        """Nothing of any file is on the screen or in memory from here on."""
        self._is_hung = False
        self.active, self.one_pane = self.ecg, False
        for pane in self.panes:
            self._clear(pane)
        self.papers.forget()
        self.figures.forget()
        self._tell_arrangement()

    def _decoder_restarted(self, reason: DecoderStopped) -> None:
        for pane in self.panes:
            pane.decoder_restarted()

    def _hang(self) -> None:
        """Opens the wanted item's file, else the first clip, ECG or document."""
        self._is_hung = True
        wanted = self._wanted_document() or next(iter(opening_order(self.groups)), None)
        if wanted is not None:
            self.choose(wanted.id)

    def _fill_hung(self) -> None:
        """Hangs the first ECG and the first clips in empty places that are seen: and only those,
        for a file that is opened counts as looked at."""
        if self.is_closed or self.one_pane or self.active is self.document:
            return
        ecgs = [one for one in self.documents if one.kind is DocumentKind.ECG]
        clips = moving(self.documents)
        for pane, files in ((self.pictures[0], clips), (self.ecg, ecgs)):
            if pane.document is None and files:
                pane.show(files[0])
        for pane in self.pictures[1 : self.places]:
            others = [one for one in clips if not self._is_hung_as_picture(one)]
            if pane.document is None and others:
                pane.show(others[0])

    def _is_hung_as_picture(self, document: Document) -> bool:
        return any(self._is_in(pane, document) for pane in self.pictures)

    def _hang_places(self) -> None:
        """Another number of places: those that are seen are filled, the others let go."""
        shown, spare = self.pictures[: self.places], self.pictures[self.places :]
        if self._picture_pane in spare:
            self._picture_pane = shown[0]
        if self.active in spare:
            self.active = shown[0]
        for pane in spare:
            self._clear(pane)
        if self.card is not None:
            self._fill_hung()

    @staticmethod
    def _is_in(pane: PaneModel, document: Document) -> bool:
        return pane.document is not None and pane.document.id == document.id

    def _wanted_document(self) -> Document | None:
        code, self._wanted_item = self._wanted_item, None
        wanted, self._wanted_file = self._wanted_file, ""
        for document in self.documents:
            if document.id == wanted:
                return document
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

    def _pane_for(self, document: Document) -> PaneModel:
        kind = PaneKind.of(document.kind)
        if kind is PaneKind.ECG:
            return self.ecg
        if kind is PaneKind.DOCUMENT:
            return self.document
        showing = [pane for pane in self.pictures if self._is_in(pane, document)]
        return showing[0] if showing else self._picture_pane

    def _file_ready(self, document_id: str) -> None:
        self._opened.add(DocumentId(document_id))
        self.files_changed.emit()

    def _forget(self) -> None:
        self.leaving.emit()
        self.measurements.forget()
        self.papers.forget()
        self.figures.forget()
        self._tasks.cancel("review.card")
        self.request_id, self.card, self.row, self.error = None, None, None, None
        self.groups, self._opened = (), set()
        self.is_closed, self._is_hung, self._heard = False, False, None
        self._is_claimed_later, self._wanted_step = False, None
        self.active, self.one_pane = self.ecg, False
        self._picture_pane = self.pictures[0]
        for pane in self.panes:
            self._clear(pane)
        self.files_changed.emit()

    @staticmethod
    def _clear(pane: PaneModel) -> None:
        if pane.document is not None:
            pane.clear()

    def _tell_arrangement(self) -> None:
        self.files_changed.emit()
        self.arrangement_changed.emit()
