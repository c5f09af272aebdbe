"""A process of ours behind a pipe: bytes there, bytes back, and a word when it has ended."""

import asyncio
import contextlib
import multiprocessing
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final

_GRACE_S: Final = 1.0
_LONGEST_MESSAGE: Final = 16 * 1024 * 1024


class ChildProcess:
    """One life of a spawned process; who wants it again makes a new one.

    `main(connection, *arguments)` runs in the child. It must be importable by name, and it returns
    when it reads an empty message or the pipe's end. Both callbacks run in the loop (qasync or
    asyncio): `on_message` for each message in order, then `on_end(exit_code)` once; neither after
    `close()` was called. The exit code is negative for a signal. Nothing that comes from the child
    is ever unpickled.
    """

    def __init__(
        self,
        name: str,
        main: Callable[..., None],
        arguments: tuple[object, ...],
        *,
        on_message: Callable[[bytes], None],
        on_end: Callable[[int], None],
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, self._far_end = context.Pipe()
        self._process = context.Process(
            target=main, args=(self._far_end, *arguments), name=name, daemon=True
        )
        self._on_message = on_message
        self._on_end = on_end
        self._pid: int | None = None
        self._arrived: deque[Callable[[], None]] = deque()
        self._closing = False
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The process's id; None before it is started."""
        return self._pid

    async def start(self) -> None:
        """Spawns the process. Messages may be sent from now on; it reads them once it is up."""
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._process.start)
        self._far_end.close()
        self._pid = self._process.pid
        self._reader = threading.Thread(
            target=self._read, args=(loop,), name=f"{self._process.name} reader", daemon=True
        )
        self._reader.start()

    def send(self, message: bytes) -> None:
        """Hands over one small message; without effect where the process has just ended."""
        with contextlib.suppress(OSError):
            self._connection.send_bytes(message)

    def kill(self) -> None:
        """Ends the process at once; `on_end` follows."""
        if self._reader is not None and self._reader.is_alive():
            self._process.kill()

    async def close(self) -> None:
        """Asks the process to end, and ends it by force where it does not."""
        self._closing = True
        self._arrived.clear()
        if self._reader is None:
            self._far_end.close()
            self._connection.close()
        else:
            await asyncio.to_thread(self._end, self._reader)

    def _end(self, reader: threading.Thread) -> None:
        self.send(b"")
        reader.join(_GRACE_S)
        if reader.is_alive():
            self._process.kill()
            reader.join()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while True:
                message = self._connection.recv_bytes(_LONGEST_MESSAGE)
                self._hand_over(loop, partial(self._on_message, message))
        except EOFError:
            self._process.join(_GRACE_S)
        except OSError:  # a message beyond all measure, or the end
            pass
        self._process.kill()
        self._process.join()
        exit_code = self._process.exitcode or 0
        self._connection.close()
        self._hand_over(loop, partial(self._on_end, exit_code))

    def _hand_over(self, loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
        """From the reader's thread to the loop, by a queue: qasync does not promise the order."""
        self._arrived.append(call)
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody is left to hear
            loop.call_soon_threadsafe(self._take)

    def _take(self) -> None:
        while self._arrived and not self._closing:
            self._arrived.popleft()()
