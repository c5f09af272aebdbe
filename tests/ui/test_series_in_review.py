"""Slices that came as separate files, on the review screen: one row, one stack, one file to step
over; what is found on a slice names the file that the slice came from."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pydicom.dataset import Dataset
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind, WhoseFile
from backend_client.models.evidence import Figure, FramePlace
from backend_client.models.requests import Action
from tests.client.answering import refusal
from tests.factories import NOW, make_document, make_item
from tests.fakes import FakeTriageService
from tests.made_up_findings import make_evidence
from tests.memory_outbox import MemoryOutbox
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.review_scene import Scene
from tests.ui.test_measurement_keeper import Service
from tests.ui.viewers.made_up import MadeUpStudy, make_clip
from tests.ui.waiting import until
from tests.unit.services.house import House, house
from tests.unit.services.scripted_server import ScriptedServer
from tests.unit.studies import slices
from workstation.core.server_clock import ServerClock
from workstation.services.file_answers import FileAnswers
from workstation.services.kept_panels import KeptPanels
from workstation.services.outgoing import OutgoingActions
from workstation.studies.decoder import Decoder
from workstation.studies.measure.figures import Drawing
from workstation.studies.stack import StackInfo
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.file_list_model import FileRow, Heading
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
from workstation.ui.screens.review.pane_model import PaneState, Studies
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.wording import Wording

COUNT = 20


def of_the_patient(dataset: Dataset) -> None:
    dataset.PatientName, dataset.PatientBirthDate = "Иванова^Анна^Петровна", "19840309"


def slice_content(number: int, change: Callable[[Dataset], None] = of_the_patient) -> bytes:
    return slices.ct_file(number, change)


def sent(scene: Scene, number: int, content: bytes, series: str = "1.2.3") -> Document:
    """The document of one slice, as the server knows it."""
    document = make_document(
        content=content,
        request_id=scene.row.id,
        item_code="ct",
        title=f"IM{number:04d}",
        kind=DocumentKind.IMAGE,
    )
    when = NOW + timedelta(seconds=number)
    return msgspec.structs.replace(document, series_uid=series, modality="CT", uploaded_at=when)


class Stage:
    """The screen on a case with a series and a paper behind it."""

    def __init__(self, scene: Scene, studies: Studies) -> None:
        load_fonts()
        self.scene = scene
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.router = ShortcutRouter(application)
        self.model = ReviewViewModel(scene.requests, studies)
        words = RequestWords(Wording(ServerClock(lambda: NOW)))
        triage = FakeTriageService(scene.requests)
        self.triage = TriageViewModel(triage, KeptPanels(None), words)
        self.drafts = FakeDrafts()
        self.findings = DraftFindings(self.drafts)
        outgoing = OutgoingActions(MemoryOutbox(), lambda: NOW, asyncio.sleep)
        self.answers = FileAnswers(_Silent(), outgoing)
        self.questions = FileQuestions(self.answers)
        self.view = ReviewView(
            self.model,
            self.triage,
            Theme(load_tokens(), Scheme.DARK),
            self.router,
            words,
            findings=self.findings,
            questions=self.questions,
        )
        self.view.resize(1366, 742)
        self.view.show()

    async def open(self, document_id: str = "") -> None:
        """The case; the series is open where nothing else was asked for."""
        self.model.open(self.scene.row.id, None, document_id)
        await until(lambda: self.model.active.state is PaneState.READY)

    @property
    def pane(self) -> StudyPane:
        return next(one for one in self.view.panes if one.model is self.model.active)

    @property
    def stack(self) -> StackView:
        viewer = self.pane.viewer
        assert isinstance(viewer, StackView)
        return viewer

    @property
    def info(self) -> StackInfo:
        info = self.model.active.info
        assert isinstance(info, StackInfo)
        return info

    def count(self) -> int:
        """How many slices can be scrolled through."""
        return len(self.info.slices)

    def rows(self) -> list[tuple[str, bool]]:
        """What the strip says of each file, and whether it has a tick."""
        model = self.view.file_strip.model
        entries = [model.entry(row) for row in range(model.rowCount())]
        return [(model.title(x), x.opened) for x in entries if isinstance(x, FileRow)]

    async def close(self) -> None:
        self.view.hide()
        self.model.leave()
        await self.model.close()
        await self.triage.close()
        await self.findings.close()
        await self.questions.close()
        self.router.release()


class _Silent:
    """A server that never answers: what is said waits."""

    async def answer_whose(self, *given: object, **more: object) -> Document:
        await asyncio.Event().wait()
        raise AssertionError


@asynccontextmanager
async def opened_case(
    qtbot: QtBot,
    folder: Path,
    contents: Sequence[bytes],
    lost: Sequence[int] = (),
    document: int | None = None,
) -> AsyncIterator[tuple[Stage, House, list[Document]]]:
    """A case whose series was sent in that order, with the real service and decoder."""
    scene = Scene(("pdf",))
    scene.change_row(
        checklist=[
            make_item("ct", title="КТ", file_count=len(contents)),
            make_item("report", title="Документы", file_count=1),
        ],
        allowed_actions=[Action.WRITE_CONCLUSION],
    )
    parts = [sent(scene, number, one) for number, one in enumerate(contents)]
    scene.files = [*parts, *scene.files]
    scene.requests.cards[scene.row.id] = scene.card
    server, decoder = ScriptedServer(scene.row), Decoder()
    for part, content in zip(parts, contents, strict=True):
        server.add_document(part, content)
    server.refused_content = {parts[number].id: refusal(404) for number in lost}
    async with house(folder, server, door=decoder) as home:
        stage = Stage(scene, home.studies)
        qtbot.addWidget(stage.view)
        try:
            await stage.open("" if document is None else parts[document].id)
            yield stage, home, parts
        finally:
            await stage.close()
            await decoder.close()


def shuffled() -> list[int]:
    """Numbers of the slices in the order in which the clinic sent them."""
    numbers = list(range(1, COUNT + 1))
    random.Random(5).shuffle(numbers)
    return numbers


async def test_separate_slices_are_one_row_and_open_as_a_stack_in_true_order(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """OZ-4: a row with a tick, all slices in the order of the patient, one call for all."""
    numbers = shuffled()
    contents = [slice_content(number) for number in numbers]
    async with opened_case(qtbot, tmp_path, contents) as (stage, home, parts):
        assert stage.rows() == [("CT, 20 slice(s)", True), ("Заключение", False)]
        assert [one.instance_number for one in stage.info.slices] == list(range(1, COUNT + 1))
        assert [numbers[one.part] for one in stage.info.slices] == list(range(1, COUNT + 1))
        assert stage.pane.note_texts() == []
        assert stage.stack.canvas.has_picture
        await home.outgoing.drain()
        assert home.server.opened_together == [[one.id for one in parts]]


async def test_keys_step_over_a_series_as_over_one_file(qtbot: QtBot, tmp_path: Path) -> None:
    contents = [slice_content(number) for number in range(1, 6)]
    async with opened_case(qtbot, tmp_path, contents) as (stage, _, parts):
        stage.model.step_file(1)
        assert stage.model.active.document == stage.scene.pdf
        stage.model.step_file(-1)
        assert stage.model.active.document == parts[0]
        assert stage.view.file_strip.list.currentIndex().row() == 1


async def test_a_slice_that_is_missing_or_damaged_is_named(qtbot: QtBot, tmp_path: Path) -> None:
    """The rest is shown; the row has no tick, for not all of it was seen."""
    contents = [slice_content(number) for number in range(1, COUNT + 1)]
    contents[7] = contents[7][:600]
    async with opened_case(qtbot, tmp_path, contents, lost=(2, 3)) as (stage, home, parts):
        assert stage.count() == COUNT - 3
        said = stage.pane.note_texts()
        assert "2 slice(s) of 20 not loaded: shown without them" in said
        assert any(text.startswith("1 slice(s) of 20 damaged") for text in said)
        assert stage.rows()[0] == ("CT, 20 slice(s)", False)
        home.server.refused_content = {}
        stage.pane.model.retry()
        await until(lambda: stage.model.active.state is PaneState.READY)
        assert stage.count() == COUNT - 1
        assert not any("not loaded" in text for text in stage.pane.note_texts())


async def test_slices_that_come_while_it_is_open_are_told_of(qtbot: QtBot, tmp_path: Path) -> None:
    """Nothing moves under the doctor's eyes; the row has its dot again, a button loads them."""
    contents = [slice_content(number) for number in range(1, 5)]
    async with opened_case(qtbot, tmp_path, contents[:1]) as (stage, home, parts):
        assert stage.rows()[0] == ("IM0000", True)
        late = [sent(stage.scene, number, contents[number]) for number in range(1, 4)]
        for document, content in zip(late, contents[1:], strict=True):
            home.server.add_document(document, content)
        stage.scene.files = [*parts, *late, stage.scene.pdf]
        stage.scene.requests.cards[stage.scene.row.id] = stage.scene.card
        stage.scene.change_row(checklist=[make_item("ct", title="КТ", file_count=4)])
        await until(lambda: bool(stage.pane.note_texts()))
        assert stage.pane.note_texts() == ["3 more slice(s) of the series came"]
        assert stage.rows()[0] == ("CT, 4 slice(s)", False)
        assert stage.count() == 1
        stage.pane.model.retry()
        await until(lambda: stage.model.active.state is PaneState.READY)
        assert stage.count() == 4
        assert stage.rows()[0] == ("CT, 4 slice(s)", True)


async def test_what_is_found_names_the_file_of_its_slice(qtbot: QtBot, tmp_path: Path) -> None:
    numbers = shuffled()
    contents = [slice_content(number) for number in numbers]
    async with opened_case(qtbot, tmp_path, contents) as (stage, _, parts):
        assert stage.stack.model is not None
        stage.stack.model.go_to(4)
        finding = stage.pane.finding()
        assert finding is not None
        source = stage.model.sources.of(parts[0], finding.place)
        assert source == parts[numbers.index(5)]
        stage.view._put()
        await until(lambda: bool(stage.drafts.there))
        assert [one.document_id for one in stage.drafts.there.values()] == [source.id]


async def test_a_figure_on_a_slice_is_kept_with_its_own_file_and_comes_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    numbers = shuffled()
    contents = [slice_content(number) for number in numbers]
    async with opened_case(qtbot, tmp_path, contents) as (stage, _, parts):
        service, lead = Service(), parts[0].id
        keeper = MeasurementKeeper(service, stage.model, lambda _: True, rest_ms=0)
        stage.model.case_changed.emit()
        await until(lambda: keeper.is_ready)
        line = Drawing(Figure.LINE, ((4.0, 4.0), (4.0, 14.0)))
        stage.model.slices.of(lead).add(4, line)
        keeper.keep()
        await until(lambda: bool(service.kept))
        (kept,) = service.kept.values()
        own = parts[numbers.index(5)]
        assert (kept.document_id, kept.sha256) == (own.id, own.sha256)
        assert isinstance(kept.place, FramePlace)
        assert kept.place.part == "1.2.3.5"
        stage.model.abandon()
        await stage.open()
        await until(lambda: len(stage.model.slices.of(lead).every) == 1)
        assert stage.model.slices.of(lead).every[0].index == 4
        assert len(service.kept) == 1
        await keeper.close()


async def test_a_source_leads_into_the_series_at_its_slice(qtbot: QtBot, tmp_path: Path) -> None:
    """Whichever part is asked for, the series opens, and there."""
    numbers = shuffled()
    contents = [slice_content(number) for number in numbers]
    part = numbers.index(17)
    async with opened_case(qtbot, tmp_path, contents, document=part) as (stage, _, parts):
        place = FramePlace(part="1.2.3.17", frame=0, figure=Figure.FRAME)
        known = {"document_id": parts[part].id, "sha256": parts[part].sha256}
        source = make_evidence(1, place=place, **known)
        stage.view.show_source(source)
        assert stage.stack.model is not None
        assert stage.stack.model.index == 16
        assert stage.count() == COUNT


async def test_one_slice_of_another_patient_is_asked_about_by_itself(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Nothing of that slice goes along; the patient's own slices do."""

    def another(dataset: Dataset) -> None:
        dataset.PatientName, dataset.PatientBirthDate = "Сидоров^Пётр", "19510403"

    contents = [slice_content(number) for number in range(1, 6)]
    contents[3] = slice_content(4, another)
    async with opened_case(qtbot, tmp_path, contents) as (stage, _, parts):
        assert any("Сидоров" in text for text in stage.pane.note_texts())
        assert stage.pane.others_parts == {parts[3]: "Сидоров Пётр, 03.04.1951"}
        asking = stage.view._asking
        assert asking is not None
        assert [asking.is_kept(one) for one in parts] == [True, True, True, False, True]
        await stage.answers.give(parts[3], WhoseFile.OTHER)
        assert [asking.is_anothers(one) for one in parts] == [False, False, False, True, False]


class _Nothing:
    """Studies that never open."""

    def __init__(self, scene: Scene) -> None:
        self.progress = scene.studies.progress
        self.decoder_restarted = scene.studies.decoder_restarted

    async def open(self, document: Document) -> MadeUpStudy:
        await asyncio.Event().wait()
        return MadeUpStudy(make_clip())

    async def open_series(self, parts: tuple[Document, ...]) -> object:
        await asyncio.Event().wait()
        return None


@pytest.mark.parametrize("in_series", [500, 2000])
async def test_2000_files_stand_as_their_series(qtbot: QtBot, in_series: int) -> None:
    """What a change of their list costs is `benchmarks/imaging/separate_files.py`'s to say."""
    scene = Scene(())
    scene.change_row(checklist=[make_item("ct", title="КТ", file_count=2000)])
    scene.files = [
        sent(scene, number, b"x", series=f"1.2.{number // in_series}") for number in range(2000)
    ]
    scene.requests.cards[scene.row.id] = scene.card
    stage = Stage(scene, _Nothing(scene))  # type: ignore[arg-type]  # opens nothing
    qtbot.addWidget(stage.view)
    stage.model.open(scene.row.id)
    await until(lambda: stage.model.card is not None and stage.model.active.document is not None)
    model = stage.view.file_strip.model
    entries = [model.entry(row) for row in range(model.rowCount())]
    assert sum(isinstance(one, FileRow) for one in entries) == 2000 // in_series
    assert sum(isinstance(one, Heading) for one in entries) == 1
    await stage.close()


async def test_unknown_ids_lead_nowhere(qtbot: QtBot, tmp_path: Path) -> None:
    contents = [slice_content(number) for number in range(1, 4)]
    async with opened_case(qtbot, tmp_path, contents) as (stage, _, parts):
        before = stage.model.active.document
        stage.model.choose("no such file")
        assert stage.model.active.document is before
        assert stage.model.part(parts[2].id) == parts[2]
        assert stage.model.part(DocumentId("no such file")) is None
