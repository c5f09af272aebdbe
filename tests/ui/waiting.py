"""Waiting on the test's own loop: pytest-qt's waits would nest another one inside it."""

import asyncio
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import SignalInstance

PATIENCE_S = 60.0


async def until(condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Lets the loop run until the condition holds; fails where it never does."""
    end = monotonic() + patience_s
    while not condition():
        assert monotonic() < end, "what was waited for did not happen"
        await asyncio.sleep(0.002)


async def emitted(signal: SignalInstance) -> tuple[object, ...]:
    """The arguments of the signal's next emission."""
    told: asyncio.Future[tuple[object, ...]] = asyncio.get_running_loop().create_future()

    def hear(*arguments: object) -> None:
        if not told.done():
            told.set_result(arguments)

    signal.connect(hear)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await told
    finally:
        signal.disconnect(hear)
