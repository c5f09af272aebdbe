"""Cyclic garbage is collected between two events of the window's loop, never inside one.

Python collects wherever an object happens to be made: in a thread, or while Qt hands an event
through a tree of widgets. A widget that is destroyed there takes the process with it.
"""

import gc
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QTimer

EVERY_MS = 200
OLD_EVERY_S = 60.0
"""A full collection walks over all that the program keeps, so it is made seldom."""
OLDEST = 2


class CollectionBetweenEvents:
    """Takes the collector over while it stands; a context manager of the loop's own thread."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._old_at = seconds()
        self._was_enabled = False
        self._timer = QTimer()
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def __enter__(self) -> Self:
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def collect(self) -> None:
        """Collects the oldest generation that is due, by Python's own counts; most often none."""
        due = [age for age in range(OLDEST + 1) if gc.get_count()[age] > gc.get_threshold()[age]]
        if OLDEST in due and not self._is_time_for_old():
            due.remove(OLDEST)
        if due:
            gc.collect(due[-1])

    def _is_time_for_old(self) -> bool:
        now = self._seconds()
        if now - self._old_at < OLD_EVERY_S:
            return False
        self._old_at = now
        return True
