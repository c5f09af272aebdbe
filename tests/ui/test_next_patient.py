"""The program never goes on to another patient in silence, whatever has moved the case."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.requests import QueueGroup, RequestStatus
from tests.factories import make_owner, make_row
from tests.ui.queue_desk import Surroundings
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.widgets.patient_plate import NextPatientPlate

FIRST = make_row(full_name="Кочетов Егор Маратович", life_threat=True)
MINE = make_row(full_name="Вторая Анна Петровна", owner=make_owner(), status=RequestStatus.CLAIMED)


def plate(place: Place) -> NextPatientPlate | None:
    """The name that stands large, while it does."""
    found = place.window.findChild(NextPatientPlate, "nextPatient")
    return found if found is not None and found.isVisible() else None


def is_said(place: Place, name: str) -> bool:
    """Whether that patient's name stands large over all that is under it."""
    seen = plate(place)
    if seen is None or name not in seen.accessibleName():
        return False
    parent = seen.parentWidget()
    return parent is not None and parent.childAt(parent.rect().center()) is seen


def press_all(place: Place, *keys: Qt.Key | str) -> None:
    """One after the other, without a look at the screen."""
    for key in keys:
        place.press(key)


@pytest.mark.parametrize("letter", ["n", "т"])
async def test_take_next_says_whose_case_has_come(
    qtbot: QtBot, around: Surroundings, letter: str
) -> None:
    """Over the files of the case; what is typed meanwhile is for nobody."""
    async with placed(qtbot, around, FIRST, MINE) as place:
        await until(place.screens.queue_model.can_take_next)
        place.press(letter)
        await until(lambda: is_said(place, "Кочетов Егор Маратович"))
        assert place.sees("reviewView")
        press_all(place, "T", "D", "1", Qt.Key.Key_Return)
        assert place.sees("reviewView")
        assert not place.sees("slotView")
        await until(lambda: plate(place) is None)
        place.press("T")
        await until(lambda: place.sees("slotView"))


async def test_a_list_that_comes_under_an_open_decision_says_whose_card_it_shows(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The digit and Enter were meant for the decision on the patient before."""
    async with placed(qtbot, around, FIRST, MINE) as place:
        model = place.screens.queue_model
        model.choose_group(QueueGroup.MINE)
        place.press("D")
        assert place.screens.triage_model.panel is not None
        await until(lambda: is_said(place, "Вторая Анна Петровна"))
        press_all(place, "1", Qt.Key.Key_Return)
        assert place.desk.triage.waiting == ()
        assert not place.sees("reviewView")
        await until(lambda: plate(place) is None)


async def test_a_list_that_the_doctor_asked_for_comes_without_a_word(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with placed(qtbot, around, FIRST, MINE) as place:
        model = place.screens.queue_model
        model.choose_group(QueueGroup.MINE)
        await until(lambda: model.chosen is not None and model.chosen.id == MINE.id)
        assert plate(place) is None


async def test_a_change_while_the_list_is_on_its_way_says_nothing_either(
    qtbot: QtBot, around: Surroundings
) -> None:
    """What the doctor asked for is read again before it came: his Enter is for its first row."""
    async with placed(qtbot, around, FIRST, MINE) as place:
        model = place.screens.queue_model
        model.choose_group(QueueGroup.MINE)
        model.reload()
        await until(lambda: model.chosen is not None and model.chosen.id == MINE.id)
        assert plate(place) is None


async def test_a_list_that_comes_back_by_itself_says_whose_card_it_shows(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The server was away when the list was asked for; the card before stood there meanwhile."""
    async with placed(qtbot, around, FIRST, MINE) as place:
        model = place.screens.queue_model
        place.desk.requests.backend.fail_with(Unreachable())
        model.choose_group(QueueGroup.MINE)
        await until(lambda: model.state is ListState.FAILED)
        assert model.chosen is not None
        assert model.chosen.id == FIRST.id
        place.desk.requests.reload_needed.emit(None)
        await until(lambda: is_said(place, "Вторая Анна Петровна"))


async def test_behind_a_decision_the_card_stays_where_it_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Nobody is gone on to: the next patient comes by J alone."""
    async with placed(qtbot, around, FIRST, MINE) as place:
        press_all(place, "D", "1", Qt.Key.Key_Return)
        await until(lambda: bool(place.desk.triage.waiting))
        place.desk.triage.carry_out(place.desk.triage.waiting[-1])
        chosen = place.screens.queue_model.chosen
        assert chosen is not None
        assert chosen.id == FIRST.id
        place.desk.requests.gone.emit(FIRST.id)
        assert place.screens.queue_model.chosen is None
        assert place.screens.triage_model.row is None
        press_all(place, "A", "D", Qt.Key.Key_Return)
        assert place.screens.triage_model.panel is None
        assert plate(place) is None
