"""Which devices calls use: a list to choose from, with what is used now marked."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from workstation.core.call_media import Device
from workstation.ui.screens.device_test.view_model import DeviceTestModel

KINDS: Final = (Device.CAMERA, Device.MICROPHONE, Device.SPEAKER)
GLYPHS: Final = {
    Device.CAMERA: "video-camera",
    Device.MICROPHONE: "microphone",
    Device.SPEAKER: "speaker-high",
}


class DeviceNouns(QObject):
    """What the kinds are called."""

    def title(self, device: Device) -> str:
        """With a capital."""
        titles = {
            Device.CAMERA: self.tr("Camera"),
            Device.MICROPHONE: self.tr("Microphone"),
            Device.SPEAKER: self.tr("Speaker"),
        }
        return titles[device]

    def usual(self) -> str:
        """Not named: what the system takes."""
        return self.tr("The system's usual one")


class DevicesMenu(QMenu):
    """Follows what is plugged in and out while it is open; deletes itself when it is closed."""

    test_wanted = Signal()
    """Where it is offered: the room of the device test."""

    def __init__(
        self,
        model: DeviceTestModel,
        devices: Sequence[Device],
        parent: QWidget,
        test_key: str = "",
    ) -> None:
        """`test_key`: the key of the device test; "": it is not offered."""
        super().__init__(parent)
        self.setObjectName("devicesMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model, self._devices, self._test_key = model, devices, test_key
        self._nouns = DeviceNouns(self)
        model.changed.connect(self._fill)
        self._fill()

    def popup_under(self, anchor: QWidget) -> None:
        """At the widget's lower edge, or over it where there is no room; the first one is marked
        for the arrow keys.
        """
        self.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        self.setActiveAction(next(one for one in self.actions() if one.isEnabled()))

    def _fill(self) -> None:
        marked = self.activeAction()
        kept = None if marked is None else marked.data()
        self.clear()
        for device in self._devices:
            self._add(device)
        if self._test_key:
            self.addSeparator()
            words = self.tr("Device test")
            self.addAction(f"{words}\t{self._test_key}").triggered.connect(self.test_wanted)
        same = [one for one in self.actions() if kept is not None and one.data() == kept]
        if same:
            self.setActiveAction(same[0])

    def _add(self, device: Device) -> None:
        names, chosen = self._model.known.names(device), self._model.chosen.of(device)
        if len(self._devices) > 1:
            self._head(device)
        usual = next(iter(names), "")
        words = self._nouns.usual()
        self._choice(device, "", f"{words}: {usual}" if usual else words, is_chosen=not chosen)
        used = self._model.in_use.get(device)
        for name in names:
            words = self.tr("{}: used now").format(name) if name == used else name
            self._choice(device, name, words, is_chosen=name == chosen)
        if chosen and chosen not in names:
            words = self.tr("{}: not there").format(chosen)
            self._choice(device, chosen, words, is_chosen=True).setEnabled(False)

    def _head(self, device: Device) -> None:
        if self.actions():
            self.addSeparator()
        self.addAction(self._nouns.title(device)).setEnabled(False)

    def _choice(self, device: Device, name: str, words: str, *, is_chosen: bool) -> QAction:
        action = self.addAction(_plain(words))
        action.setData((device.value, name))
        action.setCheckable(True)
        action.setChecked(is_chosen)
        action.triggered.connect(partial(self._choose, device, name))
        return action

    def _choose(self, device: Device, name: str, checked: bool = False) -> None:
        self._model.choose(device, name)


def _plain(words: str) -> str:
    """An ampersand in a device's name is no key."""
    return words.replace("&", "&&")
