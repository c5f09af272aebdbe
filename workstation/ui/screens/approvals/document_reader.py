"""One signed conclusion being read: fetched and verified first, then opened page by page."""

from enum import Enum

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import Approval
from signing.report import Verdict
from workstation.services.answers import SignedPdf
from workstation.studies.errors import DecoderStopped, StudyError, Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.approvals.asked import OpenStudy, Papers
from workstation.ui.screens.approvals.reading_ahead import ReadingAhead
from workstation.ui.task_scope import TaskScope

STOPPED_AT_MOST = 3
"""So often the viewer asks for a page again over which the decoder has stopped."""


class Reading(Enum):
    """How far the file is."""

    NOTHING = "nothing"
    LOADING = "loading"
    VERIFIED = "verified"
    """The signatures were looked at; what they are worth is in `signed.report`."""
    CHANGED = "changed"
    """What lies on the server is not what the doctor has signed."""
    FAILED = "failed"


class DocumentReader(QObject):
    """At most one file. Another one never waits for the one before."""

    changed = Signal()

    def __init__(self, approvals: Papers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = Reading.NOTHING
        self.approval: Approval | None = None
        self.signed: SignedPdf | None = None
        self.pages: OpenStudy | None = None
        self.problem: UserMessage | None = None
        """Why the file could not be fetched."""
        self.pages_problem: UserMessage | None = None
        """Why it cannot be read on the screen, whole or in part."""
        self.page_tasks = TaskScope(on_error=self._failed)
        self._approvals = approvals
        self._stops = 0
        self.ahead = ReadingAhead(approvals)
        self._tasks = TaskScope(on_error=self._failed)

    @property
    def verdict(self) -> Verdict | None:
        """What the signatures are worth, of this very file; None: not known."""
        signed, approval = self.signed, self.approval
        if signed is None or approval is None:
            return None
        same = signed.report.sha256 == approval.sha256
        return signed.report.verdict if same else Verdict.INVALID

    def read(self, approval: Approval, *, anew: bool = False) -> None:
        """Fetches, verifies and opens the signed file; what of that was done ahead is not done
        again, but where it is read `anew`."""
        self._forget()
        self.approval, self.state = approval, Reading.LOADING
        if anew:
            self.ahead.forget()
        signed, pages = self.ahead.take(approval)
        if signed is not None:
            self.signed, self.state = signed, Reading.VERIFIED
        if pages is not None:
            self._take(pages)
        self.changed.emit()
        if self.pages is None and self.pages_problem is None:
            self._tasks.start(self._read(approval), name="approvals.read")

    def leave(self) -> None:
        """Nothing is read or held any more."""
        self.ahead.forget()
        if self.state is not Reading.NOTHING:
            self._forget()
            self.changed.emit()

    def note_changed_file(self) -> None:
        """The server has found that its file is another one now."""
        self.state, self.signed = Reading.CHANGED, None
        self._close_pages()
        self.changed.emit()

    def note_page_failure(self, error: object) -> None:
        """A page could not be shown: what cannot be read is not to be approved."""
        if isinstance(error, DecoderStopped):
            self._stops += 1
            if self._stops < STOPPED_AT_MOST:
                return
        if isinstance(error, StudyError):
            self.pages_problem = user_message(error)
            self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        self._tasks.cancel("approvals.read")
        await self.ahead.close()
        pages, self.pages = self.pages, None
        if pages is not None:
            await pages.close()
        await self.page_tasks.close()
        await self._tasks.close()

    async def _read(self, approval: Approval) -> None:
        if self.signed is None:
            self.signed = await self._approvals.read(approval)
            self.state = Reading.VERIFIED
            self.changed.emit()
        try:
            pages = await self._approvals.open_pages(self.signed.pdf)
        except StudyError as error:
            self.pages_problem = user_message(error)
        else:
            self._take(pages)
        self.changed.emit()

    def _take(self, pages: OpenStudy) -> None:
        """What calls itself a PDF and is something else is not shown."""
        self.pages = pages
        if not isinstance(pages.info, PdfInfo):
            self._close_pages()
            self.pages_problem = user_message(UnreadableFile(Unreadable.NOT_RECOGNISED))

    def _failed(self, error: BaseException) -> None:
        if getattr(error, "code", None) is ProblemCode.FILE_CHANGED:
            self.note_changed_file()
            return
        self.state, self.problem = Reading.FAILED, user_message(error)
        self.changed.emit()

    def _forget(self) -> None:
        self._tasks.cancel("approvals.read")
        self._close_pages()
        self.state, self.approval, self.signed = Reading.NOTHING, None, None
        self.problem, self.pages_problem, self._stops = None, None, 0

    def _close_pages(self) -> None:
        pages, self.pages = self.pages, None
        if pages is not None:
            self._tasks.start(pages.close(), name="approvals.close_pages")
