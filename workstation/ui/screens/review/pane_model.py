"""One place on the review screen and the file that is open in it. No widgets."""

import asyncio
import logging
from collections.abc import Awaitable
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backend_client.models.documents import Document, DocumentKind
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import DecoderStopped, StudyError
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)

StudyInfo = EcgRecord | LongEcg | ClipInfo | PictureInfo | PdfInfo | ReportInfo | StackInfo
_WHOLE = EcgRecord | LongEcg | ReportInfo
"""All of which is in the window: nothing more is asked of the decoder."""
REOPENED_AT_MOST = 3
"""How often a file is opened again by itself after the decoder stopped over it."""


class OpenStudy(Protocol):
    """What the screen asks of an open study; viewers ask for its frames or pages themselves."""

    @property
    def info(self) -> StudyInfo:
        """What it is."""

    async def close(self) -> None:
        """Forgets the file."""


class Studies(Protocol):
    """What the screen asks of the service of studies."""

    @property
    def progress(self) -> Event[DownloadProgress]:
        """How much of a document has arrived."""

    @property
    def decoder_restarted(self) -> Event[DecoderStopped]:
        """The process that opens files had ended and is up again."""

    def open(self, document: Document) -> Awaitable[OpenStudy]:
        """Brings a document and opens it."""


class PaneKind(Enum):
    """What a place is for."""

    PICTURES = "pictures"
    ECG = "ecg"
    DOCUMENT = "document"

    @classmethod
    def of(cls, kind: DocumentKind) -> "PaneKind":
        """The place in which a file of that kind opens."""
        return {
            DocumentKind.ECG: cls.ECG,
            DocumentKind.CLIP: cls.PICTURES,
            DocumentKind.IMAGE: cls.PICTURES,
        }.get(kind, cls.DOCUMENT)


class PaneState(Enum):
    """How far the file of a pane is."""

    EMPTY = "empty"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PaneModel(QObject):
    """A pane: at most one file. Another file never waits for the one before."""

    changed = Signal()
    """State, document or study are other ones."""
    progressed = Signal()
    """More bytes have arrived."""
    ready = Signal(str)
    """The file with this document id is open."""

    def __init__(self, kind: PaneKind, studies: Studies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.state = PaneState.EMPTY
        self.document: Document | None = None
        self.study: OpenStudy | None = None
        self.error: UserMessage | None = None
        self.received, self.total = 0, 0
        self.was_restarted = False
        """Whether the decoder stopped over the file, which was opened again by itself."""
        self.broken_parts = 0
        """Frames or pages that could not be read."""
        self._studies = studies
        self._reopened = 0
        self._closing: set[asyncio.Task[None]] = set()
        self.tasks = self._new_tasks()
        """Owner of the opening, and of what the viewer asks of the open study."""
        self._unsubscribe = studies.progress.subscribe(self._progress)

    @property
    def info(self) -> StudyInfo | None:
        """What is open."""
        return self.study.info if self.study is not None else None

    def show(self, document: Document) -> None:
        """Opens a file; one that is open or on its way already stays as it is."""
        same = self.document is not None and self.document.id == document.id
        if same and self.state in (PaneState.LOADING, PaneState.READY):
            return
        self._drop()
        self.document = document
        self._reopened, self.was_restarted = 0, False
        self._load(document)

    def retry(self) -> None:
        """Opens the file again."""
        if self.document is not None:
            self._drop()
            self._load(self.document)

    def cancel(self) -> None:
        """Stops bringing the file."""
        if self.state is PaneState.LOADING:
            self._drop()
            self.state = PaneState.CANCELLED
            self.changed.emit()

    def clear(self) -> None:
        """Shows no file."""
        self._drop()
        self.document, self.state = None, PaneState.EMPTY
        self.changed.emit()

    def part_failed(self, error: StudyError) -> None:
        """A frame or a page did not come. Where the decoder stopped, the viewer asks again."""
        if isinstance(error, DecoderStopped):
            self.was_restarted = True
        else:
            self.broken_parts += 1
        self.changed.emit()

    def decoder_restarted(self) -> None:
        """The decoder is up again; an open file goes on by itself, and that is said."""
        if self.state is PaneState.READY and not isinstance(self.info, _WHOLE):
            self.was_restarted = True
            self.changed.emit()

    def forget_restart(self) -> None:
        """Enough was said of it."""
        if self.was_restarted:
            self.was_restarted = False
            self.changed.emit()

    async def close(self) -> None:
        """Ends what runs and forgets the file."""
        self._unsubscribe()
        self._drop()
        self.document, self.state = None, PaneState.EMPTY
        while self._closing:
            await asyncio.gather(*self._closing)

    def _load(self, document: Document) -> None:
        self.state, self.error = PaneState.LOADING, None
        self.received, self.total, self.broken_parts = 0, document.size, 0
        self.tasks.start(self._open(document), name="study.open")
        self.changed.emit()

    async def _open(self, document: Document) -> None:
        study = await self._studies.open(document)
        # No await from here on: a study that came is either kept or closed.
        self.study = study
        self.state = PaneState.READY
        self.changed.emit()
        self.ready.emit(document.id)

    def _drop(self) -> None:
        """Lets go of the open study and of what is on its way; nobody waits for the end."""
        study, tasks = self.study, self.tasks
        self.study, self.tasks = None, self._new_tasks()
        tasks.cancel("study.open")
        if study is None and tasks.is_idle:
            return
        task = asyncio.get_running_loop().create_task(_close(study, tasks), name="study.close")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _new_tasks(self) -> TaskScope:
        tasks = TaskScope(on_error=lambda error: self._failed(error, tasks))
        return tasks

    def _failed(self, error: BaseException, tasks: TaskScope) -> None:
        if tasks is not self.tasks:
            return  # another file has taken the place
        if self.state is not PaneState.LOADING:
            self.error = user_message(error)
            self.broken_parts += 1
        elif isinstance(error, DecoderStopped) and self._may_reopen():
            return
        else:
            self.state, self.error = PaneState.FAILED, user_message(error)
        self.changed.emit()

    def _may_reopen(self) -> bool:
        """Opens the file again, as often as is allowed."""
        if self._reopened >= REOPENED_AT_MOST or self.document is None:
            return False
        self._reopened += 1
        self.was_restarted = True
        self._load(self.document)
        return True

    def _progress(self, progress: DownloadProgress) -> None:
        document = self.document
        if document is None or self.state is not PaneState.LOADING:
            return
        if progress.document_id == document.id:
            self.received, self.total = progress.received, progress.total
            self.progressed.emit()


async def _close(study: OpenStudy | None, tasks: TaskScope) -> None:
    await tasks.close()
    if study is None:
        return
    try:
        await study.close()
    except StudyError as error:
        logger.info("a study did not close cleanly: %s", type(error).__name__)
