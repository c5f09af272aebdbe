"""The event stream: gap-free numbers, nothing missed, each sees it with their own eyes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from backend.events.hub import EventHub, TooFarBehind
from backend_client.models.common import CLIENT_VERSION_HEADER
from backend_client.models.events import CentreEvent, Hello, RequestChanged
from backend_client.models.requests import Action, RequestStatus
from tests.backend.clinic import (
    REQUEST,
    Caller,
    Clinic,
    ClinicMaker,
    a_file,
    demo_of,
    document_id,
    id_of,
)
from tests.backend.live import changed, hello, live, subscribed

ONE, TWO = id_of("20-0001"), id_of("20-0002")
FILE = a_file("ecg")
PATIENCE_S = 60
REQUESTS = (replace(REQUEST, files=(FILE,)), replace(REQUEST, number="20-0002"))


@asynccontextmanager
async def live_clinic(clinics: ClinicMaker) -> AsyncIterator[tuple[Clinic, str]]:
    async with clinics.open(*REQUESTS) as clinic, live(clinic.app) as address:
        yield clinic, address


async def flip(caller: Caller, times: int, request_id: str = ONE) -> None:
    """Makes two events each time."""
    for _ in range(times):
        assert (await caller.post(f"/requests/{request_id}/claim")).is_success
        assert (await caller.post(f"/requests/{request_id}/release")).is_success


async def take(stream: ClientConnection, count: int) -> list[RequestChanged]:
    return [await changed(stream) for _ in range(count)]


def follows(messages: list[RequestChanged], seq: int) -> bool:
    """Whether every message names the one before it, from `seq` on, without a gap."""
    chain = [(seq + place, seq + place + 1) for place in range(len(messages))]
    return [(message.prev, message.seq) for message in messages] == chain


async def closing_code(stream: ClientConnection) -> int | None:
    """Reads to the end, which comes."""
    with suppress(ConnectionClosed):
        async for _ in stream:
            pass
    return stream.close_code


async def test_first_comes_where_the_log_stands(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller = await clinic.caller()
        async with subscribed(address, caller.headers) as stream:
            before = await hello(stream)
        await flip(caller, 1)
        async with subscribed(address, caller.headers) as stream:
            after = await hello(stream)
    assert after.seq == before.seq + 2
    assert after.time == clinics.clock.now
    assert not after.resumed


async def test_each_subscriber_sees_a_change_with_their_own_eyes(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        async with (
            subscribed(address, caller.headers) as mine,
            subscribed(address, other.headers) as theirs,
        ):
            seq = (await hello(mine)).seq
            await hello(theirs)
            await caller.post(f"/requests/{ONE}/claim")
            seen, told = await changed(mine), await changed(theirs)
    assert (seen.prev, seen.seq, seen.request_id) == (seq, seq + 1, ONE)
    assert seen.row is not None
    assert told.row is not None
    assert seen.row.status is told.row.status is RequestStatus.CLAIMED
    assert Action.RELEASE in seen.row.allowed_actions
    assert told.row.allowed_actions == []
    assert seen.row.owner is not None
    assert told.row.owner is not None
    assert (seen.row.owner.is_me, told.row.owner.is_me) == (True, False)


async def test_opened_document_is_told_and_counts_for_its_reader_alone(
    clinics: ClinicMaker,
) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        async with (
            subscribed(address, caller.headers) as mine,
            subscribed(address, other.headers) as theirs,
        ):
            await hello(mine)
            await hello(theirs)
            path = f"/documents/{document_id('20-0001', FILE)}/opened"
            await caller.post(path)
            await caller.post(path)  # nothing new: no event
            await caller.post(f"/requests/{TWO}/claim")
            seen, told = await take(mine, 2), await take(theirs, 2)
    assert [message.request_id for message in seen] == [ONE, TWO]
    rows = [message.row for message in (seen[0], told[0])]
    assert [row.checklist[0].unopened_count for row in rows if row] == [0, 1]


async def test_reconnecting_with_the_last_number_misses_nothing(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller = await clinic.caller()
        async with subscribed(address, caller.headers) as stream:
            first = await hello(stream)
            await flip(caller, 1)
            last = (await take(stream, 2))[-1].seq
        await flip(caller, 40)
        async with subscribed(address, caller.headers, since=last) as stream:
            again = await hello(stream)
            missed = await take(stream, 80)
            await flip(caller, 1)
            live_ones = await take(stream, 2)
    assert last == first.seq + 2
    assert (again.resumed, again.seq) == (True, last + 80)
    assert follows(missed + live_ones, last)


async def test_numbers_are_gap_free_while_many_write_at_once(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        async with subscribed(address, caller.headers) as stream:
            seq = (await hello(stream)).seq
            await asyncio.gather(flip(caller, 15), flip(other, 15, TWO))
            messages = await take(stream, 60)
    assert follows(messages, seq)
    assert {message.request_id for message in messages} == {ONE, TWO}


async def test_refused_claim_makes_no_event(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller, other = await clinic.caller(), await clinic.caller("orlov")
        async with subscribed(address, caller.headers) as stream:
            seq = (await hello(stream)).seq
            await caller.post(f"/requests/{ONE}/claim")
            await other.post(f"/requests/{ONE}/claim", headers={"Idempotency-Key": "k"})
            await caller.post(f"/requests/{ONE}/release")
            assert follows(await take(stream, 2), seq)


async def test_other_centres_changes_are_not_told(clinics: ClinicMaker) -> None:
    """OZ-28"""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(*REQUESTS, theirs) as clinic, live(clinic.app) as address:
        caller, stranger = await clinic.caller(), await clinic.caller("mironova")
        async with subscribed(address, stranger.headers) as stream:
            seq = (await hello(stream)).seq
            await flip(caller, 2)
            await stranger.post(f"/requests/{id_of('30-0001')}/claim")
            message = await changed(stream)
    assert (message.prev, message.seq, message.request_id) == (seq, seq + 1, id_of("30-0001"))


@pytest.mark.parametrize("since", [10_000, 2**53 - 1, 2**70])
async def test_number_that_was_never_given_is_not_continued_behind(
    clinics: ClinicMaker, since: int
) -> None:
    async with live_clinic(clinics) as (clinic, address):
        caller = await clinic.caller()
        async with subscribed(address, caller.headers, since=since) as stream:
            greeting = await hello(stream)
            await flip(caller, 1)
            assert follows(await take(stream, 2), greeting.seq)
    assert not greeting.resumed


async def test_number_older_than_what_is_kept_is_not_continued_behind(
    clinics: ClinicMaker,
) -> None:
    few = replace(clinics.settings, kept_events=6)
    async with clinics.open_demo(demo_of(REQUESTS), few) as clinic, live(clinic.app) as address:
        caller = await clinic.caller()
        async with subscribed(address, caller.headers) as stream:
            start = (await hello(stream)).seq
        await flip(caller, 5)
        resumed = {}
        for since in (start, start + 3, start + 4, start + 10):
            async with subscribed(address, caller.headers, since=since) as stream:
                resumed[since - start] = (await hello(stream)).resumed
    assert resumed == {0: False, 3: False, 4: True, 10: True}


async def test_stream_ends_with_its_token(clinics: ClinicMaker) -> None:
    short = replace(clinics.settings, access_seconds=60)
    async with clinics.open_demo(demo_of(REQUESTS), short) as clinic, live(clinic.app) as address:
        caller = await clinic.caller()
        clinic.clock.advance(seconds=59.9)
        async with subscribed(address, caller.headers) as stream:
            assert await closing_code(stream) == 4401


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 4401),
        ({"Authorization": "Bearer nonsense"}, 4401),
        ({CLIENT_VERSION_HEADER: "0.0.1"}, 4426),
    ],
)
async def test_strangers_are_closed_with_the_reason(
    clinics: ClinicMaker, headers: dict[str, str], code: int
) -> None:
    async with (
        live_clinic(clinics) as (_, address),
        subscribed(address, headers) as stream,
    ):
        assert await closing_code(stream) == code


async def test_patients_do_not_get_the_staffs_stream(clinics: ClinicMaker) -> None:
    async with live_clinic(clinics) as (clinic, address):
        patient = await clinic.caller("patient")
        async with subscribed(address, patient.headers) as stream:
            assert await closing_code(stream) == 4403


async def test_server_that_stops_lets_its_subscribers_go(clinics: ClinicMaker) -> None:
    async with clinics.open(*REQUESTS) as clinic, AsyncExitStack() as streams:
        caller = await clinic.caller()
        async with live(clinic.app) as address:
            stream = await streams.enter_async_context(subscribed(address, caller.headers))
            await hello(stream)
        assert await closing_code(stream) == 1012


async def test_subscriber_who_does_not_keep_up_is_let_go_and_loses_nothing(
    clinics: ClinicMaker,
) -> None:
    """What a socket would do that nobody reads: it waits in the middle of a message."""
    narrow = replace(clinics.settings, lag_limit=5)
    async with clinics.open_demo(demo_of(REQUESTS), narrow) as clinic:
        caller = await clinic.caller()
        account = (await clinic.sign_in()).account
        messages = clinic.messages(account, None)
        await anext(messages)
        first, _ = await asyncio.gather(anext(messages), flip(caller, 1))
        seen = [first]
        await flip(caller, 10)
        with pytest.raises(TooFarBehind):
            await collect(messages, seen)
        last = seen[-1]
        again = clinic.messages(account, last.seq)
        resumed = await anext(again)
        assert isinstance(resumed, Hello)
        assert resumed.resumed
        missed = [await anext(again) for _ in range(resumed.seq - last.seq)]
        assert [message.seq for message in missed] == [*range(last.seq + 1, resumed.seq + 1)]
        await again.aclose()


async def collect(
    messages: AsyncIterator[Hello | CentreEvent], seen: list[Hello | CentreEvent]
) -> None:
    async for message in messages:
        seen.append(message)


async def test_late_and_repeated_tellings_do_no_harm() -> None:
    hub = EventHub(lag_limit=10)
    hub.told("cardio", 1)  # nobody is there
    with hub.subscribed("cardio") as subscription:
        subscription.sent(3)
        hub.told("cardio", 5)
        hub.told("cardio", 4)
        await asyncio.wait_for(subscription.news(), PATIENCE_S)
        subscription.sent(5)
        hub.told("cardio", 5)
        waiting = asyncio.ensure_future(subscription.news())
        await asyncio.sleep(0)
        assert not waiting.done()
        hub.told("cardio", 6)
        await asyncio.wait_for(waiting, PATIENCE_S)
