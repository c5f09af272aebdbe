"""Hostile uploads of the imaging desk in a pane of the review screen, opened by the decoder."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QTranslator
from pytestqt.qtbot import QtBot

from tests.factories import make_document
from tests.ui.test_hostile_in_review import DONE, PATIENCE_S, FromDecoder
from tests.ui.waiting import until
from tests.unit.studies import slices
from tests.unit.studies.imaging_fuzz import uploads
from workstation.studies.decoder import Decoder
from workstation.studies.imaging import PdfInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.theme import Scheme, Theme, load_tokens
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.viewers.warning_words import WarningWords

RUSSIAN = re.compile(r"[А-Яа-яЁё]")


class Place:
    """A pane for pictures with a real decoder behind it."""

    def __init__(self, qtbot: QtBot, decoder: Decoder) -> None:
        self.studies = FromDecoder(decoder)
        self.model = PaneModel(PaneKind.PICTURES, self.studies)
        self.pane = StudyPane(self.model, Theme(load_tokens(), Scheme.DARK))
        qtbot.addWidget(self.pane)
        self.pane.resize(1200, 700)
        self.pane.show()

    async def open(self, data: bytes) -> PaneState:
        """What came of the file."""
        document = make_document(content=data)
        self.studies.contents[document.id] = data
        self.model.show(document)
        await until(lambda: self.model.state in DONE, PATIENCE_S)
        return self.model.state

    async def opens_a_good_file(self) -> None:
        """The next file is opened as if nothing had been."""
        assert await self.open(slices.ct_file(1)) is PaneState.READY
        assert isinstance(self.model.info, StackInfo)
        assert self.pane.placeholder_texts() == []
        assert self.model.broken_parts == 0

    @property
    def has_picture(self) -> bool:
        """Whether something of the open file is drawn; lists and tables always are."""
        match self.pane.viewer:
            case CineView() | PictureView() as viewer:
                return viewer.canvas.has_picture
            case StackView() as stack:
                return stack.canvas.slice_number is not None
            case PaperDocumentView() as document:
                return bool(document.pages.page_count)
        return self.pane.viewer is not None

    async def says_or_shows(self) -> None:
        """Words in Russian in the file's place, or a picture, or words about its damaged part."""
        if self.model.state is PaneState.FAILED:
            texts = self.pane.placeholder_texts()
            assert texts
            assert all(RUSSIAN.search(text) for text in texts)
            return
        await until(lambda: self.has_picture or self.model.broken_parts > 0, PATIENCE_S)
        if self.model.broken_parts:
            assert any("Попросите файл снова." in text for text in self.pane.note_texts())


@asynccontextmanager
async def place_with(qtbot: QtBot) -> AsyncIterator[Place]:
    """Closed at the end; the decoder has outlived all files."""
    decoder = Decoder()
    place = Place(qtbot, decoder)
    try:
        yield place
        assert decoder.generation == 0
    finally:
        place.pane.hide()
        await place.model.close()
        await decoder.close()


@pytest.mark.parametrize("group", uploads.GROUPS, ids=lambda group: group.__name__)
async def test_a_picture_or_words_and_the_next_file_opens(
    qtbot: QtBot, russian: QTranslator, group: object
) -> None:
    assert callable(group)
    async with place_with(qtbot) as place:
        await place.opens_a_good_file()
        for name, data in group():
            await place.open(data)
            try:
                await place.says_or_shows()
                await place.opens_a_good_file()
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(name) from error
        assert not place.model.was_restarted


async def test_orders_in_a_document_are_said_and_not_followed(
    qtbot: QtBot, russian: QTranslator
) -> None:
    async with place_with(qtbot) as place:
        for action in ("JavaScript", "Launch"):
            assert await place.open(uploads.pdf_with(action)) is PaneState.READY
            info = place.model.info
            assert isinstance(info, PdfInfo)
            told = [WarningWords().text(one) for one in info.warnings]  # in the panel of the file
            assert any("не выполняются" in text for text in told), action


async def test_a_page_of_the_web_is_called_one(qtbot: QtBot, russian: QTranslator) -> None:
    async with place_with(qtbot) as place:
        for name, data in list(uploads.disguised())[:3]:
            assert await place.open(data) is PaneState.FAILED, name
            assert "веб" in " ".join(place.pane.placeholder_texts()).lower(), name
