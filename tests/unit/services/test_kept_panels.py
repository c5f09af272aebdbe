"""A decision that was begun outlives the program, and nothing stays of one that was ordered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from backend.rules.status import ENDED as ENDED_ON_THE_SERVER
from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestStatus
from tests.factories import NOW, make_row
from tests.unit.services.house import KEY, until
from tests.unit.services.scripted_server import ManualSleep, ScriptedServer
from tests.unit.services.test_triage_restarts import Computer
from tests.unit.services.triage_scene import ask, decline
from workstation.core.errors import StoreUnavailable
from workstation.core.kept_panel import ENDED, KeptPanel
from workstation.services.kept_for_requests import WRITTEN_AFTER_S
from workstation.services.kept_panels import KeptPanels
from workstation.store.database import Database
from workstation.store.panels import Panels

ROW = make_row()
BEGUN = KeptPanel(
    request_id=ROW.id, action=Action.DECLINE, changed_at=NOW, words="нет да", seen=ROW
)
MORE = msgspec.structs.replace(BEGUN, words="нет данных о приёме")


class MadeUpStore:
    """A disk in memory that can be full."""

    def __init__(self) -> None:
        self.panels: dict[RequestId, KeptPanel] = {}
        self.written: list[str] = []
        """Words, in the order in which they came."""
        self.is_full = False

    async def keep(self, panel: KeptPanel) -> None:
        """Keeps it, unless the disk is full."""
        await asyncio.sleep(0)
        self._fail()
        msgspec.json.encode(panel)
        self.written.append(panel.words)
        self.panels[panel.request_id] = panel

    async def all(self) -> tuple[KeptPanel, ...]:
        """What is there."""
        self._fail()
        return tuple(self.panels.values())

    async def remove(self, request_id: RequestId) -> None:
        """Forgets it, unless the disk fails."""
        await asyncio.sleep(0)
        self._fail()
        self.panels.pop(request_id, None)

    def _fail(self) -> None:
        if self.is_full:
            raise StoreUnavailable("SQLITE_FULL")


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[KeptPanels]:
    """The program on this computer; killed at the end of the block, unless it was finished."""
    database = await Database.open(folder / "store.db", KEY)
    panels = KeptPanels(Panels(database))
    try:
        await panels.load()
        yield panels
    finally:
        await database.close()


async def test_it_is_written_within_a_second_of_the_last_key() -> None:
    """One write for many keys, and none of them is waited for."""
    store, sleep = MadeUpStore(), ManualSleep()
    panels = KeptPanels(store, sleep)
    for panel in (BEGUN, MORE):
        panels.keep(panel)
    await sleep.asked_for(1)
    assert sleep.asked == [WRITTEN_AFTER_S]
    assert WRITTEN_AFTER_S < 1
    assert store.written == []
    sleep.pass_time()
    await until(lambda: store.panels == {ROW.id: MORE})
    assert store.written == [MORE.words]
    panels.keep(BEGUN)
    await sleep.asked_for(2)
    await panels.finish()
    assert store.panels == {ROW.id: BEGUN}


async def test_it_is_there_after_a_sign_out(tmp_path: Path) -> None:
    async with started(tmp_path) as panels:
        panels.keep(BEGUN)
        panels.keep(MORE)
        await panels.finish()
    async with started(tmp_path) as panels:
        assert panels.of(ROW.id) == MORE
        panels.forget(ROW.id)
        await panels.finish()
    async with started(tmp_path) as panels:
        assert panels.of(ROW.id) is None


async def test_what_is_forgotten_while_it_is_written_does_not_come_back() -> None:
    store = MadeUpStore()
    panels = KeptPanels(store, ManualSleep())
    panels.keep(BEGUN)
    writing = asyncio.create_task(panels.finish())
    await asyncio.sleep(0)
    panels.forget(ROW.id)
    await writing
    await panels.finish()
    assert store.panels == {}


async def test_a_request_that_has_ended_needs_no_decision() -> None:
    store = MadeUpStore()
    panels = KeptPanels(store, ManualSleep())
    panels.keep(BEGUN)
    await panels.finish()
    panels.hear(msgspec.structs.replace(ROW, version=2))
    assert panels.of(ROW.id) == BEGUN
    panels.hear(msgspec.structs.replace(ROW, version=3, status=RequestStatus.CANCELLED))
    assert panels.of(ROW.id) is None
    await until(lambda: store.panels == {})
    await panels.finish()


def test_the_ends_are_those_of_the_server() -> None:
    assert ENDED == ENDED_ON_THE_SERVER


async def test_a_full_disk_stops_nobody_and_is_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log names the request and the error, never a word of the doctor's."""
    store, sleep = MadeUpStore(), ManualSleep()
    store.is_full = True
    panels = KeptPanels(store, sleep)
    await panels.load()
    panels.keep(MORE)
    await sleep.asked_for(1)
    sleep.pass_time()
    await until(lambda: ROW.id in caplog.text)
    assert "StoreUnavailable" in caplog.text
    assert MORE.words not in caplog.text
    assert panels.of(ROW.id) == MORE
    store.is_full = False
    await panels.finish()
    assert store.panels == {ROW.id: MORE}


async def test_half_an_emoji_holds_up_no_other_panel() -> None:
    store = MadeUpStore()
    panels = KeptPanels(store, ManualSleep())
    other = msgspec.structs.replace(MORE, request_id=RequestId("another-request"))
    panels.keep(msgspec.structs.replace(BEGUN, words="\ud83d"))
    panels.keep(other)
    await panels.finish()
    assert store.panels == {other.request_id: other}


async def test_without_a_store_it_waits_in_memory() -> None:
    panels = KeptPanels(None)
    await panels.load()
    panels.keep(BEGUN)
    assert panels.of(ROW.id) == BEGUN
    panels.forget(ROW.id)
    assert panels.of(ROW.id) is None
    await panels.finish()


async def test_a_desk_comes_back_with_what_was_begun(tmp_path: Path) -> None:
    """Signed out in the middle of a word, without waiting for anything."""
    computer = Computer(tmp_path, ScriptedServer(ROW))
    async with computer.started() as desk:
        desk.panels.keep(MORE)
        await desk.close()
    async with computer.started() as desk:
        assert desk.panels.of(ROW.id) == MORE


async def test_killed_it_comes_back_with_what_was_written(tmp_path: Path) -> None:
    computer = Computer(tmp_path, ScriptedServer(ROW))
    async with computer.started() as desk:
        desk.panels.keep(MORE)
        await until(lambda: WRITTEN_AFTER_S in computer.sleep.asked)
        computer.sleep.pass_time()
        stored = Panels(desk.database)
        async with asyncio.timeout(60):
            while not await stored.all():
                pass
    async with computer.started() as desk:
        assert desk.panels.of(ROW.id) == MORE


async def test_an_order_whose_screen_is_gone_leaves_no_panel_behind(tmp_path: Path) -> None:
    """OZ-19: nobody is asked again for what he has ordered just before the sign-out."""
    server = ScriptedServer(ROW)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        desk.panels.keep(msgspec.structs.replace(BEGUN, action=Action.ASK_DOCUMENTS))
        server.may_answer.clear()
        screen = asyncio.create_task(desk.triage.order(ask(ROW), ROW))
        await until(lambda: server.calls_of("claim") == 1)
        screen.cancel()
        closing = asyncio.create_task(desk.close())
        await asyncio.sleep(0)
        server.may_answer.set()
        await asyncio.gather(screen, closing, return_exceptions=True)
    async with computer.started() as desk:
        assert desk.panels.of(ROW.id) is None


async def test_killed_between_the_order_and_its_panel_only_the_order_stays(tmp_path: Path) -> None:
    computer = Computer(tmp_path, ScriptedServer(ROW))
    async with computer.started() as desk:
        await desk.triage.order(decline(ROW), ROW)
        await Panels(desk.database).keep(BEGUN)
    async with computer.started() as desk:
        assert desk.triage.held_for(ROW.id) is not None
        assert desk.panels.of(ROW.id) is None
        await desk.panels.finish()
