"""Work that a service does beside its callers: owned tasks, and alarms that can be called off."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from workstation.services.delays import Sleep

logger = logging.getLogger(__name__)


class BackgroundTasks:
    """Tasks of one service; `close` cancels and awaits them. What fails is logged by its kind."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[object, object, None], name: str) -> asyncio.Task[None]:
        """Runs `work` beside everything else."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.own(task)
        return task

    def own(self, task: asyncio.Task[Any]) -> None:
        """Takes a task that was started elsewhere."""
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finish(self) -> None:
        """Waits for the end of all."""
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    async def close(self) -> None:
        """Ends all."""
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("%s failed: %s", task.get_name(), type(error).__name__)


class Alarm:
    """Does one thing after a while, unless it is called off."""

    def __init__(self, sleep: Sleep, tasks: BackgroundTasks, name: str) -> None:
        self._sleep = sleep
        self._tasks = tasks
        self._name = name
        self._task: asyncio.Task[None] | None = None

    @property
    def is_set(self) -> bool:
        """Whether it is going to ring."""
        return self._task is not None

    def set(self, seconds: float, ring: Callable[[], None]) -> None:
        """In so many seconds, in place of what was set before."""
        self.call_off()
        self._task = self._tasks.start(self._run(seconds, ring), self._name)

    def call_off(self) -> None:
        """Not after all."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self, seconds: float, ring: Callable[[], None]) -> None:
        await self._sleep(seconds)
        self._task = None
        ring()
