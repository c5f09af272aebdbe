"""Each step of a doctor's day has a key by its place, said wherever a doctor looks for it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.routes import Route
from tests.factories import make_owner, make_row
from tests.ui.covered_window import CoveredWindow, covered
from tests.ui.keys import scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import checklist
from tests.ui.triage_keys import CYRILLIC, NAMED
from tests.ui.waiting import until
from workstation.ui.screens.palette.commands import WindowCommands
from workstation.ui.screens.triage.more_menu import MoreMenu
from workstation.ui.shortcuts import KEY_OF, key_label, pressed_key

pytestmark = pytest.mark.usefixtures("russian")
OF_THE_LIST = {"next": "queue.next", "previous": "queue.previous", "take next": "queue.take_next"}
OF_THE_CARD = {"open and claim": "queue.open"}
DECISIONS = {
    "accept": "triage.take",
    "ask for documents": "triage.ask",
    "decline": "triage.decline",
    "out of profile": "triage.out_of_profile",
    "convert": "triage.convert",
    "snooze": "triage.snooze",
}
OF_THE_CASE = {
    "slot": "case.time",
    "chat and call": "case.call",
    "conclusion": "case.conclusion",
}
UNDO = {"undo": "triage.undo"}
NAMED_STEPS = OF_THE_LIST | OF_THE_CARD | DECISIONS | OF_THE_CASE | UNDO
"""The steps that the issue names; each in the words of the issue."""
MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DUTY = make_row(
    route=Route.DUTY,
    checklist=checklist(ecg="missing"),
    missing_documents=["ecg"],
    allowed_actions=[Action.CLAIM, Action.SNOOZE],
)
OWN = make_row(
    owner=make_owner(),
    status=RequestStatus.SCHEDULED,
    allowed_actions=[
        Action.PROPOSE_SLOT,
        Action.CALL,
        Action.WRITE_MESSAGE,
        Action.WRITE_CONCLUSION,
        Action.DECLINE,
    ],
)


def events(key: str) -> Iterator[QKeyEvent]:
    """What the system sends for it under each layout."""
    plain, pressed = Qt.KeyboardModifier.NoModifier, QEvent.Type.KeyPress
    if key in NAMED:
        yield QKeyEvent(pressed, NAMED[key].value, plain)
    elif len(key) == 1:
        for letter in (key.lower(), CYRILLIC[key]):
            place = scan_code(key)
            yield QKeyEvent(pressed, ord(letter.upper()), plain, place, 0, 0, letter)
            yield QKeyEvent(pressed, ord(letter.upper()), plain, 0, 0, 0, letter)
    else:
        yield QKeyEvent(pressed, Qt.Key.Key_F6.value, plain)


@pytest.mark.parametrize("action", NAMED_STEPS.values(), ids=NAMED_STEPS)
def test_the_key_is_a_place_alike_under_both_layouts(action: str) -> None:
    assert {pressed_key(event) for event in events(KEY_OF[action])} == {KEY_OF[action]}


def said(place: CoveredWindow, around: Surroundings) -> dict[str, str]:
    """What the palette offers now, with the keys that it says."""
    commands = WindowCommands(place.window, around.shortcuts)()
    return {one.id: one.key for one in commands}


async def on_the_page(place: CoveredWindow) -> dict[str, str]:
    """What `?` says, by key."""
    place.ask_keys()
    sheet = place.covers.page.sheet
    groups = [group for column in sheet.columns for group in column]
    place.press(Qt.Key.Key_Escape)
    return {row.keys: row.text for group in groups for row in group.rows}


async def chosen(place: CoveredWindow, row: RequestRow) -> None:
    """Goes to that request by the list's keys."""
    model = place.screens.queue_model
    place.screens.queue.table.setFocus()
    await until(lambda: model.chosen is not None)
    if model.chosen is not None and model.chosen.id != row.id:
        place.press("K" if row.id == DUTY.id else "J")
    await until(lambda: model.chosen is not None and model.chosen.id == row.id)


async def test_palette_and_page_say_the_keys(qtbot: QtBot, around: Surroundings) -> None:
    """Ctrl+K and `?`, at a request that nobody has and at one's own."""
    async with covered(qtbot, around, [DUTY, OWN]) as place:
        await until(place.screens.queue_model.can_take_next)
        await chosen(place, DUTY)
        out_of_profile = DECISIONS["out of profile"]  # a duty doctor has no list of diseases
        free = {*OF_THE_LIST.values(), *OF_THE_CARD.values(), *DECISIONS.values()}
        wanted = {action: key_label(action) for action in free - {out_of_profile}}
        await until(lambda: wanted.items() <= said(place, around).items())
        assert set(wanted.values()) <= set(await on_the_page(place))
        await chosen(place, OWN)
        of_the_case = {action: key_label(action) for action in OF_THE_CASE.values()}
        await until(lambda: of_the_case.items() <= said(place, around).items())
        assert set(of_the_case.values()) <= set(await on_the_page(place))


async def test_the_last_decision_is_offered_where_it_can_be_taken_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with covered(qtbot, around, [DUTY, OWN]) as place:
        await chosen(place, OWN)
        for key in ("D", "1", Qt.Key.Key_Return):
            place.press(key)
        await until(lambda: place.screens.triage_model.last.can_undo())
        assert said(place, around)["triage.undo"] == "Z"
        assert (await on_the_page(place))["Z"] == "Отменить последнее решение"


@MENU
async def test_tooltips_say_the_keys(qtbot: QtBot, around: Surroundings) -> None:
    async with covered(qtbot, around, [DUTY, OWN]) as place:
        await chosen(place, DUTY)
        queue = place.screens.queue
        along = queue.table.viewport().toolTip().splitlines()
        assert along == ["Следующая заявка (J)", "Предыдущая заявка (K)"]
        buttons = {
            "queue.take_next": "queue.takeNext",
            "queue.open": "card.open",
            "case.time": "card.time",
            "case.call": "card.call",
            "case.conclusion": "card.conclusion",
        }
        for action, name in buttons.items():
            button = queue.findChild(QPushButton, name)
            assert button is not None, name
            assert button.toolTip().endswith(f" ({key_label(action)})"), name
        menu = MoreMenu(queue.card.decisions, queue.card)
        tips = {one.objectName(): one.toolTip() for one in menu.actions() if one.isEnabled()}
        decisions = set(DECISIONS.values()) - {DECISIONS["out of profile"]}
        assert decisions <= set(tips)
        for action in decisions:
            assert tips[action].endswith(f" ({key_label(action)})")
        menu.deleteLater()
        undo = queue.findChild(QWidget, "triage.undo")
        assert undo is not None
        assert undo.toolTip() == "Отменить (Z Alt+Z)"
