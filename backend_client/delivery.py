"""How a conclusion reaches the patient, and sending it by e-mail again."""

from backend_client.models.common import RequestId
from backend_client.models.delivery import Delivery
from backend_client.requests import request_path
from backend_client.transport import Transport


class DeliveryResource:
    """Of the newest edition that was delivered."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def read(self, request_id: RequestId) -> Delivery:
        """How far it has come on each way."""
        return await self._transport.get(_path(request_id), Delivery)

    async def send_again(self, request_id: RequestId, *, key: str | None = None) -> Delivery:
        """An e-mail that has failed goes out anew.

        Raises Forbidden and Conflict (MOVE_NOT_ALLOWED: it has not failed; CLAIMED_BY_OTHER).
        """
        return await self._transport.post(_path(request_id) + "/email", Delivery, None, key=key)


def _path(request_id: RequestId) -> str:
    return request_path(request_id) + "/delivery"
