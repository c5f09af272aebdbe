"""The countdown to an appointed call over whatever is shown: seen, stopped by any key, and then the
call's screen or its strip (SOK-6)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow
from workstation.ui.screens.call.countdown_bar import CountdownBar
from workstation.ui.screens.call.patient_name import short_name
from workstation.ui.theme import Theme

if TYPE_CHECKING:
    from workstation.services.appointed_calls import AppointedCalls, Countdown

_INPUT = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove})


class AppointedRoad(QObject):
    """While it counts, a key of any window of the program stops it, and does what it always does:
    nobody's typing loses a letter. Esc alone does nothing more than stop.

    Where another patient's case is open, it stays: the call comes as a strip over it.
    """

    def __init__(
        self,
        appointed: "AppointedCalls",
        window: MainWindow,
        theme: Theme,
        now: Callable[[], datetime],
        *,
        open_case: Callable[[], RequestId | None],
        show_call: Callable[[RequestId], None],
        show_strip: Callable[[], None],
    ) -> None:
        """`now`: by the server's clock; `show_strip`: sees to it that a call has its strip."""
        super().__init__()
        self._appointed, self._window = appointed, window
        self._open_case, self._show_call, self._show_strip = open_case, show_call, show_strip
        self._is_away = False
        self.bar = CountdownBar(theme, now)
        self.bar.stopped.connect(self._stop)
        window.add_bar(self.bar)
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        application.focusWindowChanged.connect(self.look_again)
        self._deaf = (
            appointed.changed.subscribe(self._show),
            appointed.placing.subscribe(self._placing),
            appointed.failed.subscribe(self._failed),
        )
        self.look_again()

    def leave(self) -> None:
        """The screen of this session was locked: nobody sees a countdown until a key or the mouse
        says that somebody is there."""
        self._is_away = True
        self._watch_keys(is_on=True)
        self._appointed.see(False)

    def look_again(self) -> None:
        """Whether the doctor has the window before the eyes now."""
        is_shown = self._window.isVisible() and not self._window.isMinimized()
        is_active = self._application.focusWindow() is not None
        self._appointed.see(is_shown and is_active and not self._is_away)

    def close(self) -> None:
        """Takes the bar out of the window; counts no more."""
        self._appointed.see(False)
        for deaf in self._deaf:
            deaf()
        self._watch_keys(is_on=False)
        self._application.focusWindowChanged.disconnect(self.look_again)
        self._window.removeEventFilter(self)
        self._window.remove_bar(self.bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind in (QEvent.Type.WindowStateChange, QEvent.Type.Show, QEvent.Type.Hide):
                self.look_again()
            return False
        if kind in _INPUT and self._is_away:
            self._come_back()
        elif isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if self._appointed.counting is None:
            return False
        self._stop()
        return event.key() == Qt.Key.Key_Escape

    def _come_back(self) -> None:
        self._is_away = False
        self._watch_keys(is_on=self._appointed.counting is not None)
        self.look_again()

    def _stop(self) -> None:
        counting = self._appointed.counting
        self._appointed.stop()
        if counting is not None:
            name = short_name(counting.row.patient.full_name)
            told = QCoreApplication.translate(
                "Rooms", "The call was stopped: {} waits. Enter on the call screen calls."
            )
            self._window.notify(told.format(name), "phone-x")

    def _show(self, counting: "Countdown | None") -> None:
        self.bar.show_countdown(counting)
        self._watch_keys(is_on=counting is not None or self._is_away)

    def _placing(self, row: RequestRow) -> None:
        if self._open_case() in (None, row.id):
            self._show_call(row.id)
        else:
            self._show_strip()

    def _failed(self, error: BackendError) -> None:
        message = user_message(error)
        told = QCoreApplication.translate("Rooms", "The appointed call was not placed. {}")
        self._window.notify(told.format(message.title), "warning")

    def _watch_keys(self, *, is_on: bool) -> None:
        """Keys come to a window first; it is watched for no longer than it must be."""
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
            if is_on:
                window.installEventFilter(self)
