"""Hostile uploads in a pane of the review screen, opened by the decoder process itself."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend_client.models.documents import Document
from tests.factories import make_document
from tests.ui.no_series import NoSeries
from tests.ui.waiting import until
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_fuzz import uploads
from tests.unit.studies.openers import open_trouble
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.studies.decoder import Decoder
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import DecoderStopped
from workstation.studies.limits import DecoderLimits
from workstation.studies.study import Study
from workstation.studies.warnings import StudyWarning
from workstation.ui.screens.review.loading_plate import LoadingStage
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.theme import Scheme, Theme, load_tokens
from workstation.ui.viewers.page_area import PageArea

DONE = (PaneState.READY, PaneState.FAILED)
SHORT = DecoderLimits(cpu_s=0.5, clock_factor=60)
"""What uses up its time three times need not take ten seconds for it."""
PATIENCE_S = 90.0
"""Three lives of a file that uses up its time, on a busy machine."""


class FromDecoder(NoSeries):
    """Documents whose bytes are here, opened by the decoder process."""

    def __init__(self, decoder: Decoder) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted: Event[DecoderStopped] = decoder.restarted
        self.contents: dict[str, bytes] = {}
        self._decoder = decoder

    async def open(self, document: Document) -> Study:
        """The study of the document."""
        content = self.contents[document.id]
        self.progress.emit(DownloadProgress(document.id, len(content), len(content)))
        return await self._decoder.open(content)


class Place:
    """A pane with a real decoder behind it."""

    def __init__(self, qtbot: QtBot, decoder: Decoder) -> None:
        self.studies = FromDecoder(decoder)
        self.model = PaneModel(PaneKind.ECG, self.studies)
        self.pane = StudyPane(self.model, Theme(load_tokens(), Scheme.DARK))
        qtbot.addWidget(self.pane)
        self.pane.resize(1200, 700)
        self.pane.show()

    def begin(self, data: bytes) -> None:
        """Opens a file, and does not wait for it."""
        document = make_document(content=data)
        self.studies.contents[document.id] = data
        self.model.show(document)

    async def open(self, data: bytes) -> PaneState:
        """What came of the file."""
        self.begin(data)
        await until(lambda: self.model.state in DONE, PATIENCE_S)
        return self.model.state

    def words(self) -> list[str]:
        """What the doctor reads in the file's place, and above it."""
        return [*self.pane.placeholder_texts(), *self.pane.note_texts()]

    async def opens_a_good_file(self) -> None:
        """The next file is opened as if nothing had been."""
        assert await self.open(make.ecg_file()) is PaneState.READY
        assert isinstance(self.model.info, EcgRecord)
        assert self.pane.placeholder_texts() == []


@asynccontextmanager
async def place_with(qtbot: QtBot, decoder: Decoder) -> AsyncIterator[Place]:
    """Closed at the end."""
    place = Place(qtbot, decoder)
    try:
        yield place
    finally:
        place.pane.hide()
        await place.model.close()
        await decoder.close()


def says_what_to_do(texts: list[str]) -> bool:
    """In Russian: what is wrong with the file, and that it be asked for again."""
    return len(texts) == 2 and texts[1] == "Попросите файл снова; остальные можно смотреть."


@pytest.mark.parametrize("group", [uploads.truncated, uploads.huge_claims, uploads.bombs])
async def test_a_picture_or_words_and_the_next_file_opens(
    qtbot: QtBot, russian: QTranslator, group: object
) -> None:
    """The decoder process outlives them all; what is shown of a cut file says that it is cut."""
    assert callable(group)
    files: Iterator[tuple[str, bytes]] = group()
    async with place_with(qtbot, Decoder()) as place:
        await place.opens_a_good_file()
        for name, data in files:
            state = await place.open(data)
            if state is PaneState.FAILED:
                assert says_what_to_do(place.pane.placeholder_texts()), name
            elif isinstance(place.model.info, EcgRecord):
                assert StudyWarning.SAMPLES_MISSING in place.model.info.warnings, name
            else:  # a clip or a photo that has not one picture
                await until(lambda: bool(place.pane.note_texts()))
                assert place.pane.note_texts()[0].endswith("Попросите файл снова."), name
            await place.opens_a_good_file()
        assert not place.model.was_restarted


async def test_a_file_that_never_ends_can_be_cancelled(qtbot: QtBot, russian: QTranslator) -> None:
    """Words and a button stand there while it is tried; the button works, and so does the rest."""
    decoder = Decoder(open_file=open_trouble)
    async with place_with(qtbot, decoder) as place:
        place.begin(b"burn")
        plate = place.pane.loading_plate
        await until(lambda: plate.stage is LoadingStage.WORDS)
        assert plate.isVisible()
        assert plate.shown_text() == "Открываю ЭКГ"
        button = plate.findChild(QPushButton, "loadingCancel")
        assert button is not None
        assert button.isVisible()
        assert button.text().startswith("Отмена")
        button.click()
        assert place.model.state is PaneState.CANCELLED
        assert place.pane.placeholder_texts() == ["Загрузка остановлена", "Загрузить"]
        assert await place.open(b"clip") is PaneState.READY


async def test_a_file_that_never_ends_ends_in_words(qtbot: QtBot, russian: QTranslator) -> None:
    """It is tried again by itself, and then no more: the plate stands there all the time."""
    decoder = Decoder(SHORT, open_trouble)
    async with place_with(qtbot, decoder) as place:
        assert await place.open(b"burn") is PaneState.FAILED
        assert decoder.generation == 3
        assert says_what_to_do(place.pane.placeholder_texts())
        assert "останавливает" in place.pane.placeholder_texts()[0]
        assert await place.open(b"clip") is PaneState.READY


@pytest.mark.parametrize("kind", dict(uploads.pdfs()))
async def test_a_page_that_cannot_be_drawn(qtbot: QtBot, russian: QTranslator, kind: str) -> None:
    """The document opens; its page says that it takes long, then that it cannot be read."""
    async with place_with(qtbot, Decoder(SHORT)) as place:
        assert await place.open(dict(uploads.pdfs())[kind]) is PaneState.READY
        area = place.pane.findChild(PageArea, "pageArea")
        assert area is not None
        await until(lambda: "долго" in area.page_words(0) or place.model.broken_parts > 0)
        await until(lambda: place.model.broken_parts > 0, PATIENCE_S)
        assert area.page_words(0) == "Страницу 1 не прочитать. Попросите файл снова."
        broken = "Не прочитать 1 часть файла. Попросите файл снова."
        assert broken in place.pane.note_texts()
        await place.opens_a_good_file()
