"""A clinic behind a real socket: for WebSockets, which httpx does not speak."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from typing import TYPE_CHECKING, cast

import msgspec
import uvicorn
from litestar import Litestar
from websockets.asyncio.client import ClientConnection, connect

from backend.listening import listen
from backend_client.models.common import API_PREFIX
from backend_client.models.events import CentreEvent, Hello, PatientEvent, RequestChanged
from backend_client.models.patient import PATIENT_PREFIX, StreamGreeting

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

MESSAGE = msgspec.json.Decoder(Hello | CentreEvent)
PATIENT_MESSAGE = msgspec.json.Decoder(Hello | PatientEvent)


class Live(uvicorn.Server):
    """Says when it serves."""

    def __init__(self, app: Litestar) -> None:
        application = cast("ASGIApplication", app)
        config = uvicorn.Config(
            application, lifespan="off", ws="websockets-sansio", log_config=None
        )
        super().__init__(config)
        self.serving = asyncio.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """As always, and says so."""
        await super().startup(sockets)
        self.serving.set()


@asynccontextmanager
async def live(app: Litestar) -> AsyncIterator[str]:
    """Serves an application whose lifespan has begun; gives host and port."""
    listener = listen("127.0.0.1", 0)
    server = Live(app)
    task = asyncio.create_task(server.serve([listener]))
    try:
        await server.serving.wait()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def subscribed(
    address: str, headers: dict[str, str], since: int | None = None
) -> AsyncIterator[ClientConnection]:
    """An event stream."""
    query = "" if since is None else f"?since={since}"
    url = f"ws://{address}{API_PREFIX}/events{query}"
    async with connect(url, additional_headers=headers) as stream:
        yield stream


async def hello(stream: ClientConnection) -> Hello:
    """The first message."""
    message = MESSAGE.decode(await stream.recv())
    assert isinstance(message, Hello)
    return message


async def changed(stream: ClientConnection) -> RequestChanged:
    """The next message."""
    message = MESSAGE.decode(await stream.recv())
    assert isinstance(message, RequestChanged)
    return message


async def told(stream: ClientConnection) -> CentreEvent:
    """The next message of any kind."""
    message: Hello | CentreEvent = MESSAGE.decode(await stream.recv())
    assert not isinstance(message, Hello)
    return message


@asynccontextmanager
async def patients_stream(
    address: str, token: str, since: int | None = None
) -> AsyncIterator[ClientConnection]:
    """A patient's event stream, which the page's greeting begins."""
    async with connect(f"ws://{address}{PATIENT_PREFIX}/events") as stream:
        greeting = StreamGreeting(token=token, since=since)
        await stream.send(msgspec.json.encode(greeting).decode())
        yield stream


async def patient_told(stream: ClientConnection) -> Hello | PatientEvent:
    """The next message, the greeting first."""
    message: Hello | PatientEvent = PATIENT_MESSAGE.decode(await stream.recv())
    return message
