"""What was written to a patient and not sent is there in the next run, and Enter says what it does:
upon the real encrypted store, over restarts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.waiting import until
from tests.unit.services.house import KEY
from workstation.services.kept_messages import KeptMessages
from workstation.store.database import Database
from workstation.store.unsent_messages import UnsentMessages

OTHER = RequestId("request-2")
WORDS = "Возьмите выписку"
ENTER = Qt.Key.Key_Return


class Computer:
    """The program on one computer: signed in, and signed out at the end of each block."""

    def __init__(self, qtbot: QtBot, around: Surroundings, folder: Path) -> None:
        self._qtbot, self._around = qtbot, around
        self._path = folder / "store.db"

    @asynccontextmanager
    async def started(self) -> AsyncIterator[CallDesk]:
        """The call's screen, with what an earlier run has left."""
        database = await Database.open(self._path, KEY)
        unsent = KeptMessages(UnsentMessages(database), lambda: SCENE_NOW)
        try:
            await unsent.take_up()
            async with open_call(self._qtbot, self._around, unsent) as desk:
                yield desk
            await unsent.finish()
        finally:
            await database.close()

    async def kept(self) -> list[str]:
        """What lies on the disk while the program does not run."""
        database = await Database.open(self._path, KEY)
        try:
            return [one.text for one in await UnsentMessages(database).all()]
        finally:
            await database.close()


@pytest.fixture
def computer(qtbot: QtBot, around: Surroundings, tmp_path: Path) -> Computer:
    """With an empty store."""
    return Computer(qtbot, around, tmp_path)


def text(desk: CallDesk) -> str:
    """What stands in the field."""
    return desk.view.chat.field.toPlainText()


def sent(desk: CallDesk) -> list[object]:
    """What went out to the patient."""
    return [call[1] for call in desk.chats.backend.calls if call[0] == "send"]


def open_unread(desk: CallDesk) -> None:
    """The case is opened again; its chat is on its way."""
    desk.chats.may_read.clear()
    desk.model.open(desk.scene.row.id)
    assert desk.model.chat.can_write is None
    desk.press("M")


async def test_what_was_typed_is_there_after_a_restart(computer: Computer) -> None:
    """In its own case alone: no other patient's field has it."""
    async with computer.started() as desk:
        desk.press("M")
        desk.type(WORDS)
    async with computer.started() as desk:
        assert text(desk) == WORDS
        desk.model.open(OTHER)
        assert text(desk) == ""
        desk.model.open(desk.scene.row.id)
        assert text(desk) == WORDS
        await until(lambda: desk.model.chat.can_write is True)
        desk.press("M")
        desk.type(" и ЭКГ")
        desk.press(ENTER)
        await until(lambda: text(desk) == "")
        assert sent(desk) == [f"{WORDS} и ЭКГ"]
    assert await computer.kept() == []
    async with computer.started() as desk:
        assert text(desk) == ""


async def test_what_was_emptied_does_not_come_back(computer: Computer) -> None:
    async with computer.started() as desk:
        desk.press("M")
        desk.type(WORDS)
    async with computer.started() as desk:
        desk.view.chat.field.selectAll()
        desk.press("M")
        desk.press(Qt.Key.Key_Delete)
        assert text(desk) == ""
    assert await computer.kept() == []


async def test_what_could_not_be_sent_is_kept(computer: Computer) -> None:
    async with computer.started() as desk:
        desk.press("M")
        desk.type(WORDS)
        desk.chats.backend.fail_with(Unreachable())
        desk.press(ENTER)
        await until(desk.view.chat.problem.isVisible)
    assert await computer.kept() == [WORDS]


async def test_enter_before_the_chat_is_read_sends_once_it_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-6: it is said that the message waits; what is typed behind it is not sent with it."""
    async with open_call(qtbot, around) as desk:
        open_unread(desk)
        desk.type("да")
        assert desk.view.chat.button.isEnabled()
        desk.press(ENTER)
        note = desk.view.chat.note
        assert note.isVisible()
        assert "once the chat has been read" in note.text()
        desk.press(ENTER)
        desk.type(", и")
        assert sent(desk) == []
        desk.chats.may_read.set()
        await until(lambda: sent(desk) == ["да"])
        await until(lambda: text(desk) == ", и")
        assert not note.isVisible()


async def test_words_that_are_changed_before_the_chat_is_read_wait_for_another_enter(
    qtbot: QtBot, around: Surroundings
) -> None:
    """And nobody is told that they will be sent."""
    async with open_call(qtbot, around) as desk:
        open_unread(desk)
        desk.type("да")
        desk.press(ENTER)
        desk.press(Qt.Key.Key_Backspace)
        assert not desk.view.chat.note.isVisible()
        desk.chats.may_read.set()
        await until(lambda: desk.model.chat.can_write is True)
        assert (sent(desk), text(desk)) == ([], "д")


async def test_a_case_that_is_left_sends_nothing_later(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        open_unread(desk)
        desk.type("да")
        desk.press(ENTER)
        desk.model.open(OTHER)
        desk.chats.may_read.set()
        await until(lambda: desk.model.chat.can_write is True)
        assert (sent(desk), text(desk)) == ([], "")
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.chat.can_write is True)
        assert (sent(desk), text(desk)) == ([], "да")


async def test_a_chat_that_cannot_be_read_says_that_nothing_was_sent(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The next Enter reads again, and sends."""
    async with open_call(qtbot, around) as desk:
        desk.chats.backend.fail_with(Unreachable())
        desk.model.open(desk.scene.row.id)
        await until(lambda: desk.model.chat.problem is not None)
        desk.press("M")
        desk.type("да")
        desk.chats.backend.fail_with(Unreachable())
        desk.press(ENTER)
        problem = desk.view.chat.problem
        await until(problem.isVisible)
        assert "Not sent" in problem.text()
        assert "Enter sends it again" in problem.text()
        assert text(desk) == "да"
        desk.press(ENTER)
        await until(lambda: sent(desk) == ["да"])
        await until(lambda: text(desk) == "")
        assert not problem.isVisible()


async def test_a_chat_that_is_found_closed_says_why_nothing_was_sent(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-14"""
    async with open_call(qtbot, around) as desk:
        desk.chats.can_write = False
        open_unread(desk)
        desk.type("да")
        desk.press(ENTER)
        desk.chats.may_read.set()
        await until(desk.view.chat.problem.isVisible)
        assert "The consultation is over" in desk.view.chat.problem.text()
        assert (sent(desk), text(desk)) == ([], "да")
        assert desk.view.chat.field.isReadOnly()


async def test_the_waiting_is_said_in_russian(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_call(qtbot, around) as desk:
        open_unread(desk)
        desk.type("да")
        desk.press(ENTER)
        assert desk.view.chat.note.text() == "Отправится, как только загрузится чат…"
