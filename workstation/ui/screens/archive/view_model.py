"""The archive of one request's conclusion without its widgets: every edition that was signed."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Edition
from backend_client.models.delivery import Delivery
from backend_client.models.documents import NO_CONTACT_PAGE, Document
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestRow
from workstation.core.citations import cited
from workstation.core.form_difference import SectionChange, changes
from workstation.services.answers import CardView
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.approvals.asked import Papers
from workstation.ui.screens.approvals.document_reader import DocumentReader
from workstation.ui.task_scope import TaskScope


class Archive(Papers, Protocol):
    """What is asked of the service of the archive."""

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """The newest first; raises BackendError."""


class Cards(Protocol):
    """What is asked of the service of requests."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request; raises BackendError."""


class Deliveries(Protocol):
    """What is asked of the service of deliveries."""

    async def read(self, request_id: RequestId) -> Delivery:
        """How the newest edition has come to the patient; raises BackendError."""


class ArchiveViewModel(QObject):
    """One case at a time; nothing can be changed here."""

    changed = Signal()
    chosen_changed = Signal()
    """Another edition is chosen."""
    source_wanted = Signal(str, Evidence)
    """A source of the chosen edition is to be shown: the request's id and the source."""
    page_wanted = Signal(str, str)
    """An evidence page is to be shown: the request's id and the document's."""
    closed = Signal()
    """The reader went back."""

    def __init__(
        self,
        requests: Cards,
        archive: Archive,
        deliveries: Deliveries | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.request_id: RequestId | None = None
        self.row: RequestRow | None = None
        self.editions: Sequence[Edition] = ()
        """The newest first."""
        self.evidence: tuple[Document, ...] = ()
        """Pages on which the program has kept that the patient was not reached (DRC-11)."""
        self.is_read = False
        self.problem: UserMessage | None = None
        """Why there is no list."""
        self.delivery: Delivery | None = None
        """How the newest one that the patient has came there, once it is read."""
        self.chosen: Edition | None = None
        self.against: Edition | None = None
        """With which one the chosen one is compared; None: there is no other."""
        self.reader = DocumentReader(archive, self)
        self._requests, self._archive, self._deliveries = requests, archive, deliveries
        self._tasks = TaskScope(on_error=self._failed)
        self._asides = TaskScope(on_error=_leave_it_unsaid)
        self.reader.changed.connect(self.changed)

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """What the numbers in the chosen edition lead to."""
        return () if self.chosen is None else cited(self.chosen.form)

    @property
    def differences(self) -> tuple[SectionChange, ...] | None:
        """What the chosen one says otherwise than the one it is compared with."""
        if self.chosen is None or self.against is None:
            return None
        return changes(self.against.form, self.chosen.form)

    def open(self, request_id: RequestId) -> None:
        """Shows that case's editions, the newest chosen."""
        if request_id != self.request_id:
            self._forget()
        self.request_id = request_id
        self.retry()

    def retry(self) -> None:
        """Reads the list again."""
        self.problem = None
        self.changed.emit()
        if self.request_id is not None:
            self._tasks.cancel("archive.read")
            self._tasks.start(self._read(self.request_id), name="archive.read")
            self._asides.cancel("archive.delivery")
            self._asides.start(self._read_delivery(self.request_id), name="archive.delivery")

    def choose(self, edition: Edition) -> None:
        """Opens and verifies that one; it is compared with the one before it."""
        if self.chosen is not None and edition.edition == self.chosen.edition:
            return
        self.chosen = edition
        earlier = [one for one in self.editions if one.edition < edition.edition]
        self.against = next(iter(earlier), None)
        self.chosen_changed.emit()
        self.read_again()

    def step(self, rows: int) -> None:
        """The next one down (or, negative, up)."""
        place = self.place
        if place is not None:
            self.choose(self.editions[max(0, min(len(self.editions) - 1, place + rows))])

    @property
    def place(self) -> int | None:
        """Where the chosen one stands in the list."""
        numbers = [one.edition for one in self.editions]
        return None if self.chosen is None else numbers.index(self.chosen.edition)

    def compare(self, with_edition: Edition) -> None:
        """Compares the chosen one with that one."""
        self.against = with_edition
        self.changed.emit()

    def read_again(self) -> None:
        """Fetches and verifies the chosen edition anew."""
        if self.chosen is not None and self.request_id is not None:
            self.reader.read(self._paper(self.chosen, self.request_id))

    def want_source(self, number: int) -> None:
        """Shows where the number comes from; one without a source leads nowhere."""
        found = next((one for one in self.sources if one.number == number), None)
        if found is not None and self.request_id is not None:
            self.source_wanted.emit(self.request_id, found)

    def want_page(self, document: Document) -> None:
        """Shows an evidence page."""
        self.page_wanted.emit(document.request_id, document.id)

    def leave(self) -> None:
        """Goes back."""
        self.abandon()
        self.closed.emit()

    def abandon(self) -> None:
        """The case was left by another road: no patient's file stays open behind it."""
        self._forget()
        self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        await self.reader.close()
        await self._tasks.close()
        await self._asides.close()

    async def _read_delivery(self, request_id: RequestId) -> None:
        if self._deliveries is not None:
            self.delivery = await self._deliveries.read(request_id)
            self.changed.emit()

    async def _read(self, request_id: RequestId) -> None:
        card = (await self._requests.card(request_id)).card
        pages = (one for one in card.documents if one.item_code == NO_CONTACT_PAGE)
        self.row, self.evidence = card.row, tuple(pages)
        self.changed.emit()
        self.editions = await self._archive.editions(request_id)
        self.is_read = True
        if self.chosen is None and self.editions:
            self.choose(self.editions[0])
        self.changed.emit()

    def _paper(self, edition: Edition, request_id: RequestId) -> Approval:
        row = self.row
        return Approval(
            request_id=request_id,
            request_number="" if row is None else row.number,
            patient_name="" if row is None else row.patient.full_name,
            diagnosis=edition.form.diagnosis.text,
            author_name=edition.author_name,
            version=0,
            signed_at=edition.signed_at,
            sha256=edition.sha256,
            size=edition.size,
            edition=edition.edition,
        )

    def _failed(self, error: BaseException) -> None:
        self.problem = user_message(error)
        self.changed.emit()

    def _forget(self) -> None:
        self._tasks.cancel("archive.read")
        self._asides.cancel("archive.delivery")
        self.reader.leave()
        self.request_id, self.row, self.chosen, self.against = None, None, None, None
        self.editions, self.is_read, self.problem = (), False, None
        self.delivery, self.evidence = None, ()


def _leave_it_unsaid(error: BaseException) -> None:
    """Without the delivery the editions are read all the same."""
