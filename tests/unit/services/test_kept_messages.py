"""A message that was written outlives the program until the server has it, and once only."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from backend_client.errors import Conflict, TimedOut
from backend_client.models.common import ProblemCode, RequestId
from tests.factories import NOW
from tests.unit.services.house import KEY
from tests.unit.services.scripted_server import ScriptedServer
from tests.unit.services.test_chat import ONE, Backend
from tests.unit.services.test_triage_restarts import Computer as Workstation
from workstation.core.connection import ConnectionState, Link
from workstation.services.chat import ChatService
from workstation.services.kept_messages import KeptMessages
from workstation.services.link import LinkState
from workstation.store.database import Database
from workstation.store.unsent_messages import UnsentMessages

OTHER = RequestId("request-2")
WORDS = "Возьмите с собой выписку"


class Computer:
    """The program on one computer, before one server."""

    def __init__(self, folder: Path) -> None:
        self.backend = Backend()
        self._path = folder / "store.db"

    @asynccontextmanager
    async def started(self) -> AsyncIterator[ChatService]:
        """One run; what is being written is on the disk at its end."""
        database = await Database.open(self._path, KEY)
        messages = KeptMessages(UnsentMessages(database), lambda: NOW)
        link = LinkState(ConnectionState(Link.ONLINE, NOW))
        try:
            await messages.take_up()
            yield ChatService(self.backend, link, messages)
            await messages.finish()
        finally:
            await database.close()


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """With an empty store."""
    return Computer(tmp_path)


async def test_what_was_written_is_there_after_a_restart(computer: Computer) -> None:
    async with computer.started() as chat:
        for text in ("В", WORDS):
            chat.write(ONE, text)
        chat.write(OTHER, "другое")
    async with computer.started() as chat:
        assert (chat.draft(ONE), chat.draft(OTHER)) == (WORDS, "другое")


async def test_what_was_emptied_is_gone(computer: Computer) -> None:
    async with computer.started() as chat:
        chat.write(ONE, WORDS)
    async with computer.started() as chat:
        chat.write(ONE, "")
    async with computer.started() as chat:
        assert chat.draft(ONE) == ""


async def test_what_was_sent_is_gone_and_what_was_typed_behind_it_stays(
    computer: Computer,
) -> None:
    async with computer.started() as chat:
        chat.write(OTHER, "другое")
        chat.write(ONE, f" {WORDS}  и ЭКГ")
        await chat.send(ONE, WORDS)
        assert chat.draft(ONE) == "и ЭКГ"
    async with computer.started() as chat:
        assert (chat.draft(ONE), chat.draft(OTHER)) == ("и ЭКГ", "другое")
        await chat.send(ONE, "и ЭКГ")
    async with computer.started() as chat:
        assert chat.draft(ONE) == ""


async def test_words_that_were_changed_while_they_were_sent_stay(computer: Computer) -> None:
    async with computer.started() as chat:
        chat.write(ONE, "нет, иначе")
        await chat.send(ONE, WORDS)
        assert chat.draft(ONE) == "нет, иначе"


async def test_a_lost_answer_and_a_restart_make_no_second_message(computer: Computer) -> None:
    """The server has the first: the same words go out under the same key."""
    async with computer.started() as chat:
        chat.write(ONE, WORDS)
        computer.backend.errors = [TimedOut()]
        with pytest.raises(TimedOut):
            await chat.send(ONE, WORDS)
        chat.write(ONE, WORDS + ".")
        chat.write(ONE, WORDS)
    async with computer.started() as chat:
        assert chat.draft(ONE) == WORDS
        await chat.send(ONE, WORDS)
        assert len(computer.backend.kept) == 1
        chat.write(ONE, WORDS)
        await chat.send(ONE, WORDS)
    assert len(computer.backend.kept) == 2, "written once more is said once more"


async def test_after_a_refusal_and_a_restart_the_next_try_is_another_one(
    computer: Computer,
) -> None:
    async with computer.started() as chat:
        chat.write(ONE, WORDS)
        computer.backend.errors = [Conflict(ProblemCode.CHAT_CLOSED)]
        with pytest.raises(Conflict):
            await chat.send(ONE, WORDS)
        assert chat.draft(ONE) == WORDS
    async with computer.started() as chat:
        await chat.send(ONE, WORDS)
    assert len(computer.backend.kept) == 2


async def test_signing_out_and_in_brings_it_back(tmp_path: Path) -> None:
    """The whole desk of an account: its store is closed at once behind the last key."""
    workstation = Workstation(tmp_path, ScriptedServer())
    async with workstation.started() as desk:
        desk.chat.write(ONE, WORDS)
        await desk.close()
    async with workstation.started() as desk:
        assert desk.chat.draft(ONE) == WORDS
        await desk.close()


async def test_a_disk_that_fails_stops_nobody_and_the_log_has_no_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.close()
    messages = KeptMessages(UnsentMessages(database), lambda: NOW + timedelta(hours=1))
    await messages.take_up()
    chat = ChatService(Backend(), LinkState(ConnectionState(Link.ONLINE, NOW)), messages)
    chat.write(ONE, WORDS)
    await messages.finish()
    assert chat.draft(ONE) == WORDS
    await chat.send(ONE, WORDS)
    assert chat.draft(ONE) == ""
    await messages.finish()
    assert f"message of {ONE}: StoreUnavailable" in caplog.text
    assert WORDS not in caplog.text
