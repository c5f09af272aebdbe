"""The server's time: terms count by it, whatever this computer's clock says."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _ticks() -> float:
    """Seconds that nobody sets; the computer's sleep counts where the system knows of it."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SteadyTime:
    """This computer's time as it was, and what has passed since: setting the clock, by hand or by
    the network, moves no term."""

    def __init__(self, ticks: Callable[[], float] = _ticks, begun: datetime | None = None) -> None:
        """`ticks`: seconds; `begun`: the present moment, aware, the system's where it is None."""
        self._ticks = ticks
        self._begun, self._first = begun or datetime.now(UTC), ticks()

    def __call__(self) -> datetime:
        """The present moment, aware UTC."""
        return self._begun + timedelta(seconds=self._ticks() - self._first)


class ServerClock:
    """This computer's time, corrected by what the server last said."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        """`now`: this computer's time, aware UTC; what it is at the start goes on steadily."""
        self._now = now or SteadyTime()
        self._offset = timedelta()

    @property
    def offset(self) -> timedelta:
        """How far the server's clock is ahead of this computer's time."""
        return self._offset

    def set_from(self, server_time: datetime) -> None:
        """Takes `server_time` (aware) as the present moment."""
        self._offset = server_time - self._now()

    def now(self) -> datetime:
        """The present moment by the server, aware UTC."""
        return self._now() + self._offset
