"""The loop of the media process: reads what the window asks, and answers."""

import asyncio
import contextlib
import logging
import os
import threading
import time
from multiprocessing.connection import Connection
from typing import Any, Final

from workstation.core.kept_process import say_ready
from workstation.media.calls import Calls
from workstation.media.devices import Devices
from workstation.media.messages import MediaStatus, Ping, Pong, decode_request, encode
from workstation.media.stalls import StallWatch

logger = logging.getLogger(__name__)

_END: Final = b""


def serve(connection: Connection, devices: Devices) -> None:
    """Serves the window until the pipe ends.

    Raises:
        OSError: the window has gone without a word.
    """
    asyncio.run(_serve(connection, devices))


async def _serve(connection: Connection, devices: Devices) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_note)
    devices.deliver_to(loop)
    requests: asyncio.Queue[bytes] = asyncio.Queue()
    threading.Thread(target=_read, args=(connection, loop, requests), daemon=True).start()
    stalls = StallWatch()
    watching = asyncio.create_task(stalls.watch())
    calls = Calls(lambda said: connection.send_bytes(encode(said)), devices, stalls)
    say_ready(connection)
    try:
        while message := await requests.get():
            request = decode_request(message)
            if isinstance(request, Ping):
                connection.send_bytes(encode(Pong(request.number, _status(stalls))))
            else:
                calls.take(request)
    finally:
        watching.cancel()
        await calls.close()


def _status(stalls: StallWatch) -> MediaStatus:
    return MediaStatus(os.getpid(), time.monotonic() - stalls.since, stalls.longest_s * 1000)


def _note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Errors in aiortc's own tasks: their kind only, for the texts may hold what others sent."""
    error = context.get("exception")
    logger.warning("in a background task: %s", type(error).__name__)


def _read(
    connection: Connection, loop: asyncio.AbstractEventLoop, requests: asyncio.Queue[bytes]
) -> None:
    """A pipe cannot be awaited on every system: a thread waits for it. Nothing means the end."""
    message = b"-"
    while message:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            message = _END
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(requests.put_nowait, message)
