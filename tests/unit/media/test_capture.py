"""Which camera is opened and switched on, with cameras of the test's own: there is no virtual one
without a module of the kernel. Microphones and speakers: `test_devices.py`, with real ones."""

import queue
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from workstation.core.call_media import Device, DeviceNames, DeviceNote, DeviceTrouble
from workstation.core.device_check import KnownDevices
from workstation.media import capture_qt
from workstation.media.capture_qt import Capture, picture_of
from workstation.media.devices import Captured, Deliver, OpenDevices, Order, UseCamera, captured_now
from workstation.media.sound_server import SoundServer


class Nothing:
    """A device that is not there."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def id(self) -> QByteArray:
        return QByteArray(self.name.encode())

    def description(self) -> str:
        return self.name

    def videoFormats(self) -> list[object]:
        return []


class Changed:
    """A signal."""

    def __init__(self) -> None:
        self.slots: list[Callable[[], None]] = []

    def connect(self, slot: Callable[[], None]) -> None:
        self.slots.append(slot)


class System:
    """The system's list; the first is the usual one."""

    cameras: tuple[Nothing, ...] = ()
    changed = Changed()

    def __init__(self, parent: object) -> None:
        System.changed = Changed()
        self.videoInputsChanged = System.changed
        self.audioInputsChanged = self.audioOutputsChanged = Changed()

    @staticmethod
    def videoInputs() -> list[Nothing]:
        return list(System.cameras)

    @staticmethod
    def defaultVideoInput() -> Nothing:
        return next(iter(System.cameras), Nothing())

    @staticmethod
    def audioInputs() -> list[Nothing]:
        return []

    audioOutputs = audioInputs

    @staticmethod
    def defaultAudioInput() -> Nothing:
        return Nothing()

    defaultAudioOutput = defaultAudioInput


class Camera:
    """Opened by the program; `light` is whether it is on."""

    opened: list["Camera"] = []

    def __init__(self, device: Nothing, wanted: OpenDevices, deliver: Deliver) -> None:
        self.id, self.name, self.has_worked = device.name.encode(), device.name, False
        self.light = self.was_on = False
        self._deliver = deliver
        Camera.opened.append(self)

    def use(self, *, on: bool) -> None:
        self.light, self.was_on = on, self.was_on or on
        if on:
            self.has_worked = True

    def show(self) -> None:
        picture = picture_of(QImage(4, 4, QImage.Format.Format_RGB32))
        assert picture is not None
        self._deliver(captured_now(picture))

    def is_gone(self) -> bool:
        return False

    def close(self) -> None:
        self.light = False


class Desk:
    """The devices' thread without its loop."""

    def __init__(self, application: QGuiApplication) -> None:
        self.notes: list[DeviceNote] = []
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self.capture = Capture(self._orders, self._hear, application)

    def order(self, *orders: Order) -> None:
        for one in orders:
            self._orders.put(one)
        self.capture.obey_all()

    def plug(self, *names: str) -> None:
        """These are there now."""
        System.cameras = tuple(Nothing(name) for name in names)
        for slot in System.changed.slots:
            slot()

    def on(self) -> list[str]:
        """Whose light is on."""
        return [one.name for one in Camera.opened if one.light]

    def last(self, device: Device = Device.CAMERA) -> DeviceNote:
        return [note for note in self.notes if note.device is device][-1]

    def _hear(self, captured: Captured | KnownDevices) -> None:
        if isinstance(captured, DeviceNote):
            self.notes.append(captured)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Desk]:
    monkeypatch.setattr(capture_qt, "QMediaDevices", System)
    monkeypatch.setattr(capture_qt, "CameraIn", Camera)
    monkeypatch.setattr(SoundServer, "find", lambda: None)
    monkeypatch.setattr(System, "cameras", (Nothing("Built-in"), Nothing("USB")))
    monkeypatch.setattr(Camera, "opened", [])
    made = Desk(qapp)
    yield made
    made.capture.close()


def use(camera: str) -> OpenDevices:
    return OpenDevices(DeviceNames(camera=camera), 640, 480)


def test_a_camera_that_is_off_stays_off_whatever_is_plugged_in_or_chosen(desk: Desk) -> None:
    """SOK-6: a camera never opens silently."""
    desk.order(use("USB"), UseCamera(on=False))
    desk.plug("Built-in")
    assert desk.last() == DeviceNote(Device.CAMERA, DeviceTrouble.GONE, "USB")
    desk.plug("Built-in", "USB", "Third")
    desk.order(use("Third"), use("Built-in"), use(""))
    assert not any(one.was_on for one in Camera.opened)
    desk.order(UseCamera(on=True))
    assert desk.on() == ["Built-in"]


@pytest.mark.parametrize("chosen", ["USB", ""])
def test_one_that_was_on_comes_again_and_no_other_takes_its_place(desk: Desk, chosen: str) -> None:
    """The one in use is waited for, also where the doctor has named none."""
    desk.plug("USB", "Built-in")
    desk.order(use(chosen), UseCamera(on=True))
    Camera.opened[-1].show()
    assert desk.last() == DeviceNote(Device.CAMERA, DeviceTrouble.NONE, "USB")
    desk.plug("Built-in")
    assert desk.on() == []
    assert desk.last() == DeviceNote(Device.CAMERA, DeviceTrouble.GONE, "USB")
    desk.plug("Built-in", "USB")
    assert desk.on() == ["USB"]
    desk.order(use("Built-in"))
    assert desk.on() == ["Built-in"]
    desk.plug("Built-in")
    assert desk.on() == ["Built-in"]


def test_what_stays_the_same_is_not_opened_anew(desk: Desk) -> None:
    """Another microphone is chosen: the camera's light does not go off and on."""
    desk.order(use("USB"), UseCamera(on=True))
    desk.order(OpenDevices(DeviceNames("USB", "Headset", ""), 640, 480))
    assert [one.name for one in Camera.opened] == ["USB"]
    assert desk.on() == ["USB"]
