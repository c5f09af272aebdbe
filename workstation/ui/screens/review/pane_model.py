"""One place on the review screen and the file that is open in it. No widgets."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from enum import Enum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import OtherRequest
from workstation.core.photo_sheets import PhotoSheets
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.open_series import OpenedSeries
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import DecoderStopped, StudyClosed, StudyError
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.disc.source import DiscSource, OpenStudy

logger = logging.getLogger(__name__)

StudyInfo = (
    EcgRecord | LongEcg | ClipInfo | PictureInfo | PdfInfo | ReportInfo | StackInfo | DiscInfo
)
_WHOLE = EcgRecord | LongEcg | ReportInfo | DiscInfo
"""All of which is in the window: nothing more is asked of the decoder."""
REOPENED_AT_MOST = 3
"""How often a file is opened again by itself after the decoder stopped over it."""


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

    def open_series(self, parts: tuple[Document, ...]) -> Awaitable[OpenedSeries]:
        """Brings the slices of a series and opens them together."""


@runtime_checkable
class Glances(Protocol):
    """A service that opens a file for a small picture of it."""

    def glance(self, document: Document) -> AbstractAsyncContextManager[object]:
        """Inside of the block the document is open, and does not count as seen."""


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
    coming = Signal(object)
    """What the file is that will be ready next: an `EcgRecord`, a `ClipInfo` or their like."""
    ready = Signal(str)
    """The file with this document id is open."""

    def __init__(self, kind: PaneKind, studies: Studies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.state = PaneState.EMPTY
        self.document: Document | None = None
        self.parts_of: Callable[[Document], tuple[Document, ...]] = lambda one: (one,)
        """All documents of the file that a document stands for: several of a series."""
        self.sheets_of: Callable[[Document], PhotoSheets | None] = lambda one: None
        """The photos beside which a photo is read."""
        self.other_request_of: Callable[[Document], OtherRequest | None] = lambda one: None
        """The patient's other request from which a document is; None: it is this case's own."""
        self.parts: tuple[Document, ...] = ()
        """Of the file that is open or on its way."""
        self.study: OpenStudy | None = None
        self.series: OpenedSeries | None = None
        """Of what the study was made, where the file came in several parts."""
        self.disc: DiscSource | None = None
        """The open disc, also while something of it is shown."""
        self.item: int | None = None
        """Which of the disc's items is shown or on its way; None: the list."""
        self.item_error: tuple[int, UserMessage] | None = None
        """Of the disc's items the one that could not be opened, and why."""
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

    @property
    def seen(self) -> tuple[Document, ...]:
        """The documents of which something is shown."""
        if self.study is None:
            return ()
        return self.parts if self.series is None else self.series.shown

    @property
    def sheets(self) -> PhotoSheets | None:
        """The photos beside which the open photo is read; None where it stands alone."""
        return self.sheets_of(self.document) if self.document is not None else None

    @asynccontextmanager
    async def glance(self, document: Document) -> AsyncIterator[object]:
        """A file for a small picture of it. Raises StudyError: StudyClosed for one that cannot be
        had now."""
        if not isinstance(self._studies, Glances):
            raise StudyClosed
        try:
            async with self._studies.glance(document) as study:
                yield study
        except BackendError as error:
            raise StudyClosed from error

    def holds(self, document_id: str) -> bool:
        """Whether that document is open or on its way, by itself or as a part of a series."""
        return self.document is not None and any(one.id == document_id for one in self.parts)

    @property
    def come_since(self) -> int:
        """How many parts of the open file were sent after it was opened."""
        if self.study is None or self.document is None:
            return 0
        return len({one.id for one in self.parts_of(self.document)} - {x.id for x in self.parts})

    def look_for_parts(self) -> None:
        """There may be more of the open file than before."""
        if self.come_since or self.sheets is not None:
            self.changed.emit()

    def show(self, document: Document) -> None:
        """Opens a file; one that is open or on its way already stays as it is."""
        same = self.document is not None and self.document.id == document.id
        if same and self.state in (PaneState.LOADING, PaneState.READY):
            return
        self._drop()
        self.document = document
        self._reopened, self.was_restarted = 0, False
        self._load(document)

    def open_item(self, number: int) -> None:
        """Opens something of the disc; what was shown of it before is closed."""
        disc = self.disc
        if disc is None or not 0 <= number < len(disc.info.items):
            return
        if self.item == number and self.state in (PaneState.LOADING, PaneState.READY):
            return
        self._leave_item()
        self.item, self.item_error = number, None
        self.state, self.broken_parts = PaneState.LOADING, 0
        self.received = self.total
        self.tasks.start(self._open_item(disc, number), name="study.open")
        self.changed.emit()

    def show_list(self) -> bool:
        """Back to the list of the disc; False where it is seen already, or no disc is open."""
        if self.disc is None or self.item is None:
            return False
        self._leave_item()
        self.item, self.study, self.state = None, self.disc, PaneState.READY
        self.broken_parts = 0
        self.changed.emit()
        return True

    def retry(self) -> None:
        """Opens the file again."""
        if self.document is not None:
            self._drop()
            self._load(self.document)

    def cancel(self) -> None:
        """Stops bringing the file."""
        if self.state is PaneState.LOADING and self.show_list():
            return
        if self.state is PaneState.LOADING:
            self._drop()
            self.state = PaneState.CANCELLED
            self.changed.emit()

    def clear(self) -> None:
        """Shows no file."""
        self._drop()
        self.document, self.parts, self.state = None, (), PaneState.EMPTY
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
        self.parts = self.parts_of(document)
        size = sum(one.size for one in self.parts)
        self.received, self.total, self.broken_parts = 0, size, 0
        self.tasks.start(self._open(document), name="study.open")
        self.changed.emit()

    async def _open(self, document: Document) -> None:
        if len(self.parts) > 1:
            self.series = await self._studies.open_series(self.parts)
            study: OpenStudy = self.series.study
        else:
            study = await self._studies.open(document)
        await self._announced(study)
        # No await from here on: a study that came is either kept or closed.
        self.study = study
        self.disc = study if isinstance(study, DiscSource) else None
        self.state = PaneState.READY
        self.changed.emit()
        self.ready.emit(document.id)

    async def _open_item(self, disc: DiscSource, number: int) -> None:
        study = await disc.open_item(number)
        await self._announced(study)
        # No await from here on, as above.
        self.study, self.state = study, PaneState.READY
        self.changed.emit()

    async def _announced(self, study: OpenStudy) -> None:
        """Its viewer is made in an event before the one that shows it: both took 70 ms. A study
        that nobody waits for any more is closed."""
        self.coming.emit(study.info)
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            self._close_later(self._new_tasks(), (study,))
            raise

    def _leave_item(self) -> None:
        """Closes what is shown of the disc; nobody waits for the end. The disc stays open."""
        study, tasks = self.study, self.tasks
        self.study, self.tasks = None, self._new_tasks()
        tasks.cancel("study.open")
        self._close_later(tasks, () if study is None or study is self.disc else (study,))

    def _drop(self) -> None:
        """Lets go of the open study and of what is on its way; nobody waits for the end."""
        study, disc, tasks = self.study, self.disc, self.tasks
        self.study, self.series, self.tasks = None, None, self._new_tasks()
        self.disc, self.item, self.item_error = None, None, None
        tasks.cancel("study.open")
        held = [study] if study is not None else []
        self._close_later(tasks, held if disc is None or disc is study else [*held, disc])

    def _close_later(self, tasks: TaskScope, studies: Sequence[OpenStudy]) -> None:
        if not studies and tasks.is_idle:
            return
        task = asyncio.get_running_loop().create_task(_close(studies, tasks), name="study.close")
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
        elif self.item is not None:
            self._item_failed(self.item, error)
        elif isinstance(error, DecoderStopped) and self._may_reopen():
            return
        else:
            self.state, self.error = PaneState.FAILED, user_message(error)
        self.changed.emit()

    def _item_failed(self, number: int, error: BaseException) -> None:
        """The list is shown again, and says it of the item."""
        self.item, self.study, self.state = None, self.disc, PaneState.READY
        self.item_error = (number, user_message(error))

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


async def _close(studies: Sequence[OpenStudy], tasks: TaskScope) -> None:
    await tasks.close()
    for study in studies:
        try:
            await study.close()
        except StudyError as error:
            logger.info("a study did not close cleanly: %s", type(error).__name__)
