"""What the server says about itself."""

from backend_client.errors import ClientTooOld, ServerTooOld
from backend_client.models.server import ServerInfo
from backend_client.models.speed import Padding, PaddingTaken
from backend_client.transport import Transport
from backend_client.versions import is_older


class ServerResource:
    """The server itself; its facts need no sign-in, the rest does."""

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

    async def fetch_padding(self, characters: int) -> None:
        """Takes so many characters that mean nothing from the server, to measure the road."""
        await self._transport.get("/speed", Padding, {"size": characters})

    async def send_padding(self, padding: Padding) -> None:
        """The other way."""
        await self._transport.post("/speed", PaddingTaken, padding, once=True)
