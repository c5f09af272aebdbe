"""Events of the services: typed callbacks without Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Callback = Callable[[Value], None]


class Event(Generic[Value]):
    """A past fact that others may hear of: `subscribe(callback)` returns what ends it.

    Callbacks run at once, in the caller's thread, in the order of subscription. One that is
    removed while an emission runs is not called any more.
    """

    def __init__(self) -> None:
        self._callbacks: dict[object, Callback[Value]] = {}

    def subscribe(self, callback: Callback[Value]) -> Callable[[], None]:
        """Calls `callback` at each emission until the returned function is called."""
        key = object()
        self._callbacks[key] = callback

        def unsubscribe() -> None:
            self._callbacks.pop(key, None)

        return unsubscribe

    def emit(self, value: Value) -> None:
        """Tells every subscriber."""
        for key, callback in list(self._callbacks.items()):
            if key in self._callbacks:
                callback(value)
