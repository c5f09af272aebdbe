"""A 10 ms timer in a window's loop that notes how late it is called."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

PERIOD_MS = 10.0


class TickLateness(QObject):
    """Collects, for each tick, the milliseconds beyond the period; it begins at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values_ms: list[float] = []
        self._last = time.perf_counter()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._tick)
        timer.start(round(PERIOD_MS))

    def _tick(self) -> None:
        now = time.perf_counter()
        self.values_ms.append(max(0.0, (now - self._last) * 1000 - PERIOD_MS))
        self._last = now


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
