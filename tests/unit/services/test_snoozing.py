"""Requests that are laid aside from the queue: at once, offline, taken back, and told when back."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend_client.models.common import ProblemCode
from backend_client.models.requests import Action, RequestRow, RequestStatus
from backend_client.models.snoozing import LayAside, Snooze, SnoozeEnd, TakeUp
from tests.factories import NOW, make_owner, make_row
from tests.unit.services.house import house, running, until
from tests.unit.services.scripted_server import ME, ScriptedServer
from tests.unit.services.test_notices import noticing
from tests.unit.services.triage_scene import MINE, OTHER, HandClock, decline, drain, refusals
from workstation.core.triage_order import HELD_S, TriageOrder
from workstation.services.case_news import NoticeKind

LATER = NOW + timedelta(hours=1)
ASIDE = Snooze(until=LATER, note="Ждём анализ")
BACK = replace(ASIDE, back_at=LATER, why=SnoozeEnd.TIME)


def lay_aside(row: RequestRow) -> TriageOrder:
    said = LayAside(version=row.version, until=LATER, note="Ждём анализ")
    return TriageOrder(row.id, Action.SNOOZE, said)


def take_up(row: RequestRow) -> TriageOrder:
    return TriageOrder(row.id, Action.WAKE, TakeUp())


async def test_it_is_laid_aside_at_once_and_not_claimed(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home, running(home.outgoing.run()):
        given = await home.triage.order(lay_aside(row), row)
        await until(lambda: home.triage.waiting == ())
        assert home.triage.seconds_left(given) == HELD_S
    assert server.done == [f"snooze {row.id}"]
    assert server.rows[row.id].snooze == ASIDE


async def test_undo_takes_it_up_again_and_its_claim_with_it(tmp_path: Path) -> None:
    row = make_row(owner=MINE, status=RequestStatus.CLAIMED)
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home, running(home.outgoing.run()):
        given = await home.triage.order(lay_aside(row), row)
        await until(lambda: home.triage.waiting == ())
        assert server.rows[row.id].owner is None
        assert await home.triage.undo() == given
        await until(lambda: home.triage.waiting == ())
    assert server.done == [f"{one} {row.id}" for one in ("snooze", "wake", "claim")]
    assert server.rows[row.id].snooze is None


async def test_undo_of_taking_up_lays_it_back_till_the_same_moment(tmp_path: Path) -> None:
    row = make_row(snooze=ASIDE)
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home, running(home.outgoing.run()):
        await home.triage.order(take_up(row), row)
        await until(lambda: home.triage.waiting == ())
        assert server.rows[row.id].snooze is None
        assert await home.triage.undo() is not None
        await until(lambda: home.triage.waiting == ())
    assert server.rows[row.id].snooze == ASIDE


async def test_undo_where_a_colleague_was_quicker_leaves_the_request_to_them(
    tmp_path: Path,
) -> None:
    row = make_row(owner=MINE, status=RequestStatus.CLAIMED)
    server = ScriptedServer(row)
    async with house(tmp_path, server) as home, running(home.outgoing.run()):
        told = refusals(home)
        await home.triage.order(lay_aside(row), row)
        await until(lambda: home.triage.waiting == ())
        theirs = replace(server.rows[row.id], owner=OTHER, snooze=None)
        server.rows[row.id] = theirs
        assert await home.triage.undo() is not None
        await until(lambda: home.triage.waiting == ())
        assert await home.triage.undo() is None
    assert told == []
    assert server.rows[row.id] == theirs


async def test_without_a_connection_it_waits_and_so_does_its_undoing(tmp_path: Path) -> None:
    row, other = make_row(), make_row()
    server = ScriptedServer(row, other)
    async with house(tmp_path, server) as home:
        server.is_down = True
        for one in (row, other):
            await home.triage.order(lay_aside(one), one)
        assert home.triage.held_for(row.id) is not None
        assert await home.triage.undo() is not None
        server.is_down = False
        await drain(home)
    assert server.done == [f"snooze {row.id}", f"snooze {other.id}", f"wake {other.id}"]
    assert server.rows[row.id].snooze == ASIDE
    assert server.rows[other.id].snooze is None


async def test_what_the_doctor_has_not_seen_is_not_laid_aside(tmp_path: Path) -> None:
    """Refused and told, its note kept; the request is the doctor's to look at."""
    row = make_row(version=1)
    server = ScriptedServer(replace(row, version=2))
    async with house(tmp_path, server) as home:
        told = refusals(home)
        await home.triage.order(lay_aside(row), row)
        await drain(home)
        kept = await home.triage.refused_kept()
    assert [one.order.order.action for one in told] == [Action.SNOOZE]
    assert isinstance(kept[0].order.order.said, LayAside)
    assert kept[0].order.order.said.note == "Ждём анализ"
    assert kept[0].present is not None
    assert kept[0].present.row.version == 2


async def test_what_is_held_about_it_comes_first(tmp_path: Path) -> None:
    row, clock = make_row(owner=make_owner(ME)), HandClock()
    async with house(tmp_path, ScriptedServer(row), now=clock) as home:
        await home.triage.order(decline(row), row)
        with pytest.raises(Exception, match=ProblemCode.MOVE_NOT_ALLOWED.value):
            await home.triage.order(lay_aside(row), row)


# Notices


async def test_coming_back_is_told_and_taking_it_up_is_not() -> None:
    row, mine = make_row(snooze=ASIDE), make_row(owner=make_owner(ME), snooze=ASIDE)
    async with noticing(row, mine) as scene:
        assert scene.notices.unread == ()
        scene.change(row, snooze=BACK)
        scene.change(mine, snooze=None)
        await scene.settles()
        assert scene.waiting(row) == (NoticeKind.BACK,)
        assert scene.waiting(mine) == ()
        await scene.passes()
        assert scene.said() == [[(NoticeKind.BACK,)]]
        scene.change(row, snooze=None)
        await scene.settles()
        assert scene.notices.unread == (), "it was taken up"


async def test_what_brought_it_back_is_told_in_its_own_words() -> None:
    row = make_row(owner=make_owner(ME), snooze=ASIDE)
    async with noticing(row) as scene:
        scene.change(row, snooze=replace(BACK, why=SnoozeEnd.MESSAGE), unread_messages=1)
        await scene.settles()
        assert scene.waiting(row) == (NoticeKind.MESSAGE,)


async def test_what_came_back_while_the_program_was_closed_waits() -> None:
    async with noticing(make_row(owner=make_owner(ME), snooze=BACK)) as scene:
        [notice] = scene.notices.unread
        assert notice.kinds == (NoticeKind.BACK,)
