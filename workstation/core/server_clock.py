"""The server's time: terms count by it, whatever this computer's clock says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _system_now() -> datetime:
    return datetime.now(UTC)


class ServerClock:
    """This computer's clock, corrected by what the server last said."""

    def __init__(self, now: Callable[[], datetime] = _system_now) -> None:
        self._now = now
        self._offset = timedelta()

    @property
    def offset(self) -> timedelta:
        """How far the server's clock is ahead of this computer's."""
        return self._offset

    def set_from(self, server_time: datetime) -> None:
        """Takes `server_time` (aware) as the present moment."""
        self._offset = server_time - self._now()

    def now(self) -> datetime:
        """The present moment by the server, aware UTC."""
        return self._now() + self._offset
