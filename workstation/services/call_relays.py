"""The TURN servers of a call: asked for before a connection is made, kept while they are good."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from backend_client.errors import BackendError
from backend_client.models.relays import IceServers
from workstation.core.call_media import IceServer

logger = logging.getLogger(__name__)

ASK_S: Final = 3.0
"""A server that has not answered by then is not waited for: most calls need no relay."""
_WITHOUT_END: Final = timedelta(minutes=10)


class RelaysBackend(Protocol):
    """The server; raises BackendError."""

    async def ice_servers(self) -> IceServers:
        """TURN servers with credentials for a time."""


class CallRelays:
    """Credentials are renewed when half of their time is over, so that a call outlives none."""

    def __init__(self, backend: RelaysBackend, now: Callable[[], datetime]) -> None:
        """`now`: by the server's clock."""
        self._backend = backend
        self._now = now
        self._servers: tuple[IceServer, ...] = ()
        self._renew_at: datetime | None = None

    async def fresh(self) -> tuple[IceServer, ...]:
        """What the next connection may use; the ones at hand where the server does not answer."""
        if self._renew_at is None or self._now() >= self._renew_at:
            try:
                async with asyncio.timeout(ASK_S):
                    self._take(await self._backend.ice_servers())
            except (BackendError, TimeoutError) as error:
                logger.info("TURN servers not asked: %s", type(error).__name__)
        return self._servers

    def _take(self, given: IceServers) -> None:
        now = self._now()
        life = _WITHOUT_END if given.expires_at is None else (given.expires_at - now) / 2
        self._renew_at = now + life
        self._servers = tuple(
            IceServer(tuple(one.urls), one.username, one.credential) for one in given.servers
        )
