"""The road to the patient's page for one call: signals out, by way of the server."""

import logging
from collections.abc import Callable

from backend_client.errors import BackendError
from backend_client.models.calls import Call, SignalKind
from workstation.services.call_doors import CallsBackend
from workstation.services.delays import GrowingDelay, Jitter, Sleep

logger = logging.getLogger(__name__)


class CallLine:
    """Keeps on sending until the server answers; what it refuses is told by `refused`."""

    def __init__(
        self,
        backend: CallsBackend,
        call: Call,
        refused: Callable[[], None],
        sleep: Sleep,
        jitter: Jitter,
    ) -> None:
        self.connection = call.connection
        """The present one; signals of others are void."""
        self.call_id = call.id
        self._backend = backend
        self._request_id = call.request_id
        self._refused = refused
        self._sleep = sleep
        self._jitter = jitter
        self._waits: set[GrowingDelay] = set()

    def try_now(self) -> None:
        """The server can be reached again: ends the waits before the next try."""
        for wait in self._waits:
            wait.cut_short()

    async def send(self, kind: SignalKind, connection: int, payload: str) -> bool:
        """False: the server does not want it, for the call or that connection is over."""
        delay = GrowingDelay(self._sleep, self._jitter)
        self._waits.add(delay)
        try:
            while connection == self.connection:
                try:
                    await self._backend.send_signal(
                        self._request_id, self.call_id, kind, connection, payload
                    )
                except BackendError as error:
                    logger.info("call %s: not sent: %s", self.call_id, type(error).__name__)
                    if not error.is_temporary:
                        break
                    await delay.wait()
                else:
                    return True
            self._refused()
            return False
        finally:
            self._waits.discard(delay)

    async def reconnect(self) -> None:
        """Makes the server count the call's connection up; tries until it does.

        Where the server refuses, the call is probably over: `refused` finds out.
        """
        delay = GrowingDelay(self._sleep, self._jitter)
        self._waits.add(delay)
        try:
            while True:
                try:
                    call = await self._backend.reconnect(self._request_id, self.call_id)
                except BackendError as error:
                    logger.info("call %s: no new one: %s", self.call_id, type(error).__name__)
                    if not error.is_temporary:
                        self._refused()
                    await delay.wait()
                else:
                    self.connection = max(self.connection, call.connection)
                    return
        finally:
            self._waits.discard(delay)
