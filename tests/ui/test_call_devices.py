"""Another camera, microphone or speaker within the call, from its screen and from its strip."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from tests.ui.call_desk import open_call
from tests.ui.queue_desk import Surroundings
from tests.ui.test_call_strip import folded
from tests.ui.waiting import until
from tests.unit.services.device_scene import Scene
from workstation.core.call_media import Device, DeviceNames, DeviceTrouble
from workstation.core.device_check import KnownCamera, KnownDevices
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.screens.device_test.devices_menu import KINDS, DevicesMenu
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.shortcuts import key_label

SHIFT = Qt.KeyboardModifier.ShiftModifier
KNOWN = KnownDevices((KnownCamera("Camera"),), ("Built-in", "R&D headset"), ("Built-in",))


class Offered:
    """The menu over a call that has the built-in microphone."""

    def __init__(self, qtbot: QtBot) -> None:
        self.scene = Scene()
        self.scene.calls.settings = self.scene.calls.settings.using(DeviceNames())
        self.scene.service.known = KNOWN
        self.scene.calls.live = LiveCall(
            RequestId("request-1"), CallPhase.TALKING, devices={Device.MICROPHONE: "Built-in"}
        )
        self.model = DeviceTestModel(self.scene.service, lambda: ())
        self.anchor = QWidget()
        qtbot.addWidget(self.anchor)
        self.menu = DevicesMenu(self.model, KINDS, self.anchor, key_label("app.device_test"))

    @property
    def lines(self) -> list[str]:
        return [one.text() for one in self.menu.actions() if not one.isSeparator()]

    @property
    def checked(self) -> list[str]:
        return [one.text() for one in self.menu.actions() if one.isChecked()]


@pytest.fixture
def offered(qtbot: QtBot) -> Iterator[Offered]:
    offer = Offered(qtbot)
    yield offer
    offer.menu.close()


async def test_the_menu_shows_what_is_used_and_changes_it(offered: Offered) -> None:
    usual = "The system's usual one"
    assert offered.lines == [
        "Camera",
        f"{usual}: Camera",
        "Camera",
        "Microphone",
        f"{usual}: Built-in",
        "Built-in: used now",
        "R&&D headset",
        "Speaker",
        f"{usual}: Built-in",
        "Built-in",
        "Device test\tF8",
    ]
    assert offered.checked == [f"{usual}: Camera", *[f"{usual}: Built-in"] * 2]
    next(one for one in offered.menu.actions() if one.text() == "R&&D headset").trigger()
    await until(lambda: offered.model.tasks.is_idle)
    assert offered.scene.calls.settings.devices == DeviceNames(microphone="R&D headset")
    assert offered.checked[1] == "R&&D headset"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_the_open_menu_follows_what_is_plugged_in_and_out(offered: Offered) -> None:
    """The mark of the arrow keys stays where it was."""
    offered.menu.popup_under(offered.anchor)
    chosen = next(one for one in offered.menu.actions() if one.text() == "R&&D headset")
    offered.menu.setActiveAction(chosen)
    offered.scene.telephone.devices_changed.emit(
        KnownDevices((), ("USB", "R&D headset"), ("Built-in",))
    )
    assert "USB" in offered.lines
    assert "Built-in" in offered.lines
    assert offered.menu.activeAction().text() == "R&&D headset"
    await offered.scene.service.choose(DeviceNames(microphone="R&D headset"))
    offered.scene.telephone.devices_changed.emit(KnownDevices((), ("USB",), ()))
    assert "R&&D headset: not there" in offered.checked


async def test_shift_f8_asks_for_it_in_the_call_and_in_the_strip(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_call(qtbot, around) as desk:
        wanted: list[object] = []
        desk.view.devices_wanted.connect(wanted.append)
        desk.press(Qt.Key.Key_F8, SHIFT)
        assert wanted == [], "there is no call"
        desk.scene.talk(devices={Device.MICROPHONE: "Headset", Device.CAMERA: "Camera"})
        desk.press("M")
        desk.press(Qt.Key.Key_F8, SHIFT)
        assert wanted == [desk.view.bar.devices]
        assert "Camera: Camera\nMicrophone: Headset" in desk.view.bar.devices.toolTip()
    async with folded(qtbot, around) as strip:
        wanted = []
        strip.strip.devices_wanted.connect(wanted.append)
        strip.scene.talk()
        strip.press(Qt.Key.Key_F8, SHIFT)
        assert wanted == [strip.strip.microphone]


async def test_a_lost_device_is_named_with_what_works_and_what_to_do(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-20: on the call's screen and in the strip alike."""
    gone, names = {Device.MICROPHONE: DeviceTrouble.GONE}, {Device.MICROPHONE: "Headset"}
    said = (
        "The microphone was unplugged: Headset. "
        "The patient does not hear you; you hear, and the chat goes on. "
        f"Plug it in, or choose another: {key_label('call.devices')}"
    )
    async with open_call(qtbot, around) as desk:
        desk.scene.talk(missing=gone, devices=names)
        assert desk.notice == said
    async with folded(qtbot, around) as strip:
        strip.scene.talk(missing=gone, devices=names)
        assert strip.strip.notice.accessibleName() == said
