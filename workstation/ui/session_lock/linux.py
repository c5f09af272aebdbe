"""Linux: systemd-logind (org.freedesktop.login1), and the desktops' own screen savers.

logind says `Lock` to a session (loginctl lock-session, a laptop's lid), and `PrepareForSleep` to
all. A desktop that locks by itself sets the session's LockedHint, and says ActiveChanged on the
session bus. See org.freedesktop.login1(5).
"""

import logging
import os
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from workstation.ui.session_lock import SessionLock

logger = logging.getLogger(__name__)

_LOGIND: Final = "org.freedesktop.login1"
_MANAGER_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class LinuxLock(SessionLock):
    """Listens on both buses and waits for neither; a bus that is not there says nothing."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        system: QDBusConnection | None = None,
        session: QDBusConnection | None = None,
    ) -> None:
        """`system` and `session` are the buses; this computer's where they are not given."""
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._desktop = session or QDBusConnection.sessionBus()
        self._own = ""
        """The object of this session at logind; "" until it is known."""
        self._listen(self._system, _LOGIND, _MANAGER_PATH, _MANAGER, "PrepareForSleep")
        for service, path in _SAVERS:
            self._listen(self._desktop, service, path, service, "ActiveChanged")
        known = os.environ.get("XDG_SESSION_ID", "auto")
        self._ask(_MANAGER_PATH, _MANAGER, "GetSession", [known], self._listen_to_own)

    def _listen(
        self, bus: QDBusConnection, service: str, path: str, interface: str, name: str
    ) -> None:
        # The binding's words want a string here, the binding itself has SLOT's bytes too.
        slot: Any = SLOT("_told(QDBusMessage)")
        if not bus.connect(service, path, interface, name, self, slot):
            logger.info("nobody to be heard of %s", name)

    def _ask(
        self, path: str, interface: str, name: str, said: list[str], then: Callable[[Any], None]
    ) -> None:
        """One question to logind; `then` gets its answer, and nothing where there is none."""
        question = QDBusMessage.createMethodCall(_LOGIND, path, interface, name)
        question.setArguments(said)
        waiting = QDBusPendingCallWatcher(self._system.asyncCall(question), self)

        def answered(done: QDBusPendingCallWatcher) -> None:
            reply = done.reply()
            done.deleteLater()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                then(reply.arguments()[0])

        waiting.finished.connect(answered)

    def _listen_to_own(self, found: Any) -> None:
        """Other people's sessions on the same computer are not ours."""
        self._own = found.path()
        self._listen(self._system, _LOGIND, self._own, _SESSION, "Lock")
        self._listen(self._system, _LOGIND, self._own, _PROPERTIES, "PropertiesChanged")

    @Slot(QDBusMessage)
    def _told(self, message: QDBusMessage) -> None:
        said = message.arguments()
        if message.member() == "PropertiesChanged":
            hint = [_SESSION, "LockedHint"]
            self._ask(self._own, _PROPERTIES, "Get", hint, self._hinted)
        elif message.member() == "Lock" or (said and said[0] is True):
            self.locked.emit()

    def _hinted(self, value: Any) -> None:
        if (value.variant() if hasattr(value, "variant") else value) is True:
            self.locked.emit()
