"""How a conclusion reaches the patient (SOK-8, SPB-21): read, and an e-mail sent again."""

from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.delivery import Delivery


class DeliveryBackend(Protocol):
    """What is asked of the server."""

    async def read(self, request_id: RequestId) -> Delivery:
        """How far the newest edition has come on each way."""

    async def send_again(self, request_id: RequestId, *, key: str | None = None) -> Delivery:
        """An e-mail that has failed goes out anew."""


class DeliveryService:
    """Needs the connection: what has reached a patient is never told from memory."""

    def __init__(self, backend: DeliveryBackend) -> None:
        self._backend = backend

    async def read(self, request_id: RequestId) -> Delivery:
        """Raises BackendError."""
        return await self._backend.read(request_id)

    async def send_again(self, request_id: RequestId) -> Delivery:
        """Raises BackendError."""
        return await self._backend.send_again(request_id)
