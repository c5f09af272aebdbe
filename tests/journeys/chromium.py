"""A real headless Chromium with its fake camera and microphone, as the patient's browser.

Driven over the Chrome DevTools Protocol: one WebSocket, no driver program.
"""

import asyncio
import base64
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

INSTALL: Final = "apt-get install -y chromium"
PATIENCE_S: Final = 60.0
_LOOK_EVERY_S: Final = 0.02
_EMPTY: Final = "about:blank"
_SAID: Final = 200
_LONGEST: Final = 64 * 1024 * 1024
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream=fps=30",
    "--remote-debugging-port=0",
)
_ANSWERS: Final = {
    True: "--use-fake-ui-for-media-stream",
    False: "--use-fake-ui-for-media-stream=deny",
}
"""What is answered when a page asks for camera and microphone."""
_KEYS: Final = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, ""), " ": (32, " ")}
"""Windows key code and text of each key that `press` knows."""


class BrowserError(AssertionError):
    """The browser or the script in it failed."""


def missing() -> str | None:
    """Why there is no Chromium here, with the line that installs it; None where there is one."""
    return None if _program() else f"Chromium is missing; install it with: {INSTALL}"


def _program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Page:
    """One tab.

    `errors` holds what its scripts threw and what its policy refused, `asked` the addresses it
    asked for, `choosers` the fields for which files were to be chosen.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.choosers: list[int] = []
        self._connection = connection
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._last = 0
        self._reading = asyncio.ensure_future(self._read())

    async def evaluate(self, script: str) -> Any:
        """The value of an expression; a promise is awaited.

        Raises:
            BrowserError: the script threw.
        """
        answer = await self.command(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        if "exceptionDetails" in answer:
            raise BrowserError(_thrown(answer["exceptionDetails"]))
        return answer["result"].get("value")

    async def until(self, script: str, patience_s: float = PATIENCE_S) -> Any:
        """Waits until the expression is true in JavaScript's sense; answers its value."""
        end = time.monotonic() + patience_s
        while not (value := await self.evaluate(script)):
            if time.monotonic() > end:
                raise BrowserError(f"in {patience_s} s did not come true: {script[-_SAID:]}")
            await asyncio.sleep(_LOOK_EVERY_S)
        return value

    async def choose_files(self, files: Sequence[Path]) -> None:
        """Answers the file chooser that is open, or will be; `catch_choosers` was called before."""
        end = time.monotonic() + PATIENCE_S
        while not self.choosers:
            if time.monotonic() > end:
                raise BrowserError("no file is asked for")
            await asyncio.sleep(_LOOK_EVERY_S)
        given = {"files": [str(file) for file in files], "backendNodeId": self.choosers.pop()}
        await self.command("DOM.setFileInputFiles", given)

    async def catch_choosers(self) -> None:
        """From now on file choosers open no window of the system's."""
        await self.command("Page.setInterceptFileChooserDialog", {"enabled": True})

    async def line(self, *, upload: int = -1, offline: bool = False) -> None:
        """The network from now on: so many bytes up in a second (-1: as it is), or none."""
        line = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
        await self.command("Network.emulateNetworkConditions", {**line, "offline": offline})

    async def reload(self) -> None:
        """Loads the page again, as its button in the browser does."""
        await self.evaluate("window.wasHere = true")
        await self.command("Page.reload", {})
        await self.until("!window.wasHere && document.readyState === 'complete'")

    async def resize(self, width: int, height: int) -> None:
        """Makes the window so large, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.command("Emulation.setDeviceMetricsOverride", size)

    async def picture(self, path: Path, width: int = 1280, height: int = 800) -> None:
        """Writes what the page looks like in a window of that size as PNG."""
        await self.resize(width, height)
        answer = await self.command("Page.captureScreenshot", {"format": "png"})
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))

    async def click(self, x: float, y: float) -> None:
        """A press of the mouse's left button there, in CSS pixels of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            await self.command("Input.dispatchMouseEvent", button)

    async def press(self, key: str, *, shift: bool = False) -> None:
        """A key down and up where the focus is."""
        code, text = _KEYS[key]
        words = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        await self.command("Input.dispatchKeyEvent", {"type": "keyDown", "text": text, **words})
        await self.command("Input.dispatchKeyEvent", {"type": "keyUp", **words})

    async def type_text(self, text: str) -> None:
        """Types into what has the focus."""
        await self.command("Input.insertText", {"text": text})

    async def command(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """One command of the DevTools protocol and its result."""
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
        self._note(message.get("method", ""), message.get("params", {}))
        answer = self._waiting.pop(message.get("id", 0), None)
        if answer is None or answer.done():
            return
        if "error" in message:
            answer.set_exception(BrowserError(str(message["error"])))
        else:
            answer.set_result(message["result"])

    def _note(self, event: str, about: dict[str, Any]) -> None:
        if event == "Runtime.exceptionThrown":
            self.errors.append(_thrown(about["exceptionDetails"]))
        if event == "Log.entryAdded" and about["entry"]["source"] == "security":
            self.errors.append(about["entry"]["text"])
        if event == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        if event == "Page.fileChooserOpened":
            self.choosers.append(about["backendNodeId"])
        if event == "Network.webSocketCreated":
            self.asked.append(about["url"])


class Chromium:
    """A running browser."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._pages: dict[Page, str] = {}

    async def open(self, url: str) -> Page:
        """A new tab, loading `url`."""
        async with httpx.AsyncClient(timeout=PATIENCE_S, trust_env=False) as client:
            answer = await client.put(f"{self._address}/json/new?{quote(_EMPTY, safe='')}")
        target = answer.json()
        connection = await connect(
            target["webSocketDebuggerUrl"], max_size=_LONGEST, proxy=None, compression=None
        )
        page = Page(connection)
        self._pages[page] = target["id"]
        for heard in ("Runtime", "Log", "Network", "Page"):
            await page.command(f"{heard}.enable", {})
        await page.command("Page.navigate", {"url": url})
        await page.until(f"document.readyState === 'complete' && location.href !== '{_EMPTY}'")
        return page

    async def close_tab(self, page: Page) -> None:
        """Closes the tab as the patient would."""
        target = self._pages.pop(page)
        async with httpx.AsyncClient(timeout=PATIENCE_S, trust_env=False) as client:
            await client.get(f"{self._address}/json/close/{target}")
        await page.close()

    async def close(self) -> None:
        """Leaves all tabs."""
        for page in self._pages:
            await page.close()


@asynccontextmanager
async def chromium(profile: Path, *, camera: bool = True) -> AsyncIterator[Chromium]:
    """A browser with an empty profile in the folder `profile`, ended afterwards.

    Without `camera` it refuses camera and microphone to every page.

    Raises:
        BrowserError: there is none, or it does not come up.
    """
    program = _program()
    if program is None:
        raise BrowserError(missing())
    process = await asyncio.to_thread(_start, program, profile, _ANSWERS[camera])
    try:
        browser = Chromium(await _address(process, profile / "DevToolsActivePort"))
        try:
            yield browser
        finally:
            await browser.close()
    finally:
        await asyncio.to_thread(_end, process)


def _start(program: str, profile: Path, answer: str) -> "subprocess.Popen[bytes]":
    profile.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [program, *_FLAGS, answer, f"--user-data-dir={profile}", _EMPTY],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
        start_new_session=True,
    )


async def _address(process: "subprocess.Popen[bytes]", told: Path) -> str:
    end = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < end:
        if len(lines := await asyncio.to_thread(_lines, told)) > 1:
            return f"http://127.0.0.1:{lines[0]}"
        await asyncio.sleep(_LOOK_EVERY_S)
    raise BrowserError("Chromium did not come up")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _end(process: "subprocess.Popen[bytes]") -> None:
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


def _thrown(details: dict[str, Any]) -> str:
    exception = details.get("exception", {})
    return str(exception.get("description") or details.get("text"))
