"""Orders from the queue: held, taken back, carried out once, and their words never lost."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend_client.errors import Conflict, NotFound, Rejected, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.request_actions import (
    LONGEST_NOTE,
    ActWithNote,
    AskDocuments,
    CloseReason,
    CloseWithoutConclusion,
    Decline,
    DeclineReason,
    EndWithNote,
    MarkItem,
)
from backend_client.models.requests import Action, ItemState, RequestRow, RequestStatus
from tests.factories import make_item, make_owner, make_row
from tests.unit.services.house import House, house, running, until
from tests.unit.services.scripted_server import ME, ScriptedServer
from tests.unit.services.triage_scene import (
    MINE,
    OTHER,
    WORDS,
    HandClock,
    ask,
    decline,
    drain,
    refusals,
    threat,
)
from workstation.core.pending_action import PendingKind
from workstation.core.triage_order import HELD_S, HeldOrder, Said, TriageOrder
from workstation.services.claims import LostClaim


async def test_nobodys_request_is_claimed_and_the_order_is_sent_when_its_moment_comes(
    tmp_path: Path,
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home, running(home.outgoing.run()):
        held = await home.triage.order(ask(row), row)
        assert server.done == [f"claim {row.id}"]
        await home.sleep.asked_for(1)
        clock.move(HELD_S)
        home.sleep.pass_time()
        await until(lambda: home.triage.waiting == ())
        assert home.triage.seconds_left(held) == 0
    assert home.sleep.asked == [HELD_S]
    assert server.done == [f"claim {row.id}", f"ask-documents {row.id}"]
    assert server.said == [{"items": ["echo"], "text": WORDS, "version": row.version + 1}]
    assert server.rows[row.id].status is RequestStatus.AWAITING_DOCUMENTS


@pytest.mark.parametrize(
    ("action", "said", "status"),
    [
        (Action.OUT_OF_PROFILE, EndWithNote(note="-"), RequestStatus.OUT_OF_PROFILE),
        (Action.INVITE_IN_PERSON, EndWithNote(note="-"), RequestStatus.INVITED_IN_PERSON),
        (Action.RECOMMEND_INPATIENT, EndWithNote(note="-"), RequestStatus.INPATIENT_CARE),
        (Action.CONVERT, ActWithNote(), RequestStatus.READY),
        (
            Action.CLOSE_WITHOUT_CONCLUSION,
            CloseWithoutConclusion(reason=CloseReason.OTHER, note="-"),
            RequestStatus.CLOSED_WITHOUT_CONCLUSION,
        ),
    ],
)
async def test_every_held_action_has_its_road(
    tmp_path: Path, action: Action, said: Said, status: RequestStatus
) -> None:
    """OZ-13, OZ-22, SPB-22"""
    row, clock = make_row(owner=MINE, version=3), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        held = await home.triage.order(TriageOrder(row.id, action, said), row)
        clock.move(HELD_S)
        await drain(home)
    assert held.order.said == replace(said, version=3)
    assert server.rows[row.id].status is status


async def test_while_it_is_held_it_is_shown_and_counts_down(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    told: list[tuple[HeldOrder, ...]] = []
    async with house(tmp_path, ScriptedServer(row), now=clock) as home:
        home.triage.changed.subscribe(told.append)
        held = await home.triage.order(decline(row), row)
        assert home.triage.waiting == (held,)
        assert home.triage.held_for(row.id) == held
        assert (held.number, held.order.action) == (row.number, Action.DECLINE)
        assert home.triage.seconds_left(held) == HELD_S
        clock.move(4.5)
        assert home.triage.seconds_left(held) == 5.5
        clock.move(10)
        assert home.triage.seconds_left(held) == 0
        await drain(home)
        assert home.triage.held_for(row.id) is None
    assert told[0] == (held,)
    assert told[-1] == ()


async def test_undo_in_the_last_moment_sends_nothing_and_gives_the_claim_back(
    tmp_path: Path,
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home, running(home.outgoing.run()):
        held = await home.triage.order(decline(row), row)
        await home.sleep.asked_for(1)
        clock.move(9.9)
        assert await home.triage.undo() == held
        clock.move(60)
        home.sleep.pass_time()
        await home.settle()
        assert home.triage.waiting == ()
        assert await home.triage.undo() is None
        assert home.claims.in_hand == frozenset()
    assert server.done == [f"claim {row.id}", f"release {row.id}"]
    assert server.rows[row.id].owner is None


async def test_undo_after_the_moment_is_too_late(tmp_path: Path) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        clock.move(HELD_S)
        assert await home.triage.undo() is None
        await drain(home)
    assert server.done[-1] == f"decline {row.id}"


async def test_undo_while_it_is_on_its_way_is_too_late(tmp_path: Path) -> None:
    """Whatever the clock says in that moment."""
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        clock.move(HELD_S)
        server.may_answer.clear()
        sending = asyncio.create_task(home.outgoing.drain())
        await until(lambda: server.calls_of("decline") == 1)
        clock.move(-5)
        assert await home.triage.undo() is None
        server.may_answer.set()
        await sending
    assert server.done == [f"decline {row.id}"]


async def test_what_was_taken_back_is_not_sent_by_a_round_that_has_read_it_already(
    tmp_path: Path,
) -> None:
    first, second, clock = make_row(owner=MINE), make_row(owner=MINE), HandClock()
    server = ScriptedServer(first, second)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(first), first)
        clock.move(5)
        held = await home.triage.order(decline(second), second)
        clock.move(5)
        server.may_answer.clear()
        sending = asyncio.create_task(home.outgoing.drain())
        await until(lambda: server.calls_of("decline") == 1)
        clock.move(4.9)
        assert await home.triage.undo() == held
        clock.move(10)
        server.may_answer.set()
        await sending
        assert home.triage.waiting == ()
    assert server.done == [f"decline {first.id}"]


async def test_what_may_have_arrived_cannot_be_taken_back_though_the_clock_was_put_back(
    tmp_path: Path,
) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        clock.move(HELD_S)
        server.loses_answers = True
        await drain(home)
        clock.move(-5)
        assert await home.triage.undo() is None
        server.loses_answers = False
        await drain(home)
        assert home.triage.waiting == ()
    assert server.done == [f"decline {row.id}"]


async def test_a_clock_that_was_put_back_by_an_hour_holds_nothing(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        clock.move(-3600)
        await drain(home)
    assert server.done == [f"decline {row.id}"]


async def test_undo_takes_the_newest_first_and_leaves_what_was_the_doctors_before(
    tmp_path: Path,
) -> None:
    first, second = make_row(owner=MINE), make_row(owner=MINE)
    server = ScriptedServer(first, second)
    async with house(tmp_path, server, now=HandClock()) as home:
        one = await home.triage.order(decline(first), first)
        other = await home.triage.order(ask(second), second)
        taken_back = await asyncio.gather(home.triage.undo(), home.triage.undo())
        assert list(taken_back) == [other, one]
        assert await home.outgoing.waiting() == ()
    assert server.done == []
    assert server.rows[first.id].owner == MINE


@pytest.mark.parametrize("is_claimed_again", [True, False])
async def test_a_case_that_was_opened_meanwhile_stays_with_the_doctor_after_undo(
    tmp_path: Path, is_claimed_again: bool
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        held = await home.triage.order(decline(row), row)
        if is_claimed_again:
            await home.requests.claim(row.id)
        else:
            home.claims.keep(row.id)  # its screens are shown
        assert await home.triage.undo() == held
        assert home.claims.in_hand == {row.id}
    assert f"release {row.id}" not in server.done


async def test_a_colleagues_request_is_refused_with_the_name_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(replace(row, owner=OTHER))
    async with house(tmp_path, server, now=HandClock()) as home:
        with pytest.raises(Conflict) as raised:
            await home.triage.order(decline(row), row)
        assert await home.outgoing.waiting() == ()
        assert await home.triage.undo() is None
    assert raised.value.owner_name == "Орлов П. И."


async def test_what_was_changed_before_the_claim_is_shown_first(tmp_path: Path) -> None:
    """The documents that were asked for have come."""
    row = make_row(checklist=[make_item("echo", ItemState.MISSING)])
    server = ScriptedServer(replace(row, version=2, checklist=[make_item("echo")]))
    async with house(tmp_path, server, now=HandClock()) as home:
        with pytest.raises(Conflict) as raised:
            await home.triage.order(ask(row), row)
        assert home.triage.waiting == ()
    assert raised.value.code is ProblemCode.STALE_VERSION
    present = raised.value.present_as(type(server.card_of(row)))
    assert present is not None
    assert present.row.checklist[0].state is ItemState.PRESENT
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_what_not_even_the_owner_may_do_is_told_at_once(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    server.not_offered = {Action.DECLINE}
    async with house(tmp_path, server, now=HandClock()) as home:
        with pytest.raises(Conflict) as raised:
            await home.triage.order(decline(row), row)
        assert home.triage.waiting == ()
    assert raised.value.code is ProblemCode.MOVE_NOT_ALLOWED
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_words_that_the_server_does_not_take_are_refused_before_anything_is_done(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    said = Decline(reason=DeclineReason.OTHER, note="а" * (LONGEST_NOTE + 1))
    empty = AskDocuments(items=[], text=WORDS)
    async with house(tmp_path, server, now=HandClock()) as home:
        with pytest.raises(Rejected):
            await home.triage.order(TriageOrder(row.id, Action.DECLINE, said), row)
        with pytest.raises(Rejected):
            await home.triage.order(TriageOrder(row.id, Action.ASK_DOCUMENTS, empty), row)
    assert server.asked == []


async def test_signatures_are_not_ordered_here(tmp_path: Path) -> None:
    row = make_row(owner=MINE)
    async with house(tmp_path, ScriptedServer(row), now=HandClock()) as home:
        with pytest.raises(ValueError, match="sign_conclusion"):
            await home.triage.order(TriageOrder(row.id, Action.SIGN_CONCLUSION), row)


async def test_one_order_at_a_time_about_a_request_but_for_a_threat_to_life(
    tmp_path: Path,
) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        twice = [home.triage.order(decline(row), row) for _ in range(2)]
        held, refused = await asyncio.gather(*twice, return_exceptions=True)
        assert home.triage.waiting == (held,)
        assert isinstance(refused, Conflict)
        with pytest.raises(Conflict):
            await home.triage.order(ask(row), row)
        await home.triage.order(threat(row), server.rows[row.id])
    assert server.done == [f"claim {row.id}", f"life-threat {row.id}"]


async def test_a_threat_to_life_is_held_and_the_work_on_the_request_goes_on(
    tmp_path: Path,
) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        home.claims.keep(row.id)
        held = await home.triage.order(threat(row), row)
        changed(home, row, unread_messages=3)
        with pytest.raises(Conflict):
            await home.triage.order(threat(row), row)
        await drain(home)
        assert (home.triage.waiting, server.done) == ((held,), [])
        clock.move(HELD_S)
        await drain(home)
        assert server.done == [f"life-threat {row.id}"]
        assert row.id in home.claims.in_hand


async def test_a_threat_to_life_that_is_taken_back_is_never_sent(tmp_path: Path) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        held = await home.triage.order(threat(row), row)
        assert await home.triage.undo() == held
        clock.move(HELD_S)
        await drain(home)
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_a_case_that_is_left_goes_back_behind_its_threat(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(threat(row), row)
        await home.requests.release(row.id)
        clock.move(HELD_S)
        await drain(home)
    assert server.done == [f"life-threat {row.id}", f"release {row.id}"]


async def test_a_screen_that_closes_stops_no_order_in_its_middle(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        server.may_answer.clear()
        screen = asyncio.create_task(home.triage.order(decline(row), row))
        await until(lambda: server.calls_of("claim") == 1)
        screen.cancel()
        await asyncio.gather(screen, return_exceptions=True)
        server.may_answer.set()
        await home.triage.finish()
        assert home.triage.held_for(row.id) is not None


async def test_others_go_past_what_is_held_and_its_own_wait_behind_it(tmp_path: Path) -> None:
    """The case is left while its order is held: it is given back where the order is not sent."""
    row, other = make_row(owner=MINE), make_row(owner=MINE)
    server = ScriptedServer(row, other)
    async with house(tmp_path, server, now=HandClock()) as home:
        await home.triage.order(decline(row), row)
        assert await home.requests.release(row.id) is False
        assert await home.requests.release(other.id) is True
        assert server.done == [f"release {other.id}"]
        await home.triage.undo()
        await drain(home)
    assert server.done == [f"release {other.id}", f"release {row.id}"]


async def test_a_case_that_was_left_needs_no_giving_back_once_its_order_is_done(
    tmp_path: Path,
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        unwanted: list[object] = []
        home.outgoing.refused.subscribe(unwanted.append)
        await home.triage.order(ask(row), row)
        await home.requests.release(row.id)
        clock.move(HELD_S)
        await drain(home)
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"claim {row.id}", f"ask-documents {row.id}"]
    assert unwanted == []


async def test_the_claim_that_ends_with_the_order_is_not_told_as_lost(tmp_path: Path) -> None:
    row, clock = make_row(), HandClock()
    lost: list[LostClaim] = []
    async with house(tmp_path, ScriptedServer(row), now=clock) as home:
        home.claims.lost.subscribe(lost.append)
        await home.triage.order(ask(row), row)
        assert home.claims.in_hand == {row.id}
        clock.move(HELD_S)
        await drain(home)
        assert home.claims.in_hand == frozenset()
    assert lost == []


async def test_without_a_connection_an_order_waits_and_is_sent_once(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        home.go_offline()
        await home.triage.order(decline(row), row)
        clock.move(HELD_S)
        await drain(home)
        assert home.triage.held_for(row.id) is not None
        server.is_down = False
        await drain(home)
        await drain(home)
        assert home.triage.waiting == ()
    assert server.done == [f"decline {row.id}"]


async def test_what_could_not_be_sent_yet_stays_in_hand(tmp_path: Path) -> None:
    """The claim is renewed as long as its order waits, and where it was refused."""
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        home.go_offline()
        clock.move(HELD_S)
        await drain(home)
        assert home.claims.in_hand == {row.id}
        server.is_down = False
        changed(home, server.rows[row.id])
        await drain(home)
        assert home.triage.waiting == ()
        assert home.claims.in_hand == {row.id}


async def test_without_a_connection_nobodys_request_cannot_be_ordered_about(
    tmp_path: Path,
) -> None:
    row = make_row()
    async with house(tmp_path, ScriptedServer(row), now=HandClock()) as home:
        home.go_offline()
        with pytest.raises(Unreachable):
            await home.triage.order(decline(row), row)
        assert await home.outgoing.waiting() == ()


async def test_undo_needs_no_connection(tmp_path: Path) -> None:
    """The claim is given back when there is one again."""
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        held = await home.triage.order(decline(row), row)
        home.go_offline()
        assert await home.triage.undo() == held
        server.is_down = False
        await drain(home)
        assert await home.outgoing.waiting() == ()
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_neither_logs_nor_representations_hold_the_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    caplog.set_level(logging.DEBUG, "workstation")
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        changed(home, row)
        (waiting,) = await home.outgoing.waiting()
        clock.move(HELD_S)
        await drain(home)
        (kept,) = await home.outgoing.refused_kept()
    assert caplog.records
    for text in (caplog.text, str(waiting), str(kept)):
        assert WORDS not in text
        assert row.patient.full_name not in text


def changed(home: House, row: RequestRow, **changes: object) -> None:
    """Somebody else has done something to it."""
    home.server.rows[row.id] = replace(row, version=row.version + 5, **changes)


async def test_a_stale_order_is_refused_with_its_words_and_the_present_card(
    tmp_path: Path,
) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        told = refusals(home)
        held = await home.triage.order(ask(row), row)
        changed(home, row, life_threat=True)
        clock.move(HELD_S)
        await drain(home)
        assert await home.outgoing.waiting() == ()
        assert home.triage.waiting == ()
    (refused,) = told
    assert refused.order.key == held.key
    assert refused.order.order == held.order
    assert isinstance(refused.error, Conflict)
    assert refused.error.code is ProblemCode.STALE_VERSION
    assert refused.present is not None
    assert refused.present.row.life_threat
    assert server.done == []


async def test_refused_words_outlive_the_program_until_they_are_forgotten(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        held = await home.triage.order(ask(row), row)
        changed(home, row, life_threat=True)
        clock.move(HELD_S)
        await drain(home)
    async with house(tmp_path, server, now=clock) as home:
        assert home.triage.waiting == ()
        (kept,) = await home.triage.refused_kept()
        assert kept.order.order.said == held.order.said
        assert kept.order.number == row.number
        assert kept.present is not None
        assert kept.present.row.version == row.version + 5
        await home.triage.forget_refused(kept.order.key)
        assert await home.triage.refused_kept() == ()


@pytest.mark.parametrize(
    ("meanwhile", "error"),
    [
        (lambda server, row: server.rows.pop(row.id), NotFound),
        (lambda server, row: server.rows.update({row.id: replace(row, owner=None)}), Conflict),
    ],
)
async def test_a_lost_request_or_claim_is_told_and_kept(
    tmp_path: Path,
    meanwhile: Callable[[ScriptedServer, RequestRow], object],
    error: type[Exception],
) -> None:
    row, other, clock = make_row(owner=MINE), make_row(owner=MINE), HandClock()
    server = ScriptedServer(row, other)
    async with house(tmp_path, server, now=clock) as home:
        told = refusals(home)
        for one in (row, other):
            await home.triage.order(decline(one), one)
        meanwhile(server, row)
        clock.move(HELD_S)
        await drain(home)
        (kept,) = await home.triage.refused_kept()
    assert [type(one.error) for one in told] == [error]
    assert type(kept.error) is error
    assert kept.present is None
    assert server.done == [f"decline {other.id}"]


async def test_after_a_refusal_it_can_be_ordered_anew(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        await home.triage.order(decline(row), row)
        changed(home, row)
        clock.move(HELD_S)
        await drain(home)
        (kept,) = await home.triage.refused_kept()
        assert kept.present is not None
        await home.triage.order(decline(kept.present.row), kept.present.row)
        clock.move(HELD_S)
        await drain(home)
    assert server.done == [f"decline {row.id}"]


async def test_a_threat_to_life_makes_a_held_order_be_looked_at_again(tmp_path: Path) -> None:
    row, clock = make_row(owner=MINE), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        told = refusals(home)
        await home.triage.order(decline(row), row)
        await home.triage.order(threat(row), row)
        clock.move(HELD_S)
        await drain(home)
    assert server.done == [f"life-threat {row.id}"]
    assert [one.order.order.action for one in told] == [Action.DECLINE]


async def test_claim_and_release_are_done_at_once_and_undone_by_each_other(
    tmp_path: Path,
) -> None:
    row, clock = make_row(), HandClock()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=clock) as home:
        claimed = await home.triage.order(TriageOrder(row.id, Action.CLAIM), row)
        assert claimed.carried_out_at is None
        assert home.triage.seconds_left(claimed) == HELD_S
        assert await home.triage.undo() == claimed
        assert home.triage.seconds_left(claimed) == 0
        row = replace(row, owner=make_owner(ME), version=3)
        server.rows[row.id] = row
        released = await home.triage.order(TriageOrder(row.id, Action.RELEASE), row)
        assert await home.triage.undo() == released
        await home.triage.order(TriageOrder(row.id, Action.RELEASE), row)
        clock.move(HELD_S)
        assert await home.triage.undo() is None
    done = [one.split()[0] for one in server.done]
    assert done == ["claim", "release", "release", "claim", "release"]
    assert server.rows[row.id].owner is None


async def test_undo_of_a_claim_that_was_the_doctors_already_gives_nothing_back(
    tmp_path: Path,
) -> None:
    row = make_row(owner=MINE)
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        await home.triage.order(TriageOrder(row.id, Action.CLAIM), row)
        assert await home.triage.undo() is None
    assert server.rows[row.id].owner is not None


async def test_marks_are_done_at_once_and_taken_away_by_undo(tmp_path: Path) -> None:
    """OZ-6: an item gets back the reason that it had."""
    items = [make_item("echo", ItemState.NOT_APPLICABLE, reason="нет окна"), make_item("ecg")]
    row = make_row(checklist=items)
    server = ScriptedServer(row)
    said = MarkItem(item="echo", reason="не нужна")
    async with house(tmp_path, server, now=HandClock()) as home:
        order = TriageOrder(row.id, Action.MARK_ITEM, said)
        marked = await home.triage.order(order, row)
        assert server.rows[row.id].checklist[0].reason == "не нужна"
        assert await home.triage.undo() == marked
        assert server.rows[row.id].checklist == items
    assert server.rows[row.id].owner is None, "it was claimed for the mark alone"


async def test_a_threat_before_a_held_order_is_undone_by_its_opposite(tmp_path: Path) -> None:
    row = make_row(owner=MINE)
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        await home.triage.order(decline(row), row)
        await home.triage.order(threat(row), row)
        assert server.rows[row.id].life_threat
        await home.triage.undo()
        assert not server.rows[row.id].life_threat
        assert len(home.triage.waiting) == 1


async def test_an_undo_without_a_connection_is_refused_and_can_be_asked_for_again(
    tmp_path: Path,
) -> None:
    row = make_row(owner=MINE, checklist=[make_item("ecg")])
    server = ScriptedServer(row)
    said = MarkItem(item="ecg", reason="не нужна")
    async with house(tmp_path, server, now=HandClock()) as home:
        marked = await home.triage.order(TriageOrder(row.id, Action.MARK_ITEM, said), row)
        home.go_offline()
        with pytest.raises(Unreachable):
            await home.triage.undo()
        assert home.triage.seconds_left(marked) == HELD_S
        server.is_down = False
        assert await home.triage.undo() == marked
    assert server.rows[row.id].checklist[0].reason == ""


async def test_a_mark_that_is_refused_leaves_no_claim_behind(tmp_path: Path) -> None:
    row = make_row()
    server = ScriptedServer(row)
    async with house(tmp_path, server, now=HandClock()) as home:
        home.requests.taken.subscribe(lambda taken: changed(home, taken))
        order = TriageOrder(row.id, Action.MARK_ITEM, MarkItem(item="ecg", reason="-"))
        with pytest.raises(Conflict):
            await home.triage.order(order, row)
    assert server.done == [f"claim {row.id}", f"release {row.id}"]


async def test_orders_of_another_version_of_the_program_are_no_obstacle(tmp_path: Path) -> None:
    row, other, clock = make_row(owner=MINE), make_row(owner=MINE), HandClock()
    server = ScriptedServer(row, other)
    async with house(tmp_path, server, now=clock) as home:
        await home.outgoing.put(PendingKind.TRIAGE, row.id, b'{"action": "dance"}')
        await home.triage.order(decline(other), other)
        clock.move(HELD_S)
        await drain(home)
        assert home.triage.waiting == ()
        assert await home.triage.refused_kept() == ()
    assert server.done == [f"decline {other.id}"]
