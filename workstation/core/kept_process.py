"""A process that is started again whenever it ends: what the doors to our processes share."""

import asyncio
import logging
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

from workstation.core.child_process import ChildProcess

logger = logging.getLogger(__name__)

_READY: Final = b"ready"
_TRIES: Final = 3
_SHORT_LIFE_S: Final = 2.0


def say_ready(connection: Connection) -> None:
    """In the process: it reads its messages from now on. The first thing to say."""
    connection.send_bytes(_READY)


class KeptProcess:
    """One process, and the next where it ended.

    Where three in a row end before they were of use, no further is started until it is asked for
    again. The callbacks run in the loop: `on_up` when a process has said that it is ready,
    `on_message` for what it says then, `on_down(exit_code)` when it has ended.
    """

    def __init__(
        self,
        name: str,
        main: Callable[..., None],
        arguments: tuple[object, ...],
        *,
        on_up: Callable[[], None],
        on_message: Callable[[bytes], None],
        on_down: Callable[[int], None],
        start_s: float,
    ) -> None:
        self._name = name
        self._main = main
        self._arguments = arguments
        self._on_up = on_up
        self._on_message = on_message
        self._on_down = on_down
        self._start_s = start_s
        self._process: ChildProcess | None = None
        self._spawning: asyncio.Task[None] | None = None
        self._limit: asyncio.TimerHandle | None = None
        self._up_since: float | None = None
        self._was_used = False
        self._short_lives = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The present process's id; None where there is none."""
        return None if self._process is None else self._process.pid

    @property
    def is_up(self) -> bool:
        """Whether the present process has said that it is ready."""
        return self._up_since is not None

    def want(self) -> None:
        """Starts a process where there is none."""
        if self._process is None and not self._closed:
            self._short_lives = 0
            self._begin()

    async def spawned(self) -> None:
        """Waits until the process exists; it need not be ready."""
        if self._spawning is not None:
            await asyncio.shield(self._spawning)

    def send(self, message: bytes) -> None:
        """Hands one small message over, where the process is up."""
        if self._process is not None and self.is_up:
            self._was_used = True
            self._process.send(message)

    def kill(self) -> None:
        """Ends the present process at once; the next one follows."""
        if self._process is not None:
            self._process.kill()

    async def close(self) -> None:
        """Ends the process for good; no callback runs after this was called."""
        self._closed = True
        self._stop_limit()
        process, self._process = self._process, None
        if self._spawning is not None:
            await self._spawning
        if process is not None:
            await process.close()

    def _begin(self) -> None:
        process = ChildProcess(
            self._name,
            self._main,
            self._arguments,
            on_message=self._heard,
            on_end=self._ended,
        )
        self._process = process
        self._spawning = asyncio.ensure_future(self._spawn(process))

    async def _spawn(self, process: ChildProcess) -> None:
        try:
            await process.start()
        except OSError:
            logger.exception("no %s process can be started", self._name)
            self._ended(exit_code=1)
            return
        except RuntimeError:  # the loop is ending, and nobody has closed this door
            return
        if self._process is process and not self.is_up:
            loop = asyncio.get_running_loop()
            self._limit = loop.call_later(self._start_s, process.kill)

    def _heard(self, message: bytes) -> None:
        if message == _READY:
            self._up_since = asyncio.get_running_loop().time()
            self._stop_limit()
            self._on_up()
        else:
            self._on_message(message)

    def _ended(self, exit_code: int) -> None:
        logger.warning("the %s process ended with exit code %d", self._name, exit_code)
        self._stop_limit()
        self._short_lives = self._short_lives + 1 if self._was_short() else 0
        self._up_since = None
        self._was_used = False
        self._process = None
        self._on_down(exit_code)
        if self._process is None and self._short_lives < _TRIES and not self._closed:
            self._begin()

    def _was_short(self) -> bool:
        """Whether it ended by itself before it could be of use: it is broken, not its work."""
        if self._up_since is None:
            return True
        if self._was_used:
            return False
        return asyncio.get_running_loop().time() - self._up_since < _SHORT_LIFE_S

    def _stop_limit(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
