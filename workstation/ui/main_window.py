"""The main window: rooms beside the rail, banner and notice above them, status bar below."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.choices import LookChoices
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.notices import Banner, Notice
from workstation.ui.widgets.patient_plate import NextPatientPlate
from workstation.ui.widgets.rail import Rail
from workstation.ui.widgets.status_bar import StatusBar

MINIMUM = (1024, 640)


@dataclass(frozen=True, slots=True)
class Room:
    """A place of the window: its key, its name (asked anew with the language), its glyph."""

    key: str
    title: Callable[[], str]
    glyph: str
    at_bottom: bool = False


class _Kept(msgspec.Struct):
    """What a window remembers of itself."""

    geometry: bytes = b""


class MainWindow(QMainWindow):
    """Shows one room at a time, or a case over them, or the sign-in screen."""

    closing = Signal()
    """The window was closed: the program is to end."""
    sign_out_wanted = Signal()
    room_shown = Signal(str)

    def __init__(
        self,
        view_model: MainWindowModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        look: LookChoices,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.title = self.tr("Consultant's workstation")
        """What the system calls the window: never a patient."""
        self.setWindowTitle(self.title)
        self.setMinimumSize(*MINIMUM)
        self.view_model = view_model
        self._theme = theme
        self._rooms: dict[str, QWidget] = {}
        self._titles: dict[str, Callable[[], str]] = {}
        self._open_room = ""
        self._case: QWidget | None = None
        self._shortcuts = shortcuts
        self._plate: NextPatientPlate | None = None
        self._build()
        self._lay_out()
        self._connect()
        shortcuts.bind(self.desk, "app.connect", view_model.retry_now)
        shortcuts.bind(self, "app.next_theme", look.next_scheme)
        self._show()

    def add_room(self, room: Room, widget: QWidget) -> None:
        """Gives the room its place in the rail; the first one is open."""
        self.rail.add(room.key, room.title, room.glyph, at_bottom=room.at_bottom)
        self._rooms[room.key] = widget
        self._titles[room.key] = room.title
        self._stack.addWidget(widget)
        if len(self._rooms) == 1:
            self.show_room(room.key)

    def remove_rooms(self) -> None:
        """Takes all rooms away, as when their account has left."""
        self.leave_case()
        for widget in self._rooms.values():
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._rooms.clear()
        self._titles.clear()
        self.rail.clear()

    @property
    def seen_room(self) -> str:
        """Key of the room before the doctor's eyes; "" where a case stands over it, or nobody is
        signed in.
        """
        is_seen = self._pages.currentWidget() is self.desk and self._case is None
        return self._open_room if is_seen and self._rooms else ""

    def room_titles(self) -> dict[str, str]:
        """The rooms' names by their keys, as in the rail; none while nobody is signed in."""
        if self._pages.currentWidget() is not self.desk:
            return {}
        return {key: title() for key, title in self._titles.items()}

    def content_rect(self) -> QRect:
        """Where rooms and cases stand, in the window's coordinates; else the sign-in's place."""
        if self._pages.currentWidget() is not self.desk:
            return self.rect()
        return QRect(self._stack.mapTo(self, QPoint(0, 0)), self._stack.size())

    def show_room(self, key: str) -> None:
        """Opens the room; a case is left."""
        self.leave_case()
        self._open_room = key
        self.rail.mark(key)
        self._stack.setCurrentWidget(self._rooms[key])
        self._rooms[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.room_shown.emit(key)

    def show_case(self, widget: QWidget) -> None:
        """Shows one request's screen instead of the rooms; the rail keeps its glyphs alone."""
        self.leave_case()
        self._case = widget
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self.rail.set_narrow(True)

    def reveal_patient(self, name: str, born: str) -> None:
        """Says large whose case has come, where the program itself has gone on to it.

        For that moment typed keys are dropped. `born`: birth date and age.
        """
        if self._plate is None:
            self._plate = NextPatientPlate(self._stack, self._theme, self._shortcuts)
        self._plate.reveal(name, born)

    def leave_case(self) -> None:
        """Goes back to the open room; the case's widget is its owner's again.

        It stays a hidden child: a widget that gets a parent anew has all its styles worked out
        again, which takes longer than anything else between the key and the picture.
        """
        if self._plate is not None:
            self._plate.dismiss()
        if self._case is None:
            return
        self._stack.removeWidget(self._case)
        self._case.hide()
        self._case = None
        self.rail.set_narrow(False)
        self._stack.setCurrentWidget(self._rooms[self._open_room])

    def set_strip(self, strip: QWidget) -> None:
        """Puts a bar over everything of the desk; it shows and hides itself."""
        self._whole.insertWidget(0, strip)

    def remove_strip(self, strip: QWidget) -> None:
        """Takes the bar away, as when its account has left."""
        self._whole.removeWidget(strip)
        strip.hide()
        strip.deleteLater()

    def add_bar(self, bar: QWidget) -> None:
        """Puts a bar above the content, under the banner and the notice."""
        self._content.insertWidget(self._content.indexOf(self._stack), bar)

    def add_line(self, line: QWidget) -> None:
        """Puts a line below the content; `remove_bar` takes it away, too."""
        self._content.addWidget(line)

    def remove_bar(self, bar: QWidget) -> None:
        """Takes that bar away, as when its account has left."""
        self._content.removeWidget(bar)
        bar.hide()
        bar.deleteLater()

    def show_unread(self, count: int) -> None:
        """How many cases wait, in the system's title of the window."""
        self.setWindowTitle(f"{self.title} ({count})" if count else self.title)

    def bring_to_front(self) -> None:
        """As when the doctor has chosen the window in the system's bar."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()

    def set_badge(self, key: str, count: int) -> None:
        """How much waits in that room, as its button in the rail says it."""
        self.rail.set_badge(key, count)

    def show_sign_in(self, widget: QWidget) -> None:
        """Shows the sign-in screen alone: nothing of an account is seen behind it."""
        if self._pages.indexOf(widget) < 0:
            self._pages.addWidget(widget)
        self._pages.setCurrentWidget(widget)

    def show_desk(self) -> None:
        """Shows the rooms."""
        self._pages.setCurrentWidget(self.desk)

    def notify(self, text: str, glyph: str = "info") -> None:
        """Says one calm line above the content."""
        self.notice.show_text(text, glyph)

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        return msgspec.json.encode(_Kept(bytes(self.saveGeometry().data())))

    def restore(self, state: bytes) -> None:
        """Takes the place of an earlier window; what is not its own is ignored."""
        try:
            kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.DecodeError:
            return
        self.restoreGeometry(QByteArray(kept.geometry))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        theme = self._theme
        self.rail = Rail(theme)
        self.banner = Banner(
            theme, glyph="wifi-slash", action=self.tr("Retry now"), key=key_label("app.connect")
        )
        self.notice = Notice(theme)
        self.status = StatusBar(theme)
        self._stack = QStackedWidget()
        self.desk = QFrame()
        self.desk.setProperty("surface", "window")
        self._pages = QStackedWidget()

    def _lay_out(self) -> None:
        self._content = QVBoxLayout()
        self._content.setSpacing(0)
        for bar in (self.banner, self.notice):
            self._content.addWidget(bar)
        self._content.addWidget(self._stack, 1)
        line = QFrame()
        line.setProperty("line", "v")
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(line)
        across.addLayout(self._content, 1)
        self._whole = QVBoxLayout(self.desk)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(across, 1)
        self._whole.addWidget(self.status)
        self._pages.addWidget(self.desk)
        self.setCentralWidget(self._pages)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_room)
        self.banner.pressed.connect(self.view_model.retry_now)
        self.status.sign_out_wanted.connect(self.sign_out_wanted)
        self.view_model.changed.connect(self._show)

    def _show(self) -> None:
        model = self.view_model
        if model.is_offline:
            self.banner.show_text(*model.banner())
        else:
            self.banner.hide()
        self.status.show_facts(*model.facts())
        self.status.show_account(model.account_line())
