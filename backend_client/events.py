"""The event stream of the account's centre over one WebSocket after another."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager

import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    InvalidURI,
    WebSocketException,
)

from backend_client.errors import BackendError, BrokenAnswer, NotSignedIn, TimedOut, Unreachable
from backend_client.models.events import (
    AnnotationChanged,
    CallChanged,
    CallSignalled,
    CentreEvent,
    DocumentChanged,
    Hello,
    MessagePosted,
    RequestChanged,
    ServerEvent,
    UnknownEvent,
)
from backend_client.problems import error_of
from backend_client.transport import Transport

logger = logging.getLogger(__name__)

REFUSED = 4000
"""A refusal is closed with 4000 + its HTTP status."""
PING_S = 5.0
"""A connection that does not answer a ping within as much again is lost."""
MOST_BYTES = 8 * 1024 * 1024


KINDS: dict[str, type[Hello | CentreEvent]] = {
    "hello": Hello,
    "request_changed": RequestChanged,
    "message_posted": MessagePosted,
    "call_changed": CallChanged,
    "call_signalled": CallSignalled,
    "document_changed": DocumentChanged,
    "annotation_changed": AnnotationChanged,
}


class _Kind(msgspec.Struct):
    type: str


class _Numbers(msgspec.Struct):
    seq: int
    prev: int


async def follow(transport: Transport, since: int | None) -> AsyncGenerator[ServerEvent, None]:
    """Hello, then events behind number `since`; never ends but by an error.

    When the access token is over a new connection follows at once, with another Hello.

    Raises:
        Unreachable: the connection cannot be made, or was lost.
        BackendError: the server refuses.
    """
    refused: str | None = None
    last = since
    while True:
        token = await transport.session.access_token(refused)
        greeted = False
        try:
            async with aclosing(_connection(transport, token, last)) as events:
                async for event in events:
                    greeted = True
                    last = _later(last, event)
                    yield event
        except NotSignedIn:
            if refused is not None and not greeted:
                raise
            refused = token


def decoded(message: str | bytes) -> ServerEvent | None:
    """The event of a message; None for one of a newer server that counts for nothing here.

    Raises BrokenAnswer.
    """
    try:
        kind = msgspec.json.decode(message, type=_Kind).type
        if kind in KINDS:
            return msgspec.json.decode(message, type=KINDS[kind])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BrokenAnswer("not an event") from error
    return _unknown(message)


def _unknown(message: str | bytes) -> UnknownEvent | None:
    try:
        numbers = msgspec.json.decode(message, type=_Numbers)
    except msgspec.MsgspecError:
        return None
    return UnknownEvent(seq=numbers.seq, prev=numbers.prev)


def _later(last: int | None, event: ServerEvent) -> int | None:
    """Behind which number the next connection goes on."""
    if not isinstance(event, Hello):
        return event.seq
    return last if event.resumed else event.seq


async def _connection(
    transport: Transport, token: str, since: int | None
) -> AsyncGenerator[ServerEvent, None]:
    with _own_errors():
        async with _opened(transport, token, since) as socket:
            async with asyncio.timeout(transport.timeouts.silence):
                hello = decoded(await socket.recv())
            if not isinstance(hello, Hello):
                raise BrokenAnswer("the stream does not begin with a greeting")
            yield hello
            while True:
                event = decoded(await socket.recv())  # pings end it where nobody is there
                if event is not None:
                    yield event


def _opened(transport: Transport, token: str, since: int | None) -> connect:
    address = transport.base_url.replace("http", "ws", 1) + "/events"
    return connect(
        address if since is None else f"{address}?since={since}",
        additional_headers={**transport.headers, "Authorization": f"Bearer {token}"},
        open_timeout=transport.timeouts.connect,
        ping_interval=PING_S,
        ping_timeout=PING_S,
        close_timeout=1.0,
        max_size=MOST_BYTES,
        proxy=None if transport.is_local else True,
    )


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except BackendError:
        raise
    except ConnectionClosed as error:
        raise _ending(error) from error
    except InvalidStatus as error:
        answer = error.response
        raise error_of(answer.status_code, answer.headers, bytes(answer.body or b"")) from error
    except TimeoutError as error:
        raise TimedOut("no greeting") from error
    except InvalidURI as error:
        raise Unreachable("not an address") from error
    except (InvalidHandshake, WebSocketException, EOFError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _ending(error: ConnectionClosed) -> BackendError:
    code = error.rcvd.code if error.rcvd is not None else 0
    if REFUSED + 400 <= code < REFUSED + 600:
        return error_of(code - REFUSED, {}, b"")
    return Unreachable(f"closed with {code}")
