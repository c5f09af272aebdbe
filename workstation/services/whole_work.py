"""Work that ends once it is begun, whatever becomes of who asked for it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class WholeWork:
    """Pieces of work of one service; a screen that closes stops none in its middle."""

    def __init__(self) -> None:
        self._begun: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[object, object, Result]) -> Result:
        """What `work` answers or raises; where the caller is cancelled, it goes on without."""
        task = asyncio.get_running_loop().create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Waits for the end of all."""
        if self._begun:
            await asyncio.wait(list(self._begun))

    async def close(self) -> None:
        """Ends what has not ended."""
        begun = list(self._begun)
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._begun.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.info("not done: %s", type(error).__name__)  # its caller may be gone
