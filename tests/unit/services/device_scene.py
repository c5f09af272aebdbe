"""The device test's service with a server, a media process and a call of the test's own."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from backend_client.errors import Unreachable
from backend_client.models.relays import IceServer, IceServers
from backend_client.models.server import ServerInfo
from backend_client.models.speed import Padding
from tests.factories import NOW
from tests.unit.services.call_scene import FakeLink
from workstation.core import call_media
from workstation.core.call_media import CallSettings, DeviceNames, RelayReport, RelayState
from workstation.core.device_check import (
    Access,
    Camera,
    KnownDevices,
    MeasuredDevices,
    Microphone,
    Speaker,
    read_profiles,
)
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.media.errors import MediaStopped
from workstation.resources import resource
from workstation.services.device_test import DeviceTestService

KNOWN = KnownDevices((), ("Microphone",), ("Speaker",))
PROFILES = read_profiles(resource("call_profiles", "profiles.json").read_bytes())
FOUND = MeasuredDevices(
    Camera(Access.WORKS, "Camera", 1280, 720, 30.0, 120.0, 50.0),
    Microphone(Access.WORKS, "Microphone", -20.0),
    Speaker(Access.WORKS, "Speaker", True, True),
    KNOWN,
)
URL = "turn:turn.example:3478?transport=udp"


class Clock:
    """Seconds that pass when something is carried."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class FakeServer:
    """At the end of a road of so many kbit/s."""

    def __init__(self, clock: Clock, up: float = 1400.0, down: float = 18_200.0) -> None:
        self.clock, self.up, self.down = clock, up, down
        self.error: Unreachable | None = None
        self.urls = [URL]

    async def info(self) -> ServerInfo:
        self._check()
        self.clock.now += 0.074
        return ServerInfo(version="0.2.0", oldest_client="0.2.0", time=NOW)

    async def fetch_padding(self, characters: int) -> None:
        self._check()
        self.clock.now += characters * 8 / 1000 / self.down

    async def send_padding(self, padding: Padding) -> None:
        self._check()
        self.clock.now += len(padding.text) * 8 / 1000 / self.up

    async def ice_servers(self) -> IceServers:
        self._check()
        return IceServers(servers=[IceServer(urls=self.urls, username="1:x", credential="x")])

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


class FakeTelephone:
    """A media process of which the test says what it finds."""

    def __init__(self) -> None:
        self.asked: list[tuple[CallSettings, bool]] = []
        self.links: list[FakeLink] = []
        self.devices_changed: Event[KnownDevices] = Event()
        self.known = KNOWN
        self.found = FOUND
        self.error: MediaStopped | None = None
        self.shut: set[str] = set()
        """Addresses of TURN that do not answer."""
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def measure_devices(self, settings: CallSettings, *, tone: bool) -> MeasuredDevices:
        self.asked.append((settings, tone))
        await self.may_answer.wait()
        if self.error is not None:
            raise self.error
        return replace(self.found, known=self.known)

    async def known_devices(self) -> KnownDevices:
        return self.known

    async def hear_oneself(self, settings: CallSettings, seconds: float) -> bool:
        return self.error is None

    async def check_relays(
        self, servers: Sequence[call_media.IceServer]
    ) -> tuple[RelayReport, ...]:
        return tuple(
            RelayReport(url, RelayState.SILENT if url in self.shut else RelayState.USABLE, 12.0)
            for url in servers[0].urls
        )

    def call(self, settings: CallSettings) -> FakeLink:
        self.links.append(FakeLink(settings, len(self.links) + 1))
        return self.links[-1]


class Calls:
    """The call in hand, if any."""

    def __init__(self) -> None:
        self.settings = CallSettings(microphone="Microphone", width=640, height=480)
        self.live: LiveCall | None = None

    async def choose_devices(self, devices: DeviceNames) -> None:
        self.settings = self.settings.using(devices)


class Scene:
    """The service and all that it works with."""

    def __init__(self) -> None:
        self.clock, self.telephone, self.calls = Clock(), FakeTelephone(), Calls()
        self.server = FakeServer(self.clock)
        self.now = NOW
        self.service = self.again()

    def again(self) -> DeviceTestService:
        """After a restart of the program."""
        return DeviceTestService(
            self.server,
            self.server,
            self.telephone,
            self.calls,
            PROFILES,
            "http://127.0.0.1:1",
            self._now,
            seconds=self.clock,
        )

    def _now(self) -> datetime:
        return self.now
