"""The device test's measuring in the media process: within some eight seconds, parts side by side.

The doctor speaks for a moment; then a tone goes to the left, another to the right, and the
microphone listens whether they come back. In a call no tone is played: the patient would hear it.
"""

import asyncio
import re
import time
from dataclasses import replace
from typing import Final, Protocol

import numpy as np
from av import VideoFrame

from workstation.core.call_media import CallSettings, Device, DeviceNote, DeviceTrouble, Source
from workstation.core.device_check import (
    Access,
    Camera,
    KnownDevices,
    MeasuredDevices,
    Microphone,
    Speaker,
)
from workstation.media.device_access import camera_access
from workstation.media.device_meters import (
    PictureMeter,
    SoundTrace,
    Tone,
    clipped_share,
    loudest_dbfs,
    tone,
)
from workstation.media.devices import Captured, Devices, DeviceSource, Sound
from workstation.media.sources import RATE, Samples, SyntheticSource

_FIRST_S: Final = 3.0
"""A device that has given nothing by then does not work."""
_SPEAK_S: Final = 2.5
_TONE_S: Final = 0.6
_REST_S: Final = 0.4
_LATE_S: Final = 0.5
"""Between giving a tone to the speaker and hearing it."""
_TONES_HZ: Final = (700.0, 1100.0)
_PEAK: Final = 0.2
_CHUNK: Final = RATE // 50
_AHEAD_S: Final = 0.06
_HEADSET: Final = re.compile(r"headset|headphone|earphone|airpods|buds|гарнитур|наушник", re.I)


class _Source(Protocol):
    """As a call has it."""

    def play(self, samples: Samples) -> bool:
        """Stereo in turns, 48 kHz."""

    def stop(self) -> None:
        """The end."""


class Listening(DeviceSource):
    """The devices as the test has them: nothing that the microphone hears is left out."""

    def __init__(self, devices: Devices, settings: CallSettings, test: "DeviceTest") -> None:
        super().__init__(devices, settings, test.noted)
        self._test = test

    def captured(self, captured: Captured) -> None:
        """Something has come from a device."""
        if isinstance(captured, Sound):
            self._test.heard(captured.samples)
        super().captured(captured)


class DeviceTest:
    """One test; `run` once. All in the loop."""

    def __init__(self, devices: Devices, settings: CallSettings, *, has_tone: bool) -> None:
        """`has_tone`: whether the speaker may be heard. A camera that `settings` leave off is."""
        self._devices = devices
        self._settings = settings
        self._has_tone = has_tone
        self._picture = PictureMeter()
        self._sound = SoundTrace()
        self._notes: dict[Device, DeviceTrouble] = {}
        self._names: dict[Device, str] = {}
        self._news = asyncio.Event()

    async def run(self) -> MeasuredDevices:
        """Measures, and frees the devices; they stay open where a call has them."""
        known = await self._known()
        source = self._start()
        try:
            await self.first()
            silent_until = time.monotonic()
            await asyncio.sleep(_SPEAK_S)
            spoken_until = time.monotonic()
            tones = await self._play_tones(source) if self._has_tone else []
        finally:
            source.stop()
        speech = self._sound.between(silent_until - _FIRST_S, spoken_until)
        heard = [self._sound.tone_db(one, spoken_until) for one in tones]
        microphone = self._microphone(known, speech, heard)
        speaker = self._speaker(known, heard, microphone.name)
        return MeasuredDevices(self._camera(known), microphone, speaker, known)

    def seen(self, frame: VideoFrame, captured_s: float) -> None:
        """A picture of the camera."""
        self._picture.see(frame, captured_s)
        self._news.set()

    def heard(self, samples: Samples) -> None:
        """Sound of the microphone."""
        self._sound.hear(samples, time.monotonic())
        self._news.set()

    def noted(self, note: DeviceNote) -> None:
        """A device is missing, or is there."""
        self._notes[note.device] = note.trouble
        self._names[note.device] = note.name
        self._news.set()

    def recorded(self, since_s: float) -> Samples:
        """What the microphone has heard since then."""
        return self._sound.between(since_s, time.monotonic())

    async def _known(self) -> KnownDevices:
        if self._settings.source is Source.SYNTHETIC:
            return KnownDevices()
        return await self._devices.known()

    def _start(self) -> _Source:
        one = self._settings
        if one.source is Source.SYNTHETIC:
            made_up = _Synthetic(one, self)
            made_up.begin()
            return made_up
        source = Listening(self._devices, one, self)
        source.start(self.seen)
        if one.video:
            source.use(camera=True, microphone=True)
        return source

    async def first(self) -> None:
        """Until each device has given something, or it is known that it will not."""
        try:
            async with asyncio.timeout(_FIRST_S):
                while not self._is_known(Device.CAMERA) or not self._is_known(Device.MICROPHONE):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pass

    def _is_known(self, device: Device) -> bool:
        if device is Device.CAMERA and not self._settings.video:
            return True
        has_given = self._picture.has_seen if device is Device.CAMERA else self._sound.has_heard
        return has_given or self._notes.get(device, DeviceTrouble.NONE) is not DeviceTrouble.NONE

    async def _play_tones(self, source: _Source) -> list[Tone]:
        played = []
        for side, hertz in enumerate(_TONES_HZ):
            samples, level = tone(hertz, _TONE_S, _PEAK)
            begin = time.monotonic()
            await play_paced(source, on_side(samples, side))
            await asyncio.sleep(_REST_S + _AHEAD_S)
            played.append(Tone(hertz, level, begin, time.monotonic()))
        await asyncio.sleep(max(0.0, _LATE_S - _REST_S))
        return played

    def _name(self, device: Device, known: KnownDevices) -> str:
        """The one that was used; where none was, the one that would have been."""
        chosen = self._names.get(device) or self._settings.devices.of(device)
        return chosen or next(iter(known.names(device)), "")

    def _camera(self, known: KnownDevices) -> Camera:
        name = self._name(Device.CAMERA, known)
        if not self._settings.video:
            return Camera(Access.UNTRIED, name)
        seen = self._picture
        if not seen.has_seen:
            return Camera(camera_access(_access(self._notes.get(Device.CAMERA))), name)
        largest = max(
            ((one.width, one.height) for one in known.cameras if one.name == name),
            default=(0, 0),
        )
        width, height = max((seen.width, seen.height), largest, key=lambda size: size[0] * size[1])
        return Camera(
            Access.WORKS, name, width, height, seen.frame_rate, seen.brightness, seen.contrast
        )

    def _microphone(
        self, known: KnownDevices, speech: Samples, heard: list[float | None]
    ) -> Microphone:
        name = self._name(Device.MICROPHONE, known)
        if not self._sound.has_heard:
            return Microphone(_access(self._notes.get(Device.MICROPHONE)), name)
        echo = max((one for one in heard if one is not None), default=None)
        return Microphone(Access.WORKS, name, loudest_dbfs(speech), clipped_share(speech), echo)

    def _speaker(self, known: KnownDevices, heard: list[float | None], microphone: str) -> Speaker:
        name = self._name(Device.SPEAKER, known)
        trouble = self._notes.get(Device.SPEAKER)
        if trouble is not DeviceTrouble.NONE:
            return Speaker(_access(trouble), name)
        left, right = ([*heard, None, None])[:2]
        is_headset = True if _HEADSET.search(name) else None
        if any(one is not None for one in heard) and not is_headset:
            is_headset = False  # a headset's tone does not come back to its microphone
        return Speaker(
            Access.WORKS,
            name,
            True if left is not None else None,
            True if right is not None else None,
            is_headset,
        )


async def record_and_play(devices: Devices, settings: CallSettings, seconds: float) -> bool:
    """The doctor hears what the microphone heard; False: it heard nothing, or nobody plays it."""
    without_camera = replace(settings, video=False)
    test = DeviceTest(devices, without_camera, has_tone=False)
    source = Listening(devices, without_camera, test)
    source.start(test.seen)
    try:
        await test.first()
        begin = time.monotonic()
        await asyncio.sleep(seconds)
        samples = test.recorded(begin)
        if not samples.size:
            return False
        return await play_paced(source, np.repeat(samples, 2))
    finally:
        source.stop()


async def play_paced(source: _Source, stereo: Samples) -> bool:
    """Gives the speaker as much as it takes in time; False where there is none."""
    begun = time.monotonic()
    is_played = True
    for number, at in enumerate(range(0, stereo.size, 2 * _CHUNK)):
        ahead = number * _CHUNK / RATE - (time.monotonic() - begun) - _AHEAD_S
        if ahead > 0:
            await asyncio.sleep(ahead)
        is_played = source.play(stereo[at : at + 2 * _CHUNK]) and is_played
    await asyncio.sleep(_AHEAD_S)
    return is_played


def on_side(mono: Samples, side: int) -> Samples:
    """Stereo in turns, with the sound on the left (0) or on the right (1) alone."""
    stereo = np.zeros(mono.size * 2, np.int16)
    stereo[side::2] = mono
    return stereo


def _access(trouble: DeviceTrouble | None) -> Access:
    return Access.NONE if trouble is DeviceTrouble.NOT_FOUND else Access.FAILED


class _Synthetic:
    """The made-up source of tests and tours, with its sound handed to the test."""

    def __init__(self, settings: CallSettings, test: DeviceTest) -> None:
        self._source = SyntheticSource(settings.width, settings.height, settings.frame_rate)
        self._test = test
        self._listening: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Pictures and sound from now on."""
        self._test.noted(DeviceNote(Device.SPEAKER, DeviceTrouble.NONE))
        self._source.start(self._test.seen)
        self._listening = asyncio.ensure_future(self._listen())

    def play(self, samples: Samples) -> bool:
        """Nobody plays it."""
        return self._source.play(samples)

    def stop(self) -> None:
        """The end."""
        if self._listening is not None:
            self._listening.cancel()
        self._source.stop()

    async def _listen(self) -> None:
        while True:
            await asyncio.sleep(_CHUNK / RATE)
            samples = self._source.take(_CHUNK)
            if samples is not None:
                self._test.heard(samples)
