"""Tokens: renewed in time, once for all who wait, and never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import msgspec
import pytest

from backend_client.errors import NotSignedIn, Unreachable
from backend_client.models.accounts import RefreshRequest, SignedIn
from backend_client.models.common import ProblemCode
from backend_client.models.requests import QueueCounts, QueueGroup
from backend_client.session import Session
from tests.client.answering import client_of, make_signed_in, ok, refusal
from tests.factories import NOW

COUNTS = QueueCounts(counts={QueueGroup.ALL: 3})


class TokenServer:
    """Accepts the newest access token alone; a refresh token is good once."""

    def __init__(self) -> None:
        self.number = 1
        self.exchanges = 0
        self.before_exchange: Callable[[], Awaitable[None]] | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token/refresh"):
            return await self._exchange(request)
        if request.headers.get("Authorization") != f"Bearer access-{self.number}":
            return refusal(401, ProblemCode.NOT_SIGNED_IN)
        return ok(COUNTS)

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        self.exchanges += 1
        given = msgspec.json.decode(request.content, type=RefreshRequest).refresh_token
        if given != f"refresh-{self.number}":
            return refusal(401, ProblemCode.NOT_SIGNED_IN)
        self.number += 1
        answer = ok(make_signed_in(self.number))
        if self.before_exchange is not None:
            await self.before_exchange()
        return answer


class Watcher:
    """What the session hands out."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.ended = 0

    async def renewed(self, token: str) -> None:
        self.kept.append(token)

    def end(self) -> None:
        self.ended += 1

    def watch(self, session: Session) -> None:
        session.watch(renewed=self.renewed, ended=self.end)


async def test_a_token_that_the_server_refuses_is_renewed_and_the_call_goes_through() -> None:
    server, watcher = TokenServer(), Watcher()
    async with client_of(server) as client:
        watcher.watch(client.session)
        await client.session.accept(make_signed_in())
        server.number = 1
        await client.requests.counts()
        server.number = 2  # the access token is over; the refresh token must be number 2
        client.session.restore("refresh-2")
        assert await client.requests.counts() == COUNTS
    assert server.exchanges == 1
    assert watcher.kept == ["refresh-1", "refresh-3"]


async def test_many_calls_renew_once() -> None:
    server = TokenServer()
    async with client_of(server) as client:
        client.session.restore("refresh-1")
        answers = await asyncio.gather(*(client.requests.counts() for _ in range(8)))
    assert answers == [COUNTS] * 8
    assert server.exchanges == 1


async def test_calls_that_are_refused_at_the_same_time_renew_once() -> None:
    """Each was sent with the old token, and each answer comes when the new one is there."""
    server = TokenServer()
    async with client_of(server) as client:
        await client.session.accept(make_signed_in(0))
        client.session.restore("refresh-1")
        await client.requests.counts()
        stale = "access-1"
        tokens = await asyncio.gather(*(client.session.access_token(stale) for _ in range(5)))
    assert set(tokens) == {"access-2"}
    assert server.exchanges == 1


async def test_a_token_is_renewed_before_it_is_over() -> None:
    seconds = 0.0
    exchanged: list[str] = []

    async def exchange(token: str) -> SignedIn:
        exchanged.append(token)
        return make_signed_in(2)

    session = Session(exchange, now=lambda: NOW, monotonic=lambda: seconds)
    await session.accept(make_signed_in(1, timedelta(minutes=15)))
    assert await session.access_token() == "access-1"
    seconds = 15 * 60 - 31
    assert await session.access_token() == "access-1"
    seconds = 15 * 60 - 29
    assert await session.access_token() == "access-2"
    assert exchanged == ["refresh-1"]


async def test_a_clock_that_is_wrong_does_not_renew_at_every_call() -> None:
    """This computer is a day ahead: to it, every token is over."""
    exchanged: list[str] = []

    async def exchange(token: str) -> SignedIn:
        exchanged.append(token)
        return make_signed_in(2)

    session = Session(exchange, now=lambda: NOW + timedelta(days=1))
    await session.accept(make_signed_in(1))
    for _ in range(5):
        await session.access_token()
    assert exchanged == []


async def test_a_caller_who_is_cancelled_does_not_lose_the_new_token() -> None:
    """The server has used up the old refresh token: its answer carries the only good one."""
    server, watcher = TokenServer(), Watcher()
    arrived, may_answer = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        arrived.set()
        await may_answer.wait()

    server.before_exchange = hold
    async with client_of(server) as client:
        watcher.watch(client.session)
        client.session.restore("refresh-1")
        task = asyncio.create_task(client.requests.counts())
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        may_answer.set()
        await client.session.settle()
        assert watcher.kept == ["refresh-2"]
        assert await client.requests.counts() == COUNTS
    assert server.exchanges == 1


async def test_a_session_that_the_server_ended_is_over_once() -> None:
    server, watcher = TokenServer(), Watcher()
    async with client_of(server) as client:
        watcher.watch(client.session)
        client.session.restore("refresh-of-another-time")
        results = await asyncio.gather(
            *(client.requests.counts() for _ in range(3)), return_exceptions=True
        )
        assert all(isinstance(result, NotSignedIn) for result in results)
        assert not client.session.is_open
    assert watcher.ended == 1


async def test_a_renewal_without_an_answer_keeps_the_session() -> None:
    """A lost connection must not sign the doctor out."""
    is_up = False
    server, watcher = TokenServer(), Watcher()

    async def flaky(request: httpx.Request) -> httpx.Response:
        if not is_up:
            raise httpx.ConnectError("refused")
        return await server(request)

    async with client_of(flaky) as client:
        watcher.watch(client.session)
        client.session.restore("refresh-1")
        with pytest.raises(Unreachable):
            await client.requests.counts()
        is_up = True
        assert await client.requests.counts() == COUNTS
    assert watcher.ended == 0


async def test_signing_out_while_a_renewal_runs_leaves_no_session() -> None:
    server = TokenServer()
    arrived, may_answer = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        arrived.set()
        await may_answer.wait()

    server.before_exchange = hold
    async with client_of(server) as client:
        client.session.restore("refresh-1")
        task = asyncio.create_task(client.requests.counts())
        await arrived.wait()
        client.session.forget()
        may_answer.set()
        with pytest.raises(NotSignedIn):
            await task
        assert not client.session.is_open
