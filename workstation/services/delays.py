"""Waiting before another try: longer each time, never all at once, cut short on demand."""

import asyncio
import random
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]
"""As asyncio.sleep: seconds."""
Jitter = Callable[[], float]
"""A factor about 1."""

STEPS_S = (1.0, 2.0, 4.0, 8.0)


def spread() -> float:
    """0.8 to 1.2, so that workstations that lost one server do not come back in step."""
    return random.uniform(0.8, 1.2)


class GrowingDelay:
    """1, 2, 4, 8, 8, ... seconds until `reset`."""

    def __init__(self, sleep: Sleep, jitter: Jitter = spread) -> None:
        self._sleep = sleep
        self._jitter = jitter
        self._step = 0
        self._cut = asyncio.Event()

    def reset(self) -> None:
        """The next delay is the shortest again."""
        self._step = 0

    def next(self) -> float:
        """The length of the next wait in seconds; later ones are longer."""
        seconds = STEPS_S[min(self._step, len(STEPS_S) - 1)] * self._jitter()
        self._step += 1
        return seconds

    async def wait(self, seconds: float | None = None, *, at_least: float = 0) -> None:
        """Waits so long (by itself: `next()`), or until `cut_short` is called."""
        length = max(self.next() if seconds is None else seconds, at_least)
        self._cut.clear()
        waits = [asyncio.ensure_future(one) for one in (self._sleep(length), self._cut.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def cut_short(self) -> None:
        """Ends a wait that runs."""
        self._cut.set()
