"""The screens of the computer, as far as a second window needs them."""

from typing import Protocol

from PySide6.QtCore import QObject, QRect, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Monitors(Protocol):
    """What is asked of them."""

    @property
    def changed(self) -> SignalInstance:
        """One was plugged in or taken away."""

    def beside(self, widget: QWidget) -> QRect | None:
        """The room for windows on a screen on which the widget's window is not; None: there is no
        other."""


class SystemMonitors(QObject):
    """Those that Qt knows of."""

    changed = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gone: QScreen | None = None
        application.screenAdded.connect(self._added)
        application.screenRemoved.connect(self.screen_removed)

    def beside(self, widget: QWidget) -> QRect | None:
        own = widget.window().screen()
        others = (x for x in QGuiApplication.screens() if x is not own and x is not self._gone)
        return next((screen.availableGeometry() for screen in others), None)

    def screen_removed(self, screen: QScreen) -> None:
        """It goes now: Qt still counts it while it tells of that."""
        self._gone = screen
        self.changed.emit()
        self._gone = None

    def _added(self, screen: QScreen) -> None:
        self.changed.emit()


def the_application() -> QGuiApplication:
    """The one that runs."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application
