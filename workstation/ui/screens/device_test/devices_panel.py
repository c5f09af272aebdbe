"""Beside the device test: our own picture while it runs, and which devices calls use."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_WIDTH, _PICTURE_PX = 344, 220


class DevicesPanel(QFrame):
    """Three choices; each counts from the next call on."""

    def __init__(self, model: DeviceTestModel, theme: Theme) -> None:
        super().__init__()
        self._model, self._theme = model, theme
        self.picture = VideoView(theme.color("bg.sunken"))
        self._picture_note = TextBlock(theme, role="small", color="text.tertiary")
        self._labels = {name: SignLabel(theme, role="micro") for name in _KINDS}
        self.buttons = {name: self._button(name, glyph) for name, glyph in _KINDS.items()}
        self._note = TextBlock(theme, role="small", color="text.tertiary")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(self._picture_note)
        for name in _KINDS:
            column.addSpacing(8)
            column.addWidget(self._labels[name])
            column.addWidget(self.buttons[name])
        column.addSpacing(8)
        column.addWidget(self._note)
        column.addStretch(1)
        model.seen.connect(self.picture.show_frame)
        theme.changed.connect(self._fit)
        self._fit()

    def show_devices(self) -> None:
        """Names, and what the picture is."""
        model = self._model
        titles = {
            "camera": self.tr("Camera"),
            "microphone": self.tr("Microphone"),
            "speaker": self.tr("Speaker"),
        }
        chosen = model.chosen
        now = {
            "camera": chosen.camera,
            "microphone": chosen.microphone,
            "speaker": chosen.speaker,
        }
        for name, title in titles.items():
            self._labels[name].show_sign(title)
            words = now[name] or self._usual(name)
            self.buttons[name].setText(words)
            self.buttons[name].setAccessibleName(f"{title}: {words}")
            self.buttons[name].setEnabled(not model.is_running)
        self._picture_note.set_text(
            self.tr("So the patient sees you")
            if model.is_running and not model.is_in_call
            else self.tr("The camera is off; your picture is seen during the test.")
            if not model.is_in_call
            else self.tr("Your picture is in the window of the call.")
        )
        self._note.set_text(self.tr("Another device counts from the next call on; test it first."))
        if not model.is_running:
            self.picture.forget()

    def _usual(self, kind: str) -> str:
        usual = next(iter(self._names(kind)), "")
        if usual:
            return self.tr("Usual: {}").format(usual)
        known = self._model.known
        has_looked = bool(known.cameras or known.microphones or known.speakers)
        is_to_come = self._model.is_running and not has_looked
        return self.tr("The system's usual one") if is_to_come else self.tr("Not found")

    def _names(self, kind: str) -> tuple[str, ...]:
        known = self._model.known
        if kind == "camera":
            return tuple(one.name for one in known.cameras)
        return known.microphones if kind == "microphone" else known.speakers

    def _button(self, name: str, glyph: str) -> KeyButton:
        button = KeyButton(self._theme, "", glyph=glyph)
        button.setObjectName(f"deviceTest.choose.{name}")
        button.clicked.connect(partial(self._offer, name))
        return button

    def _offer(self, kind: str, checked: bool = False) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("The system's usual one")).triggered.connect(
            partial(self._choose, kind, "")
        )
        for name in self._names(kind):
            menu.addAction(name.replace("&", "&&")).triggered.connect(
                partial(self._choose, kind, name)
            )
        button = self.buttons[kind]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _choose(self, kind: str, name: str, checked: bool = False) -> None:
        if kind == "camera":
            self._model.choose(camera=name)
        elif kind == "microphone":
            self._model.choose(microphone=name)
        else:
            self._model.choose(speaker=name)

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(_WIDTH))
        self.picture.setFixedHeight(self._theme.px(_PICTURE_PX))


_KINDS = {"camera": "video-camera", "microphone": "microphone", "speaker": "speaker-high"}
