"""What the server says about itself."""

from backend_client.errors import ClientTooOld, ServerTooOld
from backend_client.models.server import ServerInfo
from backend_client.transport import Transport
from backend_client.versions import is_older


class ServerResource:
    """Facts that need no sign-in."""

    def __init__(self, transport: Transport, version: str, oldest_server: str) -> None:
        self._transport = transport
        self._version = version
        self._oldest_server = oldest_server

    async def info(self) -> ServerInfo:
        """Version and clock; raises ServerTooOld or ClientTooOld where the two do not fit."""
        info = await self._transport.get("/server", ServerInfo, signed=False)
        if is_older(info.version, self._oldest_server):
            raise ServerTooOld(info.version)
        if is_older(self._version, info.oldest_client):
            raise ClientTooOld(info.oldest_client)
        return info
