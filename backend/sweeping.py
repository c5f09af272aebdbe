"""Throws away, now and then, what is kept for a time only, and files that belong to nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from backend.problems import log_fault

log = logging.getLogger(__name__)

EVERY_SECONDS = 15 * 60


class Sweep:
    """Does all its jobs at the start, then at intervals; every process does."""

    def __init__(self, jobs: Sequence[Callable[[], Awaitable[None]]]) -> None:
        self._jobs = jobs

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Goes on for the time of the block."""
        task = asyncio.create_task(self._keep(), name="sweep")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            for job in self._jobs:
                try:
                    await job()
                # Whatever it is: the next round tries again, and the log says where it was.
                except Exception as error:  # noqa: BLE001
                    log_fault(log, error)
            await asyncio.sleep(EVERY_SECONDS)
