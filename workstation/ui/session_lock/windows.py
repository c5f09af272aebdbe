"""Windows: WM_WTSSESSION_CHANGE of this session, and WM_POWERBROADCAST before sleep.

See WTSRegisterSessionNotification (wtsapi32). Messages come to a hidden window of our own. Not
tried on a Windows computer yet.
"""

import ctypes
import logging
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from workstation.ui.session_lock import SessionLock

logger = logging.getLogger(__name__)

_WM_WTSSESSION_CHANGE, _WM_POWERBROADCAST = 0x02B1, 0x0218
_AWAY: Final = frozenset({0x2, 0x4, 0x6, 0x7})
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK."""
_SUSPEND: Final = 0x4
"""PBT_APMSUSPEND."""
_THIS_SESSION: Final = 0


class _Message(ctypes.Structure):
    """MSG, as far as it is read; WPARAM has the size of a pointer."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
    )


class WindowsLock(SessionLock):
    """Registers a window that is never shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = QWidget()
        self._handle = ctypes.c_void_p(int(self._window.winId()))
        self._filter = _Filter(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        wts: Any = ctypes.CDLL("wtsapi32")
        if not wts.WTSRegisterSessionNotification(self._handle, _THIS_SESSION):
            logger.info("locks of the screen are not told")

    def stop(self) -> None:
        wts: Any = ctypes.CDLL("wtsapi32")
        wts.WTSUnRegisterSessionNotification(self._handle)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        self._window.deleteLater()


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, lock: WindowsLock) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        told = _Message.from_address(int(message))
        if means_away(told.message, told.wparam):
            self._lock.locked.emit()
        return False, 0


def means_away(message: int, wparam: int) -> bool:
    """Whether a message says that the session is locked or left, or that the computer sleeps."""
    if message == _WM_WTSSESSION_CHANGE:
        return wparam in _AWAY
    return message == _WM_POWERBROADCAST and wparam == _SUSPEND
