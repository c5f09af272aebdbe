"""Whether the screen of this session was locked, or the computer goes to sleep.

Each system says it in its own way; where none is known, nothing is ever said, and the time limit of
a PIN is all there is.
"""

import sys

from PySide6.QtCore import QObject, Signal


class SessionLock(QObject):
    """Says when nobody sits before the screen any more."""

    locked = Signal()

    def stop(self) -> None:
        """Nothing is said any more."""


def session_lock(parent: QObject | None) -> SessionLock:
    """The one of this system, listening. Loads what it needs of the system."""
    system: str = sys.platform
    if system == "linux":
        from workstation.ui.session_lock.linux import LinuxLock

        return LinuxLock(parent)
    if system == "win32":
        from workstation.ui.session_lock.windows import WindowsLock

        return WindowsLock(parent)
    if system == "darwin":
        from workstation.ui.session_lock.macos import MacLock

        return MacLock(parent)
    return SessionLock(parent)
