"""When the review of a case stands on the screen: whose it is, and its first document."""

import asyncio
import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from backend_client.models.common import RequestId
from workstation.screens import Screens
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.picture_view import PictureView


class PaintedCase(QObject):
    """Resolves `moment` (time.perf_counter) at the end of the paint that shows both.

    It listens to the one widget that shows the document, and costs the others nothing.
    """

    def __init__(self, screens: Screens, case: RequestId) -> None:
        super().__init__()
        self.moment: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._model, self._case = screens.review_model, case
        self._surface: QWidget | None = None
        self._pane: StudyPane | None = None
        self._is_drawn = False
        for pane in screens.review.panes:
            pane.model.changed.connect(partial(self._look, pane))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._shows():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)  # once this paint is done
        return False

    def _look(self, pane: StudyPane) -> None:
        """Whether the pane in which the doctor works has its file now."""
        model = self._model
        is_first = model.request_id == self._case and pane.model is model.active
        if self._surface is not None or not is_first or pane.model.state is not PaneState.READY:
            return
        self._pane = pane
        self._surface = self._surface_of(pane)
        self._surface.installEventFilter(self)

    def _surface_of(self, pane: StudyPane) -> QWidget:
        match pane.viewer:
            case EcgView() as ecg:
                return ecg.sheet.viewport()
            case CineView() | PictureView() as pictures:
                return pictures.canvas
            case DocumentView() as document:
                document.drawn.connect(self._drawn)
                return document.pages.viewport()
        raise AssertionError("no viewer of an open file")

    def _shows(self) -> bool:
        viewer = None if self._pane is None else self._pane.viewer
        if isinstance(viewer, CineView | PictureView):
            return viewer.canvas.has_picture
        return self._is_drawn if isinstance(viewer, DocumentView) else viewer is not None

    def _drawn(self) -> None:
        self._is_drawn = True

    def _painted(self) -> None:
        if not self.moment.done():
            self.moment.set_result(time.perf_counter())
