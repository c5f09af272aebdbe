"""Under which address anybody may check a paper: the clinic's public one, which the server says."""

import logging
from typing import Protocol

from backend_client.errors import BackendError
from backend_client.models.server import ServerInfo

logger = logging.getLogger(__name__)


class ServerFacts(Protocol):
    """What is asked of the server."""

    async def info(self) -> ServerInfo:
        """What it says about itself; raises BackendError."""


class VerifyAddress:
    """Asked for once a run; without an answer the address under which this computer asks."""

    def __init__(self, server: ServerFacts, own: str) -> None:
        """`own` is this computer's way to the server, which may lead nowhere from elsewhere."""
        self._server, self._own = server, own.rstrip("/")
        self._public = ""
        self._is_demo = False
        self._is_known = False

    @property
    def is_doubtful(self) -> bool:
        """Whether what is printed is only this computer's own way to the server: no public address
        is set. In the demonstration there is no other one."""
        return not self._public and not self._is_demo

    async def of(self, code: str) -> str:
        """What is printed for the paper of that code; "" without a code."""
        if not code:
            return ""
        if not self._is_known:
            await self._read()
        return f"{self._public or self._own}/verify/{code}"

    async def _read(self) -> None:
        try:
            info = await self._server.info()
        except BackendError as error:
            logger.info("the public address is not known: %s", type(error).__name__)
            return
        self._public, self._is_demo = info.public_url.rstrip("/"), info.demo
        self._is_known = True
