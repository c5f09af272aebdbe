"""What all services of an account know of the connection; the sync service alone writes it."""

from workstation.core.connection import ConnectionState, Link
from workstation.core.subscription import Event


class LinkState:
    """The present state of the connection and its changes."""

    def __init__(self, state: ConnectionState) -> None:
        self.changed: Event[ConnectionState] = Event()
        self._state = state

    @property
    def state(self) -> ConnectionState:
        """How it stands now."""
        return self._state

    @property
    def is_offline(self) -> bool:
        """Whether the server is known not to answer: the cache is asked first."""
        return self._state.link is Link.OFFLINE

    def set(self, state: ConnectionState) -> None:
        """Takes the new state and tells of it where it differs."""
        if state != self._state:
            self._state = state
            self.changed.emit(state)
