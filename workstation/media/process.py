"""What runs in the media process: one asyncio loop. Nothing of the window is imported here."""

import asyncio
import contextlib
import os
import signal
import threading
import time
from multiprocessing.connection import Connection
from typing import Final

from workstation.core.kept_process import say_ready
from workstation.media.messages import MediaStatus, Ping, Pong, decode_request, encode

_TURN_S: Final = 0.05


def run_media(connection: Connection) -> None:
    """Answers the window until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    with contextlib.suppress(OSError):  # the window is gone
        asyncio.run(_serve(connection))


async def _serve(connection: Connection) -> None:
    requests: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_read, args=(connection, loop, requests), daemon=True).start()
    stalls = _StallWatch()
    watching = asyncio.create_task(stalls.watch())
    say_ready(connection)
    while message := await requests.get():
        request = decode_request(message)
        connection.send_bytes(encode(_answer(request, stalls)))
    watching.cancel()


def _answer(request: Ping, stalls: "_StallWatch") -> Pong:
    status = MediaStatus(os.getpid(), time.monotonic() - stalls.since, stalls.longest_s * 1000)
    return Pong(request.number, status)


def _read(
    connection: Connection, loop: asyncio.AbstractEventLoop, requests: asyncio.Queue[bytes]
) -> None:
    """A pipe cannot be awaited on every system: a thread waits for it. Nothing means the end."""
    message = b"-"
    while message:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            message = b""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(requests.put_nowait, message)


class _StallWatch:
    """How late the loop gets to what is due: late sound is lost sound."""

    def __init__(self) -> None:
        self.since = time.monotonic()
        self.longest_s = 0.0

    async def watch(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_TURN_S)
            self.longest_s = max(self.longest_s, time.monotonic() - before - _TURN_S)
