"""The room of the device test: one sentence, the lines under it, our picture, the devices."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout

from workstation.core.device_check import Cause, Part
from workstation.ui.screens.device_test.devices_panel import DevicesPanel
from workstation.ui.screens.device_test.row import LineRow
from workstation.ui.screens.device_test.verdict_box import Tone, VerdictBox
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.screens.device_test.words import DeviceWords, Line
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import Wording

ACTION = "app.device_test"
_TEXT_CAUSES = (Cause.UDP_CLOSED, Cause.NO_RELAY)
"""With these the administrator is to be told what to open."""


class DeviceTestView(QFrame):
    """Shows a `DeviceTestModel`."""

    def __init__(
        self, model: DeviceTestModel, theme: Theme, shortcuts: ShortcutRouter, time: Wording
    ) -> None:
        super().__init__()
        self.setObjectName("deviceTest")
        self.setProperty("surface", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._model, self._theme, self._time = model, theme, time
        self.words = DeviceWords(self)
        self._title = SignLabel(theme, role="title", color="text.primary")
        self.moment = SignLabel(theme, color="text.tertiary")
        self.copy = KeyButton(theme, "", glyph="copy")
        self.copy.setObjectName("deviceTest.copy")
        self.again = KeyButton(theme, "", key=key_label(ACTION), kind="primary")
        self.again.setObjectName("deviceTest.repeat")
        self.verdict = VerdictBox(theme)
        self.profile = KeyButton(theme, "", glyph="caret-down")
        self.profile.setObjectName("deviceTest.profile")
        self.devices = DevicesPanel(model, theme)
        self.rows: list[LineRow] = []
        self._column = QVBoxLayout()
        self._shown: object = None
        self._lay_out()
        model.changed.connect(self._show)
        self.copy.clicked.connect(self.copy_report)
        self.again.clicked.connect(model.repeat)
        self.profile.clicked.connect(self._offer_profiles)
        theme.changed.connect(self._draw_anew)
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.again.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._draw_anew()
        super().changeEvent(event)

    def copy_report(self) -> None:
        """To the clipboard: what was found, and nothing of any patient."""
        model = self._model
        if model.verdict is None or model.measured is None or model.at is None:
            return
        head = self.tr("Device test, {}").format(self._time.day_and_time(model.at))
        text = self.words.report(head, model.profile, model.verdict, model.measured)
        QGuiApplication.clipboard().setText(text)
        self.moment.show_sign(self.tr("the report is in the clipboard"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self.moment, 1)
        head.addWidget(self.copy)
        head.addWidget(self.again)
        box = QHBoxLayout()
        box.setSpacing(12)
        box.addWidget(self.verdict, 1)
        box.addWidget(self.profile, 0, Qt.AlignmentFlag.AlignVCenter)
        body = QFrame()
        body.setProperty("surface", "panel")
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        body.setLayout(self._column)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        left = QVBoxLayout()
        left.setContentsMargins(24, 14, 24, 14)
        left.setSpacing(12)
        left.addLayout(head)
        left.addLayout(box)
        left.addWidget(scroll, 1)
        line = QFrame()
        line.setProperty("line", "v")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(line)
        across.addWidget(self.devices)

    def _draw_anew(self) -> None:
        self._shown = None
        self._show()

    def _show(self) -> None:
        model = self._model
        self._title.show_sign(self.tr("Device test"))
        self.copy.setText(self.tr("Copy the report"))
        self.copy.setEnabled(model.verdict is not None and not model.is_running)
        self.again.setText(self.tr("Repeat") if model.result is not None else self.tr("Begin"))
        self.again.setEnabled(not model.is_running)
        name = self.words.profile_name(model.profile)
        self.profile.setText(self.tr("Profile: {}").format(name))
        self.moment.show_sign(self._when())
        self.verdict.show_verdict(*self._verdict())
        self.devices.show_devices()
        self._show_rows()

    def _when(self) -> str:
        result = self._model.result
        if self._model.is_running or result is None:
            return ""
        when, took = self._time.day_and_time(result.at), round(result.took_s)
        return self.tr("{}, took {} s, holds for 24 h").format(when, took)

    def _verdict(self) -> tuple[Tone, str, str]:
        model = self._model
        if model.is_running:
            title = self.tr("The test runs: say a few words")
            detail = (
                self.tr("You are in a call: no tone is played, a camera that is off stays off.")
                if model.is_in_call
                else self.tr("After that two short tones are heard, left and right. 12 s at most.")
            )
            return Tone.PLAIN, title, detail
        if model.verdict is None:
            title = self.tr("Nothing was tested in the last day")
            return Tone.PLAIN, title, self.tr("The test takes 12 seconds at most.")
        if model.is_stale:
            title = self.tr("The devices are others than at the test")
            return Tone.OPEN, title, self.tr("Repeat it: what stands below is old.")
        if model.measured is None:
            return Tone.PLAIN, "", ""
        return self.words.outlook(model.verdict, model.profile, model.measured)

    def _show_rows(self) -> None:
        model = self._model
        is_idle = not model.is_running and model.verdict is not None
        state = (model.result, model.profile, model.is_running, model.is_recording, model.was_heard)
        if state == self._shown:
            return
        self._shown = state
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        if is_idle and model.measured is not None and model.verdict is not None:
            lines = self.words.lines(model.measured, model.profile, model.verdict)
            causes = {one.part: one.cause for one in model.verdict.findings}
            self.rows = [
                LineRow(self._theme, line, self._button(line, causes[line.part])) for line in lines
            ]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)

    def _button(self, line: Line, cause: Cause | None) -> KeyButton | None:
        if line.part is Part.RELAY and cause in _TEXT_CAUSES:
            button = KeyButton(self._theme, self.tr("Text for the administrator"))
            button.setObjectName("deviceTest.text")
            button.clicked.connect(self._copy_text)
            return button
        if line.part is Part.MICROPHONE and cause is not Cause.NOT_FOUND:
            return self._record_button()
        return None

    def _record_button(self) -> KeyButton:
        model = self._model
        words = self.tr("Record and listen")
        if model.is_recording:
            words = self.tr("Speak for three seconds…")
        elif model.was_heard is not None:
            words = self.tr("Once more") if model.was_heard else self.tr("Nothing to hear. Again")
        button = KeyButton(self._theme, words, kind="flat")
        button.setObjectName("deviceTest.record")
        button.setEnabled(not model.is_recording and not model.is_in_call)
        button.clicked.connect(model.hear_oneself)
        return button

    def _copy_text(self) -> None:
        if self._model.measured is not None:
            text = self.words.administrator(self._model.measured)
            QGuiApplication.clipboard().setText(text)
            self.moment.show_sign(self.tr("the text is in the clipboard"))

    def _offer_profiles(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._model.profiles:
            action = menu.addAction(self.words.profile_name(one))
            action.triggered.connect(partial(self._choose, one))
        menu.popup(self.profile.mapToGlobal(self.profile.rect().bottomLeft()))

    def _choose(self, profile: object, checked: bool = False) -> None:
        found = next(one for one in self._model.profiles if one is profile)
        self._model.choose_profile(found)
