"""The device test of the workstation: measured on the doctor's wish, kept for a day (SPB-19)."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import msgspec

from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    Device,
    DeviceNames,
    IceServer,
    RelayReport,
)
from workstation.core.device_check import (
    Access,
    Adapter,
    CallProfile,
    Camera,
    KnownDevices,
    Measured,
    MeasuredDevices,
    Microphone,
    Speaker,
)
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.media.errors import MediaError
from workstation.services.call_doors import MediaLink
from workstation.services.road_test import RelayNames, ServerRoad, measure_road

logger = logging.getLogger(__name__)

GOOD_FOR: Final = timedelta(hours=24)
_DEVICES_S: Final = 11.5
_SPEECH_S: Final = 3.0
_PICTURE: Final = (1280, 720)


class DeviceResult(msgspec.Struct, frozen=True):
    """What a test has found; nothing of it is a patient's."""

    at: datetime
    """By the server's clock, aware."""
    took_s: float
    measured: Measured
    known: KnownDevices
    in_call: bool = False


class DeviceTelephone(Protocol):
    """The media process, as the test needs it; all but `call` raise MediaError."""

    @property
    def devices_changed(self) -> Event[KnownDevices]:
        """What is there, where something was plugged in or taken out."""

    async def measure_devices(self, settings: CallSettings, *, tone: bool) -> MeasuredDevices:
        """Camera, microphone and speaker."""

    async def known_devices(self) -> KnownDevices:
        """What is there."""

    async def hear_oneself(self, settings: CallSettings, seconds: float) -> bool:
        """Records and plays."""

    async def check_relays(self, servers: Sequence[IceServer]) -> tuple[RelayReport, ...]:
        """What becomes of each address."""

    def call(self, settings: CallSettings) -> MediaLink:
        """A connection that goes nowhere: for its self view."""


class CallInHand(Protocol):
    """Of the service of calls."""

    settings: CallSettings

    async def choose_devices(self, devices: DeviceNames) -> None:
        """Those of the call that is on, and of the next ones."""

    @property
    def live(self) -> LiveCall | None:
        """The call that is on, or the last that ended."""


class DeviceTestService:
    """One test at a time. `changed` tells that it began, has ended, or that the devices changed."""

    def __init__(
        self,
        server: ServerRoad,
        names: RelayNames,
        telephone: DeviceTelephone,
        calls: CallInHand,
        profiles: tuple[CallProfile, ...],
        address: str,
        now: Callable[[], datetime],
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`address`: the server's; `now`: by its clock."""
        self.changed: Event[None] = Event()
        self.preview: Event[CallFrame] = Event()
        """Our own picture while a test runs outside of a call."""
        self.profiles = profiles
        self.known = KnownDevices()
        self.is_running = False
        self._server, self._names, self._telephone = server, names, telephone
        self._calls, self._address, self._now = calls, address, now
        self._seconds = seconds
        self._last: DeviceResult | None = None
        self._deaf = telephone.devices_changed.subscribe(self._plugged)

    def close(self) -> None:
        """Hears no more of what is plugged in."""
        self._deaf()

    @property
    def is_in_call(self) -> bool:
        """Whether a call has the devices: then no tone is played, and a camera that is off stays
        off."""
        live = self._calls.live
        return live is not None and live.is_on

    @property
    def result(self) -> DeviceResult | None:
        """Of the last test, while it is good: for a day."""
        last = self._last
        return last if last is not None and self._now() - last.at < GOOD_FOR else None

    @property
    def are_devices_the_same(self) -> bool:
        """Whether the computer has what it had at the last test."""
        return self._last is None or self._last.known == self.known

    @property
    def chosen(self) -> DeviceNames:
        """The devices of the call that is on, and of the next one."""
        return self._calls.settings.devices

    @property
    def in_use(self) -> Mapping[Device, str]:
        """Which ones the call has; empty outside of one."""
        live = self._calls.live
        if live is None or not live.is_on:
            return {}
        return {one: name for one, name in live.devices.items() if one not in live.missing}

    async def choose(self, devices: DeviceNames) -> None:
        """Those of the call that is on, at once, and of the next ones."""
        await self._calls.choose_devices(devices)
        self.changed.emit(None)

    async def look(self) -> None:
        """Which devices are there now? Nothing is opened; a choice that has gone is given up."""
        try:
            self._found(await self._telephone.known_devices())
        except MediaError as error:
            logger.info("devices not listed: %s", type(error).__name__)
        self.changed.emit(None)

    def _plugged(self, known: KnownDevices) -> None:
        self._found(known)
        self.changed.emit(None)

    def _found(self, known: KnownDevices) -> None:
        """In a call what was chosen is waited for: it is used again when it comes."""
        self.known = known
        if self.is_in_call:
            return
        chosen = self.chosen
        for device in Device:
            if chosen.of(device) not in known.names(device):
                chosen = chosen.having(device, "")
        self._calls.settings = self._calls.settings.using(chosen)

    async def run(self, adapters: tuple[Adapter, ...]) -> None:
        """One test of all, within twelve seconds; a second one beside it does nothing."""
        if self.is_running:
            return
        self.is_running = True
        self.changed.emit(None)
        begun, in_call = self._seconds(), self.is_in_call
        try:
            devices, network = await asyncio.gather(
                self._devices(in_call),
                measure_road(
                    self._server,
                    self._names,
                    self._telephone,
                    self._address,
                    adapters,
                    self._seconds,
                ),
            )
            measured = Measured(devices.camera, devices.microphone, devices.speaker, network)
            took = self._seconds() - begun
            self._last = DeviceResult(self._now(), took, measured, devices.known, in_call)
            self._found(devices.known)
        finally:
            self.is_running = False
            self.changed.emit(None)

    async def hear_oneself(self) -> bool:
        """Records the doctor for three seconds and plays it; False: nothing was heard or played."""
        try:
            return await self._telephone.hear_oneself(self._settings(self.is_in_call), _SPEECH_S)
        except MediaError as error:
            logger.info("nothing recorded: %s", type(error).__name__)
            return False

    def state(self) -> str:
        """What `restore` finds again after a restart."""
        return "" if self._last is None else msgspec.json.encode(self._last).decode()

    def restore(self, state: str) -> None:
        """Takes up an earlier test; what cannot be read is none."""
        try:
            self._last = msgspec.json.decode(state, type=DeviceResult) if state else None
        except (msgspec.MsgspecError, ValueError):
            self._last = None
        if self._last is not None:
            self.known = self._last.known

    def _settings(self, in_call: bool) -> CallSettings:
        chosen, live = self._calls.settings, self._calls.live
        if in_call and live is not None:  # as the call has them: nothing is opened anew
            return replace(chosen, video=live.camera_on)
        width, height = _PICTURE
        return replace(chosen, width=width, height=height, audio=True, video=True)

    async def _devices(self, in_call: bool) -> MeasuredDevices:
        settings = self._settings(in_call)
        view = None if in_call else self._telephone.call(settings)
        seeing = None if view is None else asyncio.ensure_future(self._see(view))
        try:
            async with asyncio.timeout(_DEVICES_S):
                return await self._telephone.measure_devices(settings, tone=not in_call)
        except (MediaError, TimeoutError) as error:
            logger.info("devices not measured: %s", type(error).__name__)
            failed = Access.FAILED
            return MeasuredDevices(Camera(failed), Microphone(failed), Speaker(failed), self.known)
        finally:
            if view is not None and seeing is not None:
                seeing.cancel()
                await asyncio.wait([seeing])
                await view.hang_up()

    async def _see(self, view: MediaLink) -> None:
        unsubscribe = view.local_frame.subscribe(self.preview.emit)
        try:
            await view.open()
            await asyncio.Event().wait()
        except (MediaError, MemoryError) as error:
            logger.info("no self view: %s", type(error).__name__)
        finally:
            unsubscribe()
