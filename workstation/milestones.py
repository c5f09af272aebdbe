"""Moments of the start, told on standard output for the start-up benchmark (--milestones)."""

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

HEAVY = (
    "aiortc",
    "httpx",
    "keyring",
    "pydicom",
    "pyhanko",
    "pyqtgraph",
    "reportlab",
    "scipy",
    "sqlalchemy",
)
"""Modules that must not be loaded before the first paint."""


class FirstPaintOf(QObject):
    """Calls `then` once, right after the watched widget was painted while `holds` was true."""

    def __init__(
        self,
        widget: QWidget,
        then: Callable[[], None],
        holds: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(widget)
        self._widget, self._then, self._holds = widget, then, holds
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._holds():
            self._widget.removeEventFilter(self)
            self._then()
        return False


def tell(milestone: str) -> None:
    """One JSON line: which, when (monotonic ns), and which heavy modules are loaded by now."""
    loaded = [name for name in HEAVY if name in sys.modules]
    line = {"milestone": milestone, "at_ns": time.monotonic_ns(), "heavy": loaded}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
