"""Phrases that the account keeps for its conclusions."""

from backend_client.models.phrases import Phrases
from backend_client.transport import Transport


class PhrasesResource:
    """One list, written whole."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def read(self) -> Phrases:
        """All; revision 0 where none was kept yet."""
        return await self._transport.get("/phrases", Phrases)

    async def save(self, phrases: Phrases) -> Phrases:
        """Keeps them whole; raises Conflict (STALE_VERSION) with the present ones."""
        return await self._transport.put("/phrases", Phrases, phrases)
