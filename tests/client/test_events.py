"""The event stream: begins with a greeting, outlives tokens, and knows what it does not know."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager

import httpx
import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve

from backend_client.client import BackendClient
from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    ClientTooOld,
    Forbidden,
    NotSignedIn,
    TimedOut,
    Unreachable,
)
from backend_client.events import decoded
from backend_client.models.common import CLIENT_VERSION_HEADER
from backend_client.models.events import Hello, RequestChanged, ServerEvent, UnknownEvent
from tests.client.answering import IMPATIENT, make_signed_in, ok
from tests.factories import NOW, make_row

HELLO = msgspec.json.encode(Hello(seq=7, time=NOW, resumed=False)).decode()
ROW = make_row()
CHANGED = msgspec.json.encode(RequestChanged(seq=8, prev=7, request_id=ROW.id, row=ROW)).decode()
Conversation = Callable[[ServerConnection], Awaitable[None]]


def said(*messages: str) -> Conversation:
    """Says this and waits for the other side to go."""

    async def talk(socket: ServerConnection) -> None:
        for message in messages:
            await socket.send(message)
        await socket.wait_closed()

    return talk


def refused_with(code: int, *messages: str) -> Conversation:
    """Says this and closes."""

    async def talk(socket: ServerConnection) -> None:
        for message in messages:
            await socket.send(message)
        await socket.close(code)

    return talk


@asynccontextmanager
async def client_of(*conversations: Conversation) -> AsyncIterator[tuple[BackendClient, list[str]]]:
    """A signed-in client of a server whose connections go like this; and their addresses."""
    coming = iter(conversations)
    seen: list[str] = []

    async def talk(socket: ServerConnection) -> None:
        assert socket.request is not None
        seen.append(f"{socket.request.path} {socket.request.headers['Authorization']}")
        assert socket.request.headers[CLIENT_VERSION_HEADER]
        await next(coming)(socket)

    numbers = iter(range(2, 9))

    async def renew(request: httpx.Request) -> httpx.Response:
        return ok(make_signed_in(next(numbers)))

    async with serve(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = BackendClient(
            f"http://127.0.0.1:{port}",
            transport=httpx.MockTransport(renew),
            now=lambda: NOW,
            timeouts=IMPATIENT,
        )
        await client.session.accept(make_signed_in(1))
        yield client, seen
        await client.aclose()


async def take(client: BackendClient, count: int, since: int | None = None) -> list[ServerEvent]:
    taken: list[ServerEvent] = []
    async with aclosing(client.events(since)) as events:
        async for event in events:
            taken.append(event)
            if len(taken) == count:
                break
    return taken


async def test_events_come_behind_a_greeting() -> None:
    async with client_of(said(HELLO, CHANGED)) as (client, seen):
        hello, changed = await take(client, 2, since=5)
    assert hello == Hello(seq=7, time=NOW, resumed=False)
    assert changed == RequestChanged(seq=8, prev=7, request_id=ROW.id, row=ROW)
    assert seen == ["/api/v1/events?since=5 Bearer access-1"]


async def test_an_event_of_a_newer_server_is_counted_and_is_no_error() -> None:
    newer = '{"type": "slot_offered", "seq": 8, "prev": 7, "slot": {"at": 1}}'
    uncounted = '{"type": "weather", "text": "rain"}'
    later = CHANGED.replace('"seq":8', '"seq":9').replace('"prev":7', '"prev":8')
    async with client_of(said(HELLO, newer, uncounted, later)) as (client, _):
        events = await take(client, 3)
    assert events[1] == UnknownEvent(seq=8, prev=7)
    assert isinstance(events[2], RequestChanged)


async def test_a_token_that_is_over_is_renewed_without_a_word() -> None:
    """Every quarter of an hour; the doctor must not see a lost connection each time."""
    resumed = HELLO.replace('"resumed":false', '"resumed":true')
    over = refused_with(4401, HELLO, CHANGED)
    async with client_of(over, said(resumed)) as (client, seen):
        events = await take(client, 3)
    assert [type(event) for event in events] == [Hello, RequestChanged, Hello]
    assert seen == [
        "/api/v1/events Bearer access-1",
        "/api/v1/events?since=8 Bearer access-2",
    ]


async def test_a_token_that_is_refused_twice_ends_the_stream() -> None:
    async with client_of(refused_with(4401), refused_with(4401)) as (client, seen):
        with pytest.raises(NotSignedIn):
            await take(client, 1)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        (refused_with(4403), Forbidden),
        (refused_with(4426), ClientTooOld),
        (refused_with(1011), Unreachable),
        (refused_with(1013, HELLO), Unreachable),
        (refused_with(1000, HELLO), Unreachable),
        (said("not json"), BrokenAnswer),
        (said(CHANGED), BrokenAnswer),
        (said(HELLO, '{"type": "request_changed"}'), BrokenAnswer),
        (said(), TimedOut),
    ],
)
async def test_each_ending_has_its_own_error(
    conversation: Conversation, kind: type[BackendError]
) -> None:
    async with client_of(conversation) as (client, _):
        with pytest.raises(BackendError) as raised:
            await take(client, 9)
    assert type(raised.value) is kind


async def test_a_connection_that_breaks_is_unreachable() -> None:
    async def breaks(socket: ServerConnection) -> None:
        await socket.send(HELLO)
        socket.transport.abort()

    async with client_of(breaks) as (client, _):
        with pytest.raises(Unreachable):
            await take(client, 2)


async def test_nobody_listening_is_unreachable() -> None:
    client = BackendClient("http://127.0.0.1:9", now=lambda: NOW)
    await client.session.accept(make_signed_in())
    with pytest.raises(Unreachable):
        await take(client, 1)
    await client.aclose()


async def test_a_web_server_that_knows_no_such_stream_is_reported() -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(page, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = BackendClient(f"http://127.0.0.1:{port}", now=lambda: NOW)
    await client.session.accept(make_signed_in())
    with pytest.raises(BackendError) as raised:
        await take(client, 1)
    assert raised.value.is_temporary
    await client.aclose()
    server.close()
    await server.wait_closed()


def test_an_unknown_word_inside_a_known_event_is_kept_as_unknown() -> None:
    newer = CHANGED.replace('"status":"ready"', '"status":"on_the_moon"')
    event = decoded(newer.replace('"seq":8', '"seq":8,"mood":"good"'))
    assert isinstance(event, RequestChanged)
    assert event.row is not None
    assert event.row.status.value == "unknown"
