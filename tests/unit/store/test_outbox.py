"""Orders that wait: in their order, over a restart, each once."""

import pytest

from tests.factories import NOW
from tests.unit.store.opening import Opened
from workstation.core.errors import StoreError
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.store.outbox import Outbox


def order(number: int, kind: PendingKind = PendingKind.RELEASE) -> PendingAction:
    return PendingAction(f"key-{number}", kind, f"request-{number}", NOW)


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
