"""Owners of coroutines: a scope keeps its tasks, reports errors, and ends them when it closes."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class TaskScope:
    """Tasks of one owner (application, account, screen); closing cancels and awaits them all."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs."""
        return not self._tasks

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any] | None:
        """Runs `work`; its error goes to `on_error`, cancellation to nobody. None once closed."""
        if self._closed:
            work.close()
            return None
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self, name: str) -> None:
        """Cancels the tasks of that name, such as a search that a newer one replaces."""
        for task in list(self._tasks):
            if task.get_name() == name:
                task.cancel()

    async def finish(self) -> None:
        """Lets what runs come to its end; later `start` calls do nothing."""
        self._closed = True
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Cancels what runs and waits for its end; later `start` calls do nothing."""
        self._closed = True
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            logger.warning("task %s failed: %s", task.get_name(), type(error).__name__)
            self._on_error(error)
