"""A call folded to 92 pixels over other screens: picture, name, clock, mute, hang up."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from backend_client.models.common import RequestId
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.literal_text import one_line
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.call.call_button import CallButton
from workstation.ui.screens.call.call_words import CallWords, Said
from workstation.ui.screens.call.consultation_clock import clock_face
from workstation.ui.screens.call.on_line import OnLine, OnLineWords
from workstation.ui.screens.call.plates import Glyph, NoticePlate
from workstation.ui.screens.call.ports import CallControls, Requests
from workstation.ui.screens.call.still_model import StillModel
from workstation.ui.screens.call.strip_model import CallStripModel
from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import Wording

_HEIGHT = 92
_PICTURE = (128, 80)
_TICK_MS = 250


class CallStrip(QFrame):
    """Shows itself while a call is on and its screen is not seen. Always dark.

    `set_call_screen_seen` tells it of the latter; `close_model` before it is deleted.
    """

    unfold_wanted = Signal(str)
    """The doctor wants the call screen: the request's id."""
    file_wanted = Signal(str, str)
    """The doctor wants to see what has come: the ids of request and document (DRC-6)."""
    devices_wanted = Signal(object)
    """Others are to be chosen: a list under that widget."""

    def __init__(
        self,
        calls: CallControls,
        requests: Requests,
        theme: Theme,
        shortcuts: ShortcutRouter,
        wording: Wording,
        still: StillModel,
    ) -> None:
        super().__init__()
        self.setObjectName("callStrip")
        self.setProperty("surface", "viewer")
        # However large the type, the strip must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.model = CallStripModel(calls, requests, self)
        self._still = still
        self._theme, self._dark, self._wording = theme, theme.for_viewers(), wording
        self._words = CallWords(wording, self)
        self._on_line = OnLineWords(RequestWords(wording), self)
        self._is_screen_seen = False
        self._case_seen: RequestId | None = None
        self.video = VideoView(self._dark.color("viewer.panel"), fills=True)
        self._no_picture = QFrame()
        self._glyph = Glyph(self._dark, 20)
        self.nothing = SignLabel(self._dark, role="micro", color="warn.text")
        self._pictures = QStackedWidget()
        self.name = SignLabel(self._dark, role="bodyStrong", color="text.primary")
        self._sound, self._picture = Glyph(self._dark), Glyph(self._dark)
        self.patient = SignLabel(self._dark, role="small", color="text.primary")
        self.state = SignLabel(self._dark, role="small", color="text.secondary")
        self.notice = NoticePlate(self._dark)
        self._clock_glyph = Glyph(self._dark, 20)
        self.clock = SignLabel(self._dark, role="name", color="text.primary")
        self.rest = SignLabel(self._dark, role="small", color="text.secondary")
        self.microphone = self._button("call.microphone")
        self.camera = self._button("call.camera")
        self.still = self._button("call.still")
        self.unfold = self._button("call.fold")
        self.end = self._button("call.hang_up", "end")
        self._ticks = QTimer(self)
        self._lay_out()
        self._connect(shortcuts)
        self._dress()
        self._show()

    def set_call_screen_seen(self, is_seen: bool, case: RequestId | None = None) -> None:
        """Whether the call screen is before the doctor's eyes: then no strip is needed.

        `case` is the one that it shows: the strip of another one's call stays. None: any.
        """
        was_unneeded = self._is_unneeded()
        self._is_screen_seen, self._case_seen = is_seen, case
        if was_unneeded or self._is_unneeded():
            self.model.dismiss()
        self._show()

    async def close_model(self) -> None:
        """Ends everything for good."""
        await self.model.close()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ticks.start(_TICK_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._ticks.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _button(self, action: str, kind: str = "outline") -> CallButton:
        name = f"strip.{action}"
        return CallButton(self._dark, name, key_label(action), kind=kind, is_low=True)

    def _lay_out(self) -> None:
        self._no_picture.setProperty("surface", "viewerPanel")
        empty = QVBoxLayout(self._no_picture)
        empty.addStretch(1)
        empty.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addStretch(1)
        self._pictures.addWidget(self.video)
        self._pictures.addWidget(self._no_picture)
        who = QHBoxLayout()
        who.setSpacing(8)
        for part in (self.name, self._sound, self._picture):
            who.addWidget(part)
        who.addStretch(1)
        person = _pile(self.patient, self.state)
        person.insertLayout(1, who)
        times = QHBoxLayout()
        times.setSpacing(8)
        clock = _pile(self.clock, self.rest)
        times.addWidget(self._clock_glyph)
        times.addLayout(clock)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(16)
        row.addWidget(self._pictures)
        row.addLayout(person)
        row.addWidget(self.notice, 20, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addLayout(times)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.microphone, self.camera, self.still, self.unfold, self.end):
            buttons.addWidget(button)
        row.addLayout(buttons)

    def _connect(self, shortcuts: ShortcutRouter) -> None:
        model = self.model
        model.changed.connect(self._show)
        self._still.changed.connect(self._show)
        for button, action, act in (
            (self.microphone, "call.microphone", model.toggle_microphone),
            (self.camera, "call.camera", model.toggle_camera),
            (self.still, "call.still", self._take_still),
            (self.unfold, "call.fold", self._unfold),
            (self.end, "call.hang_up", model.hang_up),
        ):
            button.clicked.connect(act)
            shortcuts.bind(self, action, act)
        shortcuts.bind(self, "call.open_file", self._open_file, lambda: model.came is not None)
        shortcuts.bind(
            self, "call.devices", lambda: self.devices_wanted.emit(self.microphone), self._speaks
        )
        shortcuts.bind(self, "call.extend", model.extend)
        self._ticks.timeout.connect(self._show)
        self._theme.changed.connect(self._dress)
        unsubscribe = model.remote_frame.subscribe(self.video.show_frame)
        self.destroyed.connect(lambda: unsubscribe())

    def _take_still(self) -> None:
        self._still.take(self.video.seen())

    def _open_file(self) -> None:
        if (came := self.model.came) is not None:
            self.model.dismiss()
            self.file_wanted.emit(came.request_id, came.id)

    def _unfold(self) -> None:
        live = self.model.live
        if live is not None:
            self.unfold_wanted.emit(live.request_id)

    def _speaks(self) -> bool:
        live = self.model.live
        return live is not None and live.is_on

    def _dress(self) -> None:
        self.setStyleSheet(self._dark.stylesheet())
        self.setFixedHeight(self._theme.px(_HEIGHT))
        self._pictures.setFixedSize(*(self._theme.px(side) for side in _PICTURE))

    def _show(self) -> None:
        live = self.model.live
        self.setVisible(live is not None and not self._is_unneeded())
        if live is None:
            self.video.forget()
            return
        self._show_picture(live)
        self._show_person(live)
        self._show_clock(live)
        self.notice.show_said(self._notice(live))
        self._show_buttons(live)

    def _is_unneeded(self) -> bool:
        live = self.model.live
        other = live is not None and self._case_seen not in (None, live.request_id)
        return self._is_screen_seen and not other

    def _show_picture(self, live: LiveCall) -> None:
        middle = self._words.middle(live)
        recovers = live.phase is CallPhase.RECOVERING
        has_picture = recovers or (live.phase is CallPhase.TALKING and middle is None)
        self._pictures.setCurrentIndex(0 if has_picture else 1)
        self.video.set_stale(recovers)
        if has_picture:
            return
        self.video.forget()
        talking = live.phase is CallPhase.TALKING
        glyph = middle.glyph if middle is not None else "phone"
        words = self.tr("sound only") if talking else ""
        self._glyph.show_glyph(glyph, "", "warn.text" if talking else "text.secondary")
        self.nothing.show_sign(words)
        self.nothing.setVisible(bool(words))

    def _show_person(self, live: LiveCall) -> None:
        row = self.model.row
        acting = self.model.representative
        person = self._on_line.of(row, acting) if row is not None else OnLine(self.tr("Patient"))
        if person.who != self.name.text():
            self.name.show_sign(person.who)
        self._show_patient(person)
        pairs = (
            (self._sound, self._words.remote_sound(live)),
            (
                self._picture,
                self._words.remote_picture(live),
            ),
        )
        for glyph, (shape, words) in pairs:
            color = "warn.text" if shape.endswith("-slash") else "ok.text"
            glyph.show_glyph(shape if live.is_on else "", words, color)
        said = self._words.middle(live)
        waits = live.phase not in (CallPhase.TALKING, CallPhase.RECOVERING, CallPhase.OVER)
        text = f"{said.title}. {said.detail}".rstrip(". ") if said is not None and waits else ""
        if not text and row is not None and row.unread_messages and live.is_on:
            text = self.tr("%n unread message(s)", None, row.unread_messages)
        if text != self.state.text():
            self.state.show_sign(text)
        self.state.setVisible(bool(text))

    def _show_patient(self, person: OnLine) -> None:
        """For whom somebody else speaks, and what is in doubt."""
        text = ". ".join((*filter(None, [person.patient]), *(sign.word for sign in person.doubts)))
        glyph = person.doubts[0].glyph if person.doubts else None
        self.patient.show_sign(text, glyph, "warn.text" if glyph else "text.primary")
        self.patient.setVisible(bool(text))

    def _show_clock(self, live: LiveCall) -> None:
        has_clock = live.clock is not None and live.is_on
        for part in (self._clock_glyph, self.clock, self.rest):
            part.setVisible(has_clock)
        if live.clock is None or not has_clock:
            return
        face = clock_face(live.clock, self._wording.now())
        tone = face.tone.value
        rest = self._words.clock_rest(face) or self.tr("of {}").format(face.whole)
        self._clock_glyph.show_glyph("clock", "", f"{tone}.text" if tone else "text.secondary")
        if self.clock.text() != face.passed:
            self.clock.show_sign(face.passed)
        if self.rest.text() != rest:
            self.rest.show_sign(rest, None, f"{tone}.text" if tone else "text.secondary")

    def _notice(self, live: LiveCall) -> Said | None:
        told = self.model.problem
        if told is not None:
            return Said("warning-octagon", told.title, told.detail, "danger")
        if live.phase is CallPhase.OVER:
            over = self._words.over(live)
            open_it = self.tr("F11 opens the call screen")
            return Said(over.glyph, over.title, open_it, "warn")
        return self._still.said or self._words.notice(live, None) or self._file_came()

    def _file_came(self) -> Said | None:
        came = self.model.came
        if came is None:
            return None
        title = self.tr("A file has come: {}").format(one_line(came.title))
        keys = key_label("call.open_file"), key_label("call.fold")
        return Said("paperclip", title, self.tr("{} opens it, {} leads to the call").format(*keys))

    def _show_buttons(self, live: LiveCall) -> None:
        for button in (self.microphone, self.camera, self.still, self.end):
            button.setVisible(live.is_on)
        for button, (glyph, state), word in (
            (self.microphone, self._words.own_microphone(live), self.tr("Microphone")),
            (self.camera, self._words.own_camera(live), self.tr("Camera")),
        ):
            color = "warn.text" if glyph.endswith("-slash") else "ok.text"
            button.show_words(word, glyph, tip=state, glyph_color=color, with_word=False)
            button.setAccessibleName(state)
        tip = self.tr("Still picture of the patient into the documents")
        self.still.show_words(self.tr("Still picture"), "camera", tip=tip, with_word=False)
        self.unfold.show_words(self.tr("Open the call screen"), "corners-out", with_word=False)
        end = self.tr("End the call")
        self.end.show_words(end, "phone-disconnect", with_word=False, with_keys=False)


def _pile(*parts: SignLabel) -> QVBoxLayout:
    """One under the other, in the middle of the height."""
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addStretch(1)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column
