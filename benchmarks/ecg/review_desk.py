"""The review screen on a case of ECGs: services, encrypted store and decoder process are real.

The server alone is scripted; the files were fetched before, so that a key opens what is on the
disk. Nothing was opened ahead: each file goes the whole way. Garbage is collected as the program
does it (decision 0023): between two events, and what stood at the start is not looked over.
"""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from backend_client.models.documents import Document
from benchmarks.queue.frames import PATIENCE_S, FrameWatch, Spent
from tests.factories import make_document, make_row
from tests.fakes import FakeTriageService
from tests.ui.keys import press
from tests.unit.services.house import FakeOpener, House, house
from tests.unit.services.scripted_server import ScriptedServer
from workstation.core.server_clock import ServerClock
from workstation.garbage import CollectionBetweenEvents
from workstation.services.kept_panels import KeptPanels
from workstation.studies.decoder import Decoder
from workstation.studies.study import Study
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.ecg.sheet import EcgSheet
from workstation.ui.wording import Wording

_ROW: Final = make_row()
_LOOK_S: Final = 0.01


class _RealOpener(FakeOpener):
    """The decoder process behind the service's door."""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.restarted = decoder.restarted
        self._decoder = decoder

    async def open(self, data: memoryview) -> Study:
        return await self._decoder.open(data)

    async def open_series(self, files: Sequence[memoryview]) -> Study:
        """As the decoder."""
        return await self._decoder.open_series(files)


class ReviewDesk:
    """A case whose files follow each other on the strip; a key opens the next."""

    def __init__(self, home: House, documents: list[Document], application: QApplication) -> None:
        load_fonts()
        words = RequestWords(Wording(ServerClock()))
        self._router = ShortcutRouter(application)
        self.model = ReviewViewModel(home.requests, home.studies)
        self.triage = TriageViewModel(FakeTriageService(None), KeptPanels(None), words)
        self.view = ReviewView(
            self.model, self.triage, Theme(load_tokens(), Scheme.DARK), self._router, words
        )
        self.view.resize(1920, 1080)
        self._frames = FrameWatch(self.view)
        self.documents = documents

    @property
    def sheet(self) -> EcgSheet:
        """The paper on which the files are shown."""
        found = self.view.findChild(EcgSheet, "ecgSheet")
        assert isinstance(found, EcgSheet)
        return found

    async def begin(self) -> None:
        """The first file stands."""
        self.view.show()
        self.view.activateWindow()
        self.model.open(_ROW.id)
        await _until(lambda: self.model.ecg.state is PaneState.READY)
        await _until(self._takes_keys)

    async def next_file(self) -> tuple[str, Spent]:
        """Title of the file that the key opened, and how long until it was painted."""
        before = self.model.ecg.document
        begun = Spent.now()
        last = before is not None and before.id == self.model.documents[-1].id
        if last:
            self.model.choose(self.model.documents[0].id)
        else:
            press(self.view, Qt.Key.Key_PageDown)

        def is_next() -> bool:
            pane = self.model.ecg
            return pane.document is not before and pane.state is PaneState.READY

        spent = await self._frames.until(is_next) - begun
        shown = self.model.ecg.document
        assert shown is not None
        return ("" if last else shown.title), spent

    def _takes_keys(self) -> bool:
        window = self.view.windowHandle()
        return window is not None and window.isActive()

    async def close(self) -> None:
        """Ends the screen."""
        self.view.hide()
        self.model.leave()
        await self.model.close()
        await self.triage.close()
        self._router.release()
        self.view.deleteLater()


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(round(PATIENCE_S / _LOOK_S)):
        if holds():
            return
        await asyncio.sleep(_LOOK_S)
    raise TimeoutError


@asynccontextmanager
async def review_desk(
    folder: Path, files: Mapping[str, bytes], application: QApplication
) -> AsyncIterator[ReviewDesk]:
    """The screen with those files on the disk, encrypted; their titles are the keys."""
    server = ScriptedServer(_ROW)
    documents = []
    for title, content in files.items():
        document = make_document(content=content, request_id=_ROW.id, title=title)
        server.add_document(document, content)
        documents.append(document)
    decoder = Decoder()
    try:
        await decoder.start()
        async with house(folder, server, opener=_RealOpener(decoder)) as home:
            for document in documents:
                await home.studies.content(document)
            desk = ReviewDesk(home, documents, application)
            try:
                with CollectionBetweenEvents():
                    await desk.begin()
                    gc.freeze()
                    yield desk
            finally:
                gc.unfreeze()
                await desk.close()
    finally:
        await decoder.close()
