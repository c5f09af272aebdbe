"""Plays the slices of a series round and round: times of a heart, frames of an angiogram."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

USUAL_MS = 100.0
"""Where the file does not say how fast: ten slices a second."""


class SlicePlay(QObject):
    """`due` carries how many slices on; time that was missed is skipped, never made up for."""

    due = Signal(int)
    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, now_ms: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent)
        clock = QElapsedTimer()
        clock.start()
        self._now_ms = now_ms or (lambda: clock.nsecsElapsed() / 1e6)
        self._started_ms = 0.0
        self._gone = 0
        self.slice_ms = USUAL_MS
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @property
    def is_playing(self) -> bool:
        """Whether slices follow by themselves."""
        return self._timer.isActive()

    def start(self, slice_ms: float | None) -> None:
        """From now on, one slice each so many ms."""
        self.slice_ms = max(slice_ms or USUAL_MS, 5.0)
        self._started_ms, self._gone = self._now_ms(), 0
        self._timer.start(max(1, int(self.slice_ms / 2)))
        self.changed.emit()

    def stop(self) -> None:
        """Stays on the present slice."""
        if self.is_playing:
            self._timer.stop()
            self.changed.emit()

    def tick(self) -> None:
        """The clock has moved on."""
        gone = int((self._now_ms() - self._started_ms) / self.slice_ms)
        if gone > self._gone:
            slices, self._gone = gone - self._gone, gone
            self.due.emit(slices)
