"""The approver sees what was measured in the case's files, and whose they are (OZ-12)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pytestqt.qtbot import QtBot

from backend_client.models.annotations import Annotation, AnnotationId
from backend_client.models.common import UserId
from backend_client.models.documents import Document, FileAnswer, WhoseFile
from backend_client.models.evidence import FramePlace, Origin
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
    scene.model.start()
    view.show()
    try:
        await until(lambda: scene.model.refusal is None and bool(scene.model.measured))
        yield scene, view
    finally:
        view.hide()
        await scene.model.close()


async def test_measurements_and_answers_stand_below_the_verdict(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (_, view):
        said = view.verdict_panel.reasons()
    assert said[-5:] == [
        "Имя в файле другое, пациент тот же: ЭКГ. Девичья (Левашова М. О., 20.11.2026)",
        "Файл другого пациента: Выписка. Левашова М. О., 20.11.2026",
        "Измерения врача",
        "МЖП 11,2 мм, кадр 3. ЭхоКГ · Левашова М. О., 20.11.2026",
        "QT 396 мс. ЭКГ · Левашова М. О., 20.11.2026",
    ]


async def test_another_conclusions_measurements_are_not_this_ones(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (scene, view):
        scene.model.step(1)
        await until(lambda: scene.model.refusal is None)
        assert "Измерения врача" not in view.verdict_panel.reasons()
