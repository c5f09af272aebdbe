"""A 10 ms timer in a window's loop that notes how late it is called."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

PERIOD_MS = 10.0


class TickLateness(QObject):
    """Collects, for each tick, the milliseconds beyond the period; it begins at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values_ms: list[float] = []
        self.busy_ms: list[float] = []
        """CPU that the loop's thread has used between two ticks: a busy machine adds nothing."""
        self._last, self._last_used = time.perf_counter(), time.thread_time()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._tick)
        timer.start(round(PERIOD_MS))

    def _tick(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.values_ms.append(max(0.0, (now - self._last) * 1000 - PERIOD_MS))
        self.busy_ms.append((used - self._last_used) * 1000)
        self._last, self._last_used = now, used


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
