"""One road to the server: timeouts, tokens, retries, and errors in our own words."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import urlsplit

import httpx
import msgspec
import stamina

from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    NotSignedIn,
    ServerFault,
    TimedOut,
    Unreachable,
)
from backend_client.models.common import API_PREFIX, CLIENT_VERSION_HEADER, Wire
from backend_client.problems import error_of
from backend_client.session import Session
from backend_client.whole_calls import WholeCalls

Answer = TypeVar("Answer")
Params = Mapping[str, str | int | list[str]]
WorthRepeating = Callable[[Exception], bool | float]

IDEMPOTENCY_KEY = "Idempotency-Key"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PASSING = {502, 503, 504}
"""Statuses of a server that is being restarted or of what stands before it."""
LONGEST_OBEYED_S = 5
"""A longer Retry-After is the caller's to wait for."""
BIT = 64 * 1024
"""Bytes of a piece that are handed to the connection at once."""
SLOW_LINE = 64 * 1024
"""Bytes in a second: so long a piece may stand in the system's buffers when all of it is handed
over, and the answer come when it has left them."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds. `silence` is between two bytes, `call` for one whole call that is not a file."""

    connect: float = 4.0
    silence: float = 12.0
    call: float = 20.0


@dataclass(frozen=True, slots=True)
class Retrying:
    """How a call is repeated that may be: so often, after waits that double."""

    attempts: int = 3
    first_wait: float = 0.2
    longest_wait: float = 2.0
    within: float = 30.0


class Transport:
    """Calls of one client. The connection pool is made at the first of them."""

    def __init__(
        self,
        base_url: str,
        session: Session,
        version: str,
        transport: httpx.AsyncBaseTransport | None,
        timeouts: Timeouts,
        retrying: Retrying,
    ) -> None:
        self.base_url = base_url.rstrip("/") + API_PREFIX
        self.session = session
        self.timeouts = timeouts
        self.headers = {CLIENT_VERSION_HEADER: version}
        self._given = transport
        self._retrying = retrying
        self._http: httpx.AsyncClient | None = None
        self.calls = WholeCalls()

    @property
    def is_local(self) -> bool:
        """Whether the server is on this computer: no proxy stands before it."""
        try:
            return urlsplit(self.base_url).hostname in LOOPBACK
        except ValueError:
            return False  # the first call will say that this is no address

    async def get(
        self, path: str, answer: type[Answer], params: Params | None = None, *, signed: bool = True
    ) -> Answer:
        """Reads something; tried again where that may help."""
        request = _Call("GET", path, params=params, signed=signed)
        return _decoded(await self._repeated(request), answer)

    async def post(
        self,
        path: str,
        answer: type[Answer],
        body: Wire | None = None,
        *,
        key: str | None = None,
        signed: bool = True,
        once: bool = False,
        within: float | None = None,
    ) -> Answer:
        """Orders something; with its key a repeated order is done once.

        `once`: the server keeps no key of it, so it is tried again only where it never arrived.
        `within`: seconds that this order may take, where they are more than others need.
        """
        headers = {IDEMPOTENCY_KEY: key or str(uuid.uuid4())}
        request = _Call(
            "POST", path, headers=headers, body=body, signed=signed, once=once, within=within
        )
        return _decoded(await self._repeated(request), answer)

    async def upload(
        self,
        path: str,
        answer: type[Answer],
        content: bytes,
        media_type: str,
        params: Params,
        *,
        key: str | None = None,
    ) -> Answer:
        """Sends a small file as it is; with its key a repeated upload counts once."""
        headers = {IDEMPOTENCY_KEY: key or str(uuid.uuid4()), "Content-Type": media_type}
        request = _Call("POST", path, params=params, headers=headers, content=content)
        return _decoded(await self._repeated(request), answer)

    async def head(self, path: str) -> httpx.Headers:
        """What the server says of something in headers alone; tried again where that may help."""
        return (await self._repeated(_Call("HEAD", path))).headers

    async def patch(self, path: str, piece: bytes, headers: Mapping[str, str]) -> httpx.Headers:
        """Appends a piece, which may take as long as bytes move. Not tried again here."""
        within = self.timeouts.silence + len(piece) / SLOW_LINE
        call = _Call("PATCH", path, headers=headers, piece=piece, within=within)
        with own_errors():
            return (await self._signed(call)).headers

    async def put(self, path: str, answer: type[Answer], body: Wire) -> Answer:
        """Replaces something. The body's version makes a repeat harmless, but not unnoticed: it is
        tried again only where it never arrived."""
        return _decoded(await self._repeated(_Call("PUT", path, body=body, once=True)), answer)

    async def delete(self, path: str) -> None:
        """Removes something; doing so again changes nothing."""
        await self._repeated(_Call("DELETE", path))

    async def get_bytes(self, path: str) -> bytes:
        """Reads a small file in one piece."""
        return (await self._repeated(_Call("GET", path))).content

    @asynccontextmanager
    async def stream(
        self, path: str, headers: Mapping[str, str]
    ) -> AsyncIterator[tuple[int, httpx.Headers, AsyncIterator[bytes]]]:
        """Status, headers and bytes of a file; refusals are raised. Not tried again here."""
        call = _Call("GET", path, headers={**headers, "Accept-Encoding": "identity"})
        with own_errors():
            response = await self._signed(call, stream=True)
        try:
            # Only the reading is ours: an error of who writes the bytes stays what it is.
            async with aclosing(chunks_of(response)) as chunks:
                yield response.status_code, response.headers, chunks
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        await self.session.settle()
        await self.calls.aclose()
        if self._http is not None:
            await self._http.aclose()

    def attempts(
        self, *, on: WorthRepeating | None = None, retrying: Retrying | None = None
    ) -> AsyncIterator[stamina.Attempt]:
        """`async for attempt in ...: with attempt:` repeats its block where that may help."""
        patience = retrying or self._retrying
        return aiter(
            stamina.retry_context(
                on=on or may_pass,
                attempts=patience.attempts,
                timeout=patience.within,
                wait_initial=patience.first_wait,
                wait_max=patience.longest_wait,
                wait_jitter=patience.first_wait,
            )
        )

    async def _repeated(self, call: "_Call") -> httpx.Response:
        async for attempt in self.attempts(on=_never_arrived if call.once else may_pass):
            with attempt, own_errors():
                async with asyncio.timeout(call.within or self.timeouts.call):
                    return await self._signed(call)
        raise AssertionError("the last attempt returns or raises")

    async def _signed(self, call: "_Call", *, stream: bool = False) -> httpx.Response:
        """Sends the call with a token; where that has just ended, once more with a new one."""
        if not call.signed:
            return await self._sent(call, None, stream)
        token = await self.session.access_token()
        try:
            return await self._sent(call, token, stream)
        except NotSignedIn:
            token = await self.session.access_token(refused=token)
            return await self._sent(call, token, stream)

    async def _sent(self, call: "_Call", token: str | None, stream: bool) -> httpx.Response:
        request = self._client().build_request(
            call.method,
            self.base_url + call.path,
            params=dict(call.params or {}),
            headers=_headers(call, token),
            content=_content(call),
            timeout=self._limits(call.within),
        )
        if call.piece is not None:  # what is left of a piece is not sent for nobody
            response = await self._client().send(request, stream=stream)
        else:
            response = await self.calls.send(self._client(), request, stream=stream)
        if response.is_success:
            return response
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        raise error_of(response.status_code, response.headers, body)

    def _limits(self, within: float | None) -> httpx.Timeout:
        limits = self.timeouts
        silence = within or limits.silence
        return httpx.Timeout(silence, connect=limits.connect, pool=limits.silence)

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                transport=self._given,
                headers=self.headers,
                trust_env=not self.is_local,
                verify=not self.base_url.startswith("http://"),  # no TLS: no CAs to load
                timeout=self._limits(None),
            )
        return self._http


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    params: Params | None = None
    headers: Mapping[str, str] | None = None
    body: Wire | None = None
    content: bytes | None = None
    piece: bytes | None = None
    """Goes out bit by bit, so that a slow line is no silent one."""
    signed: bool = True
    once: bool = False
    within: float | None = None


class _Bits:
    """Bytes that go out bit by bit, from the first again where the call is sent again."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._data), BIT):
            yield bytes(self._data[start : start + BIT])


def _content(call: _Call) -> bytes | _Bits | None:
    if call.piece is not None:
        return _Bits(call.piece)
    return call.content if call.body is None else msgspec.json.encode(call.body)


def _headers(call: _Call, token: str | None) -> dict[str, str]:
    headers = dict(call.headers or {})
    if call.body is not None:
        headers["Content-Type"] = "application/json"
    if call.piece is not None:
        headers["Content-Length"] = str(len(call.piece))
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return headers


def _decoded(response: httpx.Response, answer: type[Answer]) -> Answer:
    try:
        if answer is type(None):
            return answer()
        return msgspec.json.decode(response.content, type=answer)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BrokenAnswer(f"not a {answer.__name__}") from error


async def chunks_of(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Its bytes as they come; raises BackendError."""
    # httpx promises an iterator; it is a generator, and one that is left open outlives the call.
    raw = cast(AsyncGenerator[bytes, None], response.aiter_raw())
    with own_errors():
        async with aclosing(raw):
            async for chunk in raw:
                yield chunk


def may_pass(error: Exception) -> bool | float:
    """Whether the same call may succeed a little later; a number: so many seconds later."""
    if isinstance(error, ServerFault):
        wait = error.retry_after or 0
        return (wait or True) if error.status in PASSING and wait <= LONGEST_OBEYED_S else False
    return isinstance(error, Unreachable | TimedOut)


def _never_arrived(error: Exception) -> bool:
    return isinstance(error, Unreachable) and not error.may_have_arrived


@contextmanager
def own_errors() -> Iterator[None]:
    """Turns errors of httpx and of sockets into those of this package."""
    try:
        yield
    except BackendError:
        raise
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise Unreachable(type(error).__name__) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Unreachable("not an address") from error
    except (httpx.TimeoutException, TimeoutError) as error:
        raise TimedOut(type(error).__name__) from error
    except httpx.DecodingError as error:
        raise BrokenAnswer(type(error).__name__) from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        raise Unreachable(type(error).__name__, may_have_arrived=True) from error
