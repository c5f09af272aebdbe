"""Whose a file is that names somebody else than the request's patient: asked once, kept for all.

The answer waits in the outbox without a connection, and counts in this window from the moment in
which it was given.
"""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend_client.errors import BackendError
from backend_client.models.common import DocumentId
from backend_client.models.documents import AnswerWhoseFile, Document, FileAnswer, WhoseFile
from backend_client.models.events import CentreEvent, DocumentChanged
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.background import BackgroundTasks

if TYPE_CHECKING:
    from workstation.services.outgoing import OutgoingActions

logger = logging.getLogger(__name__)

_OF_ITS_SERIES = ""
"""In the place of a digest: the answer was given with that of another slice."""


class AnswersBackend(Protocol):
    """What is asked of the server."""

    async def answer_whose(
        self, document_id: DocumentId, given: AnswerWhoseFile, *, key: str | None = None
    ) -> Document:
        """Whose file it is; raises BackendError."""


class FileAnswers:
    """Answers of this account and its colleagues.

    `changed` tells of a document with another answer, `document_changed` of its new state as the
    server has it, `refused` of an answer that the server did not take: the question is open again.
    """

    def __init__(self, backend: AnswersBackend, outgoing: "OutgoingActions") -> None:
        self.changed: Event[DocumentId] = Event()
        self.document_changed: Event[Document] = Event()
        self.refused: Event[BackendError] = Event()
        self._backend = backend
        self._outgoing = outgoing
        self._waiting: dict[DocumentId, AnswerWhoseFile] = {}
        self._heard: dict[DocumentId, Document] = {}
        self._background = BackgroundTasks()
        outgoing.waiting_changed.subscribe(self._outbox_changed)
        outgoing.carry_words(PendingKind.WHOSE_FILE, self._send, self._was_refused)

    async def load(self) -> None:
        """Takes up what an earlier run of the program has left. Raises StoreError."""
        self._outbox_changed(await self._outgoing.waiting())

    def whose(self, document: Document) -> WhoseFile | None:
        """Of these bytes; None: it was not answered. What waits here counts before all."""
        waiting = self._waiting.get(document.id)
        if waiting is not None and waiting.sha256 in (document.sha256, _OF_ITS_SERIES):
            return waiting.whose
        answer = self.answer(document)
        return None if answer is None else answer.whose

    def answer(self, document: Document) -> FileAnswer | None:
        """As the server has it of these bytes: who, when and why."""
        known = self._heard.get(document.id, document)
        answer = known.answer
        return answer if answer is not None and answer.sha256 == document.sha256 else None

    def is_waiting(self, document: Document) -> bool:
        """Whether the answer is on this computer alone."""
        return document.id in self._waiting

    async def give(
        self,
        document: Document,
        whose: WhoseFile,
        reason: str = "",
        also: Sequence[Document] = (),
    ) -> None:
        """Answers, of `also` slices of its series the same; once this returns this computer has
        it. Raises StoreError."""
        ids = [one.id for one in also]
        given = AnswerWhoseFile(whose=whose, sha256=document.sha256, reason=reason, also=ids)
        body = msgspec.json.encode(given)
        await self._outgoing.put(PendingKind.WHOSE_FILE, document.id, body)

    def hear_event(self, event: CentreEvent) -> None:
        """The road in, from the event stream."""
        if isinstance(event, DocumentChanged):
            self._hear(event.document)

    def missed_something(self) -> None:
        """What the cards say is newer than what was heard before."""
        self._heard.clear()

    async def finish(self) -> None:
        """Ends what runs."""
        await self._background.finish()

    def _hear(self, document: Document) -> None:
        self._heard[document.id] = document
        self.document_changed.emit(document)
        self.changed.emit(document.id)

    async def _send(self, action: PendingAction) -> None:
        given = _read(action)
        if given is not None:
            document_id = DocumentId(action.target)
            self._hear(await self._backend.answer_whose(document_id, given, key=action.key))

    def _was_refused(self, action: PendingAction, error: BackendError) -> None:
        self._background.start(self._outgoing.forget_refused(action.key), "file_answers.forget")
        self.refused.emit(error)
        self.changed.emit(DocumentId(action.target))

    def _outbox_changed(self, pending: tuple[PendingAction, ...]) -> None:
        orders = [one for one in pending if one.kind is PendingKind.WHOSE_FILE]
        said = {DocumentId(one.target): _read(one) for one in orders}
        before = self._waiting
        self._waiting = {}
        for name, given in said.items():
            if given is not None:
                theirs = msgspec.structs.replace(given, sha256=_OF_ITS_SERIES)
                self._waiting |= {name: given, **dict.fromkeys(given.also, theirs)}
        for name in before.keys() ^ self._waiting.keys():
            self.changed.emit(name)


def _read(action: PendingAction) -> AnswerWhoseFile | None:
    try:
        return msgspec.json.decode(action.body, type=AnswerWhoseFile)
    except msgspec.MsgspecError:
        logger.warning("order %s is of another version of the program", action.key)
        return None
