"""Pictures of a document's pages: asked for at a width, kept while they are near, dyed."""

import asyncio
from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from workstation.studies.errors import (
    DecoderStopped,
    StudyClosed,
    StudyError,
    Unreadable,
    UnreadableFile,
)
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.page_image import copied
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.viewers.page_tone import Tone

_TRIES = 3
_KEPT_AROUND = 4
_SLOW_AFTER_MS = 1000
"""A page that takes longer than that is said to be on its way: a blank one looks empty."""


class PageImages(QObject):
    """`changed` when a page came, or its shades; `failed` carries a StudyError.

    `wanted_again` when what is in sight has to be asked for again: the decoder had stopped.
    """

    changed = Signal()
    failed = Signal(object)
    wanted_again = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: PageSource | None = None
        self._tasks: TaskScope | None = None
        self._images: dict[int, QImage] = {}
        self._tone = Tone()
        self._toned: dict[int, QImage] = {}
        """Pages with their shades changed; while one is worked out, the one before is shown."""
        self._old: set[int] = set()
        """Pages whose picture is of the document before."""
        self._asked: dict[int, int] = {}
        self._broken: set[int] = set()
        self._tries: dict[int, int] = {}
        self._generation = 0
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self.changed)

    @property
    def tone(self) -> Tone:
        """How shades are changed."""
        return self._tone

    def show_source(self, source: PageSource | None, tasks: TaskScope | None) -> None:
        """Another document: nothing of it is there yet, its shades are its own."""
        self._forget_questions(source, tasks)
        self._images.clear()
        self._toned.clear()
        self._old.clear()
        self._tone = Tone()

    def renew_source(self, source: PageSource, tasks: TaskScope, count: int) -> None:
        """A newer state of the same document: old pictures stay until new ones come."""
        self._forget_questions(source, tasks)
        self._images = {n: image for n, image in self._images.items() if n < count}
        self._old = set(self._images)

    def image(self, index: int) -> QImage | None:
        """The page as it is to be seen; None where it has not come."""
        return self._toned.get(index) or self._images.get(index)

    def is_broken(self, index: int) -> bool:
        """Whether it cannot be read."""
        return index in self._broken

    def is_late(self, index: int) -> bool:
        """Whether it was asked for long ago and has not come."""
        return index in self._asked and index not in self._images and not self._slow.isActive()

    def are_new(self, pages: Iterable[int]) -> bool:
        """Whether all of them are there, and of this document."""
        return all(page in self._images and page not in self._old for page in pages)

    def ask(self, index: int, width: int) -> None:
        """Has a page drawn at that width, unless it is or cannot be."""
        if self._tasks is None or index in self._broken or self._asked.get(index) == width:
            return
        self._asked[index] = width
        if index not in self._images and index not in self._tries:
            self._slow.start(_SLOW_AFTER_MS)
        self._tasks.start(self._bring(index, width, self._generation), name="page")

    def keep_near(self, index: int) -> None:
        """Forgets what is far from that page."""
        for page in [page for page in self._images if abs(page - index) > _KEPT_AROUND]:
            del self._images[page]
            self._toned.pop(page, None)
            self._asked.pop(page, None)

    def set_tone(self, tone: Tone) -> None:
        """Changes contrast, brightness or sign of all pages."""
        self._tone = tone
        if tone.is_plain or self._tasks is None:
            self._toned.clear()
        else:
            for index in self._images:
                self._tasks.start(self._dye(index, self._generation), name="page.tone")
        self.changed.emit()

    def _forget_questions(self, source: PageSource | None, tasks: TaskScope | None) -> None:
        self._generation += 1
        self._slow.stop()
        self._source, self._tasks = source, tasks
        for known in (self._asked, self._broken, self._tries):
            known.clear()

    async def _bring(self, index: int, width: int, generation: int) -> None:
        if self._source is None:
            return
        try:
            with await self._source.page(index, width) as frame:
                if generation == self._generation:
                    self._images[index] = copied(frame)
                    self._old.discard(index)
            await self._dye(index, generation)
        except StudyClosed:
            return
        except StudyError as error:
            if generation == self._generation:
                self._note(index, error)
        self.changed.emit()

    async def _dye(self, index: int, generation: int) -> None:
        """Works the page's shades out in a thread; what is out of date then is dropped."""
        image, tone = self._images.get(index), self._tone
        if image is None or tone.is_plain:
            return
        toned = await asyncio.to_thread(tone.applied, image)
        if generation == self._generation and tone == self._tone and index in self._images:
            self._toned[index] = toned
            self.changed.emit()

    def _note(self, index: int, error: StudyError) -> None:
        """A damaged page is not asked for again; one over which the decoder stopped is."""
        self._asked.pop(index, None)
        self._tries[index] = self._tries.get(index, 0) + 1
        stopped = isinstance(error, DecoderStopped) and self._tries[index] < _TRIES
        if not stopped:
            self._broken.add(index)
            if isinstance(error, DecoderStopped):
                error = UnreadableFile(Unreadable.STOPS_DECODER)
        self.failed.emit(error)
        if stopped:
            self.wanted_again.emit()
