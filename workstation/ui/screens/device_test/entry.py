"""The way to the device test: one key from every screen, also in a call."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workstation.ui.shortcuts import ShortcutRouter

ACTION = "app.device_test"


class DeviceTestEntry(QWidget):
    """Takes no room in the window: its key acts in every room, as long as somebody is signed in."""

    wanted = Signal()

    def __init__(self, window: QWidget, shortcuts: ShortcutRouter) -> None:
        super().__init__(window)
        self.setObjectName("deviceTest.entry")
        self.setFixedSize(0, 0)
        shortcuts.bind(self, ACTION, self.wanted.emit)
        self.show()
