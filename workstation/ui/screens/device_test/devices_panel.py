"""Beside the device test: our own picture while it runs, and which devices calls use."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from workstation.core.call_media import Device
from workstation.core.device_check import KnownDevices
from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.screens.device_test.devices_menu import (
    GLYPHS,
    KINDS,
    DeviceNouns,
    DevicesMenu,
)
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_WIDTH, _PICTURE_PX = 344, 220


class DevicesPanel(QFrame):
    """Three choices: for the next call, and in a call at once."""

    def __init__(self, model: DeviceTestModel, theme: Theme) -> None:
        super().__init__()
        self._model, self._theme = model, theme
        self.picture = VideoView(theme.color("bg.sunken"))
        self._picture_note = TextBlock(theme, role="small", color="text.tertiary")
        self.words = DeviceNouns(self)
        self._labels = {device: SignLabel(theme, role="micro") for device in KINDS}
        self.buttons = {device: self._button(device) for device in KINDS}
        self._note = TextBlock(theme, role="small", color="text.tertiary")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(self._picture_note)
        for device in KINDS:
            column.addSpacing(8)
            column.addWidget(self._labels[device])
            column.addWidget(self.buttons[device])
        column.addSpacing(8)
        column.addWidget(self._note)
        column.addStretch(1)
        model.seen.connect(self.picture.show_frame)
        theme.changed.connect(self._dress)
        self._dress()

    def show_devices(self) -> None:
        """Names, and what the picture is."""
        model = self._model
        for device in KINDS:
            title = self.words.title(device)
            self._labels[device].show_sign(title)
            words = model.chosen.of(device) or self._usual(device)
            self.buttons[device].setText(words)
            self.buttons[device].setAccessibleName(f"{title}: {words}")
            self.buttons[device].setEnabled(not model.is_running)
        self._picture_note.set_text(
            self.tr("So the patient sees you")
            if model.is_running and not model.is_in_call
            else self.tr("The camera is off; your picture is seen during the test.")
            if not model.is_in_call
            else self.tr("Your picture is in the window of the call.")
        )
        self._note.set_text(
            self.tr("Another device is used at once; what you have switched off stays off.")
            if model.is_in_call
            else self.tr("Another device counts from the next call on; test it first.")
        )
        if not model.is_running:
            self.picture.forget()

    def _usual(self, device: Device) -> str:
        usual = next(iter(self._model.known.names(device)), "")
        if usual:
            return self.tr("Usual: {}").format(usual)
        is_to_come = self._model.is_running and self._model.known == KnownDevices()
        return self.words.usual() if is_to_come else self.tr("Not found")

    def _button(self, device: Device) -> KeyButton:
        button = KeyButton(self._theme, "", glyph=GLYPHS[device])
        button.setObjectName(f"deviceTest.choose.{device.value}")
        button.clicked.connect(partial(self._offer, device))
        return button

    def _offer(self, device: Device, checked: bool = False) -> None:
        DevicesMenu(self._model, (device,), self).popup_under(self.buttons[device])

    def _dress(self) -> None:
        self.picture.set_ground(self._theme.color("bg.sunken"))
        self.setFixedWidth(self._theme.px(_WIDTH))
        self.picture.setFixedHeight(self._theme.px(_PICTURE_PX))
