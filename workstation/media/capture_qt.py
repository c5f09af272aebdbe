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

logger = logging.getLogger(__name__)

_LOOK_EVERY_MS: Final = 500
_GONE_AFTER_S: Final = 2.5
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
        self._told: dict[Device, DeviceTrouble] = {}
        self._camera_is_wanted = False  # never on before it is said
        self._camera: CameraIn | None = None
        self._microphone: MicrophoneIn | None = None
        self._speaker: SpeakerOut | None = None
        self.woken.connect(self.obey_all, Qt.ConnectionType.QueuedConnection)
        self._system = QMediaDevices(self)
        for changed in (
            self._system.videoInputsChanged,
            self._system.audioInputsChanged,
            self._system.audioOutputsChanged,
        ):
            changed.connect(self._look)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_EVERY_MS)

    def obey_all(self) -> None:
        """Does what is in the queue."""
        while not self._orders.empty():
            self._obey(self._orders.get())

    def close(self) -> None:
        """Closes all devices."""
        for one in (self._camera, self._microphone, self._speaker):
            if one is not None:
                one.close()
        self._camera, self._microphone, self._speaker = None, None, None

    def _obey(self, order: Order) -> None:
        match order:
            case Play():
                if self._speaker is not None:
                    self._speaker.play(order.samples)
            case UseCamera():
                self._camera_is_wanted = order.on
                if self._camera is not None:
                    self._camera.use(on=order.on)
            case OpenDevices():
                self.close()
                self._wanted = order
                self._told.clear()
                self._open(order)
            case CloseDevices():
                self.close()
                self._wanted, self._camera_is_wanted = None, False
            case ListDevices():
                self._deliver(known_devices())
            case Quit():
                self._application.quit()

    def _look(self) -> None:
        """Which device has gone, and which has come?"""
        if self._wanted is None:
            return
        if self._camera is not None and self._camera.is_gone():
            self._lose(self._camera, Device.CAMERA)
            self._camera = None
        if self._microphone is not None and self._microphone.is_gone():
            self._lose(self._microphone, Device.MICROPHONE)
            self._microphone = None
        if self._speaker is not None and self._speaker.is_gone():
            self._lose(self._speaker, Device.SPEAKER)
            self._speaker = None
        self._open(self._wanted)

    def _lose(self, one: "CameraIn | MicrophoneIn | SpeakerOut", device: Device) -> None:
        one.close()
        if one.has_worked:
            self._tell(device, DeviceTrouble.GONE)
        elif self._told.get(device) is not DeviceTrouble.GONE:
            self._tell(device, DeviceTrouble.FAILED)

    def _open(self, wanted: OpenDevices) -> None:
        """Opens what is there and not open yet."""
        if self._camera is None:
            self._open_camera(wanted)
        if self._microphone is None:
            inputs = QMediaDevices.audioInputs()
            found = _named(inputs, wanted.microphone, QMediaDevices.defaultAudioInput())
            if found is not None:
                self._microphone = MicrophoneIn(found, self._take)
            else:
                self._miss(Device.MICROPHONE)
        if self._speaker is None:
            outputs = QMediaDevices.audioOutputs()
            found = _named(outputs, wanted.speaker, QMediaDevices.defaultAudioOutput())
            if found is not None:
                self._speaker = SpeakerOut(found)
                if not self._speaker.is_gone():
                    self._tell(Device.SPEAKER, DeviceTrouble.NONE)
            else:
                self._miss(Device.SPEAKER)

    def _open_camera(self, wanted: OpenDevices) -> None:
        cameras = QMediaDevices.videoInputs()
        found = _named(cameras, wanted.camera, QMediaDevices.defaultVideoInput())
        if found is None:
            self._miss(Device.CAMERA)
        else:
            self._camera = CameraIn(found, wanted, self._take)
            self._camera.use(on=self._camera_is_wanted)

    def _take(self, captured: Captured) -> None:
        """A device works when something has come from it, not before."""
        device = Device.CAMERA if isinstance(captured, Picture) else Device.MICROPHONE
        self._tell(device, DeviceTrouble.NONE)
        self._deliver(captured)

    def _miss(self, device: Device) -> None:
        if device not in self._told:
            self._tell(device, DeviceTrouble.NOT_FOUND)

    def _tell(self, device: Device, trouble: DeviceTrouble) -> None:
        if self._told.get(device) is not trouble:
            self._told[device] = trouble
            self._deliver(DeviceNote(device, trouble))


class CameraIn(QObject):
    """A camera that delivers pictures."""

    def __init__(self, device: QCameraDevice, wanted: OpenDevices, deliver: Deliver) -> None:
        super().__init__()
        self.has_worked = False
        self._device = device
        self._deliver = deliver
        self._last_s = time.monotonic()
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
        self._last_s = time.monotonic()
        self._camera.setActive(on)

    def is_gone(self) -> bool:
        """Whether it is on and gives nothing."""
        failed = self._camera.error() is not QCamera.Error.NoError
        silent = self._camera.isActive() and time.monotonic() - self._last_s > _GONE_AFTER_S
        return failed or silent or self._device not in QMediaDevices.videoInputs()

    def close(self) -> None:
        """Off."""
        self._sink.videoFrameChanged.disconnect(self._take)
        self._camera.setActive(False)

    def _take(self, frame: QVideoFrame) -> None:
        self._last_s = time.monotonic()
        picture = picture_of(frame.toImage())
        if picture is not None:
            self.has_worked = True
            self._deliver(captured_now(picture))


class MicrophoneIn(QObject):
    """A microphone that delivers sound."""

    def __init__(self, device: QAudioDevice, deliver: Deliver) -> None:
        super().__init__()
        self.has_worked = False
        self._device = device
        self._deliver = deliver
        self._last_s = time.monotonic()
        chosen = _sound_format(device, CALL_IN)
        self._converter = SoundConverter(_read_format(chosen), CALL_IN)
        self._source = QAudioSource(device, chosen)
        self._stream: QIODevice | None = self._source.start()  # None: it cannot be opened
        if self._stream is not None:
            self._stream.readyRead.connect(self._take)

    def is_gone(self) -> bool:
        """Whether it gives nothing."""
        failed = self._source.error() not in (QtAudio.Error.NoError, QtAudio.Error.UnderrunError)
        silent = time.monotonic() - self._last_s > _GONE_AFTER_S
        # A sound server may give another microphone in its place: nobody has asked for that.
        return failed or silent or self._device not in QMediaDevices.audioInputs()

    def close(self) -> None:
        """Off."""
        self._source.stop()

    def _take(self) -> None:
        if self._stream is None:
            return
        data = self._converter.convert(bytes(self._stream.readAll().data()))
        self._last_s = time.monotonic()
        if data:
            self.has_worked = True
            self._deliver(Sound(samples_of(data)))


class SpeakerOut:
    """A speaker; what it cannot take in time is left out."""

    def __init__(self, device: QAudioDevice) -> None:
        self._device = device
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
        lost = self._stream is None or self._device not in QMediaDevices.audioOutputs()
        return failed or stuck or lost

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


def known_devices() -> KnownDevices:
    """What the system knows now, the usual one of each kind first."""
    cameras, camera = QMediaDevices.videoInputs(), QMediaDevices.defaultVideoInput()
    inputs, outputs = QMediaDevices.audioInputs(), QMediaDevices.audioOutputs()
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
    if not name:
        return None if usual.isNull() else usual
    return next((one for one in devices if one.description() == name), None)


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
