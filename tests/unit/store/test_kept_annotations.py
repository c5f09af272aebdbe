"""What was measured in a request's files is read without the server."""

from datetime import timedelta

from sqlalchemy import update

from backend_client.models.common import RequestId
from tests.factories import NOW, make_row
from tests.unit.services.test_annotations import ONE, a_line, kept
from tests.unit.store.opening import Opened
from workstation.store.cache import Cache
from workstation.store.kept_annotations import MOST_REQUESTS, KeptAnnotations
from workstation.store.tables import annotations as table

LINES = (kept(a_line()), kept(a_line("b", value=None, unit="")))


async def test_the_last_state_comes_back_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        store = KeptAnnotations(database, lambda: NOW)
        await store.keep(ONE, LINES[:1])
        await store.keep(ONE, LINES)
        await store.keep(RequestId("other"), ())
    async with opened() as database:
        store = KeptAnnotations(database, lambda: NOW)
        assert await store.read(ONE) == LINES
        assert await store.read(RequestId("other")) == ()
        assert await store.read(RequestId("never read")) is None
        await store.forget(ONE)
        assert await store.read(ONE) is None


async def test_what_another_version_kept_is_asked_for_again(opened: Opened) -> None:
    async with opened() as database:
        store = KeptAnnotations(database, lambda: NOW)
        await store.keep(ONE, LINES)
        await database.run(lambda c: c.execute(update(table).values(kept=b'[{"id": 5}]')))
        assert await store.read(ONE) is None


async def test_a_request_that_is_gone_takes_them_along(opened: Opened) -> None:
    row = make_row()
    async with opened() as database:
        store = KeptAnnotations(database, lambda: NOW)
        await store.keep(row.id, LINES)
        await Cache(database).keep_heard({row.id: None})
        assert await store.read(row.id) is None


async def test_of_many_requests_the_oldest_go(opened: Opened) -> None:
    async with opened() as database:
        times = iter(NOW + timedelta(seconds=n) for n in range(MOST_REQUESTS + 1))
        store = KeptAnnotations(database, lambda: next(times))
        for number in range(MOST_REQUESTS + 1):
            await store.keep(RequestId(f"r-{number}"), ())
        assert await store.read(RequestId("r-0")) is None
        assert await store.read(RequestId("r-1")) == ()
