"""The rules of the account's centre that are data."""

from backend_client.models.catalogue import Catalogue
from backend_client.transport import Transport


class CatalogueResource:
    """Diseases, documents and clocks (OZ-29)."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def read(self) -> Catalogue:
        """As valid today."""
        return await self._transport.get("/catalogue", Catalogue)
