"""The question whose file it is, as the review asks it. No widgets."""

from collections.abc import Awaitable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, FileAnswer, WhoseFile
from workstation.core.subscription import Event
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope


class Answers(Protocol):
    """What is asked of the service of answers."""

    @property
    def changed(self) -> Event[DocumentId]:
        """A document has another answer."""

    @property
    def refused(self) -> Event[BackendError]:
        """The server did not take an answer."""

    def whose(self, document: Document) -> WhoseFile | None:
        """As it was answered of these bytes."""

    def answer(self, document: Document) -> FileAnswer | None:
        """Who has answered, when and why, as the server has it."""

    def is_waiting(self, document: Document) -> bool:
        """Whether the answer is on this computer alone."""

    def give(
        self,
        document: Document,
        whose: WhoseFile,
        reason: str = "",
        also: Sequence[Document] = (),
    ) -> Awaitable[None]:
        """Answers; of `also` slices of its series the same. Raises StoreError."""


class FileQuestions(QObject):
    """Until a file that names somebody else is answered for, nothing of it is taken along."""

    changed = Signal()
    """A file was answered for, here or by a colleague."""
    failed = Signal(UserMessage)
    """An answer could not be kept, or the server did not take it."""

    def __init__(self, answers: Answers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self._tasks = TaskScope(on_error=lambda error: self.failed.emit(user_message(error)))
        self._deaf = (
            answers.changed.subscribe(lambda _: self.changed.emit()),
            answers.refused.subscribe(lambda error: self.failed.emit(user_message(error))),
        )

    def whose(self, document: Document) -> WhoseFile | None:
        """None: nobody has answered."""
        return self._answers.whose(document)

    def answer(self, document: Document) -> FileAnswer | None:
        """As the server has it."""
        return self._answers.answer(document)

    def is_waiting(self, document: Document) -> bool:
        """Whether the server has not heard of it yet."""
        return self._answers.is_waiting(document)

    def give(
        self,
        document: Document,
        whose: WhoseFile,
        reason: str,
        also: Sequence[Document] = (),
    ) -> None:
        """Answers, without a connection too; of `also` slices of its series the same."""
        self._tasks.start(self._give(document, whose, reason, also), name="file.answer")

    async def close(self) -> None:
        """Ends everything for good."""
        for unsubscribe in self._deaf:
            unsubscribe()
        await self._tasks.close()

    async def _give(
        self, document: Document, whose: WhoseFile, reason: str, also: Sequence[Document]
    ) -> None:
        await self._answers.give(document, whose, reason, also)
