"""macOS: the distributed notification com.apple.screenIsLocked, through CoreFoundation.

Not tried on a Mac yet.
"""

import ctypes
from typing import Any, Final

from PySide6.QtCore import QObject

from workstation.ui.session_lock import SessionLock

_FRAMEWORK: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_NAME: Final = b"com.apple.screenIsLocked"
_UTF8: Final = 0x08000100
_AT_ONCE: Final = 4
"""CFNotificationSuspensionBehaviorDeliverImmediately."""
_TOLD: Final = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


class MacLock(SessionLock):
    """Observes the centre of notifications, on the main thread's run loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cf: Any = ctypes.CDLL(_FRAMEWORK)
        for found in ("CFNotificationCenterGetDistributedCenter", "CFStringCreateWithCString"):
            getattr(self._cf, found).restype = ctypes.c_void_p
        self._told = _TOLD(lambda *_: self.locked.emit())
        self._center = ctypes.c_void_p(self._cf.CFNotificationCenterGetDistributedCenter())
        name = ctypes.c_void_p(self._cf.CFStringCreateWithCString(None, _NAME, _UTF8))
        self._cf.CFNotificationCenterAddObserver(
            self._center, self._observer, self._told, name, None, ctypes.c_long(_AT_ONCE)
        )

    @property
    def _observer(self) -> ctypes.c_void_p:
        return ctypes.c_void_p(id(self))

    def stop(self) -> None:
        self._cf.CFNotificationCenterRemoveEveryObserver(self._center, self._observer)
