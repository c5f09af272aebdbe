"""One key marks a request as life-threatening, on every screen of its case."""

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode
from backend_client.models.request_actions import MarkLifeThreat
from backend_client.models.requests import Action, RequestRow, RequestStatus
from tests.factories import NOW, changed_row, make_owner, make_row
from tests.ui.conclusion_scene import FakeConclusions
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.test_slot_road import Place, placed
from tests.ui.test_undo_everywhere import lines
from tests.ui.waiting import until
from workstation.services.conclusions import ConclusionService
from workstation.ui.screens.call.view import CallView
from workstation.ui.screens.palette.commands import WindowCommands
from workstation.ui.screens.triage.places import Place as Where

pytestmark = pytest.mark.usefixtures("russian")
THREAT = Action.MARK_LIFE_THREAT
SCREENS = {"slotView": "T", "callView": "C", "conclusionView": "F6"}
EACH = pytest.mark.parametrize("screen", list(SCREENS))
ALT = Qt.KeyboardModifier.AltModifier
WILL_BE = "Угроза жизни, пациенту будет сказано звонить 103: "


def own_row(**changes: object) -> RequestRow:
    """The doctor's own, on which every screen of a case can be opened."""
    steps = (Action.PROPOSE_SLOT, Action.CALL, Action.WRITE_MESSAGE, Action.WRITE_CONCLUSION)
    fields: dict[str, object] = {
        "full_name": "Кочетов Егор Маратович",
        "owner": make_owner(),
        "status": RequestStatus.CLAIMED,
        "allowed_actions": [*steps, Action.RELEASE, THREAT],
    }
    return make_row(**(fields | changes))


async def go(place: Place, screen: str) -> None:
    """There by its one key; conclusions are written in memory."""
    place.desk.conclusions = cast(ConclusionService, FakeConclusions(place.desk.requests))
    key = SCREENS[screen]
    if key == "F6":
        press(place.window, Qt.Key.Key_F6)
    else:
        press(place.window, key.lower(), scan_code=scan_code(key))
    await until(lambda: place.sees(screen) and place.screens.triage_model.place is Where.SCREEN)


def f9(place: Place) -> None:
    press(place.window, Qt.Key.Key_F9)


def choose(place: Place, row: RequestRow) -> None:
    """The list goes on to that request."""
    number = place.screens.queue_model.rows.row_of(row.id)
    assert number is not None
    place.screens.queue_model.choose(number)


def orders(place: Place) -> list[tuple[object, ...]]:
    """Id, action, words."""
    return [call[1:] for call in place.desk.triage.backend.calls if call[0] == "order"]


@EACH
async def test_straight_from_the_card(qtbot: QtBot, around: Surroundings, screen: str) -> None:
    """Whatever the queue behind goes on to, the mark is the open case's."""
    row, other = own_row(), make_row(life_threat=True)
    async with placed(qtbot, around, row, other) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        choose(place, row)
        await until(lambda: place.screens.triage_model.row == row)
        await go(place, screen)
        choose(place, other)
        f9(place)
        await until(lambda: orders(place) == [(row.id, THREAT, MarkLifeThreat(life_threat=True))])
        (line,) = lines(place)
        assert line.line.text().startswith(WILL_BE)
        assert "Кочетов" in line.line.text()
        await until(place.window.notice.isVisible)
        assert "скажите про 103 и сами" in place.window.notice.accessibleName()
        await until(lambda: not place.screens.triage_model.is_busy)
        press(place.window, "z", scan_code=scan_code("Z"), modifiers=ALT)
        await until(lambda: not lines(place))
        assert place.desk.triage.waiting == ()
        assert place.sees(screen)


@EACH
async def test_from_the_files_and_back(qtbot: QtBot, around: Surroundings, screen: str) -> None:
    row = own_row(life_threat=True)
    async with placed(qtbot, around, row) as place:
        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)
        await go(place, screen)
        f9(place)
        await until(lambda: orders(place) == [(row.id, THREAT, MarkLifeThreat(life_threat=False))])
        await until(lambda: not place.screens.triage_model.is_busy)
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("reviewView"))
        assert place.screens.triage_model.place is Where.CASE
        assert place.screens.review.side.held.isVisible()


@EACH
async def test_it_says_why_not(qtbot: QtBot, around: Surroundings, screen: str) -> None:
    row = own_row()
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        await go(place, screen)
        other = make_owner("Сафонов Д. В.", is_me=False)
        taken = changed_row(row, version=9, owner=other, allowed_actions=[])
        place.desk.requests.upsert(taken)
        await until(lambda: place.screens.triage_model.why_not(THREAT) != "")
        f9(place)
        assert orders(place) == []
        assert place.window.notice.isVisible()
        assert place.window.notice.accessibleName() == "Работает Сафонов Д. В."


@EACH
async def test_it_is_found_by_name(qtbot: QtBot, around: Surroundings, screen: str) -> None:
    async with placed(qtbot, around, own_row()) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        await go(place, screen)
        await until(lambda: place.screens.triage_model.row is not None)
        found = {one.id: one for one in WindowCommands(place.window, around.shortcuts)()}
        assert found["triage.threat"].key == "F9"
        found["triage.threat"].act()
        await until(lambda: len(orders(place)) == 1)


@pytest.mark.parametrize("screen", ["callView", "conclusionView"])
async def test_while_typing(qtbot: QtBot, around: Surroundings, screen: str) -> None:
    async with placed(qtbot, around, own_row()) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        await go(place, screen)
        fields = (QLineEdit, QPlainTextEdit, QTextEdit)
        if screen == "callView":
            await until(lambda: place.screens.call_model.row is not None)
            press(place.window, "m", scan_code=scan_code("M"))
        await until(lambda: isinstance(place.window.focusWidget(), fields))
        field = place.window.focusWidget()
        f9(place)
        await until(lambda: len(orders(place)) == 1)
        assert place.window.focusWidget() is field


async def test_a_call_that_was_agreed_upon_shows_the_mark(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The time of the consultation stands there in place of the clock, but not of a threat."""
    row = own_row(appointment_at=NOW + timedelta(minutes=14))
    async with placed(qtbot, around, row) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        await go(place, "callView")
        view = place.window.findChild(CallView)

        def signs() -> str:
            words = None if view is None else view.identity_strip.words
            return "" if words is None else " ".join(one.text for one in words.signs)

        await until(lambda: "Консультация" in signs())
        place.desk.requests.upsert(changed_row(row, version=9, life_threat=True))
        await until(lambda: "103" in signs())


async def test_what_the_server_does_not_take_is_told(qtbot: QtBot, around: Surroundings) -> None:
    """409, as with every held order: told where the doctor is, kept in the queue."""
    async with placed(qtbot, around, own_row()) as place:
        await until(lambda: place.screens.triage_model.row is not None)
        await go(place, "callView")
        f9(place)
        await until(lambda: bool(place.desk.triage.waiting))
        held = place.desk.triage.waiting[-1]
        place.desk.triage.refuse(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        assert "Угроза жизни" in place.window.notice.accessibleName()
        assert place.screens.triage_model.last.has_refusal()
