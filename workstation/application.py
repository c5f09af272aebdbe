"""The Qt application, and how signals of the system reach its loop."""

import logging
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QLibraryInfo, QLocale, QSocketNotifier, QTranslator
from PySide6.QtWidgets import QApplication

from workstation.resources import resource

logger = logging.getLogger(__name__)
NAME = "telemed-workstation"
SWITCH_S = 0.0005
"""How long a thread may keep the interpreter from the window's loop (Python's own: 5 ms).

While a thread works, each call into Qt waits so long to come back; a paint makes dozens of them.
"""


def make_application() -> QApplication:
    """The Qt application in Russian, which ends when we say so."""
    sys.setswitchinterval(SWITCH_S)
    application = QApplication([NAME])
    application.setApplicationName(NAME)
    application.setQuitOnLastWindowClosed(False)
    speak_russian(application)
    return application


def speak_russian(application: QApplication) -> None:
    """Qt's own words and ours in Russian."""
    QLocale.setDefault(QLocale(QLocale.Language.Russian))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for path in (f"{folder}/qtbase_ru.qm", str(resource("i18n", "ru.qm"))):
        translator = QTranslator(application)
        if translator.load(path):
            application.installTranslator(translator)
        else:
            logger.error("translation not found: %s", Path(path).name)


class Wakeup:
    """SIGINT and SIGTERM, brought into Qt's loop through a socket. A context manager."""

    def __enter__(self) -> Self:
        self._then: Callable[[], None] = lambda: None
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._then())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._ours.close()
        self._theirs.close()

    def then(self, act: Callable[[], None]) -> None:
        """What a signal does from now on."""
        self._then = act

    def _read(self) -> None:
        self._ours.recv(64)  # the handler itself runs on return to Python
