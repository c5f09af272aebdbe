"""The system's tray: a badge, a balloon without patients' data. Where there is none, nothing."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QSystemTrayIcon

from workstation.ui.notifications.tray_picture import tray_icon
from workstation.ui.theme import Theme

BALLOON_MS = 10_000


class Tray(Protocol):
    """What the board needs of a tray."""

    @property
    def pressed(self) -> SignalInstance:
        """The icon was clicked."""

    @property
    def balloon_pressed(self) -> SignalInstance:
        """The balloon was clicked."""

    def show_count(self, count: int, words: str, *, is_grave: bool) -> None:
        """How many cases wait, and whether a threat to life does; `words` are the tooltip."""

    def tell(self, title: str, text: str) -> None:
        """Shows a balloon. Both texts are the system's from then on: no patient in them."""

    def close(self) -> None:
        """Takes the icon away."""


class SystemTray(QObject):
    """The system's own. It may come after the program has started: each use asks anew."""

    pressed = Signal()
    balloon_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._is_available = theme, is_available
        self._icon: QSystemTrayIcon | None = None
        self._painted: tuple[object, ...] = ()

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """Qt's own; None where there is no tray."""
        return self._icon

    def show_count(self, count: int, words: str, *, is_grave: bool) -> None:
        """Shows the icon where there is a tray; it is painted where it looks otherwise now."""
        if self._icon is None and self._is_available():
            self._icon = QSystemTrayIcon(self)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.balloon_pressed)
        if self._icon is None:
            return
        look = (count, is_grave, self._theme.is_dark)
        if look != self._painted:
            self._painted = look
            self._icon.setIcon(tray_icon(self._theme, count, is_grave=is_grave))
        self._icon.setToolTip(words)
        self._icon.show()

    def tell(self, title: str, text: str) -> None:
        """Shows a balloon where the system has any."""
        if self._icon is not None and QSystemTrayIcon.supportsMessages():
            self._icon.showMessage(title, text, tray_icon(self._theme, 0), BALLOON_MS)

    def close(self) -> None:
        """Takes the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        pressed = (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        )
        if reason in pressed:
            self.pressed.emit()
