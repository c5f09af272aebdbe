"""A patient's disc in a pane of the review, opened by the decoder process itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from PySide6.QtCore import QTranslator
from pytestqt.qtbot import QtBot

from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import FramePlace, ReportPlace
from tests.factories import make_document, make_patient
from tests.ui.waiting import until
from tests.unit.studies import disc_factory as make
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.open_series import OpenedSeries
from workstation.studies.decoder import Decoder
from workstation.studies.errors import DecoderStopped
from workstation.studies.study import Study
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.theme import Scheme, Theme, load_tokens
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.disc.rows import HeadingRow, ItemRow, LeftOutRow
from workstation.ui.viewers.disc.view import DiscView
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.file_facts import FileFacts
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView

PATIENCE_S = 60.0
OWN = make_patient(full_name="Образцов Пётр Иванович", birth_date=date(1961, 4, 12))


class FromDecoder:
    """One document whose bytes are here, opened by the decoder process."""

    def __init__(self, decoder: Decoder, content: bytes) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted: Event[DecoderStopped] = decoder.restarted
        self._decoder, self._content = decoder, content

    async def open(self, document: object) -> Study:
        """The study of the document."""
        return await self._decoder.open(self._content)

    async def open_series(self, parts: tuple[Document, ...]) -> OpenedSeries:
        """A disc is one document."""
        raise AssertionError


class Place:
    """A pane with a disc in it, and a real decoder behind."""

    def __init__(self, qtbot: QtBot, decoder: Decoder, content: bytes) -> None:
        self.model = PaneModel(PaneKind.PICTURES, FromDecoder(decoder, content))
        self.theme = Theme(load_tokens(), Scheme.DARK)
        self.figures = CaseFigures()
        self.pane = StudyPane(self.model, self.theme, figures=self.figures)
        qtbot.addWidget(self.pane)
        self.pane.resize(1100, 700)
        self.pane.set_patient(OWN)
        self.pane.show()

    async def begin(self) -> DiscView:
        """The list."""
        self.model.show(make_document(kind=DocumentKind.IMAGE))
        await self.settled()
        return self.list

    async def settled(self) -> None:
        """What was asked for is seen."""
        done = (PaneState.READY, PaneState.FAILED)
        await until(lambda: self.model.state in done, PATIENCE_S)

    def shown(self) -> object:
        """The viewer that is seen."""
        return self.pane.viewer

    @property
    def list(self) -> DiscView:
        """While it is seen."""
        viewer = self.pane.viewer
        assert isinstance(viewer, DiscView)
        return viewer

    async def choose(self, number: int) -> object:
        """The viewer of an item."""
        self.model.open_item(number)
        await self.settled()
        return self.pane.viewer

    def press(self, action: str) -> None:
        """A key of the pane."""
        self.pane.key_actions()[action]()


@asynccontextmanager
async def place_with(qtbot: QtBot, files: make.Files) -> AsyncIterator[Place]:
    """Closed at the end."""
    decoder = Decoder()
    place = Place(qtbot, decoder, make.zipped(files))
    try:
        yield place
    finally:
        place.pane.hide()
        await place.model.close()
        await decoder.close()


def items_of(view: DiscView) -> list[ItemRow]:
    rows = [view.rows.row(place) for place in range(view.rows.rowCount())]
    return [row for row in rows if isinstance(row, ItemRow)]


async def test_four_rows_in_russian_and_what_is_not_opened(
    qtbot: QtBot, russian: QTranslator
) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        view = await place.begin()
        rows = items_of(view)
        assert [row.title for row in rows] == [
            "Серия 2: Голова 5 мм",
            "Серия 3: Тонкие срезы",
            "Серия 4: ЭхоКГ",
            "Серия 5",
        ]
        assert [row.about for row in rows] == [
            "КТ, 5 срезов, 11.11.2026 10:24",
            "КТ, 4 среза, 11.11.2026 10:24",
            "УЗИ, клип, 5 кадров, 01.01.2026 10:15",
            "Отчёт прибора, 01.01.2026 10:15",
        ]
        whole = [view.rows.row(place) for place in range(view.rows.rowCount())]
        headings = [row.text for row in whole if isinstance(row, HeadingRow)]
        assert headings == [
            "КТ органов грудной клетки, 11.11.2026 10:20, Образцов Пётр",
            "Не открыто с диска: 7",
        ]
        left_out = [row for row in whole if isinstance(row, LeftOutRow)]
        assert left_out[0].text.startswith("Программы и файлы просмотрщика: 6 (autorun.inf")
        assert not any(row.warn for row in left_out)
        assert view.current == 0
        assert place.pane.note_texts() == []


async def test_each_opens_in_its_own_viewer_and_a_key_leads_back(qtbot: QtBot) -> None:
    files = make.disc_files() | {"DICOM/PDF1": make.pdf_inside()}
    async with place_with(qtbot, files) as place:
        await place.begin()
        kinds = (StackView, StackView, CineView, ReportView, PaperDocumentView)
        for number, kind in enumerate(kinds):
            assert isinstance(await place.choose(number), kind)
            assert place.pane.disc_bar.isVisible()
            place.press("disc.list")
            assert isinstance(place.pane.viewer, DiscView)
            assert not place.pane.disc_bar.isVisible()
            assert place.list.current == number
        assert all(row.is_opened for row in items_of(place.list))


async def test_from_one_item_to_the_next_without_the_list(qtbot: QtBot) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        await place.begin()
        await place.choose(1)
        place.press("disc.next_item")
        await place.settled()
        assert isinstance(place.shown(), CineView)
        place.press("disc.previous_item")
        await place.settled()
        assert isinstance(place.shown(), StackView)
        await place.choose(3)
        assert "disc.next_item" not in place.pane.key_actions()


async def test_small_pictures_come(qtbot: QtBot) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        view = await place.begin()
        await until(lambda: view.rows.picture(2) is not None, PATIENCE_S)
        assert view.rows.picture(0) is not None
        await until(lambda: not view._is_bringing, PATIENCE_S)
        assert view.rows.picture(3) is None  # nothing is to be seen of a report


async def test_a_broken_item_is_named_and_the_others_open(
    qtbot: QtBot, russian: QTranslator
) -> None:
    files = make.disc_files(with_junk=False)
    clip = files["DICOM/PA0/ST1/SE0/IM000"]
    files["DICOM/PA0/ST1/SE0/IM000"] = clip[: clip.index(b"\xff\xd8\xff")]
    async with place_with(qtbot, files) as place:
        await place.begin()
        viewer = await place.choose(2)
        assert isinstance(viewer, DiscView)
        assert items_of(viewer)[2].warning.startswith("Не открывается: ")
        assert isinstance(await place.choose(3), ReportView)


async def test_files_of_several_people_are_warned_about(qtbot: QtBot, russian: QTranslator) -> None:
    """OZ-4: of a disc whose series name somebody else nothing is taken for the patient's."""
    files = make.head_slices() | make.head_slices_of("Иванов^Иван")
    async with place_with(qtbot, files) as place:
        view = await place.begin()
        warnings = {row.warning for row in items_of(view)}
        assert warnings == {"", "В файлах: Иванов Иван, 12.04.1961"}
        assert "На диске файлы нескольких пациентов" in view.notes.text()
        own = next(row.number for row in items_of(view) if not row.warning)
        assert list(place.pane.others_parts.values()) == ["Иванов Иван, 12.04.1961"]
        assert isinstance(await place.choose(own), StackView)
        assert list(place.pane.others_parts.values()) == ["Иванов Иван, 12.04.1961"]


async def test_what_is_missing_of_the_disc_is_said(qtbot: QtBot, russian: QTranslator) -> None:
    files = make.disc_files(with_junk=False)
    named = dict.fromkeys(files, "1.2.3.1") | {"DICOM/PA0/ST0/SE9/IM000": "1.9.9"}
    async with place_with(qtbot, files | {"DICOMDIR": make.directory(named)}) as place:
        view = await place.begin()
        assert view.notes.text() == (
            "Не хватает 1 файла диска по его оглавлению: DICOM/PA0/ST0/SE9/IM000"
        )


async def test_a_place_on_a_disc_leads_back_to_its_slice(qtbot: QtBot) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        await place.begin()
        assert place.pane.show_place(FramePlace(part="1.2.4.3"))
        await place.settled()
        viewer = place.pane.viewer
        assert isinstance(viewer, StackView)
        assert viewer.model is not None
        assert viewer.model.slice.uid == "1.2.4.3"
        await until(lambda: place.pane.finding() is not None, PATIENCE_S)
        found = place.pane.finding()
        assert found is not None
        assert found.place.part == "1.2.4.3"


async def test_a_place_in_a_report_or_a_clip_names_its_file(qtbot: QtBot) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        await place.begin()
        assert place.pane.show_place(ReportPlace(part="1.2.6.1", item=1))
        await place.settled()
        assert isinstance(place.shown(), ReportView)
        assert place.pane.show_place(FramePlace(part="1.2.5.1", frame=3))
        await place.settled()
        clip = place.shown()
        assert isinstance(clip, CineView)
        assert not place.pane.show_place(FramePlace(part="1.9.9.9"))
        found = place.pane.finding()
        assert found is None or found.place.part == "1.2.5.1"


async def test_figures_of_one_clip_are_not_those_of_another(qtbot: QtBot) -> None:
    files = {"A": make.echo("1.2.5.1"), "B": make.echo("1.2.5.2")}
    async with place_with(qtbot, files) as place:
        await place.begin()
        shelves = []
        for number in (0, 1, 0):
            clip = await place.choose(number)
            assert isinstance(clip, CineView)
            shelves.append(clip.figures.session.shelf)
        assert shelves[0] is shelves[2]
        assert shelves[0] is not shelves[1]


async def test_another_file_closes_the_disc_and_all_of_it(qtbot: QtBot) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        await place.begin()
        await place.choose(0)
        place.model.clear()
        assert place.model.disc is None
        assert not place.pane.disc_bar.isVisible()
        view = await place.begin()
        assert not any(row.is_opened for row in items_of(view))


async def test_facts_of_a_disc(qtbot: QtBot, russian: QTranslator) -> None:
    async with place_with(qtbot, make.disc_files()) as place:
        info = (await place.begin(), place.model.info)[1]
        assert info is not None
        facts = {fact.label: fact.value for fact in FileFacts().sheet(info).facts}
        assert facts["Имя в файле"] == "Образцов Пётр"
        assert facts["Серий"] == "4"
        assert facts["Не открыто"] == "7"


@pytest.mark.parametrize("count", [1, 3])
async def test_an_archive_of_documents_is_a_list_too(qtbot: QtBot, count: int) -> None:
    files = {f"Выписка {n}.pdf": make.PDF for n in range(count)}
    async with place_with(qtbot, files) as place:
        view = await place.begin()
        assert [row.title for row in items_of(view)] == list(files)
        assert isinstance(await place.choose(count - 1), PaperDocumentView)
