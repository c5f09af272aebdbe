"""Pictures on a second screen: when they go there, and when they come back (decision 0057)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from workstation.ui.screens.review.hung_panes import HungPanes
from workstation.ui.screens.review.monitors import Monitors
from workstation.ui.screens.review.pane_model import PaneKind, PaneState
from workstation.ui.screens.review.panes_area import PanesArea
from workstation.ui.screens.review.second_window import SecondWindow
from workstation.ui.widgets.identity_strip import IdentityWords


class SecondScreen(QObject):
    """What is wanted is the doctor's, and is remembered. Whether it is so now depends: on a file
    to be shown, on another screen, on the desk being seen at all.

    An ECG never goes: its true size is that of the screen for which the window was measured.
    """

    changed = Signal()
    """The doctor wants another thing than before."""
    moved = Signal()
    """The places stand in another window than before, or that window is another size."""

    def __init__(
        self,
        hung: HungPanes,
        area: PanesArea,
        monitors: Monitors,
        new_window: Callable[[], SecondWindow],
        desk: QWidget,
        parent: QObject,
    ) -> None:
        """`desk`: while it is hidden (nobody is signed in, the screen is locked) so are the
        pictures."""
        super().__init__(parent)
        self._hung, self._area, self._monitors = hung, area, monitors
        self._new_window, self._desk = new_window, desk
        self._window: SecondWindow | None = None
        self._wanted: PaneKind | None = None
        self._may_float = False
        """Whether the doctor has asked for it where there is no other screen."""
        self._words: IdentityWords | None = None
        hung.changed.connect(self.look_again)
        monitors.changed.connect(self.look_again)
        desk.installEventFilter(self)

    @property
    def window(self) -> SecondWindow | None:
        """The window while it is seen."""
        return self._window if self._hung.aside is not None else None

    @property
    def wanted(self) -> PaneKind | None:
        """What the doctor wants there."""
        return self._wanted

    @property
    def has_file(self) -> bool:
        """Whether there is anything that could go there, or come back."""
        places = (*self._hung.pictures, self._hung.document)
        return any(pane.state is not PaneState.EMPTY for pane in places)

    def want(self, kind: PaneKind | None) -> None:
        """As the doctor last wanted it."""
        self._wanted, self._may_float = kind, False
        self.look_again()

    def toggle(self) -> None:
        """There or back: the document where the doctor reads one, else the pictures."""
        if self._hung.aside is not None:
            self.bring_back()
            return
        reads = self._hung.active.kind is PaneKind.DOCUMENT
        self._wanted = PaneKind.DOCUMENT if reads else PaneKind.PICTURES
        self._may_float = self._monitors.beside(self._desk) is None
        self.look_again()
        self.changed.emit()

    def bring_back(self) -> None:
        """The doctor wants all in one window again."""
        self._wanted, self._may_float = None, False
        self.look_again()
        self.changed.emit()

    def show_patient(self, words: IdentityWords | None) -> None:
        """Whose pictures they are."""
        self._words = words
        if self._window is not None:
            self._window.show_patient(words)

    def look_again(self) -> None:
        """Puts the places where they belong now."""
        kind = self._wanted if self._can_be() else None
        if kind is self._hung.aside:
            return
        self._come_back()
        if kind is not None:
            self._go(kind)
        self._hung.put_aside(kind)
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.look_again()
        return False

    def _can_be(self) -> bool:
        places = self._hung.pictures if self._wanted is PaneKind.PICTURES else [self._hung.document]
        has_file = any(pane.state is not PaneState.EMPTY for pane in places)
        has_room = self._may_float or self._monitors.beside(self._desk) is not None
        return self._wanted is not None and has_file and has_room and self._desk.isVisible()

    def _go(self, kind: PaneKind) -> None:
        if self._window is None:
            self._window = self._new_window()
            self._window.return_wanted.connect(self.bring_back)
            self._window.resized.connect(self.moved)
        self._window.show_patient(self._words)
        self._area.lend(kind, self._window.take)
        self._window.open_on(self._monitors.beside(self._desk))

    def _come_back(self) -> None:
        if self._window is not None:
            self._window.let_go()
            self._area.take_back()
            self._window.hide()
