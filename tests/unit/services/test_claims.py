"""What is in hand is renewed, and what was lost meanwhile is told."""

import asyncio
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow, RequestStatus
from tests.factories import NOW, make_owner, make_row
from tests.unit.services.house import House, house, running, until
from tests.unit.services.scripted_server import BEAT_S, ME, ScriptedServer
from workstation.core.connection import ConnectionState, Link
from workstation.services.claims import LostClaim

OTHER = replace(make_owner("Орлов П. И."), is_me=False)
MINE = replace(make_owner(ME), lease_until=NOW + timedelta(minutes=5))


def beats(one: House, request_id: RequestId) -> int:
    """Heartbeats of a request that have arrived."""
    return one.server.calls_of(f"{request_id}/heartbeat")


def lost(one: House) -> list[LostClaim]:
    """All that the doctor is told."""
    told: list[LostClaim] = []
    one.claims.lost.subscribe(told.append)
    return told


def become(one: House, row: RequestRow, **changes: object) -> RequestRow:
    """Something has happened to it on the server."""
    new = replace(one.server.rows[row.id], version=row.version + 9, **changes)
    one.server.rows[row.id] = new
    return new


async def test_claim_is_renewed_at_once_and_then_as_often_as_the_server_wants(
    tmp_path: Path,
) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        await one.requests.claim(row.id)
        await one.beat_sleep.asked_for(1)
        assert beats(one, row.id) == 1
        one.beat_sleep.pass_time()
        await one.beat_sleep.asked_for(2)
    assert beats(one, row.id) == 2
    assert one.beat_sleep.asked == [BEAT_S, BEAT_S]


async def test_what_is_given_back_or_left_is_renewed_no_more(tmp_path: Path) -> None:
    rows = [make_row(), make_row(id=RequestId("another"))]
    async with house(tmp_path, ScriptedServer(*rows)) as one, running(one.claims.run()):
        told = lost(one)
        for row in rows:
            await one.requests.claim(row.id)
        await one.requests.release(rows[0].id)
        one.claims.let_go(rows[1].id)
        assert one.claims.in_hand == frozenset()
        await one.settle()
        before = len(one.server.asked)
        one.beat_sleep.pass_time()
        await one.settle()
    assert len(one.server.asked) == before
    assert told == []


async def test_without_connection_nothing_is_given_up_and_the_return_asks_at_once(
    tmp_path: Path,
) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told = lost(one)
        await one.requests.claim(row.id)
        await one.beat_sleep.asked_for(1)
        one.go_offline()
        one.beat_sleep.pass_time()
        await one.beat_sleep.asked_for(2)
        assert one.claims.in_hand == {row.id}
        one.server.is_down = False
        one.link.set(ConnectionState(Link.ONLINE, NOW))
        await until(lambda: beats(one, row.id) == 2)
    assert told == []


async def test_claim_that_ran_out_is_told_with_who_has_it_now(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told, heard = lost(one), list[RequestRow]()
        await one.requests.claim(row.id)
        await one.beat_sleep.asked_for(1)
        one.requests.changed.subscribe(heard.append)
        become(one, row, owner=OTHER)
        one.link.set(ConnectionState(Link.OFFLINE, NOW))
        one.link.set(ConnectionState(Link.ONLINE, NOW))
        await until(lambda: told != [])
    assert told == [LostClaim(row.id, row.number, "Орлов П. И.")]
    assert heard[-1].owner == OTHER, "the screens show it"
    assert one.claims.in_hand == frozenset()


async def test_claim_that_went_back_to_the_queue_is_told(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told = lost(one)
        await one.requests.claim(row.id)
        await one.beat_sleep.asked_for(1)
        become(one, row, owner=None, status=RequestStatus.READY)
        one.beat_sleep.pass_time()
        await until(lambda: told != [])
    assert told == [LostClaim(row.id, row.number, "")]


async def test_takeover_is_told_as_it_is_heard_and_once(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told = lost(one)
        await one.requests.claim(row.id)
        taken = become(one, row, owner=OTHER)
        one.requests.hear(row.id, taken)
        one.requests.hear(row.id, replace(taken, version=taken.version + 1))
        await one.settle()
    assert told == [LostClaim(row.id, row.number, "Орлов П. И.")]


async def test_begun_work_needs_no_heartbeat_and_is_watched_all_the_same(tmp_path: Path) -> None:
    begun = replace(MINE, lease_until=None)
    row = make_row(owner=begun, status=RequestStatus.SCHEDULED)
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told = lost(one)
        one.claims.keep(row.id)
        await until(lambda: beats(one, row.id) == 1)
        await one.settle()
        assert one.beat_sleep.asked == []
        one.requests.hear(row.id, become(one, row, owner=OTHER))
    assert [claim.owner_name for claim in told] == ["Орлов П. И."]


async def test_release_overtakes_the_heartbeat_that_is_on_its_way(tmp_path: Path) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row)) as one, running(one.claims.run()):
        told = lost(one)
        await one.requests.claim(row.id)
        await one.beat_sleep.asked_for(1)
        one.server.may_answer.clear()
        one.beat_sleep.pass_time()
        await until(lambda: beats(one, row.id) == 2)
        giving = asyncio.create_task(one.requests.release(row.id))
        await asyncio.sleep(0)
        become(one, row, owner=None, status=RequestStatus.READY)
        one.server.may_answer.set()
        await asyncio.gather(giving, return_exceptions=True)
        await one.settle()
    assert told == []
