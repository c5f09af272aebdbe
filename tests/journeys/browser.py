"""What the browsers of the journeys have in common: a program of its own, and a tab that obeys
commands over a WebSocket (the Chrome DevTools Protocol and WebDriver BiDi write them alike)."""

import asyncio
import json
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_S: Final = 60.0
LOOK_EVERY_S: Final = 0.02
_SAID: Final = 200
_LONGEST: Final = 64 * 1024 * 1024

BrowserProgram = subprocess.Popen[bytes]


class BrowserError(AssertionError):
    """The browser or the script in it failed."""


class Tab(ABC):
    """One tab; `errors` holds what its scripts threw and what its policy refused."""

    def __init__(self, connection: ClientConnection) -> None:
        self.errors: list[str] = []
        self._connection = connection
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._last = 0
        self._reading = asyncio.ensure_future(self._read())

    @abstractmethod
    async def evaluate(self, script: str) -> Any:
        """The value of an expression; a promise is awaited.

        Raises:
            BrowserError: the script threw.
        """

    @abstractmethod
    async def resize(self, width: int, height: int) -> None:
        """Makes the window so large, in CSS pixels."""

    @abstractmethod
    async def click(self, x: float, y: float) -> None:
        """A press of the mouse's left button there, in CSS pixels of the window."""

    @abstractmethod
    def note(self, event: str, about: dict[str, Any]) -> None:
        """Something has happened in the tab."""

    async def until(self, script: str, patience_s: float = PATIENCE_S) -> Any:
        """Waits until the expression is true in JavaScript's sense; answers its value."""
        end = time.monotonic() + patience_s
        while not (value := await self.evaluate(script)):
            if time.monotonic() > end:
                raise BrowserError(f"in {patience_s} s did not come true: {script[-_SAID:]}")
            await asyncio.sleep(LOOK_EVERY_S)
        return value

    async def command(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """One command of the protocol and its result. Raises BrowserError."""
        self._last += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[self._last] = answer
        words = {"id": self._last, "method": method, "params": parameters}
        await self._connection.send(json.dumps(words))
        return await asyncio.wait_for(answer, PATIENCE_S)

    async def close(self) -> None:
        """Leaves the tab's WebSocket."""
        await self._connection.close()
        await self._reading

    async def _read(self) -> None:
        try:
            async for text in self._connection:
                self._hear(json.loads(text))
        except ConnectionClosed:  # the browser has ended
            pass
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(BrowserError("the tab has gone"))

    def _hear(self, message: dict[str, Any]) -> None:
        self.note(message.get("method", ""), message.get("params", {}))
        answer = self._waiting.pop(message.get("id") or 0, None)
        if answer is None or answer.done():
            return
        if "error" in message:
            answer.set_exception(BrowserError(str(message)))
        else:
            answer.set_result(message["result"])


async def connected(url: str) -> ClientConnection:
    """The WebSocket of a browser on this computer."""
    return await connect(url, max_size=_LONGEST, proxy=None, compression=None)


@asynccontextmanager
async def running(command: Sequence[str], home: Path) -> AsyncIterator[BrowserProgram]:
    """The browser's program with the home folder `home`, ended afterwards with all it started."""
    process = await asyncio.to_thread(_start, command, home)
    try:
        yield process
    finally:
        await asyncio.to_thread(_end, process)


async def told_by(process: BrowserProgram, told: Path) -> str:
    """What a browser that has come up writes into that file of its profile.

    Raises:
        BrowserError: it does not come up.
    """
    end = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < end:
        if text := await asyncio.to_thread(_text, told):
            return text
        await asyncio.sleep(LOOK_EVERY_S)
    raise BrowserError("the browser did not come up")


def _text(path: Path) -> str:
    """Of a file that is there as a whole: its last line has ended, or it is JSON to its end."""
    text = path.read_text() if path.exists() else ""
    return text if "\n" in text.strip() or text.rstrip().endswith("}") else ""


def _start(command: Sequence[str], home: Path) -> BrowserProgram:
    home.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home)},
        start_new_session=True,
    )


def _end(process: BrowserProgram) -> None:
    """Ends the browser with all its processes: the session is its own."""
    for deadly in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, deadly)
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            process.wait(5)
        return
