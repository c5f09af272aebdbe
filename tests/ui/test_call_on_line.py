"""Who is on the line, on the screen of the call and on its strip (SPB-1, DRC-16)."""

from datetime import date

import msgspec
from pytestqt.qtbot import QtBot

from backend_client.models.identity import IdentityMark
from backend_client.models.requests import Representative, RequestRow
from tests.factories import make_card, make_patient
from tests.ui.call_desk import open_call
from tests.ui.call_scene import CallScene
from tests.ui.queue_desk import Surroundings
from tests.ui.test_call_strip import folded
from tests.ui.waiting import until

MOTHER = Representative(full_name="Иванова Анна Петровна", relation="мать")


def child_of(scene: CallScene) -> RequestRow:
    """The request is a child's, for whom the mother speaks; nobody has been identified."""
    child = make_patient("Иванов Пётр Сергеевич", birth_date=date(2019, 5, 4))
    marks = [IdentityMark.NOT_IDENTIFIED]
    row = msgspec.structs.replace(scene.row, patient=child, identity_marks=marks)
    scene.requests.rows[row.id] = row
    scene.requests.cards[row.id] = make_card(row, representative=MOTHER)
    return row


async def test_the_plate_names_who_speaks_and_for_whom(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-1: a banner says who is on the line. DRC-16: an unidentified patient is shown as such."""
    async with open_call(qtbot, around) as desk:
        child_of(desk.scene)
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.representative is not None)
        desk.scene.talk()
        plate = desk.view.stage.name
        said = (plate.name.text() + "; " + plate.patient.text()).replace("\u00a0", " ")
        assert said == "On the line: мать, Иванова А. П.; Patient: Иванов П. С., 7 year(s)"
        assert plate.doubt.text() == "Not identified"
        assert plate.doubt.isVisible()


async def test_the_strip_says_the_same(qtbot: QtBot, around: Surroundings) -> None:
    async with folded(qtbot, around) as desk:
        child_of(desk.scene)
        desk.scene.talk()
        strip = desk.strip
        await until(lambda: "Иванова" in strip.name.text())
        assert strip.name.text().replace("\u00a0", " ") == "On the line: мать, Иванова А. П."
        assert "Иванов" in strip.patient.text()
        assert "Not identified" in strip.patient.text()
        assert strip.patient.isVisible()
        assert strip.height() == 92


async def test_a_patient_who_speaks_alone_is_named_alone(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        desk.scene.talk()
        plate = desk.view.stage.name
        assert plate.name.text().startswith("Верещагин")
        assert not plate.patient.isVisible()
        assert not plate.doubt.isVisible()
