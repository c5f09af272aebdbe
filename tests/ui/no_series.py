"""For made-up services of studies whose cases have no series in separate files."""

from backend_client.models.documents import Document
from workstation.services.open_series import OpenedSeries


class NoSeries:
    """Every file is one document."""

    async def open_series(self, parts: tuple[Document, ...]) -> OpenedSeries:
        """Nobody asks for it."""
        raise AssertionError("no file of this case has several parts")
