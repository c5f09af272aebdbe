"""Camera, microphone and speaker through QtMultimedia: the only module of calls that knows Qt.

It runs in the main thread of the media process with a Qt loop of its own. Without the operating
system's word on a removed device, one that falls silent counts as gone.
"""

import logging
import os
import queue
import sys
import time
from collections.abc import Sequence
from typing import Final, TypeVar

import numpy as np
from av import VideoFrame
from PySide6.QtCore import (
    QByteArray,
    QIODevice,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QAudioDevice,
    QAudioFormat,
    QAudioSink,
    QAudioSource,
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QtAudio,
    QVideoFrame,
    QVideoSink,
)

from workstation.core.call_media import Device, DeviceNote, DeviceTrouble
from workstation.core.device_check import KnownCamera, KnownDevices
from workstation.media.devices import (
    Captured,
    CloseDevices,
    Deliver,
    Devices,
    ListDevices,
    OpenDevices,
    Order,
    Picture,
    Play,
    Quit,
    Sound,
    Tell,
    UseCamera,
    captured_now,
)
from workstation.media.lip_sync import SPEAKER_S
from workstation.media.sound_format import (
    CALL_IN,
    CALL_OUT,
    SoundConverter,
    SoundFormat,
    samples_of,
)
from workstation.media.sound_server import Side, SoundServer

logger = logging.getLogger(__name__)

_LOOK_EVERY_MS: Final = 500
_GONE_AFTER_S: Final = 2.0
_COMES_UP_S: Final = 4.0
_KINDS: Final = {
    QAudioFormat.SampleFormat.UInt8: "u8",
    QAudioFormat.SampleFormat.Int16: "s16",
    QAudioFormat.SampleFormat.Int32: "s32",
    QAudioFormat.SampleFormat.Float: "flt",
}
Named = TypeVar("Named", QAudioDevice, QCameraDevice)


def run_capture(devices: Devices) -> None:
    """Runs Qt's loop until it is told to quit. In the process's main thread."""
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # no window is shown here, and none may be
    qInstallMessageHandler(_log)
    application = QGuiApplication(["media"])
    capture = Capture(devices.orders, devices.deliver, application)
    devices.wake = capture.woken.emit
    capture.obey_all()
    application.exec()
    capture.close()


class Capture(QObject):
    """Obeys orders; what it captures and what is missing goes to `deliver`."""

    woken = QtSignal()

    def __init__(
        self, orders: "queue.SimpleQueue[Order]", deliver: Tell, application: QGuiApplication
    ) -> None:
        super().__init__()
        self._orders = orders
        self._deliver = deliver
        self._application = application
        self._wanted: OpenDevices | None = None
        self._told: dict[Device, DeviceNote] = {}
        self._lost: dict[Device, str] = {}
        """Usual devices that have gone: they are waited for, nobody has chosen another."""
        self._camera_is_wanted = False  # never on before it is said
        self._using: dict[Device, CameraIn | MicrophoneIn | SpeakerOut] = {}
        self._server = SoundServer.find()
        self.woken.connect(self.obey_all, Qt.ConnectionType.QueuedConnection)
        self._system = QMediaDevices(self)
        for changed in (
            self._system.videoInputsChanged,
            self._system.audioInputsChanged,
            self._system.audioOutputsChanged,
        ):
            changed.connect(self._list_changed)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_EVERY_MS)

    def obey_all(self) -> None:
        """Does what is in the queue."""
        while not self._orders.empty():
            self._obey(self._orders.get())

    def close(self) -> None:
        """Closes all devices, looks no more, and leaves the sound server."""
        self._looking.stop()
        self._close(set(Device))
        if self._server is not None:
            self._server.close()
            self._server = None

    def _obey(self, order: Order) -> None:
        match order:
            case Play():
                speaker = self._using.get(Device.SPEAKER)
                if isinstance(speaker, SpeakerOut):
                    speaker.play(order.samples)
            case UseCamera():
                self._camera_is_wanted = order.on
                camera = self._using.get(Device.CAMERA)
                if isinstance(camera, CameraIn):
                    camera.use(on=order.on)
            case OpenDevices():
                self._change_to(order)
            case CloseDevices():
                self._close(set(Device))
                self._wanted, self._camera_is_wanted = None, False
            case ListDevices():
                self._hear_server()
                self._deliver(self._known())
            case Quit():
                self._application.quit()

    def _change_to(self, wanted: OpenDevices) -> None:
        """What stays the same works on; whoever chooses does not wait for what has gone."""
        self._close(wanted.others_than(self._wanted))
        self._lost.clear()
        self._wanted = wanted
        self._hear_server()
        self._open(wanted)

    def _close(self, which: set[Device]) -> None:
        for device in which:
            self._told.pop(device, None)
            self._lost.pop(device, None)
            one = self._using.pop(device, None)
            if one is not None:
                one.close()

    def _list_changed(self) -> None:
        self._deliver(self._known())
        self._look()

    def _hear_server(self) -> None:
        if self._server is not None and self._server.turn():
            self._deliver(self._known())

    def _look(self) -> None:
        """Which device has gone, and which has come?"""
        self._hear_server()
        if self._wanted is None:
            return
        for device, one in list(self._using.items()):
            is_there = self._is_still_there(device, one)
            if one.is_gone() or not is_there:
                self._lose(device, one, was_taken=one.has_worked or not is_there)
        self._open(self._wanted)

    def _is_still_there(self, device: Device, one: "CameraIn | MicrophoneIn | SpeakerOut") -> bool:
        """The system lists it, and the sound server has not put our stream elsewhere."""
        if isinstance(one, CameraIn):
            return any(one.id == _id(other) for other in QMediaDevices.videoInputs())
        is_in = device is Device.MICROPHONE
        listed = self._inputs() if is_in else self._outputs()
        return one.is_on(self._side(device)) and any(one.id == _id(other) for other in listed)

    def _side(self, device: Device) -> Side | None:
        server = self._server
        if server is None:
            return None
        return server.sources if device is Device.MICROPHONE else server.sinks

    def _lose(
        self, device: Device, one: "CameraIn | MicrophoneIn | SpeakerOut", *, was_taken: bool
    ) -> None:
        del self._using[device]
        one.close()
        if was_taken:
            self._lost[device] = one.name
            self._tell(device, DeviceTrouble.GONE, one.name)
        elif device not in self._told or self._told[device].trouble is not DeviceTrouble.GONE:
            self._tell(device, DeviceTrouble.FAILED, one.name)

    def _open(self, wanted: OpenDevices) -> None:
        """Opens what is there and not open yet."""
        for device in Device:
            if device in self._using:
                continue
            name = wanted.devices.of(device) or self._lost.get(device, "")
            one = self._opened(device, name, wanted)
            if one is not None:
                self._using[device] = one
            elif device not in self._told:
                self._tell(device, DeviceTrouble.NOT_FOUND, name)

    def _opened(
        self, device: Device, name: str, wanted: OpenDevices
    ) -> "CameraIn | MicrophoneIn | SpeakerOut | None":
        if device is Device.CAMERA:
            camera = _named(QMediaDevices.videoInputs(), name, QMediaDevices.defaultVideoInput())
            return None if camera is None else self._opened_camera(camera, wanted)
        if device is Device.MICROPHONE:
            found = _named(self._inputs(), name, QMediaDevices.defaultAudioInput())
            return None if found is None else MicrophoneIn(found, self._take)
        found = _named(self._outputs(), name, QMediaDevices.defaultAudioOutput())
        return None if found is None else self._opened_speaker(found)

    def _opened_camera(self, found: QCameraDevice, wanted: OpenDevices) -> "CameraIn":
        camera = CameraIn(found, wanted, self._take)
        camera.use(on=self._camera_is_wanted)
        return camera

    def _opened_speaker(self, found: QAudioDevice) -> "SpeakerOut":
        speaker = SpeakerOut(found)
        if not speaker.is_gone():
            self._tell(Device.SPEAKER, DeviceTrouble.NONE, speaker.name)
        return speaker

    def _known(self) -> KnownDevices:
        return known_devices(self._inputs(), self._outputs())

    def _inputs(self) -> list[QAudioDevice]:
        return self._there(QMediaDevices.audioInputs(), Device.MICROPHONE)

    def _outputs(self) -> list[QAudioDevice]:
        return self._there(QMediaDevices.audioOutputs(), Device.SPEAKER)

    def _there(self, listed: Sequence[QAudioDevice], device: Device) -> list[QAudioDevice]:
        """Qt's list without those that the sound server has lost."""
        side = self._side(device)
        return [one for one in listed if side is None or side.has(_id(one))]

    def _take(self, captured: Captured) -> None:
        """A device works when something has come from it, not before."""
        device = Device.CAMERA if isinstance(captured, Picture) else Device.MICROPHONE
        if device in self._using:
            self._tell(device, DeviceTrouble.NONE, self._using[device].name)
            self._deliver(captured)

    def _tell(self, device: Device, trouble: DeviceTrouble, name: str) -> None:
        note = DeviceNote(device, trouble, name)
        if self._told.get(device) != note:
            self._told[device] = note
            self._deliver(note)


class _Silence:
    """How long a device gives nothing; one that is only coming up has longer."""

    def __init__(self) -> None:
        self._since_s = time.monotonic()
        self._most_s = _COMES_UP_S

    def end(self) -> None:
        """Something has come."""
        self._since_s = time.monotonic()
        self._most_s = _GONE_AFTER_S

    @property
    def is_too_long(self) -> bool:
        """Whether it counts as gone."""
        return time.monotonic() - self._since_s > self._most_s


class _Placed:
    """A stream at the sound server."""

    def __init__(self, device: QAudioDevice) -> None:
        self.id, self.name = _id(device), device.description()
        self._was_on = False

    def is_on(self, side: Side | None) -> bool:
        """False where the server has moved it to a device that nobody has chosen, or ended it."""
        is_used = side is None or side.uses(self.id)
        was_on, self._was_on = self._was_on, self._was_on or is_used
        return is_used or not was_on


class CameraIn(QObject):
    """A camera that delivers pictures."""

    def __init__(self, device: QCameraDevice, wanted: OpenDevices, deliver: Deliver) -> None:
        super().__init__()
        self.has_worked = False
        self.id, self.name = _id(device), device.description()
        self._deliver = deliver
        self._silence = _Silence()
        self._camera = QCamera(device)
        chosen = _camera_format(device.videoFormats(), wanted)
        if chosen is not None:
            self._camera.setCameraFormat(chosen)
        self._sink = QVideoSink()
        self._sink.videoFrameChanged.connect(self._take)
        self._session = QMediaCaptureSession()
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)

    def use(self, *, on: bool) -> None:
        """On or off."""
        self._silence = _Silence()
        self._camera.setActive(on)

    def is_gone(self) -> bool:
        """Whether it is on and gives nothing."""
        failed = self._camera.error() is not QCamera.Error.NoError
        return failed or (self._camera.isActive() and self._silence.is_too_long)

    def close(self) -> None:
        """Off."""
        self._sink.videoFrameChanged.disconnect(self._take)
        self._camera.setActive(False)

    def _take(self, frame: QVideoFrame) -> None:
        self._silence.end()
        picture = picture_of(frame.toImage())
        if picture is not None:
            self.has_worked = True
            self._deliver(captured_now(picture))


class MicrophoneIn(_Placed):
    """A microphone that delivers sound."""

    def __init__(self, device: QAudioDevice, deliver: Deliver) -> None:
        super().__init__(device)
        self.has_worked = False
        self._deliver = deliver
        self._silence = _Silence()
        chosen = _sound_format(device, CALL_IN)
        self._converter = SoundConverter(_read_format(chosen), CALL_IN)
        self._source = QAudioSource(device, chosen)
        self._stream: QIODevice | None = self._source.start()  # None: it cannot be opened
        if self._stream is not None:
            self._stream.readyRead.connect(self._take)

    def is_gone(self) -> bool:
        """Whether it gives nothing."""
        failed = self._source.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)
        return failed or self._silence.is_too_long

    def close(self) -> None:
        """Off."""
        if self._stream is not None:
            self._stream.readyRead.disconnect(self._take)
            self._stream = None
        self._source.stop()

    def _take(self) -> None:
        if self._stream is None:
            return
        data = self._converter.convert(bytes(self._stream.readAll().data()))
        self._silence.end()
        if data:
            self.has_worked = True
            self._deliver(Sound(samples_of(data)))


class SpeakerOut(_Placed):
    """A speaker; what it cannot take in time is left out."""

    def __init__(self, device: QAudioDevice) -> None:
        super().__init__(device)
        chosen = _sound_format(device, CALL_OUT)
        self._converter = SoundConverter(CALL_OUT, _read_format(chosen))
        self._sink = QAudioSink(device, chosen)
        self._sink.setBufferSize(chosen.bytesForDuration(int(SPEAKER_S * 1_000_000)))
        self._stream: QIODevice | None = self._sink.start()  # None: it cannot be opened
        self.has_worked = self._stream is not None
        self._full_since: float | None = None

    def play(self, samples: bytes) -> None:
        """The next piece: 16 bits, stereo in turns, 48 kHz."""
        if self._stream is None:
            return
        if self._stream.write(QByteArray(self._converter.convert(samples))) > 0:
            self._full_since = None
        elif self._full_since is None:
            self._full_since = time.monotonic()

    def is_gone(self) -> bool:
        """Whether it has failed, or takes nothing."""
        failed = self._sink.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)
        now = time.monotonic()
        stuck = self._full_since is not None and now - self._full_since > _GONE_AFTER_S
        return failed or stuck or self._stream is None

    def close(self) -> None:
        """Off."""
        self._sink.stop()


def picture_of(image: QImage) -> VideoFrame | None:
    """Qt's picture as libav's; None where there is none."""
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGB32)  # in memory: BGRX
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
    return VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgra")


def known_devices(inputs: Sequence[QAudioDevice], outputs: Sequence[QAudioDevice]) -> KnownDevices:
    """What the system knows now, the usual one of each kind first."""
    cameras, camera = QMediaDevices.videoInputs(), QMediaDevices.defaultVideoInput()
    microphone, speaker = QMediaDevices.defaultAudioInput(), QMediaDevices.defaultAudioOutput()
    return KnownDevices(
        tuple(_known_camera(one) for one in sorted(cameras, key=lambda one: one != camera)),
        tuple(one.description() for one in sorted(inputs, key=lambda one: one != microphone)),
        tuple(one.description() for one in sorted(outputs, key=lambda one: one != speaker)),
    )


def _known_camera(device: QCameraDevice) -> KnownCamera:
    sizes = [one.resolution() for one in device.videoFormats()]
    width, height = max(
        ((size.width(), size.height()) for size in sizes),
        key=lambda size: size[0] * size[1],
        default=(0, 0),
    )
    return KnownCamera(device.description(), width, height)


def _named(devices: Sequence[Named], name: str, usual: Named) -> Named | None:
    """The device of that description; the usual one where none is named; None where none is."""
    if name:
        return next((one for one in devices if one.description() == name), None)
    return next((one for one in devices if _id(one) == _id(usual)), next(iter(devices), None))


def _id(device: QAudioDevice | QCameraDevice) -> bytes:
    """The system's own word for it; two that are equal for Qt are equal in more than that."""
    return bytes(device.id().data())


def _camera_format(formats: Sequence[QCameraFormat], wanted: OpenDevices) -> QCameraFormat | None:
    """Nearest to the wanted size; 30 frames a second before more pixels."""
    if not formats:
        return None

    def distance(one: QCameraFormat) -> tuple[bool, int]:
        size = one.resolution()
        apart = abs(size.width() - wanted.width) + abs(size.height() - wanted.height)
        return one.maxFrameRate() < 24, apart

    return min(formats, key=distance)


def _sound_format(device: QAudioDevice, call: SoundFormat) -> QAudioFormat:
    """The calls' own where the device speaks it, else the device's."""
    own = QAudioFormat()
    own.setSampleRate(call.rate)
    own.setChannelCount(call.channels)
    own.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return own if device.isFormatSupported(own) else device.preferredFormat()


def _read_format(chosen: QAudioFormat) -> SoundFormat:
    kind = _KINDS[chosen.sampleFormat()]
    return SoundFormat(kind, chosen.channelCount(), chosen.sampleRate())


def _log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own remarks, on missing libraries mostly."""
    logger.debug("Qt: %s", text)
