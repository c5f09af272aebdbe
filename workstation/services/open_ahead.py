"""Studies that were opened before anybody asked: a few, within a limit of memory."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from workstation.services.background import BackgroundTasks
from workstation.services.document_bytes import file_id_of

if TYPE_CHECKING:
    from workstation.studies.study import Study

logger = logging.getLogger(__name__)

MOST_STUDIES = 12
MOST_BYTES = 256 * 1024 * 1024
"""Of files and decoded frames that are held open for nobody yet."""


@dataclass(frozen=True, slots=True)
class _Open:
    document: Document
    study: "Study"


class OpenAhead:
    """The shelf of open studies. What is not wanted any more goes when its room is needed, the
    least recently wanted first; what is wanted never goes for something that is wanted less."""

    def __init__(self, most: int = MOST_STUDIES, most_bytes: int = MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._shelf: OrderedDict[str, _Open] = OrderedDict()
        self._wanted: frozenset[str] = frozenset()
        self._closing = BackgroundTasks()

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that the studies take."""
        return sum(one.study.held_bytes for one in self._shelf.values())

    @property
    def count(self) -> int:
        """How many studies are open."""
        return len(self._shelf)

    def has(self, document: Document) -> bool:
        """Whether the document is open here."""
        return file_id_of(document) in self._shelf

    def want(self, documents: Iterable[Document]) -> None:
        """These, the nearest first, are what will be asked for; the others may go."""
        wanted = [file_id_of(document) for document in documents]
        self._wanted = frozenset(wanted)
        for file_id in reversed(wanted):
            if file_id in self._shelf:
                self._shelf.move_to_end(file_id)

    def put(self, document: Document, study: "Study") -> bool:
        """Keeps the study; False: there is no room for it, and it is closed."""
        file_id = file_id_of(document)
        self._drop(lambda one: file_id_of(one.document) == file_id)
        self._shelf[file_id] = _Open(document, study)
        self._make_room(but=file_id)
        if self._is_full:
            self._close(self._shelf.pop(file_id))
            return False
        return True

    def take(self, document: Document) -> "Study | None":
        """The study, where it is here; it belongs to the caller from now on."""
        found = self._shelf.pop(file_id_of(document), None)
        return None if found is None else found.study

    def drop_request(self, request_id: RequestId) -> None:
        """Closes what belongs to that request."""
        self._drop(lambda one: one.document.request_id == request_id)

    def drop_all(self) -> None:
        """Closes everything."""
        self._drop(lambda _: True)

    async def close(self) -> None:
        """Closes everything and waits for it."""
        self.drop_all()
        await self._closing.finish()

    @property
    def _is_full(self) -> bool:
        return len(self._shelf) > self._most or self.held_bytes > self._most_bytes

    def _make_room(self, but: str) -> None:
        idle = [one for one in self._shelf if one not in self._wanted and one != but]
        for file_id in idle:
            if not self._is_full:
                return
            self._close(self._shelf.pop(file_id))

    def _drop(self, is_meant: Callable[[_Open], bool]) -> None:
        for file_id, one in list(self._shelf.items()):
            if is_meant(one):
                self._close(self._shelf.pop(file_id))

    def _close(self, one: _Open) -> None:
        self._closing.start(one.study.close(), "study.close_ahead")
