"""A server that answers what a test tells it to, and clients of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx
import msgspec

from backend_client.client import BackendClient
from backend_client.models.accounts import SignedIn
from backend_client.models.common import Problem, ProblemCode, Wire
from backend_client.transport import Retrying, Timeouts
from tests.factories import NOW, make_account

Answer = httpx.Response | Exception | Callable[[httpx.Request], Awaitable[httpx.Response]]
Server = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]
AT_ONCE = Retrying(attempts=3, first_wait=0, longest_wait=0)
IMPATIENT = Timeouts(connect=0.2, silence=0.2, call=0.2)


class Answering:
    """Gives the answers in their order, the last one for ever; remembers what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[httpx.Request] = []
        self._answers = list(answers)

    @property
    def paths(self) -> list[str]:
        """Method and path of each request."""
        return [f"{one.method} {one.url.path.removeprefix('/api/v1')}" for one in self.requests]

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            # Each request needs a response of its own: bytes are read once.
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=await answer.aread()
            )
        return await answer(request)


def ok(body: Wire | list[Wire] | None = None, raw: bytes | None = None) -> httpx.Response:
    """A success with a model, or with these bytes."""
    content = raw if raw is not None else msgspec.json.encode(body)
    return httpx.Response(200, content=content, headers={"Content-Type": "application/json"})


def refusal(
    status: int, code: ProblemCode = ProblemCode.UNKNOWN, **fields: object
) -> httpx.Response:
    """A problem as the backend sends it."""
    problem = msgspec.structs.replace(Problem(status=status, title="No", code=code), **fields)
    kind = {"Content-Type": "application/problem+json"}
    return httpx.Response(status, content=msgspec.json.encode(problem), headers=kind)


def make_signed_in(number: int = 1, lasts: timedelta = timedelta(minutes=15)) -> SignedIn:
    """The tokens of a sign-in, numbered."""
    return SignedIn(
        access_token=f"access-{number}",
        refresh_token=f"refresh-{number}",
        access_expires_at=NOW + lasts,
        account=make_account(),
    )


def _now() -> datetime:
    return NOW


@asynccontextmanager
async def client_of(
    server: Server,
    *,
    timeouts: Timeouts | None = None,
    retrying: Retrying = AT_ONCE,
    now: Callable[[], datetime] = _now,
) -> AsyncIterator[BackendClient]:
    """A client that is not signed in."""
    client = BackendClient(
        "http://server",
        transport=httpx.MockTransport(server),
        timeouts=timeouts,
        retrying=retrying,
        persistence=retrying,
        now=now,
    )
    try:
        yield client
    finally:
        await client.aclose()
        for _ in range(5):  # generators inside httpx that were left early end in the next turns
            await asyncio.sleep(0)


@asynccontextmanager
async def signed_in_client(
    server: Server,
    *,
    timeouts: Timeouts | None = None,
) -> AsyncIterator[BackendClient]:
    """A client with the tokens of number 1."""
    async with client_of(server, timeouts=timeouts) as client:
        await client.session.accept(make_signed_in())
        yield client


class StreamOf(httpx.AsyncByteStream):
    """The body of a response that may break."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self._chunks = iter(chunks)

    def __aiter__(self) -> "StreamOf":
        return self

    async def __anext__(self) -> bytes:
        chunk = next(self._chunks, None)
        if chunk is None:
            raise StopAsyncIteration
        if isinstance(chunk, Exception):
            raise chunk
        return chunk
