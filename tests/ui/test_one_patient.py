"""One patient's files, chat and draft are on the desk at a time."""

from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keys import press
from tests.ui.notice_scene import OTHER, PATIENT, NoticeScene, mine, noticing
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.ui.case_steps import CaseStep
from workstation.ui.widgets.case_text import case_of
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.labels import SignLabel, TextBlock

pytestmark = pytest.mark.usefixtures("russian")
SCREENS: Final = {
    "reviewView": None,
    "slotView": CaseStep.TIME,
    "callView": CaseStep.CALL,
    "conclusionView": CaseStep.CONCLUSION,
}


def said_in(view: QWidget) -> str:
    """Everything that the screen's widgets hold, seen or not."""
    texts = [one.text() for one in view.findChildren(SignLabel)]
    texts += [one.text() for one in view.findChildren(TextBlock)]
    texts += [one.text() for one in view.findChildren(QLabel)]
    texts += [one.text() for one in view.findChildren(QLineEdit)]
    texts += [one.toPlainText() for one in view.findChildren(QPlainTextEdit)]
    texts += [one.toPlainText() for one in view.findChildren(QTextEdit)]
    strips = [one.words for one in view.findChildren(IdentityStrip)]
    return "\n".join([*texts, *(words.name for words in strips if words is not None)])


def screens_of(scene: NoticeScene) -> list[QWidget]:
    """The screens of a case that were built."""
    found = [scene.window.findChild(QWidget, name) for name in SCREENS]
    return [one for one in found if one is not None]


async def test_another_case_leaves_nothing_of_the_first_on_any_screen(
    qtbot: QtBot, around: Surroundings
) -> None:
    """All four screens of one patient, then a notice of another: names, files, chat and draft of
    the first are gone from them, hidden ones included, and nothing typed can go there."""
    first, second = mine(), mine(OTHER)
    async with noticing(qtbot, around, first, second) as scene:
        rooms = scene.screens
        rooms._open_case(first.id, "")
        for step in (CaseStep.TIME, CaseStep.CALL, CaseStep.CONCLUSION):
            rooms._go_on(first.id, step)
        strips = [view.findChild(IdentityStrip) for view in screens_of(scene)]
        assert len(strips) == len(SCREENS)
        await until(lambda: rooms.review_model.row is not None)
        models = (rooms.review_model, rooms.slot_model, rooms.call_model, rooms.conclusion_model)
        assert {model.request_id for model in models} == {first.id}
        rooms.call_model.chat.write("О первом пациенте")
        rooms._open_case(second.id, "")
        await until(lambda: rooms.review_model.row is not None)
        assert {model.request_id for model in models} == {None, second.id}
        assert rooms.call_model.chat.draft == ""
        for view in screens_of(scene):
            assert PATIENT not in said_in(view), view.objectName()
            assert "О первом пациенте" not in said_in(view)
            case = case_of(view)
            assert case is None or case.request_id == second.id
        rooms._go_on(first.id, CaseStep.CALL)
        assert rooms.call_model.chat.draft == "О первом пациенте", "what was typed waits there"


async def test_a_room_of_the_rail_shows_no_case(qtbot: QtBot, around: Surroundings) -> None:
    """Esc and the rail leave the case: the screens behind the queue are empty."""
    row = mine()
    async with noticing(qtbot, around, row) as scene:
        scene.screens._open_case(row.id, "")
        await until(lambda: scene.screens.review_model.row is not None)
        press(scene.window, Qt.Key.Key_Escape)
        assert scene.screens._road.case is None
        assert all(PATIENT not in said_in(view) for view in screens_of(scene))
