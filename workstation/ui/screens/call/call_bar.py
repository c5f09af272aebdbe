"""The bar under the stage: devices at the left, what comes next at the lower right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from backend_client.models.calls import Channel
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.screens.call.call_button import CallButton
from workstation.ui.screens.call.call_words import CallWords
from workstation.ui.screens.call.view_model import CallViewModel
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme

_HEIGHT = 64


class CallBar(QFrame):
    """Shows the buttons that fit the call's state; pressing them is for the view."""

    def __init__(self, theme: Theme, words: CallWords) -> None:
        super().__init__()
        self.setObjectName("call.bar")
        self.setProperty("surface", "panel")
        self._theme, self._words = theme, words

        def button(action: str, kind: str = "outline", key: str = "") -> CallButton:
            return CallButton(theme, action, key or key_label(action), kind=kind)

        self.microphone = button("call.microphone")
        self.camera = button("call.camera")
        self.still = button("call.still")
        self.devices = button("call.devices")
        self.link = button("call.link")
        self.phone = button("call.phone")
        self.again = CallButton(theme, "call.again", "")
        self.conclusion = button("case.conclusion")
        self.aside = button("call.second_screen")
        self.fold = button("call.fold")
        self.place = button("call.place", "primary")
        self.write = button("call.conclusion", "primary", key_label("case.conclusion"))
        self.end = button("call.hang_up", "end")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.microphone)
        row.addWidget(self.camera)
        row.addWidget(self.still)
        row.addWidget(self.devices)
        row.addStretch(1)
        next_ones = (self.link, self.phone, self.again, self.conclusion, self.aside, self.fold)
        for widget in (*next_ones, self.place, self.write, self.end):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def show_model(self, model: CallViewModel, *, is_wide: bool) -> None:
        """Shows what can be done now."""
        on, talked = model.is_on, model.phase is CallPhase.OVER and model.was_answered
        live = model.live
        may_write = model.can_write_conclusion
        self._say(model)  # before anything is seen: a longer word would widen the window
        if live is not None:
            self.show_devices(live, is_wide=is_wide)
        speaks = on and (live is None or live.channel is not Channel.TEXT)
        self.microphone.setVisible(speaks)
        self.camera.setVisible(speaks)
        self.still.setVisible(speaks)
        self.devices.setVisible(speaks)
        self.fold.setVisible(on)
        self.end.setVisible(on)
        self.end.setEnabled(live is not None and live.is_on)
        self.link.setVisible(not on)
        self.link.setEnabled(model.row is not None and not model.is_linking)
        self.phone.setVisible(not on and model.phone.contact is not None)
        self.place.setVisible(not on and not (talked and may_write))
        self.place.setEnabled(model.refusal is None)
        self.again.setVisible(talked and may_write and model.refusal is None)
        self.write.setVisible(talked and may_write)
        self.conclusion.setVisible(may_write and not talked)
        if not self._fits():  # large type: the next action alone keeps its word
            self._say(model, with_words=False)

    def show_aside(self, *, may: bool, is_away: bool) -> None:
        """`may`: there is another screen for the call, or it is there."""
        self.aside.setVisible(may)
        back, there = self.tr("Back into one window"), self.tr("To the second screen")
        self.aside.show_words(back if is_away else there, "monitor", with_word=False)

    def focused_button(self) -> CallButton | None:
        """The one that holds the keyboard's focus."""
        buttons = self.findChildren(CallButton)
        return next((one for one in buttons if one.hasFocus()), None)

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(_HEIGHT))

    def _fits(self) -> bool:
        buttons = [one for one in self.findChildren(CallButton) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + 8 for one in buttons) + 2 * 16
        return self.width() >= needed

    def show_devices(self, live: LiveCall, *, is_wide: bool) -> None:
        """Our microphone and camera, as they are now."""
        words = self._words
        glyph, state = words.own_microphone(live)
        tip = (
            self.tr("Turn the microphone off")
            if live.microphone_on
            else self.tr("Turn the microphone on")
        )
        self._show_device(self.microphone, glyph, state, tip, self.tr("Microphone"), is_wide)
        glyph, state = words.own_camera(live)
        tip = self.tr("Turn the camera off") if live.camera_on else self.tr("Turn the camera on")
        self._show_device(self.camera, glyph, state, tip, self.tr("Camera"), is_wide)
        tip = self.tr("Still picture of the patient into the documents")
        self.still.show_words(self.tr("Still picture"), "camera", tip=tip, with_word=is_wide)
        used = words.devices_used(live)
        change = self.tr("Another camera, microphone or speaker")
        self.devices.show_words(
            self.tr("Devices"),
            "headphones",
            tip=f"{change}.\n{used}" if used else change,
            with_word=is_wide,
        )

    @staticmethod
    def _show_device(
        button: CallButton, glyph: str, state: str, tip: str, word: str, is_wide: bool
    ) -> None:
        is_off = glyph.endswith("-slash")
        button.show_words(
            word,
            glyph,
            tip=f"{state}. {tip}",
            glyph_color="warn.text" if is_off else "ok.text",
            with_word=is_wide,
        )
        button.setAccessibleName(state)

    def _say(self, model: CallViewModel, *, with_words: bool = True) -> None:
        again = self.tr("Call again")
        first = not model.attempts and model.phase is not CallPhase.OVER
        link = self.tr("Link for the patient")
        self.link.show_words(link, "link", with_word=with_words)
        self.phone.show_words(self.tr("Telephone"), "phone", with_word=with_words)
        self.again.show_words(again, "phone-call", with_word=with_words)
        word = self.tr("Call") if first else again
        if model.can_rejoin:
            word = self.tr("Go back into the talk")
        self.place.show_words(word, "phone-call")
        self.conclusion.show_words(self.tr("Conclusion"), "file-text", with_word=with_words)
        self.write.show_words(self.tr("Conclusion"), "file-text")
        self.fold.show_words(self.tr("Fold"), "arrows-in", with_word=with_words)
        self.end.show_words(self.tr("End the call"), "phone-disconnect")
