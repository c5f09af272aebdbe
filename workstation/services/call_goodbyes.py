"""Calls that are over for the doctor, and of which the server is still to be told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from backend_client.errors import BackendError
from backend_client.models.calls import Call, CallState
from backend_client.models.common import RequestId
from workstation.services.background import BackgroundTasks
from workstation.services.call_doors import CallsBackend
from workstation.services.delays import GrowingDelay, Jitter, Sleep

logger = logging.getLogger(__name__)

PATIENCE_S: Final = 5.0
_CLOCKS_DIFFER: Final = timedelta(seconds=5)
_RUNNING: Final = (CallState.RINGING, CallState.ACTIVE)


class Goodbyes:
    """Tries until the server has answered, or `close`."""

    def __init__(self, backend: CallsBackend, sleep: Sleep, jitter: Jitter) -> None:
        self._backend = backend
        self._sleep = sleep
        self._jitter = jitter
        self._tasks = BackgroundTasks()
        self._pending: dict[RequestId, asyncio.Task[None]] = {}
        self._lost_orders: dict[RequestId, str] = {}
        self._waits: set[GrowingDelay] = set()

    def say(self, call: Call) -> None:
        """The doctor has hung up."""

        async def hang_up() -> None:
            await self._backend.hang_up(call.request_id, call.id)

        self._start(call.request_id, hang_up)

    def withdraw(self, request_id: RequestId, asked_at: datetime, key: str) -> None:
        """The answer to an order was lost: nobody shall ring and find no doctor there."""
        self._lost_orders[request_id] = key

        async def hang_up() -> None:
            for call in await self._backend.attempts(request_id):
                if call.state in _RUNNING and call.placed_at > asked_at - _CLOCKS_DIFFER:
                    await self._backend.hang_up(request_id, call.id)

        self._start(request_id, hang_up)

    async def settle(self, request_id: RequestId) -> str | None:
        """Before the next order: nothing of the last call is left, or that order is taken up.

        Answers the key of an order that may still arrive.
        """
        task = self._pending.get(request_id)
        if task is not None:
            self.try_now()
            await asyncio.wait([task], timeout=PATIENCE_S)
        key = self._lost_orders.get(request_id)
        if key is not None and task is not None:
            task.cancel()
        return key

    def try_now(self) -> None:
        """The server can be reached again."""
        for wait in self._waits:
            wait.cut_short()

    async def finish(self) -> None:
        """Waits until all is said."""
        await self._tasks.finish()

    async def close(self) -> None:
        """Says no more."""
        await self._tasks.close()

    def _start(self, request_id: RequestId, say: Callable[[], Awaitable[None]]) -> None:
        task = self._tasks.start(self._until_said(say), "call.goodbye")
        self._pending[request_id] = task
        task.add_done_callback(lambda _: self._forget(request_id, task))

    def _forget(self, request_id: RequestId, task: asyncio.Task[None]) -> None:
        if self._pending.get(request_id) is task:
            del self._pending[request_id]
            self._lost_orders.pop(request_id, None)

    async def _until_said(self, say: Callable[[], Awaitable[None]]) -> None:
        delay = GrowingDelay(self._sleep, self._jitter)
        self._waits.add(delay)
        try:
            while True:
                try:
                    await say()
                except BackendError as error:
                    logger.info("a call is not hung up: %s", type(error).__name__)
                    if not error.is_temporary:
                        return
                    await delay.wait()
                else:
                    return
        finally:
            self._waits.discard(delay)
