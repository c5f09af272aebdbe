"""Files of the patient's other requests, as far as the doctor asks for them. No widgets.

They are looked at, never taken along: what is measured on them goes neither into this request nor
into its conclusion (decision 0062).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import OtherRequest, RequestRow
from workstation.core.case_file import CaseFile
from workstation.core.file_groups import file_groups, files_in_order
from workstation.core.withdrawal import files_are_closed
from workstation.services.answers import CardView
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope


class Cards(Protocol):
    """What is asked of the service of requests."""

    async def card(self, request_id: RequestId) -> CardView:
        """Everything about one request."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What is known of a request that the doctor has unfolded."""

    files: tuple[CaseFile, ...] = ()
    is_read: bool = False
    is_closed: bool = False
    """Whether its consent was withdrawn: nothing of it is shown."""
    error: UserMessage | None = None


class OtherRequests(QObject):
    """Each is a line at first; its files are read when it is unfolded."""

    changed = Signal()
    closed = Signal(str)
    """The files of that request may be seen no longer."""

    def __init__(self, cards: Cards, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.requests: tuple[OtherRequest, ...] = ()
        self._cards = cards
        self._unfolded: dict[RequestId, Unfolded] = {}
        self._files: dict[DocumentId, CaseFile] = {}
        """Of all that were read, by the ids of their parts; also of those folded up again."""
        self._tasks = TaskScope(on_error=lambda _: None)

    def know(self, requests: Sequence[OtherRequest]) -> None:
        """As the card of the open case names them."""
        self.requests = tuple(requests)
        gone = self._unfolded.keys() - {one.id for one in requests}
        for request_id in gone:
            self._unfolded.pop(request_id)
            self._let_go(request_id)
        self.changed.emit()

    def unfolded(self, request_id: RequestId) -> Unfolded | None:
        """None: it is folded."""
        return self._unfolded.get(request_id)

    def toggle(self, request_id: RequestId) -> None:
        """Unfolds it, or folds it up."""
        if request_id in self._unfolded:
            self._tasks.cancel(_name(request_id))
            del self._unfolded[request_id]
        elif any(one.id == request_id for one in self.requests):
            self._unfolded[request_id] = Unfolded()
            self._tasks.start(self._read(request_id), name=_name(request_id))
        self.changed.emit()

    def file(self, document_id: DocumentId) -> CaseFile | None:
        """The file to which a document of theirs belongs."""
        return self._files.get(document_id)

    def leads(self, request_id: RequestId) -> list[Document]:
        """One document for each file of that request, in their order, as far as they were read."""
        found = {file.lead.id: file.lead for file in self._files.values()}
        return [one for one in found.values() if one.request_id == request_id]

    def of(self, document: Document) -> OtherRequest | None:
        """The request of theirs from which a document is."""
        return next((one for one in self.requests if one.id == document.request_id), None)

    def hear(self, row: RequestRow) -> None:
        """One of them has changed: what was unfolded is read again, for a consent may be gone."""
        if row.id in self._unfolded:
            self._tasks.cancel(_name(row.id))
            self._tasks.start(self._read(row.id), name=_name(row.id))

    def forget(self) -> None:
        """The case is left."""
        for request_id in self._unfolded:
            self._tasks.cancel(_name(request_id))
        self.requests, self._unfolded, self._files = (), {}, {}

    async def close(self) -> None:
        """Ends what runs."""
        await self._tasks.close()

    async def _read(self, request_id: RequestId) -> None:
        try:
            view = await self._cards.card(request_id)
        except BackendError as error:
            self._put(request_id, Unfolded(is_read=True, error=user_message(error)))
            return
        if files_are_closed(view.card):
            self._let_go(request_id)
            self._put(request_id, Unfolded(is_read=True, is_closed=True))
            return
        files = tuple(files_in_order(file_groups(view.card)))
        self._files |= {part.id: file for file in files for part in file.parts}
        self._put(request_id, Unfolded(files, is_read=True))

    def _put(self, request_id: RequestId, found: Unfolded) -> None:
        if request_id in self._unfolded:
            self._unfolded[request_id] = found
            self.changed.emit()

    def _let_go(self, request_id: RequestId) -> None:
        self._files = {
            key: file for key, file in self._files.items() if file.lead.request_id != request_id
        }
        self.closed.emit(request_id)


def _name(request_id: RequestId) -> str:
    return f"review.other.{request_id}"
