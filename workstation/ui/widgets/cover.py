"""A panel over the window that has the keyboard to itself; closed, it gives the focus back."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QFrame, QWidget

from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme


class Cover(QFrame):
    """While it is open the screens under it get no key, and a press beside it closes it.

    `place` tells where it may stand, in the window's coordinates: never over whose case it is.
    No larger than it has to be: whatever lies under it would be painted anew.
    """

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        place: Callable[[], QRect],
        theme: Theme,
        shortcuts: ShortcutRouter,
        name: str,
    ) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self._window, self._place = window, place
        self._theme, self._shortcuts = theme, shortcuts
        self._came_from: QWidget | None = None
        self._native: QWindow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def open(self, first: QWidget | None = None) -> None:
        """Shows it; `first` gets the focus."""
        if self.isVisible():
            return
        self._came_from = self._window.focusWidget()
        self._native = self._window.windowHandle()
        for watched in (self._window, self._native):
            watched.installEventFilter(self)
        self._shortcuts.cover(self)
        self.lay_out()
        self.raise_()
        self.show()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_cover(self) -> None:
        """Hides it; the focus is where it was, if that is still there."""
        if not self.isVisible():
            return
        self._shortcuts.cover(None)
        self._window.removeEventFilter(self)
        if self._native is not None:
            self._native.removeEventFilter(self)
        self.hide()
        origin, self._came_from = self._came_from, None
        if origin is not None and shiboken6.isValid(origin) and origin.isVisible():
            origin.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def lay_out(self) -> None:
        """Takes its place anew."""
        self.setGeometry(self.panel_rect(self._place()))

    def panel_rect(self, area: QRect) -> QRect:
        """Where in the area it stands."""
        return area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self.lay_out()
        if event.type() is QEvent.Type.MouseButtonPress and watched is not self._window:
            return self._pressed_beside(event)
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # Tab stays inside

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not meant for what lies under it

    def _pressed_beside(self, event: QEvent) -> bool:
        """The press that closes does nothing else; it comes before any widget sees it."""
        assert isinstance(event, QMouseEvent)
        corner = self.mapTo(self._window, QPoint(0, 0))
        inside = QRect(corner, self.size()).contains(event.position().toPoint())
        if not inside:
            self.close_cover()
        return not inside

    def _dress(self) -> None:
        ground = self._theme.color("bg.raised").name()
        line = self._theme.color("line.control").name()
        radius = self._theme.size("radius", "panel")
        self.setStyleSheet(
            f"QFrame#{self.objectName()} {{ background: {ground}; border: 1px solid {line};"
            f" border-radius: {radius}px; }}"
        )
        if self.isVisible():
            self.lay_out()
