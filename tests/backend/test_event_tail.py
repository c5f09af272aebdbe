"""The log's newest part is read once for all subscribers of a process."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace

from sqlalchemy import event

from backend.changes import Changes
from backend.events.hub import EventHub
from backend.events.log import BATCH, Happening, log_state
from backend.events.tail import KEPT, LogTails, Numbered, Tail
from backend_client.models.events import CentreEvent, Hello
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker, id_of

ONE, TWO = id_of("20-0001"), id_of("20-0002")
REQUESTS = (REQUEST, replace(REQUEST, number="20-0002"))
MANY = 20
PATIENCE_S = 60
CHANGES = 10


def numbered(first: int, last: int) -> list[Numbered]:
    return [(number, Happening(ONE)) for number in range(first, last + 1)]


def numbers(batch: list[Numbered]) -> list[int]:
    return [number for number, _ in batch]


def test_tail_gives_what_follows_a_number_in_batches() -> None:
    tail = Tail(10)
    tail.add(numbered(11, 10 + BATCH))
    tail.add(numbered(11 + BATCH, 20 + BATCH))
    assert numbers(tail.after(10)) == list(range(11, 11 + BATCH))
    assert numbers(tail.after(18 + BATCH)) == [19 + BATCH, 20 + BATCH]
    assert tail.after(20 + BATCH) == []
    assert [tail.begins_by(seq) for seq in (9, 10, 20 + BATCH, 21 + BATCH)] == [
        *(False, True, True, False)
    ]


def test_tail_keeps_the_newest_and_begins_anew_behind_a_gap() -> None:
    tail = Tail(0)
    tail.add(numbered(1, KEPT + 5))
    assert [tail.begins_by(seq) for seq in (4, 5)] == [False, True]
    tail.add(numbered(KEPT + 9, KEPT + 10))
    assert [tail.begins_by(seq) for seq in (KEPT + 5, KEPT + 8)] == [False, True]
    assert numbers(tail.after(KEPT + 8)) == [KEPT + 9, KEPT + 10]


@contextmanager
def statements(clinic: Clinic) -> Iterator[list[str]]:
    """Those that the server sends in the block."""
    sent: list[str] = []

    def note(*given: object) -> None:
        sent.append(str(given[2]))

    engine = clinic.parts.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


async def change(changes: Changes, times: int) -> None:
    for number in range(times):
        async with changes.change("cardio") as one:
            one.touch((ONE, TWO)[number % 2])


async def test_of_many_subscribers_only_one_asks_the_tables(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic, AsyncExitStack() as stack:
        account = (await clinic.sign_in()).account
        streams = [clinic.messages(account, None) for _ in range(MANY)]
        for stream in streams:
            stack.push_async_callback(stream.aclose)
            assert isinstance(await anext(stream), Hello)
        told: list[list[Hello | CentreEvent]] = [[] for _ in streams]
        with statements(clinic) as sent:
            for _ in range(CHANGES):
                next_ones = asyncio.gather(*(anext(stream) for stream in streams))
                await change(clinic.parts.changes, 1)
                for messages, message in zip(told, await next_ones, strict=True):
                    messages.append(message)
    assert all(messages == told[0] for messages in told)
    assert sum("FROM events" in one for one in sent) <= CHANGES
    assert sum("FROM requests" in one for one in sent) <= CHANGES


async def test_requests_of_one_batch_are_read_together(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic, AsyncExitStack() as stack:
        account = (await clinic.sign_in()).account
        before = clinic.messages(account, None)
        greeting = await anext(before)
        assert isinstance(greeting, Hello)
        await before.aclose()
        await change(clinic.parts.changes, CHANGES)
        late = clinic.messages(account, greeting.seq)
        stack.push_async_callback(late.aclose)
        await anext(late)
        with statements(clinic) as sent:
            told = [await anext(late) for _ in range(CHANGES)]
    assert not any(isinstance(one, Hello) for one in told)
    assert sum("FROM requests" in one for one in sent) == 1


async def test_who_is_far_behind_reads_without_the_others_tail(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic:
        tails, database = LogTails(clinic.parts.database), clinic.parts.database
        await change(clinic.parts.changes, KEPT)
        async with database.read() as connection:
            last = (await log_state(connection, "cardio")).seq
        newest = await tails.after("cardio", last)
        far = numbers(await tails.after("cardio", last - KEPT))
        await change(clinic.parts.changes, 1)
        both = await asyncio.gather(*(tails.after("cardio", last - back) for back in (0, 1)))
    assert newest == []
    assert far == list(range(last - KEPT + 1, last - KEPT + 1 + BATCH))
    assert [numbers(batch) for batch in both] == [[last + 1], [last, last + 1]]


async def test_number_that_is_told_and_is_not_there_is_looked_for_once() -> None:
    """The database was put back to an older state under a running server."""
    hub = EventHub(lag_limit=10)
    with hub.subscribed("cardio") as subscription:
        subscription.sent(3)
        hub.told("cardio", 9)
        assert await subscription.news() == 9
        subscription.not_there(9)
        waiting = asyncio.ensure_future(subscription.news())
        await asyncio.sleep(0)
        assert not waiting.done()
        hub.told("cardio", 10)
        assert await asyncio.wait_for(waiting, PATIENCE_S) == 10
