"""Orders that wait: in their order, over a restart, each once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from tests.factories import NOW
from tests.unit.store.opening import KEY, Opened
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind, RefusedAction
from workstation.store.migrations import MIGRATIONS
from workstation.store.outbox import Outbox
from workstation.store.sqlcipher import connect, module

SECOND = timedelta(seconds=1)


def order(number: int, kind: PendingKind = PendingKind.RELEASE) -> PendingAction:
    return PendingAction(f"key-{number}", kind, f"request-{number}", NOW)


def held(number: int) -> PendingAction:
    moment = NOW + timedelta(seconds=10)
    return PendingAction(f"key-{number}", PendingKind.TRIAGE, "request-1", NOW, 0, b"words", moment)


async def test_orders_come_back_in_their_order_after_a_restart(opened: Opened) -> None:
    given = (order(2), order(1, PendingKind.MARK_OPENED), order(3))
    async with opened() as database:
        for one in given:
            await Outbox(database).add(one)
    async with opened() as database:
        assert await Outbox(database).pending() == given


async def test_an_answered_order_is_gone(opened: Opened) -> None:
    async with opened() as database:
        outbox = Outbox(database)
        for one in (order(1), order(2)):
            await outbox.add(one)
        await outbox.remove("key-1")
        assert await outbox.pending() == (order(2),)


async def test_faults_are_counted_over_a_restart(opened: Opened) -> None:
    async with opened() as database:
        await Outbox(database).add(order(1))
        await Outbox(database).count_fault("key-1")
    async with opened() as database:
        await Outbox(database).count_fault("key-1")
        (kept,) = await Outbox(database).pending()
    assert kept.faults == 2


async def test_one_key_is_one_order(opened: Opened) -> None:
    async with opened() as database:
        await Outbox(database).add(order(1))
        with pytest.raises(StoreError):
            await Outbox(database).add(order(1))
        assert await Outbox(database).pending() == (order(1),)


async def test_words_and_moments_come_back_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        await Outbox(database).add(held(1))
    async with opened() as database:
        assert await Outbox(database).pending() == (held(1),)


async def test_whoever_takes_an_order_out_knows_whether_it_was_there(opened: Opened) -> None:
    async with opened() as database:
        await Outbox(database).add(held(1))
        assert await Outbox(database).remove("key-1") is True
        assert await Outbox(database).remove("key-1") is False


async def test_a_refused_order_waits_no_more_and_is_kept_with_its_words(opened: Opened) -> None:
    async with opened() as database:
        for one in (held(1), held(2), order(3)):
            await Outbox(database).add(one)
        await Outbox(database).refuse("key-1", b"no")
        assert await Outbox(database).pending() == (held(2), order(3))
    async with opened() as database:
        assert await Outbox(database).refused() == (RefusedAction(held(1), b"no"),)
        await Outbox(database).remove("key-1")
        assert await Outbox(database).refused() == ()


async def test_what_is_hurried_is_held_no_more(opened: Opened) -> None:
    async with opened() as database:
        outbox = Outbox(database)
        for one in (held(1), held(2), held(3), order(4)):
            await outbox.add(one)
        await outbox.hurry("key-2")
        assert [one.is_held(NOW) for one in await outbox.pending()] == [True, False, True, False]
        await outbox.hurry()
        assert not any(one.is_held(NOW) for one in await outbox.pending())
        assert (await outbox.pending())[3] == order(4)


def test_an_order_is_held_until_its_moment_whatever_the_clock_does() -> None:
    one = held(1)
    moments = [-11 * SECOND, -5 * SECOND, 0 * SECOND, 9.9 * SECOND, 10 * SECOND]
    assert [one.is_held(NOW + moment) for moment in moments] == [False, True, True, True, False]
    assert not order(1).is_held(NOW)


async def test_orders_of_an_older_program_wait_on(opened: Opened, path: Path) -> None:
    """Written before there were words and moments."""
    path.parent.mkdir()
    engine = create_engine(
        "sqlite://", module=module(), creator=lambda: connect(path, KEY), poolclass=StaticPool
    )
    with engine.begin() as connection:
        for upgrade in MIGRATIONS[:2]:
            upgrade(connection)
        connection.exec_driver_sql(
            "INSERT INTO outbox (key, kind, target, created_at, faults) VALUES (?, ?, ?, ?, ?)",
            ("key-1", "release", "request-1", NOW.isoformat(timespec="microseconds"), 3),
        )
        connection.exec_driver_sql("PRAGMA user_version = 2")
    engine.dispose()
    async with opened() as database:
        (kept,) = await Outbox(database).pending()
        assert kept == PendingAction("key-1", PendingKind.RELEASE, "request-1", NOW, 3)
        await Outbox(database).add(held(2))
        assert await Outbox(database).pending() == (kept, held(2))
