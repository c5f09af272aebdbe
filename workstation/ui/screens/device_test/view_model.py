"""The device test as it is shown: a profile, the last result by it, and a test that runs."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from workstation.core.call_media import CallFrame, Device, DeviceNames
from workstation.core.device_check import (
    Adapter,
    CallProfile,
    KnownDevices,
    Measured,
    Verdict,
    judge,
)
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:  # the window stands before the services are loaded
    from workstation.services.device_test import DeviceResult, DeviceTestService

logger = logging.getLogger(__name__)
_ASKS_NOTHING = CallProfile("any", {"ru": "Общий", "en": "General"}, "")


class _Kept(msgspec.Struct):
    profile: str = ""
    result: str = ""


class DeviceTestModel(QObject):
    """One for the window; the service measures."""

    changed = Signal()
    seen = Signal(object)
    """Our own picture: a CallFrame."""

    def __init__(
        self,
        service: "DeviceTestService",
        find_adapters: Callable[[], tuple[Adapter, ...]] | None = None,
    ) -> None:
        """`find_adapters`: None: Qt's own list."""
        super().__init__()
        self._service, self._adapters = service, find_adapters or _adapters
        self.profiles = service.profiles or (_ASKS_NOTHING,)
        self.profile = self.profiles[0]
        self.is_recording = False
        self.was_heard: bool | None = None
        """Whether the last recording could be played; None: there was none."""
        self.tasks = TaskScope(on_error=self._failed)
        self._deaf = (
            service.changed.subscribe(lambda _: self.changed.emit()),
            service.preview.subscribe(self._show),
        )

    @property
    def result(self) -> "DeviceResult | None":
        """Of the last day."""
        return self._service.result

    @property
    def measured(self) -> Measured | None:
        """What it found."""
        return None if self.result is None else self.result.measured

    @property
    def verdict(self) -> Verdict | None:
        """By the chosen profile."""
        return None if self.measured is None else judge(self.measured, self.profile)

    @property
    def is_running(self) -> bool:
        """Whether a test runs."""
        return self._service.is_running

    @property
    def is_in_call(self) -> bool:
        """Whether a call has the devices."""
        return self._service.is_in_call

    @property
    def is_stale(self) -> bool:
        """Whether the computer has other devices than the result is of."""
        return not self._service.are_devices_the_same

    @property
    def known(self) -> KnownDevices:
        """Devices to choose from."""
        return self._service.known

    @property
    def chosen(self) -> DeviceNames:
        """Which are to be used."""
        return self._service.chosen

    @property
    def in_use(self) -> Mapping[Device, str]:
        """Which ones the call has; empty outside of one."""
        return self._service.in_use

    def entered(self) -> None:
        """The room is seen: which devices are there? No camera opens by that."""
        if not self.is_running:
            self.tasks.start(self._service.look(), name="devices.look")

    def wanted(self) -> None:
        """The key has opened the room: a test begins where no result holds."""
        if self.result is None:
            self.repeat()

    def repeat(self) -> None:
        """A test from the beginning."""
        if not self.is_running:
            self.was_heard = None
            self.tasks.start(self._service.run(self._adapters()), name="devices.test")

    def hear_oneself(self) -> None:
        """Three seconds are recorded and played."""
        if not self.is_recording and not self.is_running:
            self.is_recording = True
            self.tasks.start(self._record(), name="devices.record")

    def choose_profile(self, profile: CallProfile) -> None:
        """The same figures by another service's measure."""
        self.profile = profile
        self.changed.emit()

    def choose(self, device: Device, name: str) -> None:
        """Another one, "" the usual one: for the call that is on, and for the next."""
        chosen = self.chosen.having(device, name)
        self.tasks.start(self._service.choose(chosen), name="devices.choose")

    def state(self) -> str:
        """What `restore` finds again. A choice of devices ends with the session: one that was
        unplugged meanwhile would leave the next call without sound.
        """
        return msgspec.json.encode(_Kept(self.profile.id, self._service.state())).decode()

    def restore(self, state: str) -> None:
        """Takes up profile and result of an earlier session."""
        try:
            kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.MsgspecError:
            return
        self.profile = next((one for one in self.profiles if one.id == kept.profile), self.profile)
        self._service.restore(kept.result)

    async def close(self) -> None:
        """Ends what runs."""
        for deaf in self._deaf:
            deaf()
        await self.tasks.close()

    @property
    def at(self) -> datetime | None:
        """When the result was found."""
        return None if self.result is None else self.result.at

    async def _record(self) -> None:
        self.changed.emit()
        try:
            self.was_heard = await self._service.hear_oneself()
        finally:
            self.is_recording = False
            self.changed.emit()

    def _show(self, frame: CallFrame) -> None:
        self.seen.emit(frame)

    def _failed(self, error: BaseException) -> None:
        logger.warning("a device test failed: %s", type(error).__name__)
        self.changed.emit()


def _adapters() -> tuple[Adapter, ...]:
    from workstation.ui.screens.device_test.adapters import adapters  # brings QtNetwork in

    return adapters()
