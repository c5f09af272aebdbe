"""When a window has been painted: the end of each of its frames."""

import asyncio
import time
from collections.abc import Callable
from typing import Self

import msgspec
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

PATIENCE_S = 30.0


class Spent(msgspec.Struct, frozen=True):
    """A moment, or the way between two: seconds by the clock, and of the process's CPU, which a
    busy machine makes hardly longer."""

    clock: float
    cpu: float

    @classmethod
    def now(cls) -> Self:
        """This moment."""
        return cls(time.perf_counter(), time.process_time())

    def __sub__(self, earlier: "Spent") -> "Spent":
        return Spent(self.clock - earlier.clock, self.cpu - earlier.cpu)


class FrameWatch(QObject):
    """Listens to one window alone, and costs its widgets nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._awaited: list[tuple[Callable[[], bool], asyncio.Future[Spent]]] = []
        window.installEventFilter(self)

    async def until(self, shown: Callable[[], bool]) -> Spent:
        """The moment at which the first frame is done that is painted while
        `shown` holds. Raises TimeoutError."""
        moment: asyncio.Future[Spent] = asyncio.get_running_loop().create_future()
        self._awaited.append((shown, moment))
        async with asyncio.timeout(PATIENCE_S):
            return await moment

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest or not self._awaited:
            return False
        done = [one for one in self._awaited if one[0]()]
        watched.event(event)  # paints all that is to be painted
        now = Spent.now()
        self._awaited = [one for one in self._awaited if one not in done]
        for _, moment in done:
            if not moment.done():
                moment.set_result(now)
        return True
