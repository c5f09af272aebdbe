"""A real headless Firefox with its fake camera and microphone, as the patient's browser.

Driven over WebDriver BiDi (W3C): one WebSocket, no driver program.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection

from tests.journeys.browser import BrowserError, Tab, connected, running, told_by

INSTALL: Final = "apt-get install -y firefox-esr"
_PREFERENCES: Final = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.url": "",
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "toolkit.telemetry.enabled": False,
}
"""Fake devices, and nothing asked of anybody outside."""


def missing() -> str | None:
    """Why there is no Firefox here, with the line that installs it; None where there is one."""
    return None if _program() else f"Firefox is missing; install it with: {INSTALL}"


def _program() -> str | None:
    return shutil.which("firefox-esr")


class FirefoxTab(Tab):
    """The one tab of a Firefox."""

    def __init__(self, connection: ClientConnection) -> None:
        super().__init__(connection)
        self._context = ""

    async def open(self, url: str) -> None:
        """Loads `url`."""
        await self.command("session.new", {"capabilities": {}})
        tree = await self.command("browsingContext.getTree", {})
        self._context = tree["contexts"][0]["context"]
        await self.command("session.subscribe", {"events": ["log.entryAdded"]})
        where = {"context": self._context, "url": url, "wait": "complete"}
        await self.command("browsingContext.navigate", where)

    async def evaluate(self, script: str) -> Any:
        given = {
            "expression": f"(async () => JSON.stringify(await ({script})))()",
            "target": {"context": self._context},
            "awaitPromise": True,
        }
        answer = await self.command("script.evaluate", given)
        if answer["type"] != "success":
            raise BrowserError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else json.loads(text)

    async def resize(self, width: int, height: int) -> None:
        size = {"viewport": {"width": width, "height": height}}
        await self.command("browsingContext.setViewport", {"context": self._context, **size})

    async def click(self, x: float, y: float) -> None:
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        given = {"context": self._context, "actions": [mouse]}
        await self.command("input.performActions", given)

    def note(self, event: str, about: dict[str, Any]) -> None:
        if event == "log.entryAdded" and about["level"] == "error":
            self.errors.append(str(about["text"]))


def _prefer(profile: Path) -> None:
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))


@asynccontextmanager
async def firefox(profile: Path, url: str) -> AsyncIterator[FirefoxTab]:
    """A browser with an empty profile in the folder `profile` at that address, ended afterwards.

    Raises:
        BrowserError: there is none, or it does not come up.
    """
    program = _program()
    if program is None:
        raise BrowserError(missing())
    await asyncio.to_thread(_prefer, profile)
    command = [program, "--headless", "--remote-debugging-port=0", "--profile", str(profile)]
    async with running(command, profile) as process:
        told = json.loads(await told_by(process, profile / "WebDriverBiDiServer.json"))
        where = f"ws://{told['ws_host']}:{told['ws_port']}/session"
        tab = FirefoxTab(await connected(where))
        try:
            await tab.open(url)
            yield tab
        finally:
            await tab.close()
