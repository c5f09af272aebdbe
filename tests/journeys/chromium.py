"""A real headless Chromium with its fake camera and microphone, as the patient's browser.

Driven over the Chrome DevTools Protocol: one WebSocket, no driver program.
"""

import asyncio
import base64
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from websockets.asyncio.client import ClientConnection

from tests.journeys.browser import (
    LOOK_EVERY_S,
    PATIENCE_S,
    BrowserError,
    Tab,
    connected,
    running,
    told_by,
)

INSTALL: Final = "apt-get install -y chromium"
_EMPTY: Final = "about:blank"
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


def missing() -> str | None:
    """Why there is no Chromium here, with the line that installs it; None where there is one."""
    return None if _program() else f"Chromium is missing; install it with: {INSTALL}"


def _program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Page(Tab):
    """One tab.

    `asked` holds the addresses it asked for, `choosers` the fields for which files were to be
    chosen.
    """

    def __init__(self, connection: ClientConnection) -> None:
        super().__init__(connection)
        self.asked: list[str] = []
        self.choosers: list[int] = []

    async def evaluate(self, script: str) -> Any:
        answer = await self.command(
            "Runtime.evaluate",
            {"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        if "exceptionDetails" in answer:
            raise BrowserError(_thrown(answer["exceptionDetails"]))
        return answer["result"].get("value")

    async def choose_files(self, files: Sequence[Path]) -> None:
        """Answers the file chooser that is open, or will be; `catch_choosers` was called before."""
        end = time.monotonic() + PATIENCE_S
        while not self.choosers:
            if time.monotonic() > end:
                raise BrowserError("no file is asked for")
            await asyncio.sleep(LOOK_EVERY_S)
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
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.command("Emulation.setDeviceMetricsOverride", size)

    async def picture(self, path: Path, width: int = 1280, height: int = 800) -> None:
        """Writes what the page looks like in a window of that size as PNG."""
        await self.resize(width, height)
        answer = await self.command("Page.captureScreenshot", {"format": "png"})
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))

    async def click(self, x: float, y: float) -> None:
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

    def note(self, event: str, about: dict[str, Any]) -> None:
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
        page = Page(await connected(target["webSocketDebuggerUrl"]))
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
    command = [program, *_FLAGS, _ANSWERS[camera], f"--user-data-dir={profile}", _EMPTY]
    async with running(command, profile) as process:
        port = (await told_by(process, profile / "DevToolsActivePort")).splitlines()[0]
        browser = Chromium(f"http://127.0.0.1:{port}")
        try:
            yield browser
        finally:
            await browser.close()


def _thrown(details: dict[str, Any]) -> str:
    exception = details.get("exception", {})
    return str(exception.get("description") or details.get("text"))
