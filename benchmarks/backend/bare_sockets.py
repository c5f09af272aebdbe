"""WebSockets of a bare application, served as the backend is: what one costs that does nothing.

Run as a process, it says where it listens. A client says a number and is sent so many texts of an
event's size, so that the framework's buffers have seen as much as ours.
"""

import asyncio
import sys
from contextlib import AbstractAsyncContextManager, closing
from typing import Any

import msgspec
from litestar import Litestar, WebSocket, websocket
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect

from backend.listening import address_of, listen
from backend.serve import Server
from tests.backend.server_process import ServerProcess, serving

PATH = "/bare"


def text(number: int) -> bytes:
    """Made up, 2 KB as a row of the queue has."""
    fields = {f"field_{place}": f"{number * 7919 + place * 104729:024x}" for place in range(50)}
    return msgspec.json.encode({"seq": number, "prev": number - 1, **fields})


@websocket(PATH)
async def bare(socket: WebSocket[Any, Any, State]) -> None:
    """A greeting, and then what is asked for."""
    await socket.accept()
    try:
        await socket.send_data(text(0), mode="text")
        while True:
            for number in range(int(await socket.receive_data(mode="text"))):
                await socket.send_data(text(number), mode="text")
    except WebSocketDisconnect:
        return


def bare_server() -> AbstractAsyncContextManager[ServerProcess]:
    """A process of it."""
    return serving([sys.executable, "-m", "benchmarks.backend.bare_sockets"])


async def serve() -> None:
    """Until it is killed."""
    host = "127.0.0.1"
    socket = listen(host, 0)
    app = Litestar([bare], openapi_config=None, logging_config=None)
    with closing(socket):
        await Server(app, address_of(socket, host)).serve(sockets=[socket])


if __name__ == "__main__":
    asyncio.run(serve())
