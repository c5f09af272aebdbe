"""Rows that somebody else has just changed: they stand out for a moment, nothing moves."""

from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal


class Flashes(QObject):
    """Ids of rows that stand out now; each for `duration` milliseconds from its last change."""

    changed = Signal(list)
    """Ids of rows that look different from now on."""

    def __init__(self, duration: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = duration / 1000
        self._until: dict[str, float] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._sweep)

    def __contains__(self, key: str) -> bool:
        return key in self._until

    def add(self, key: str) -> None:
        """From now on the row stands out."""
        if self._seconds <= 0:
            return
        self._until[key] = monotonic() + self._seconds
        if not self._timer.isActive():
            self._timer.start(round(self._seconds * 1000))
        self.changed.emit([key])

    def _sweep(self) -> None:
        now = monotonic()
        over = [key for key, end in self._until.items() if end <= now]
        for key in over:
            del self._until[key]
        if self._until:
            self._timer.start(max(1, round((min(self._until.values()) - now) * 1000)))
        self.changed.emit(over)
