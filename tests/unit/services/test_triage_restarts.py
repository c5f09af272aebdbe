"""Orders from the queue over the end of the program: signed out, closed, killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from backend_client.client import BackendClient
from backend_client.models.requests import RequestStatus
from tests.client.answering import AT_ONCE, make_signed_in
from tests.factories import make_account, make_row
from tests.unit.services.house import make_doors, running, until
from tests.unit.services.scripted_server import ManualSleep, ScriptedServer
from tests.unit.services.triage_scene import MINE, HandClock, ask, decline
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.desktop.secrets import MemorySecrets
from workstation.services.desk import Desk, open_desk


@dataclass
class Computer:
    """A folder with an account's data, on which the program is started again and again."""

    folder: Path
    server: ScriptedServer
    clock: HandClock = field(default_factory=HandClock)
    sleep: ManualSleep = field(default_factory=ManualSleep)
    secrets: SecretStore = field(default_factory=MemorySecrets)

    @asynccontextmanager
    async def started(self) -> AsyncIterator[Desk]:
        """One run of the program, killed at the end of the block unless its desk was closed."""
        clock = ServerClock(self.clock)
        transport = httpx.MockTransport(self.server)
        client = BackendClient(
            "http://server", transport=transport, now=clock.now, retrying=AT_ONCE
        )
        await client.session.accept(make_signed_in())
        doors = make_doors(self.folder)
        desk = await open_desk(
            client, make_account(), self.secrets, self.folder, doors, clock, sleep=self.sleep
        )
        try:
            yield desk
        finally:
            await desk.database.close()  # and nothing else: what is not on the disk is lost
            await client.aclose()


async def test_signing_out_inside_the_delay_carries_it_out_at_once(tmp_path: Path) -> None:
    row, other = make_row(), make_row(owner=MINE)
    server = ScriptedServer(row, other)
    async with Computer(tmp_path, server).started() as desk:
        await desk.triage.order(decline(row), row)
        await desk.triage.order(ask(other), other)
        await desk.close()
    assert server.done == [
        f"claim {row.id}",
        f"decline {row.id}",
        f"ask-documents {other.id}",
    ]


async def test_an_order_that_is_just_being_given_is_carried_out_at_the_end_as_well(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with Computer(tmp_path, server).started() as desk:
        server.may_answer.clear()
        screen = asyncio.create_task(desk.triage.order(decline(row), row))
        await until(lambda: server.calls_of("claim") == 1)
        screen.cancel()
        closing = asyncio.create_task(desk.close())
        await asyncio.sleep(0)
        server.may_answer.set()
        await asyncio.gather(screen, closing, return_exceptions=True)
    assert server.done == [f"claim {row.id}", f"decline {row.id}"]


async def test_killed_inside_the_delay_it_is_carried_out_at_the_next_start(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        held = await desk.triage.order(decline(row), row)
    assert server.done == [f"claim {row.id}"]
    computer.clock.move(60)
    async with computer.started() as desk:
        assert desk.triage.waiting == (held,)
        assert desk.triage.seconds_left(held) == 0
        assert await desk.triage.undo() is None
        async with running(desk.outgoing.run()):
            desk.outgoing.wake()
            await until(lambda: desk.triage.waiting == ())
    assert server.done == [f"claim {row.id}", f"decline {row.id}"]


async def test_started_again_inside_the_delay_it_waits_for_its_moment(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        await desk.triage.order(decline(row), row)
    computer.clock.move(4)
    async with computer.started() as desk, running(desk.outgoing.run()):
        desk.outgoing.wake()
        await computer.sleep.asked_for(1)
        assert server.done == [f"claim {row.id}"]
        computer.clock.move(6)
        computer.sleep.pass_time()
        await until(lambda: desk.triage.waiting == ())
    assert computer.sleep.asked == [6.0]
    assert server.rows[row.id].status is RequestStatus.DECLINED


async def test_started_again_inside_the_delay_it_can_be_taken_back_with_its_claim(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        held = await desk.triage.order(decline(row), row)
    computer.clock.move(4)
    async with computer.started() as desk:
        assert await desk.triage.undo() == held
        assert await desk.outgoing.waiting() == ()
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_killed_between_the_work_and_its_answer_it_is_done_once(tmp_path: Path) -> None:
    row = make_row(owner=MINE)
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        await desk.triage.order(decline(row), row)
        server.loses_answers = True
        await desk.close()
    server.loses_answers = False
    assert server.done == [f"decline {row.id}"]
    async with computer.started() as desk:
        (waiting,) = desk.triage.waiting
        assert desk.triage.seconds_left(waiting) == 0, "it may have arrived"
        assert await desk.triage.undo() is None
        await desk.outgoing.drain()
        assert desk.triage.waiting == ()
        assert await desk.triage.refused_kept() == ()
    assert server.done == [f"decline {row.id}"]


async def test_signing_out_without_a_connection_leaves_it_for_the_next_start(
    tmp_path: Path,
) -> None:
    row = make_row(owner=MINE)
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        await desk.triage.order(decline(row), row)
        server.is_down = True
        await desk.close()
    server.is_down = False
    async with computer.started() as desk:
        await desk.outgoing.drain()
    assert server.done == [f"decline {row.id}"]


async def test_a_case_that_was_left_before_the_kill_is_given_back_once(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        await desk.triage.order(decline(row), row)
        await desk.requests.release(row.id)
    async with computer.started() as desk:
        await desk.triage.undo()
        await desk.outgoing.drain()
    assert server.done == [f"claim {row.id}", f"release {row.id}"]
    assert server.calls_of("/release") == 1


async def test_what_is_refused_at_the_sign_out_is_shown_at_the_next_start(tmp_path: Path) -> None:
    row = make_row(owner=MINE)
    server = ScriptedServer(row)
    computer = Computer(tmp_path, server)
    async with computer.started() as desk:
        held = await desk.triage.order(decline(row), row)
        del server.rows[row.id]
        await desk.close()
    async with computer.started() as desk:
        (kept,) = await desk.triage.refused_kept()
    assert kept.order.order == held.order
