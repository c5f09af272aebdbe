"""The call screen: whose case, the patient's picture, the chat beside it, the bar under it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backend_client.models.calls import Channel
from backend_client.models.requests import RequestRow
from workstation.core.call_media import Device, DeviceTrouble
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.call.call_bar import CallBar
from workstation.ui.screens.call.call_words import CallWords, Said
from workstation.ui.screens.call.chat_panel import ChatPanel
from workstation.ui.screens.call.consultation_clock import Tone, clock_face
from workstation.ui.screens.call.link_panel import LinkPanel
from workstation.ui.screens.call.lobby_words import LobbyWords
from workstation.ui.screens.call.on_line import OnLine, OnLineWords
from workstation.ui.screens.call.second_screen import CallSecondScreen, CallWindow
from workstation.ui.screens.call.self_view import Corner
from workstation.ui.screens.call.stage import CallStage
from workstation.ui.screens.call.still_model import StillModel
from workstation.ui.screens.call.view_model import CallViewModel
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.screens.review.monitors import Monitors, SystemMonitors, the_application
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import marked, show_case, shown
from workstation.ui.widgets.identity_strip import IdentityStrip, StripSign
from workstation.ui.widgets.phone_menu import PhoneMenu
from workstation.ui.widgets.placeholder import Placeholder

_TICK_MS = 250
_COLUMN, _COLUMN_WIDE = 320, 400
_WITH_PATIENT = (CallPhase.CONNECTING, CallPhase.TALKING, CallPhase.RECOVERING)


class CallView(QFrame):
    """Shows a `CallViewModel`. The keyboard's focus is on the picture from the start."""

    devices_wanted = Signal(object)
    """Others are to be chosen: a list under that widget."""

    def __init__(
        self,
        view_model: CallViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
        still: StillModel,
        *,
        monitors: Monitors | None = None,
        desk: QWidget | None = None,
    ) -> None:
        """`desk`: while it is hidden so is the call's own window; None: the view itself."""
        super().__init__()
        self.setObjectName("callView")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._request_words = view_model, theme, words
        self._still = still
        self._dark = theme.for_viewers()
        self._identity = IdentityWording(words, self)
        self._words = CallWords(words.time, self)
        self._on_line = OnLineWords(words, self)
        self._lobby = LobbyWords(self._words, view_model.chat.words, words.time)
        self.identity_strip = IdentityStrip(theme, self)
        self.stage = CallStage(self._dark)
        self.bar = CallBar(self._dark, self._words)
        self.links = LinkPanel(self._dark)
        self.chat = ChatPanel(view_model.chat, self._dark, shortcuts)
        self._problem = Placeholder(self._dark)
        self._elsewhere = Placeholder(self._dark)
        self._body = QFrame()
        self._column = QFrame()
        self._pages = QStackedWidget()
        self._ticks = QTimer(self)
        self._ringing: object = None
        self._shortcuts = shortcuts
        self.second = CallSecondScreen(
            monitors or SystemMonitors(the_application(), self),
            self._new_window,
            self._lend_body,
            self._take_body_back,
            desk or self,
            self,
        )
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._dress()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = _COLUMN_WIDE if self._is_wide() else _COLUMN
        self._column.setFixedWidth(self._theme.px(width))
        self._show()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ticks.start(_TICK_MS)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.second.window is None:
            self._ticks.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _is_wide(self) -> bool:
        return self._body.window().width() >= self._theme.size("layout", "wideFrom")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.stage, 1)
        left.addWidget(_line("h"))
        left.addWidget(self.bar)
        right = QVBoxLayout(self._column)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.links)
        right.addWidget(_line("h"))
        right.addWidget(self.chat, 1)
        across = QHBoxLayout(self._body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(_line("v"))
        across.addWidget(self._column)
        self._pages.addWidget(self._body)
        self._pages.addWidget(self._problem)
        self._pages.addWidget(self._elsewhere)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.identity_strip)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        model, bar = self._model, self.bar
        model.changed.connect(self._show)
        model.link_ready.connect(self._copy)
        self.identity_strip.back.connect(model.leave)
        self._problem.pressed.connect(model.retry)
        bar.microphone.clicked.connect(model.toggle_microphone)
        bar.camera.clicked.connect(model.toggle_camera)
        self._elsewhere.pressed.connect(self.second.bring_back)
        self.second.moved.connect(self._show)
        bar.aside.clicked.connect(self.second.toggle)
        bar.still.clicked.connect(self._take_still)
        self._still.changed.connect(self._show_stage)
        bar.devices.clicked.connect(self._want_devices)
        bar.link.clicked.connect(model.give_link)
        bar.phone.clicked.connect(self._ask_phone)
        self.stage.clock.more.clicked.connect(model.extend)
        bar.again.clicked.connect(model.place)
        bar.place.clicked.connect(model.place)
        bar.fold.clicked.connect(model.fold)
        bar.end.clicked.connect(model.hang_up)
        bar.conclusion.clicked.connect(model.write_conclusion)
        bar.write.clicked.connect(model.write_conclusion)
        self.chat.file_wanted.connect(model.show_file)
        self._ticks.timeout.connect(self._tick)
        self._theme.changed.connect(self._dress)
        frames = (
            model.remote_frame.subscribe(self.stage.remote.show_frame),
            model.local_frame.subscribe(self.stage.own.video.show_frame),
        )
        self.destroyed.connect(lambda: [unsubscribe() for unsubscribe in frames])

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        """A key acts while its button is seen: Enter calls nobody after a talk, and the keys of a
        call belong to the strip where another patient's call is on.
        """
        model, bar = self._model, self.bar
        shortcuts.bind(self, "call.back", model.leave)
        shortcuts.bind(bar.place, "call.place", model.place)
        shortcuts.bind(bar.link, "call.link", model.give_link)
        shortcuts.bind(bar.phone, "call.phone", self._ask_phone)
        shortcuts.bind(self.stage, "call.extend", model.extend)
        shortcuts.bind(bar.microphone, "call.microphone", model.toggle_microphone)
        shortcuts.bind(bar.camera, "call.camera", model.toggle_camera)
        shortcuts.bind(bar.still, "call.still", self._take_still)
        shortcuts.bind(
            self.chat,
            "call.open_file",
            model.show_newest_file,
            lambda: model.chat.newest_file is not None,
        )
        shortcuts.bind(self.stage.own, "call.move_self", self.stage.next_corner)
        shortcuts.bind(self.stage, "call.second_screen", self.second.toggle, lambda: model.is_on)
        shortcuts.bind(bar.devices, "call.devices", self._want_devices)
        shortcuts.bind(bar.fold, "call.fold", model.fold)
        shortcuts.bind(bar.end, "call.hang_up", model.hang_up)
        shortcuts.bind(bar.conclusion, "case.conclusion", model.write_conclusion)
        shortcuts.bind(bar.write, "case.conclusion", model.write_conclusion)

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        return self.stage.corner.value.encode()

    def restore(self, state: bytes) -> None:
        """Where the doctor's own picture stood; what is no corner is ignored."""
        corner = next((one for one in Corner if one.value.encode() == state), None)
        if corner is not None:
            self.stage.move_own(corner)

    def _new_window(self) -> CallWindow:
        window = CallWindow(self._dark, self)
        window.resized.connect(self._show)
        self._shortcuts.bind(window, "call.back", self.second.bring_back, focused=True)
        return window

    def _lend_body(self) -> QWidget:
        self._pages.removeWidget(self._body)
        self._ticks.start(_TICK_MS)
        return self._body

    def _take_body_back(self) -> None:
        self._pages.insertWidget(0, self._body)
        if not self.isVisible():
            self._ticks.stop()

    def _take_still(self) -> None:
        self._still.take(self.stage.remote.seen())

    def _want_devices(self) -> None:
        self.devices_wanted.emit(self.bar.devices)

    def _copy(self, url: str) -> None:
        """Who pastes it into another patient's chat is asked: the link is the key to the case."""
        QGuiApplication.clipboard().setMimeData(marked(url, self))

    def _ask_phone(self) -> None:
        """Over its button: dialled by 0, logged by the other digits."""
        phone, button = self._model.phone, self.bar.phone
        menu = PhoneMenu(button, phone.number if phone.can_dial else "")
        menu.setObjectName("call.phoneMenu")
        menu.dial_wanted.connect(phone.dial)
        menu.attempted.connect(phone.log)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _dress(self) -> None:
        self._pages.setStyleSheet(self._dark.stylesheet())

    def _show(self) -> None:
        model = self._model
        self._show_identity(model.row)
        error = model.error
        away = self.second.window is not None
        shown_page = self._elsewhere if away else self._body
        self._pages.setCurrentWidget(shown_page if error is None else self._problem)
        if error is not None:
            self._problem.setProperty("surface", "viewer")
            self._problem.show_text(
                "warning-octagon", error.title, error.detail, error.action, color="danger.text"
            )
        self._elsewhere.setProperty("surface", "viewer")
        self._elsewhere.show_text(
            "monitor", self.tr("The call is on the second screen"), "", self.tr("Bring it back")
        )
        self.stage.setAccessibleName(self.tr("The patient's picture"))
        self._show_bar()
        self._show_links()
        self._show_stage()

    def _show_bar(self) -> None:
        """A button that goes while it holds the focus would hand it on to the chat's field."""
        held = self.bar.focused_button()
        self._show_aside()
        self.bar.show_model(self._model, is_wide=self._is_wide())
        if held is not None and not held.hasFocus():
            self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_aside(self) -> None:
        is_away = self.second.window is not None
        may = is_away or (self._model.is_on and self.second.has_monitor)
        self.bar.show_aside(may=may, is_away=is_away)

    def _tick(self) -> None:
        """What moves by itself: clocks and countdowns."""
        self._show_stage()

    def _show_identity(self, row: RequestRow | None) -> None:
        show_case(self, shown(row))
        words = self._identity.of(row) if row is not None else None
        self.second.show_call(words, is_on=self._model.is_on)
        if row is None or words is None:
            self.identity_strip.show_words(None)
            return
        signs = words.signs
        if row.appointment_at is not None and not row.life_threat:
            at, time = row.appointment_at, self._request_words.time
            when = f"{time.short_date(time.day(at))}, {time.time(at)}"
            text = self.tr("Consultation {}").format(when)
            chip = StripSign("video-camera", text, "accent.text", "accent.soft")
            signs = (*signs[:-2], chip, signs[-1])  # in place of the clock
        back, key = self.tr("Back"), key_label("call.back")
        self.identity_strip.show_words(replace(words, signs=signs, back=back, back_key=key))

    def _show_links(self) -> None:
        model = self._model
        on_air = model.phase in (CallPhase.TALKING, CallPhase.RECOVERING)
        live = model.live
        by_text = live is not None and live.channel is Channel.TEXT
        none = "" if on_air else self.tr("no call")
        none = self.tr("text only") if on_air and by_text else none
        who = (self.tr("Patient"), self.tr("You"))
        self.links.show_words(self.tr("Link"), none, who)
        self.links.show_links(
            self._words.link(model.links.patient), self._words.link(model.links.own)
        )

    def _show_stage(self) -> None:
        model, stage = self._model, self.stage
        live, phase = model.live, model.phase
        self._show_remote(live if phase in _WITH_PATIENT else None)
        self._show_own(live if model.is_on else None)
        self._show_card(live)
        said = self._words.notice(live, model.links) if live is not None else None
        stage.notice.show_said(self._order_problem() or self._still_said() or said)
        stage.place()

    def _still_said(self) -> Said | None:
        return self._still.said if self._model.is_on else None

    def _order_problem(self) -> Said | None:
        """In a call there is no card to say it on."""
        told = self._model.problem if self._model.is_on else None
        if told is None:
            return None
        return Said("warning-octagon", told.title, told.detail, "danger")

    def _show_remote(self, live: LiveCall | None) -> None:
        stage, row = self.stage, self._model.row
        stage.name.setVisible(live is not None and row is not None)
        # Where the patient sends no picture the last one would pass for the present one.
        stage.remote.setVisible(live is not None and self._words.middle(live) is None)
        if live is None:
            stage.clock.hide()
            return
        stage.remote.set_stale(live.phase is CallPhase.RECOVERING)
        words, acting = self._words, self._model.representative
        person = self._on_line.of(row, acting) if row is not None else OnLine("")
        stage.name.show_person(person, words.remote_sound(live), words.remote_picture(live))
        self._show_clock(live)

    def _show_clock(self, live: LiveCall) -> None:
        clock = self.stage.clock
        clock.setVisible(live.clock is not None)
        if live.clock is None:
            return
        face, words = clock_face(live.clock, self._request_words.time.now()), self._words
        clock.show_face(face, self.tr("of {}").format(face.whole), words.clock_rest(face))
        is_quiet = face.tone is Tone.QUIET
        more = "" if is_quiet else words.more_time(live.clock)
        next_one = words.next_one(live.clock, self._model.next_appointment_at)
        tip = self.tr("More time for this consultation; the patient sees it")
        clock.show_more(more, tip, "" if is_quiet else next_one)

    def _show_own(self, live: LiveCall | None) -> None:
        own = self.stage.own
        is_seen = live is not None and live.channel is not Channel.TEXT
        own.setVisible(is_seen)
        if live is None or not is_seen:
            return
        glyph, state = self._words.own_camera(live)
        missing = live.missing.get(Device.CAMERA, DeviceTrouble.NONE) is not DeviceTrouble.NONE
        own.show_words(self.tr("You"), glyph, "" if live.camera_on and not missing else state)

    def _show_card(self, live: LiveCall | None) -> None:
        model, card = self._model, self.stage.card
        before_or_after = not model.is_on
        if before_or_after:
            said = self._lobby.headline(model)
        elif live is not None and live.is_on:
            said = self._words.middle(live)
        else:
            said = Said("phone-outgoing", self.tr("Calling…"))
        card.setVisible(said is not None)
        if said is None:
            return
        facts = self._lobby.facts(model) if before_or_after else self._lobby.ringing(model)
        card.show_words(said, facts, self._lobby.before(model) if before_or_after else "")
        self._show_ringing(live)

    def _show_ringing(self, live: LiveCall | None) -> None:
        card = self.stage.card
        rings = live is not None and live.phase is CallPhase.RINGING
        call = live.call_id if live is not None and rings else None
        card.set_frame("accent.text" if rings else "viewer.line")
        if rings and call != self._ringing:
            card.pulse()
        self._ringing = call


def _line(direction: str) -> QFrame:
    line = QFrame()
    line.setProperty("line", direction)
    return line
