"""A clip, a picture or a document in its own viewer, as far as one frame or page of it."""

import asyncio

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from workstation.studies.study import ClipStudy, PdfStudy, PictureStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.picture_view import PictureView


class OneFrame(QObject):
    """The viewer, and when it shows that frame or page. Close it before the study."""

    def __init__(
        self,
        study: ClipStudy | PictureStudy | PdfStudy,
        theme: Theme,
        size: tuple[int, int],
        index: int = 0,
    ) -> None:
        """`index`: the frame or the page, from 0; there is one of that number."""
        super().__init__()
        self._index = index
        self._come: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tasks = TaskScope(on_error=self._fail)
        self._viewer = self._of(study, theme)
        self._viewer.failed.connect(self._fail)
        self._viewer.resize(*size)
        self._viewer.show()
        self._begin(study)

    @property
    def viewer(self) -> QWidget:
        """What shows it."""
        return self._viewer

    async def shown(self) -> None:
        """Waits for the frame or the page. Raises StudyError where it cannot be drawn."""
        await self._come
        await self._tasks.finish()  # the device's lines over it, too

    async def close(self) -> None:
        """Gives frames back."""
        await self._tasks.close()
        self._viewer.clear()
        self._viewer.hide()
        self._viewer.deleteLater()

    def _of(
        self, study: ClipStudy | PictureStudy | PdfStudy, theme: Theme
    ) -> CineView | PictureView | DocumentView:
        match study:
            case ClipStudy():
                return CineView(theme)
            case PictureStudy():
                return PictureView(theme)
            case PdfStudy():
                return DocumentView(theme)

    def _begin(self, study: ClipStudy | PictureStudy | PdfStudy) -> None:
        match self._viewer, study:
            case CineView() as clip, ClipStudy():
                clip.frame_shown.connect(self._frame_shown)
                clip.show_clip(study.info, study, self._tasks, first=self._index)
                clip.seek(self._index)
            case PictureView() as picture, PictureStudy():
                picture.canvas.installEventFilter(self)
                picture.show_picture(study.info, study, self._tasks)
            case DocumentView() as document, PdfStudy():
                document.show_document(study.info, study, self._tasks)
                document.pages.go_to(self._index)
                document.drawn.connect(self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        viewer = self._viewer
        is_painted = event.type() is QEvent.Type.Paint
        if is_painted and isinstance(viewer, PictureView) and viewer.canvas.has_picture:
            self._shown()
        return False

    def _frame_shown(self, index: int) -> None:
        if index == self._index:
            self._shown()

    def _shown(self) -> None:
        if not self._come.done():
            self._come.set_result(None)

    def _fail(self, error: BaseException) -> None:
        if not self._come.done():
            self._come.set_exception(error)
