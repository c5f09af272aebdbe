"""Our camera and microphone in a call, through one connection after another."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    CallStats,
    Device,
    DeviceNames,
    DeviceNote,
    IceServer,
)
from workstation.core.subscription import Event
from workstation.media.errors import MediaError
from workstation.services.background import BackgroundTasks
from workstation.services.call_doors import MediaLink, Telephone
from workstation.services.call_progress import CallProgress, tell

FREE_S: Final = 5.0
"""A media process that does not free the devices by then is not waited for."""


@dataclass(frozen=True, slots=True)
class Screens:
    """Where pictures go."""

    remote: Event[CallFrame]
    local: Event[CallFrame]


class OwnMedia:
    """The present connection of sound and picture; what the doctor has switched off stays off.

    The one before ends when the new one has its devices, so that the camera does not go off and
    on in between. `changed` tells that we send something else than before.
    """

    def __init__(
        self,
        telephone: Telephone,
        settings: CallSettings,
        progress: CallProgress,
        screens: Screens,
    ) -> None:
        self.changed: Event[None] = Event()
        self.link: MediaLink | None = None
        self._telephone = telephone
        self._settings = settings
        self._progress = progress
        self._screens = screens
        self._freeing = BackgroundTasks()
        self._unsubscribe: list[Callable[[], None]] = []

    @property
    def sends_sound(self) -> bool:
        """Whether the patient can hear us."""
        live = self._progress.live
        return live.microphone_on and Device.MICROPHONE not in live.missing

    @property
    def sends_picture(self) -> bool:
        """Whether the patient can see us."""
        live = self._progress.live
        return live.camera_on and Device.CAMERA not in live.missing

    def use_relays(self, servers: tuple[IceServer, ...]) -> None:
        """For the connections from now on; servers that the settings name are kept."""
        if servers:
            self._settings = replace(self._settings, ice_servers=servers)

    def renew(self) -> MediaLink:
        """A new connection in place of the present one."""
        live = self._progress.live
        settings = replace(self._settings, audio=live.microphone_on, video=live.camera_on)
        before, link = self._leave(), self._telephone.call(settings)
        self.link = link
        self._unsubscribe = [
            link.remote_frame.subscribe(self._seen),
            link.local_frame.subscribe(lambda frame: tell(self._screens.local, frame)),
            link.stats.subscribe(self._measured),
            link.devices_missing.subscribe(self._noted),
        ]
        if before is not None:
            self._freeing.start(_replace(before, link), "call.replace")
        return link

    async def end(self) -> None:
        """No connection any more; the devices are free."""
        link = self._leave()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FREE_S):
                if link is not None:
                    await link.hang_up()
                await self._freeing.finish()
        await self._freeing.close()

    async def switch(self, *, microphone: bool, camera: bool) -> None:
        """What is to be sent from now on, in later connections, too."""
        self._progress.become(
            replace(self._progress.live, microphone_on=microphone, camera_on=camera)
        )
        self.changed.emit(None)
        await self.apply()

    async def choose(self, devices: DeviceNames) -> None:
        """Other ones from now on, in later connections, too; what is off stays off."""
        self._settings = self._settings.using(devices)
        if self.link is not None:
            with contextlib.suppress(MediaError, MemoryError):  # see `apply`
                await self.link.use_devices(devices)

    async def apply(self) -> None:
        """The present connection sends what it shall, and nothing else."""
        live = self._progress.live
        if self.link is not None:
            # A connection that is over is replaced by one with the same choices.
            with contextlib.suppress(MediaError, MemoryError):
                await self.link.set_muted(audio=not live.microphone_on, video=not live.camera_on)

    def _leave(self) -> MediaLink | None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        before, self.link = self.link, None
        return before

    def _seen(self, frame: CallFrame) -> None:
        tell(self._screens.remote, frame)
        self._progress.saw(frame)

    def _measured(self, stats: CallStats) -> None:
        self._progress.become(replace(self._progress.live, stats=stats))

    def _noted(self, note: DeviceNote) -> None:
        self._progress.noted(note)
        self.changed.emit(None)


async def _replace(before: MediaLink, after: MediaLink) -> None:
    with contextlib.suppress(MediaError, MemoryError):
        await after.open()
    await before.hang_up()
