"""The national directory of ICD-10 as the server has imported it."""

from backend_client.models.icd10 import Icd10Directory, Icd10Version, Icd10Versions
from backend_client.transport import Transport


class Icd10Resource:
    """Versions, and one of them whole."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def versions(self) -> list[Icd10Version]:
        """The newest first; none where nothing was imported."""
        return (await self._transport.get("/icd10", Icd10Versions)).versions

    async def directory(self, version: str) -> Icd10Directory:
        """All headings of a version; raises NotFound."""
        return await self._transport.get(f"/icd10/{version}", Icd10Directory)
