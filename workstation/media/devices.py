"""Camera, microphone and speaker for the calls: what the loop sees of the devices' thread.

One pair of hands for all calls of the process: the devices are opened for the first that wants
them and closed after the last. Orders go there by a queue, what was captured comes back by the
loop's own.
"""

import asyncio
import contextlib
import os
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from av import VideoFrame

from workstation.core.call_media import CallSettings, Device, DeviceNames, DeviceNote, DeviceTrouble
from workstation.core.device_check import KnownDevices
from workstation.media.sources import RATE, OnFrame, Samples

_MOST_BUFFERED: Final = RATE // 5


@dataclass(frozen=True, slots=True)
class OpenDevices:
    """Use these; the picture is to be of about that size."""

    devices: DeviceNames
    width: int
    height: int

    def others_than(self, before: "OpenDevices | None") -> set[Device]:
        """Which of them are not as they were."""
        if before is None:
            return set(Device)
        others = {one for one in Device if self.devices.of(one) != before.devices.of(one)}
        is_same_size = (self.width, self.height) == (before.width, before.height)
        return others if is_same_size else others | {Device.CAMERA}


@dataclass(frozen=True, slots=True)
class CloseDevices:
    """Nobody needs them."""


@dataclass(frozen=True, slots=True)
class UseCamera:
    """Camera on or off: its light is to tell the truth."""

    on: bool


@dataclass(frozen=True, slots=True)
class Play:
    """Sound for the speaker: 16 bits, stereo in turns, 48 kHz."""

    samples: bytes


@dataclass(frozen=True, slots=True)
class ListDevices:
    """Which devices are there?"""


@dataclass(frozen=True, slots=True)
class Quit:
    """The end of the thread."""


Order = OpenDevices | CloseDevices | UseCamera | Play | ListDevices | Quit


@dataclass(frozen=True, slots=True)
class Picture:
    """The camera's picture and when it was taken, on the clock of `time.monotonic`."""

    frame: VideoFrame
    captured_s: float


@dataclass(frozen=True, slots=True)
class Sound:
    """The microphone's sound: mono, 48 kHz."""

    samples: Samples


Captured = Picture | Sound | DeviceNote
Deliver = Callable[[Captured], None]
Tell = Callable[[Captured | KnownDevices], None]


class Devices:
    """`run` in the devices' thread, all else in the loop's."""

    def __init__(self) -> None:
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self.wake: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sources: list[DeviceSource] = []
        self._notes: dict[Device, DeviceNote] = {}
        self._open: OpenDevices | None = None
        self._asking: list[asyncio.Future[KnownDevices]] = []
        self.on_known: Callable[[KnownDevices], None] = lambda known: None
        """Hears what there is, where that is another list than before."""
        self._known: KnownDevices | None = None

    def run(self) -> None:
        """Waits; brings Qt up when devices are wanted for the first time; ends with `quit`."""
        first = self.orders.get()
        if isinstance(first, Quit):
            return
        self.orders.put(first)
        os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false")
        try:
            from workstation.media.capture_qt import run_capture
        except ImportError:  # Qt's sound and camera libraries are not on this computer
            for device in Device:
                self.deliver(DeviceNote(device, DeviceTrouble.FAILED))
            while not isinstance(order := self.orders.get(), Quit):
                if isinstance(order, ListDevices):
                    self.deliver(KnownDevices())
        else:
            run_capture(self)

    def deliver_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """Where what is captured goes."""
        self._loop = loop

    async def known(self) -> KnownDevices:
        """Which devices are there; wait for it no longer than is good."""
        asked: asyncio.Future[KnownDevices] = asyncio.get_running_loop().create_future()
        self._asking.append(asked)
        self.order(ListDevices())
        return await asked

    def deliver(self, captured: Captured | KnownDevices) -> None:
        """From the devices' thread into the loop."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._hand_out, captured)

    def attach(self, source: "DeviceSource", wanted: OpenDevices) -> None:
        """For a call: opens what it wants, where that is not open already."""
        self._sources.append(source)
        if wanted != self._open:
            self.choose(wanted)
        for note in self._notes.values():
            source.captured(note)

    def choose(self, wanted: OpenDevices) -> None:
        """Others from now on, for all calls; those that stay the same work on."""
        for device in wanted.others_than(self._open):
            self._notes.pop(device, None)
        self._open = wanted
        self.order(wanted)

    def detach(self, source: "DeviceSource") -> None:
        """The call is over."""
        if source in self._sources:
            self._sources.remove(source)
            if self._sources:
                self.use_camera()
            else:
                self._open = None
                self.order(CloseDevices())

    def use_camera(self) -> None:
        """On where any call wants it."""
        self.order(UseCamera(any(source.wants_camera for source in self._sources)))

    def quit(self) -> None:
        """Ends `run`; from any thread."""
        self.order(Quit())

    def order(self, order: Order) -> None:
        """Tells the devices' thread."""
        self.orders.put(order)
        self.wake()

    def _hand_out(self, captured: Captured | KnownDevices) -> None:
        if isinstance(captured, KnownDevices):
            self._list(captured)
            return
        if isinstance(captured, DeviceNote):
            self._notes[captured.device] = captured
        for source in self._sources:
            source.captured(captured)

    def _list(self, known: KnownDevices) -> None:
        asking, self._asking = self._asking, []
        for asked in asking:
            if not asked.done():
                asked.set_result(known)
        is_other, self._known = known != self._known, known
        if is_other:
            self.on_known(known)


class DeviceSource:
    """The devices as the source of one call."""

    def __init__(
        self, devices: Devices, settings: CallSettings, note: Callable[[DeviceNote], None]
    ) -> None:
        self.wants_camera = settings.video
        self._devices = devices
        self._settings = settings
        self._note = note
        self._on_frame: OnFrame | None = None
        self._buffered = np.zeros(0, np.int16)
        self._has_speaker = False

    def start(self, on_frame: OnFrame) -> None:
        """Opens the devices."""
        self._on_frame = on_frame
        self._devices.attach(self, self._wanted())

    def take(self, count: int) -> Samples | None:
        """What the microphone has heard, at most 200 ms late."""
        if self._buffered.size < count:
            return None
        taken, self._buffered = self._buffered[:count], self._buffered[count:]
        return taken

    def use(self, *, camera: bool, microphone: bool) -> None:
        """Camera off is off; the microphone stays open, so that it is there at once."""
        self.wants_camera = camera
        self._devices.use_camera()

    def choose(self, devices: DeviceNames) -> None:
        """Other ones from now on; a camera that is off stays off."""
        self._settings = self._settings.using(devices)
        self._buffered = self._buffered[:0]
        self._devices.choose(self._wanted())

    def play(self, samples: Samples) -> bool:
        """To the speaker, where there is one."""
        if self._has_speaker:
            self._devices.order(Play(samples.tobytes()))
        return self._has_speaker

    def stop(self) -> None:
        """Frees the devices."""
        self._devices.detach(self)

    def captured(self, captured: Captured) -> None:
        """Something has come from a device."""
        if isinstance(captured, Sound):
            joined = np.concatenate((self._buffered, captured.samples))
            self._buffered = joined[-_MOST_BUFFERED:]
        elif isinstance(captured, Picture):
            if self._on_frame is not None:
                self._on_frame(captured.frame, captured.captured_s)
        else:
            if captured.device is Device.SPEAKER:
                self._has_speaker = captured.trouble is DeviceTrouble.NONE
            self._note(captured)

    def _wanted(self) -> OpenDevices:
        one = self._settings
        return OpenDevices(one.devices, one.width, one.height)


def captured_now(frame: VideoFrame) -> Picture:
    """A picture that was taken at this moment."""
    return Picture(frame, time.monotonic())
