"""Stands in for Litestar's own events, which nothing here uses.

Their task group would wrap every reason of a failed start into an exception group.
"""

from types import TracebackType

from litestar.events import BaseEventEmitterBackend


class NoEmitter(BaseEventEmitterBackend):
    """Has no listeners."""

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing was opened."""

    def emit(self, event_id: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""
