"""The approver sees what was measured in the case's files, and whose they are (OZ-12)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.annotations import Annotation, AnnotationId
from backend_client.models.common import UserId
from backend_client.models.documents import Document, FileAnswer, WhoseFile
from backend_client.models.evidence import EcgPlace, Evidence, FramePlace, Origin
from tests.factories import NOW, make_card, make_document
from tests.ui.approvals_scene import ApprovalsScene
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.ui.screens.approvals.view import ApprovalsView

pytestmark = pytest.mark.usefixtures("russian")


def a_file(scene: ApprovalsScene, title: str, answer: FileAnswer | None = None) -> Document:
    row = next(iter(scene.requests.rows.values()))
    return make_document(request_id=row.id, title=title, answer=answer)


def a_line(document: Document, text: str) -> Annotation:
    return Annotation(
        id=AnnotationId(text),
        request_id=document.request_id,
        document_id=document.id,
        sha256=document.sha256,
        place=FramePlace(),
        quantity="line",
        label="x",
        value=11.2,
        unit="mm",
        origin=Origin.BY_HAND,
        scale="",
        text=text,
        made_by=UserId("u"),
        made_by_name="Левашова М. О.",
        made_at=NOW,
        version=1,
    )


@asynccontextmanager
async def opened(
    qtbot: QtBot, around: Surroundings
) -> AsyncIterator[tuple[ApprovalsScene, ApprovalsView]]:
    scene = ApprovalsScene(around.words.time)
    view = ApprovalsView(scene.model, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    view.resize(1276, 742)
    row = next(iter(scene.requests.rows.values()))
    other = FileAnswer(
        whose=WhoseFile.OTHER, reason="", sha256="", by_name="Левашова М. О.", at=NOW
    )
    same = FileAnswer(
        whose=WhoseFile.PATIENT, reason="Девичья", sha256="", by_name="Левашова М. О.", at=NOW
    )
    files = [
        a_file(scene, "ЭхоКГ"),
        a_file(scene, "ЭКГ", same),
        a_file(scene, "Выписка", other),
    ]
    scene.requests.cards[row.id] = make_card(row, documents=files)
    scene.measurements.kept[row.id] = (
        a_line(files[1], "QT 396 мс"),
        a_line(files[0], "МЖП 11,2 мм, кадр 3"),
    )
    source = Evidence(
        number=1,
        text="QT 396 мс (II)",
        document_id=files[1].id,
        sha256=files[1].sha256,
        title="ЭКГ",
        place=EcgPlace(lead="II", start_s=1.0, stop_s=1.4),
        origin=Origin.BY_HAND,
        made_at=NOW,
    )
    scene.approvals.cited[row.id] = (source,)
    scene.model.start()
    view.show()
    try:
        await until(lambda: scene.model.refusal is None and bool(scene.model.measured))
        await until(lambda: bool(scene.model.sources))
        yield scene, view
    finally:
        view.hide()
        await scene.model.close()


async def test_measurements_and_answers_stand_below_the_verdict(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (_, view):
        said = view.verdict_panel.reasons()
    assert said[-7:] == [
        "Имя в файле другое, пациент тот же: ЭКГ. Девичья (Левашова М. О., 20.11.2026)",
        "Файл другого пациента: Выписка. Левашова М. О., 20.11.2026",
        "Измерения врача",
        "МЖП 11,2 мм, кадр 3. ЭхоКГ · Левашова М. О., 20.11.2026",
        "QT 396 мс. ЭКГ · Левашова М. О., 20.11.2026",
        "Источники заключения",
        "[1] QT 396 мс (II). ЭКГ",
    ]


async def test_another_conclusions_measurements_are_not_this_ones(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (scene, view):
        scene.model.step(1)
        await until(lambda: scene.model.refusal is None)
        assert "Измерения врача" not in view.verdict_panel.reasons()


async def test_a_measurement_and_a_source_lead_into_their_files(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: one click or Enter; only their lines can be pressed."""
    async with opened(qtbot, around) as (scene, view):
        chosen = scene.model.chosen
        assert chosen is not None
        wanted: list[tuple[str, object]] = []
        view.place_wanted.connect(lambda case, place: wanted.append((case, place)))
        places = view.verdict_panel.places()
        assert [row.accessibleName().partition(".")[0] for row in places] == [
            "МЖП 11,2 мм, кадр 3",
            "QT 396 мс",
            "[1] QT 396 мс (II)",
        ]
        QTest.mouseClick(places[1], Qt.MouseButton.LeftButton)
        places[2].setFocus()
        QTest.keyClick(places[2], Qt.Key.Key_Return)
        kept = scene.measurements.kept[chosen.request_id]
        source = scene.approvals.cited[chosen.request_id][0]
        assert wanted == [(chosen.request_id, kept[0]), (chosen.request_id, source)]


async def test_back_from_the_file_the_line_that_led_there_has_the_keyboard(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (scene, view):
        view.verdict_panel.places()[1].click()
        view.hide()
        view.show()
        await until(lambda: scene.model.refusal is None)
        await until(lambda: len(view.verdict_panel.places()) == 3)
        row = view.verdict_panel.places()[1]
        assert view.focusWidget() is row
        scene.model.step(1)
        await until(lambda: scene.model.refusal is None)
        assert view.focusWidget() is view.list_panel.list


async def test_without_its_sources_a_conclusion_is_read_all_the_same(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (scene, view):
        scene.approvals.fail("sources", Unreachable("x"))
        scene.model.step(1)
        await until(lambda: scene.model.refusal is None)
        assert view.verdict_panel.places() == []
