"""The call on a second screen, while files and text stand on the first one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from workstation.ui.screens.review.monitors import Monitors
from workstation.ui.screens.review.second_window import SecondWindow
from workstation.ui.widgets.identity_strip import IdentityWords


class CallWindow(SecondWindow):
    """Whose call it is, and the call."""

    action = "call.second_screen"

    def system_title(self) -> str:
        return self.tr("Consultant's workstation: call")


class CallSecondScreen(QObject):
    """What is wanted lasts as long as the program. Whether it is so now depends: on a call of the
    case that is open, on another screen, on the desk being seen at all.
    """

    moved = Signal()
    """The call stands in another window than before."""

    def __init__(
        self,
        monitors: Monitors,
        new_window: Callable[[], CallWindow],
        lend: Callable[[], QWidget],
        take_back: Callable[[], None],
        desk: QWidget,
        parent: QObject,
    ) -> None:
        """`lend` gives the call's widget, `take_back` puts it into its place again. `desk`: while
        it is hidden (nobody is signed in, the screen is locked) the call is not seen either."""
        super().__init__(parent)
        self._monitors, self._new_window, self._desk = monitors, new_window, desk
        self._lend, self._take_back = lend, take_back
        self._window: CallWindow | None = None
        self._words: IdentityWords | None = None
        self._is_wanted = self._may_float = self._is_on = self._is_away = False
        monitors.changed.connect(self.look_again)
        desk.installEventFilter(self)

    @property
    def window(self) -> CallWindow | None:
        """The window while the call is in it."""
        return self._window if self._is_away else None

    @property
    def has_monitor(self) -> bool:
        """Whether there is another screen."""
        return self._monitors.beside(self._desk) is not None

    def toggle(self) -> None:
        """There or back; without another screen into a window that can be moved."""
        self._is_wanted = not self._is_away
        self._may_float = self._is_wanted and not self.has_monitor
        self.look_again()

    def bring_back(self) -> None:
        """The doctor wants all in one window again."""
        self._is_wanted = self._may_float = False
        self.look_again()

    def show_call(self, words: IdentityWords | None, *, is_on: bool) -> None:
        """Whose call it is, and whether there is one."""
        self._words, self._is_on = words, is_on
        if self._window is not None:
            self._window.show_patient(words)
        self.look_again()

    def look_again(self) -> None:
        """Puts the call where it belongs now."""
        has_room = self._may_float or self.has_monitor
        away = self._is_wanted and self._is_on and has_room and self._desk.isVisible()
        if away is self._is_away:
            return
        self._is_away = away
        if away:
            self._go()
        elif self._window is not None:
            self._window.let_go()
            self._take_back()
            self._window.hide()
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.look_again()
        return False

    def _go(self) -> None:
        if self._window is None:
            self._window = self._new_window()
            self._window.return_wanted.connect(self.bring_back)
        self._window.show_patient(self._words)
        content = self._lend()
        self._window.take(content)
        content.show()
        self._window.open_on(self._monitors.beside(self._desk))
