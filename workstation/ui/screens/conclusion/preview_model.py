"""The pages as the patient will get them: renewed after each save, the old ones stay till then."""

import asyncio
import logging

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.conclusions import Conclusion
from workstation.services.answers import Draft, Preview
from workstation.studies.errors import DecoderStopped, StudyError
from workstation.ui.screens.conclusion.asked import OpenPages, Pace, Papers
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)


class PreviewModel(QObject):
    """At most one set of pages, and the next one on its way. The newest wish wins."""

    changed = Signal()
    renewed = Signal()
    """`pages` are others, or gone."""

    def __init__(self, papers: Papers, pace: Pace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        """Of which `pages` are; None where they are not a preview."""
        self.pages: OpenPages | None = None
        self.problem: BaseException | None = None
        """Why the newest pages cannot be shown."""
        self.is_seen = False
        """Whether the pages in sight were drawn."""
        self._papers, self._pace = papers, pace
        self._wanted: Draft | Conclusion | None = None
        self._is_making = False
        self._is_page_broken = False
        self._is_second_try = False
        """The decoder ended over the pages once: it is begun again by itself, and asked once."""
        self._making = TaskScope(on_error=self._failed)
        self._closing: set[asyncio.Task[None]] = set()
        self.tasks = self._new_tasks()
        """Owner of what the viewer asks of the open pages."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._start)

    @property
    def is_behind(self) -> bool:
        """Whether newer pages are awaited."""
        return self._wanted is not None

    @property
    def ready(self) -> Preview | None:
        """What may be signed: of the newest text, without error, and seen."""
        seen = self.is_seen and self.problem is None and not self.is_behind
        return self.preview if seen else None

    def want(self, draft: Draft) -> None:
        """Makes the pages of a saved draft, a moment after the last such wish."""
        self._wish(draft)

    def want_signed(self, conclusion: Conclusion) -> None:
        """Shows the signed file that the server keeps."""
        self._wish(conclusion)

    def pages_seen(self) -> None:
        """The viewer has drawn what is in sight."""
        if self.pages is not None and not self.is_seen:
            self.is_seen = True
            if self._is_page_broken:  # it was asked for again, and came
                self._is_page_broken, self.problem = False, None
            self.changed.emit()

    def page_failed(self, error: BaseException) -> None:
        """A page could not be drawn: it has not been seen."""
        self.is_seen = False
        self.problem, self._is_page_broken = error, True
        self.changed.emit()

    def clear(self) -> None:
        """Shows nothing; what is on its way is dropped."""
        self._rest.stop()
        self._making.cancel("conclusion.preview")
        self._wanted, self._is_making = None, False
        self.problem, self.preview = None, None
        self._put(None)

    async def close(self) -> None:
        """Ends everything for good."""
        self.clear()
        await self._making.close()
        while self._closing:
            await asyncio.gather(*self._closing)

    def _wish(self, wanted: Draft | Conclusion) -> None:
        self._wanted = wanted
        self._rest.start(self._pace.preview)
        self.changed.emit()

    def _start(self) -> None:
        if not self._is_making and self._wanted is not None:
            self._is_making = True
            self._making.start(self._make(self._wanted), name="conclusion.preview")

    async def _make(self, wanted: Draft | Conclusion) -> None:
        preview, pdf = await self._paper(wanted)
        pages = None if self._shows(preview) else await self._papers.open_pages(pdf)
        # No await from here on: pages that came are either kept or closed.
        self._is_making = False
        self.preview, self.problem, self._is_page_broken = preview, None, False
        self._is_second_try = False
        if pages is not None:
            self._put(pages)
        self._go_on(wanted)

    def _shows(self, preview: Preview | None) -> bool:
        """Whether the pages of this very file are open, and nothing is wrong with them."""
        shown = self.preview if self.problem is None else None
        return preview is not None and shown is not None and preview.sha256 == shown.sha256

    async def _paper(self, wanted: Draft | Conclusion) -> tuple[Preview | None, bytes]:
        if isinstance(wanted, Conclusion):
            return None, await self._papers.signed_pdf(wanted)
        preview = await self._papers.preview(wanted)
        return preview, preview.pdf

    def _go_on(self, done: Draft | Conclusion) -> None:
        """Something newer may have been wished for meanwhile."""
        if self._wanted is done:
            self._wanted = None
        elif not self._rest.isActive():
            self._start()
        self.changed.emit()

    def _put(self, pages: OpenPages | None) -> None:
        old, tasks = self.pages, self.tasks
        self.pages, self.tasks, self.is_seen = pages, self._new_tasks(), False
        self.renewed.emit()
        if old is not None or not tasks.is_idle:
            task = asyncio.get_running_loop().create_task(_close(old, tasks), name="pages.close")
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _new_tasks(self) -> TaskScope:
        return TaskScope(on_error=self.page_failed)

    def _failed(self, error: BaseException) -> None:
        """The pages that are shown stay: they are of an older text, and that is said."""
        self._is_making = False
        if self._rest.isActive():
            return  # a newer text is coming anyway
        self.problem, self._is_page_broken = error, False
        goes_on = isinstance(error, DecoderStopped) and not self._is_second_try
        self._is_second_try = goes_on
        if goes_on or getattr(error, "is_temporary", False):
            self._rest.start(self._pace.preview if goes_on else self._pace.retry)
        else:
            self._wanted = None
        self.changed.emit()


async def _close(pages: OpenPages | None, tasks: TaskScope) -> None:
    await tasks.close()
    if pages is None:
        return
    try:
        await pages.close()
    except StudyError as error:
        logger.info("pages did not close cleanly: %s", type(error).__name__)
