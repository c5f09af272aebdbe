"""Strange texts in the places that stand beside a case: list, notices, plate, strip of a call."""

from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Diagnosis, RequestStatus
from tests.factories import changed_row, make_patient, make_row
from tests.ui.hostile_texts import HOSTILE
from tests.ui.notice_scene import mine, noticing
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.test_call_strip import folded
from tests.ui.waiting import until
from workstation.ui.literal_text import one_line
from workstation.ui.widgets.patient_plate import NextPatientPlate

pytestmark = pytest.mark.usefixtures("russian")
KINDS: Final = pytest.mark.parametrize("kind", list(HOSTILE))
SMALLEST: Final = (1366, 768)
DOES_SOMETHING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


@KINDS
async def test_the_list_keeps_its_rows_and_columns(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """Name, place, diagnosis and owner; rows stay as high as they are, and nothing is markup."""
    text = HOSTILE[kind]
    usual = make_row(full_name="Верещагин Павел Никитич")
    strange = make_row(
        patient=make_patient(text, place=text), diagnosis=Diagnosis(icd10="I35.0", text=text)
    )
    async with open_queue(qtbot, around, [usual, strange]) as desk:
        table, before = desk.view.table, desk.view.size()
        heights = {table.rowHeight(row) for row in range(2)}
        widths = [table.columnWidth(column) for column in range(desk.model.rows.columnCount())]
        desk.press(Qt.Key.Key_Down)
        desk.view.grab()
        assert text in desk.names()
        assert len(heights) == 1
        assert {table.rowHeight(row) for row in range(2)} == heights
        columns = range(desk.model.rows.columnCount())
        assert [table.columnWidth(column) for column in columns] == widths
        assert desk.view.size() == before
        tips = [
            desk.model.rows.index(desk.names().index(text), column).data(
                Qt.ItemDataRole.ToolTipRole
            )
            for column in columns
        ]
        assert not any("<h1>" in tip or "<img" in tip for tip in tips if tip)


@KINDS
async def test_notices_stand_in_the_window_and_in_their_room(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """The news are read first, the name literally; the window keeps its size."""
    row = mine(HOSTILE[kind])
    async with noticing(qtbot, around, row) as scene:
        await scene.told(row, unread_messages=1)
        assert scene.bar.text.startswith("1 новое сообщение: ")
        assert not set(DOES_SOMETHING) & set(scene.bar.text)
        assert one_line(HOSTILE[kind])[:20] in scene.bar.text
        scene.window.grab()
        scene.window.show_room("notices")
        scene.window.grab()
        assert scene.window.size().toTuple() == SMALLEST
        assert scene.window.minimumSizeHint().width() <= SMALLEST[0]
        assert HOSTILE[kind] not in scene.window.windowTitle()
        scene.change(row, unread_messages=1, status=RequestStatus.WAITING)
        said = [text for balloon in scene.tray.balloons for text in balloon]
        assert not any(HOSTILE[kind][:5] in text for text in (*said, scene.tray.words))


@KINDS
async def test_the_next_patients_plate_keeps_the_birth_date(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """What is large for a moment is no larger than its place."""
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(*SMALLEST)
    place.show()
    plate = NextPatientPlate(place, around.theme, around.shortcuts)
    plate.reveal(HOSTILE[kind], "род. 09.03.1984, 42 года")
    place.grab()
    assert plate.geometry() == place.rect()
    assert "09.03.1984" in plate.accessibleName()
    assert not set(DOES_SOMETHING) & set(plate._name)
    plate.dismiss()


@KINDS
async def test_the_strip_of_a_call_keeps_clock_and_keys(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """Hanging up, microphone and camera are never pushed out of the window."""
    async with folded(qtbot, around) as desk:
        patient = make_patient(HOSTILE[kind])
        desk.scene.requests.upsert(changed_row(desk.scene.row, patient=patient))
        desk.scene.talk()
        await until(lambda: bool(desk.strip.name.text()))
        desk.strip.grab()
        right = desk.strip.width()
        for part in (desk.strip.clock, desk.strip.microphone, desk.strip.camera, desk.strip.end):
            corner = part.mapTo(desk.strip, part.rect().topRight())
            assert 0 < corner.x() <= right
        assert desk.strip.minimumSizeHint().width() <= desk.window.width()
