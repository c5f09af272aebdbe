"""Orders that wait for the server: in their order, each once, and none lost."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from backend_client.errors import BackendError
from tests.client.answering import refusal
from tests.factories import NOW, make_document, make_owner, make_row
from tests.unit.services.house import house, running, until
from tests.unit.services.scripted_server import ME, ScriptedServer
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.services.answers import Refusal
from workstation.services.outgoing import MOST_FAULTS, OutgoingActions

CONTENT = b"made-up bytes"


async def drain(outgoing: OutgoingActions) -> None:
    """Sends what can be sent."""
    with suppress(BackendError):
        await outgoing.drain()


async def test_orders_given_offline_are_carried_out_in_their_order(tmp_path: Path) -> None:
    rows = [make_row(owner=make_owner(ME)) for _ in range(3)]
    server = ScriptedServer(*rows)
    async with house(tmp_path, server) as home:
        home.go_offline()
        for row in rows:
            assert await home.requests.release(row.id) is False
        server.is_down = False
        await home.outgoing.drain()
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"release {row.id}" for row in rows]


async def test_orders_outlive_the_program(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home:
        home.go_offline()
        await home.requests.release(row.id)
    server.is_down = False
    async with house(tmp_path, server) as home:
        (waiting,) = await home.outgoing.waiting()
        assert (waiting.kind, waiting.target) == (PendingKind.RELEASE, row.id)
        await home.outgoing.drain()
    assert server.done == [f"release {row.id}"]


async def test_an_order_whose_answer_was_lost_is_done_once(tmp_path: Path) -> None:
    """Killed between the server's work and its answer: the same key asks again."""
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    server.loses_answers = True
    async with house(tmp_path, server) as home:
        assert await home.requests.release(row.id) is False
    server.loses_answers = False
    async with house(tmp_path, server) as home:
        await home.outgoing.drain()
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"release {row.id}"]
    assert server.rows[row.id].version == row.version + 1


async def test_what_waits_is_told(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    told: list[tuple[PendingAction, ...]] = []
    async with house(tmp_path, ScriptedServer(row)) as home:
        home.sync.waiting_changed.subscribe(told.append)
        home.go_offline()
        await home.requests.release(row.id)
        assert [len(waiting) for waiting in told] == [1]
        assert await home.sync.waiting() == told[0]
        home.server.is_down = False
        await home.outgoing.drain()
    assert [len(waiting) for waiting in told] == [1, 0]


async def test_an_order_that_waited_and_is_refused_is_told_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    """Meanwhile the case was given to somebody else."""
    lost, kept = make_row(owner=make_owner(ME)), make_row(owner=make_owner(ME))
    server = ScriptedServer(lost, kept)
    refusals: list[Refusal] = []
    async with house(tmp_path, server) as home:
        home.sync.refused.subscribe(refusals.append)
        home.go_offline()
        await home.requests.release(lost.id)
        await home.requests.release(kept.id)
        server.rows[lost.id] = make_row(id=lost.id, owner=make_owner("Орлов П. И.", is_me=False))
        server.is_down = False
        await home.outgoing.drain()
        assert await home.outgoing.waiting() == ()
    assert [refusal.action.target for refusal in refusals] == [lost.id]
    assert server.done == [f"release {kept.id}"]


async def test_it_tries_again_after_growing_delays(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    server.is_down = True
    async with house(tmp_path, server) as home:
        await home.outgoing.put(PendingKind.RELEASE, row.id)
        async with running(home.outgoing.run()):
            await home.sleep.asked_for(1)
            home.sleep.pass_time()
            await home.sleep.asked_for(2)
            server.is_down = False
            home.sleep.pass_time()
            await until(lambda: len(server.done) == 1)
    first, second = home.sleep.asked
    assert 0.8 <= first <= 1.2
    assert 1.6 <= second <= 2.4


async def test_a_wait_is_cut_short_when_the_server_is_back(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    server.is_down = True
    async with house(tmp_path, server) as home:
        await home.outgoing.put(PendingKind.RELEASE, row.id)
        async with running(home.outgoing.run()):
            await home.sleep.asked_for(1)
            server.is_down = False
            home.outgoing.wake()
            await until(lambda: len(server.done) == 1)


async def test_it_obeys_a_server_that_asks_for_patience(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    server.fault = refusal(429, retry_after=60)
    async with house(tmp_path, server) as home:
        await home.outgoing.put(PendingKind.RELEASE, row.id)
        async with running(home.outgoing.run()):
            await until(lambda: home.sleep.asked == [60.0])


async def test_an_order_over_which_the_server_fails_for_ever_lets_the_others_through(
    tmp_path: Path,
) -> None:
    document = make_document(content=CONTENT)
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    refusals: list[Refusal] = []
    async with house(tmp_path, server) as home:
        home.outgoing.refused.subscribe(refusals.append)
        server.fault = refusal(500)
        await home.outgoing.put(PendingKind.MARK_OPENED, document.id)
        for _ in range(MOST_FAULTS - 1):
            await drain(home.outgoing)
        assert len(await home.outgoing.waiting()) == 1
        await drain(home.outgoing)
        assert await home.outgoing.waiting() == ()
        server.fault = None
        assert await home.requests.release(row.id) is True
    assert [refusal.action.target for refusal in refusals] == [document.id]


async def test_what_is_taken_back_is_never_sent_and_what_is_on_its_way_is_not_taken_back(
    tmp_path: Path,
) -> None:
    sent, held = make_row(owner=make_owner(ME)), make_row(owner=make_owner(ME))
    server = ScriptedServer(sent, held)
    async with house(tmp_path, server) as home:
        first = await home.outgoing.put(PendingKind.RELEASE, sent.id)
        second = await home.outgoing.put(PendingKind.RELEASE, held.id, hold=timedelta(seconds=10))
        server.may_answer.clear()
        sending = asyncio.create_task(home.outgoing.drain())
        await until(lambda: server.calls_of("release") == 1)
        assert await home.outgoing.take_back(first.key) is False
        assert await home.outgoing.take_back(second.key) is True
        assert await home.outgoing.take_back(second.key) is False
        server.may_answer.set()
        await sending
        await home.outgoing.drain_held()
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"release {sent.id}"]


async def test_what_is_held_lets_others_pass_and_none_of_its_own(tmp_path: Path) -> None:
    held, other = make_row(owner=make_owner(ME)), make_row(owner=make_owner(ME))
    document = make_document(content=CONTENT)
    server = ScriptedServer(held, other)
    server.add_document(document, CONTENT)
    async with house(tmp_path, server) as home:
        await home.outgoing.put(PendingKind.RELEASE, held.id, hold=timedelta(seconds=10))
        assert await home.requests.release(held.id) is False
        await home.outgoing.put(PendingKind.MARK_OPENED, document.id)
        assert await home.requests.release(other.id) is True
        assert server.done == [f"opened {document.id}", f"release {other.id}"]
        assert len(await home.outgoing.waiting()) == 2


async def test_a_moment_that_comes_while_another_order_is_sent_is_not_missed(
    tmp_path: Path,
) -> None:
    """The round has passed it over, and it is held no longer when the round ends."""
    held, slow = make_row(owner=make_owner(ME)), make_row(owner=make_owner(ME))
    server = ScriptedServer(held, slow)
    time = [NOW]
    async with house(tmp_path, server, now=lambda: time[0]) as home:
        carried: list[str] = []

        async def carry(target: str, key: str) -> None:
            carried.append(target)
            time[0] += timedelta(seconds=11)

        home.outgoing.carry(PendingKind.RELEASE, carry)
        await home.outgoing.put(PendingKind.RELEASE, held.id, hold=timedelta(seconds=10))
        await home.outgoing.put(PendingKind.RELEASE, slow.id)
        async with running(home.outgoing.run()):
            await until(lambda: carried == [slow.id])
            await home.sleep.asked_for(1)
            home.sleep.pass_time()
            await until(lambda: carried == [slow.id, held.id])
