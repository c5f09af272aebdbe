"""The connection: comes back by itself, misses nothing, and says how it stands."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from backend_client.errors import ClientTooOld, NotSignedIn, ServerFault, TimedOut, Unreachable
from backend_client.models.calls import SignalKind
from backend_client.models.events import (
    CallChanged,
    CallSignalled,
    CentreEvent,
    Hello,
    MessagePosted,
    RequestChanged,
    UnknownEvent,
)
from backend_client.models.requests import QueueGroup, RequestRow
from tests.factories import NOW, make_owner, make_row
from tests.unit.services.call_scene import make_call, make_signal
from tests.unit.services.house import House, house, running, until
from tests.unit.services.scripted_server import ME, ScriptedServer
from tests.unit.services.test_chat import make_message
from workstation.core.connection import ConnectionState, Link
from workstation.core.server_clock import ServerClock
from workstation.services.sync import SyncService, connecting


def links(home: House) -> list[Link]:
    """Collects the states from now on."""
    told: list[Link] = []
    home.sync.state_changed.subscribe(lambda state: told.append(state.link))
    return told


async def online(home: House) -> None:
    await until(lambda: home.sync.state.link is Link.ONLINE and len(home.events.since) > 0)


async def test_it_begins_connecting_and_gets_online(tmp_path: Path) -> None:
    async with house(tmp_path, ScriptedServer()) as home:
        home.link.set(connecting(lambda: NOW).state)
        told = links(home)
        async with running(home.sync.run()):
            await until(lambda: told == [Link.ONLINE])
        assert home.events.since == [None]
        assert home.sync.state == ConnectionState(Link.ONLINE, NOW)


async def test_changes_reach_whoever_listens(tmp_path: Path) -> None:
    row, other = make_row(), make_row()
    heard: list[RequestRow] = []
    gone: list[str] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        home.requests.changed.subscribe(heard.append)
        home.requests.gone.subscribe(gone.append)
        await online(home)
        home.events.say(row)
        home.events.say_gone(other.id)
        await until(lambda: gone == [other.id])
    assert heard == [row]


async def test_a_lost_connection_comes_back_after_growing_delays(tmp_path: Path) -> None:
    async with house(tmp_path, ScriptedServer()) as home:
        home.events.fail_next(*([Unreachable(), TimedOut(), ServerFault(502)] * 2))
        async with running(home.sync.run()):
            for tries in range(1, 7):
                await home.sleep.asked_for(tries)
                home.sleep.pass_time()
            await until(lambda: home.sync.state.link is Link.ONLINE)
            home.events.tell(Unreachable())
            await home.sleep.asked_for(7)
    assert home.sleep.asked == [1, 2, 4, 8, 8, 8, 1]


async def test_the_state_says_since_when_and_when_it_is_tried_again(tmp_path: Path) -> None:
    states: list[ConnectionState] = []
    async with house(tmp_path, ScriptedServer()) as home:
        home.events.fail_next(Unreachable(), Unreachable())
        home.sync.state_changed.subscribe(states.append)
        async with running(home.sync.run()):
            for tries in range(1, 3):
                await home.sleep.asked_for(tries)
                home.sleep.pass_time()
            await until(lambda: home.sync.state.link is Link.ONLINE)
    assert [(state.link, state.next_try_at) for state in states] == [
        (Link.OFFLINE, NOW + timedelta(seconds=1)),
        (Link.OFFLINE, None),
        (Link.OFFLINE, NOW + timedelta(seconds=2)),
        (Link.OFFLINE, None),
        (Link.ONLINE, None),
    ]
    assert {state.since for state in states} == {NOW}


async def test_the_doctor_may_have_it_tried_at_once(tmp_path: Path) -> None:
    async with house(tmp_path, ScriptedServer()) as home:
        home.events.fail_next(Unreachable())
        async with running(home.sync.run()):
            await home.sleep.asked_for(1)
            home.sync.retry_now()
            await until(lambda: home.sync.state.link is Link.ONLINE)
    assert home.sleep.asked == [1]


async def test_after_a_loss_it_goes_on_behind_the_last_number(tmp_path: Path) -> None:
    row = make_row()
    heard: list[RequestRow] = []
    reloads: list[None] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await home.requests.page(QueueGroup.ALL)
        home.requests.changed.subscribe(heard.append)
        await online(home)
        await home.settle()
        home.requests.reload_needed.subscribe(reloads.append)
        home.events.say(row)
        await until(lambda: heard == [row])
        home.events.tell(Unreachable())
        await home.sleep.asked_for(1)
        home.events.say(row)
        home.sleep.pass_time()
        await until(lambda: len(heard) == 2)
    assert home.events.since == [None, 8]
    assert reloads == []


async def reloads_after(home: House, reloads: list[None]) -> None:
    """Online, with a list that was read; what is told from now on is collected."""
    await home.requests.page(QueueGroup.ALL)
    await online(home)
    await home.settle()
    home.requests.reload_needed.subscribe(reloads.append)


async def test_a_number_that_is_missing_means_reading_again(tmp_path: Path) -> None:
    row = make_row()
    reloads: list[None] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await reloads_after(home, reloads)
        home.events.say(row)
        await home.settle()
        assert reloads == []
        home.events.seq += 3
        home.events.say(row)
        await until(lambda: len(reloads) == 1)
        home.events.say(row)
        await home.settle()
    assert len(reloads) == 1


async def test_events_that_this_account_does_not_see_are_no_gap(tmp_path: Path) -> None:
    """`prev` names the last that was for us, though numbers between were for others."""
    row = make_row()
    reloads: list[None] = []
    heard: list[RequestRow] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await reloads_after(home, reloads)
        home.requests.changed.subscribe(heard.append)
        home.events.seq += 5
        home.events.say(row, prev=7)
        home.events.tell(UnknownEvent(seq=14, prev=13))
        home.events.seq = 14
        home.events.say(row)
        await until(lambda: len(heard) == 2)
    assert reloads == []


async def test_an_event_that_comes_twice_is_taken_once(tmp_path: Path) -> None:
    row = make_row()
    heard: list[RequestRow] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        home.requests.changed.subscribe(heard.append)
        await online(home)
        home.events.say(row)
        home.events.seq -= 1
        home.events.say(row)
        home.events.say(row)
        await until(lambda: len(heard) == 2)
        await home.settle()
    assert len(heard) == 2


async def test_a_server_that_cannot_go_on_means_reading_again(tmp_path: Path) -> None:
    """It has forgotten the numbers, or was set back to a copy of yesterday."""
    reloads: list[None] = []
    heard: list[RequestRow] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await reloads_after(home, reloads)
        home.requests.changed.subscribe(heard.append)
        home.events.is_resuming = False
        home.events.seq = 2
        home.events.tell(Unreachable())
        await home.sleep.asked_for(1)
        home.sleep.pass_time()
        await until(lambda: len(reloads) == 1)
        home.events.say(make_row())
        await until(lambda: len(heard) == 1)


async def test_a_second_greeting_on_the_way_is_no_loss(tmp_path: Path) -> None:
    """The client renews its token: another connection behind the same number."""
    reloads: list[None] = []
    heard: list[RequestRow] = []
    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await reloads_after(home, reloads)
        home.requests.changed.subscribe(heard.append)
        told = links(home)
        home.events.tell(Hello(seq=7, time=NOW, resumed=True))
        home.events.say(make_row())
        await until(lambda: len(heard) == 1)
    assert reloads == []
    assert told == []


async def test_orders_that_waited_are_carried_out_once_when_the_server_is_back(
    tmp_path: Path,
) -> None:
    rows = [make_row(owner=make_owner(ME)) for _ in range(3)]
    server = ScriptedServer(*rows)
    async with house(tmp_path, server) as home:
        home.events.fail_next(Unreachable())
        server.is_down = True
        async with running(home.sync.run()):
            await until(lambda: home.sync.state.link is Link.OFFLINE)
            for row in rows:
                assert await home.requests.release(row.id) is False
            assert len(await home.sync.waiting()) == 3
            server.is_down = False
            home.sync.retry_now()
            await until(lambda: len(server.done) == 3)
            await home.settle()
        assert await home.sync.waiting() == ()
    assert server.done == [f"release {row.id}" for row in rows]


async def test_a_listener_s_mistake_does_not_cut_the_doctor_off(tmp_path: Path) -> None:
    heard: list[RequestRow] = []

    def stumble(row: RequestRow) -> None:
        raise KeyError(row.patient.full_name)

    async with house(tmp_path, ScriptedServer()) as home, running(home.sync.run()):
        await online(home)
        forget = home.requests.changed.subscribe(stumble)
        home.events.say(make_row())
        await home.sleep.asked_for(1)
        forget()
        home.requests.changed.subscribe(heard.append)
        home.sleep.pass_time()
        home.events.say(make_row())
        await until(lambda: len(heard) == 1)
        assert home.sync.state.link is Link.ONLINE


class Listener:
    """Another service that hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear_event(self, event: CentreEvent) -> None:
        self.heard.append(event)

    def missed_something(self) -> None:
        self.heard.append("missed")


async def test_all_who_hear_are_told_all_in_the_server_s_order(tmp_path: Path) -> None:
    """Chats and calls are on the same road as requests."""
    row = make_row()
    message = make_message()
    call = make_call()
    signal = make_signal(1, SignalKind.RECONNECT, "{}")
    told = {"request_id": row.id}
    events: list[CentreEvent] = [
        RequestChanged(seq=8, prev=7, row=row, **told),
        MessagePosted(seq=9, prev=8, message=message, **told),
        CallChanged(seq=10, prev=9, call=call, **told),
        CallSignalled(seq=14, prev=12, signal=signal, **told),
    ]
    first, second = Listener(), Listener()
    async with house(tmp_path, ScriptedServer()) as home:
        clock = ServerClock(lambda: NOW)
        sync = SyncService(
            home.events,
            home.requests,
            home.outgoing,
            home.link,
            clock,
            hearers=(first, second),
            sleep=home.sleep,
        )
        async with running(sync.run()):
            for event in [*events, events[0], UnknownEvent(seq=15, prev=14)]:
                home.events.tell(event)
            home.events.tell(MessagePosted(seq=16, prev=15, message=message, **told))
            await until(lambda: len(second.heard) == 7)
    assert first.heard == second.heard
    assert first.heard[:5] == ["missed", *events]
    assert first.heard[5] == "missed"
    assert isinstance(first.heard[6], MessagePosted)


@pytest.mark.parametrize("error", [NotSignedIn(), ClientTooOld("2.0.0")])
async def test_what_no_later_try_can_mend_ends_it(
    tmp_path: Path, error: NotSignedIn | ClientTooOld
) -> None:
    async with house(tmp_path, ScriptedServer()) as home:
        home.events.fail_next(error)
        with pytest.raises(type(error)):
            await home.sync.run()
        assert home.sync.state.link is Link.OFFLINE
        assert home.sync.state.next_try_at is None
    assert home.sleep.asked == []


async def test_cancelling_ends_everything_it_runs(tmp_path: Path) -> None:
    async with house(tmp_path, ScriptedServer()) as home:
        task = asyncio.create_task(home.sync.run())
        await online(home)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [one for one in asyncio.all_tasks() if one.get_name().startswith("sync.")] == []
