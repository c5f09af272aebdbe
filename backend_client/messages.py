"""Chats of requests."""

from backend_client.models.common import RequestId
from backend_client.models.messages import Chat, Message, NewMessage, ReadMark
from backend_client.requests import request_path
from backend_client.transport import Transport


class MessagesResource:
    """Written and read by the doctor who holds the request; read by all of the centre."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def chat(self, request_id: RequestId, before: int | None = None, limit: int = 50) -> Chat:
        """The last messages, oldest first, or those before number `before`."""
        params: dict[str, str | int] = {"limit": limit}
        if before is not None:
            params["before"] = before
        return await self._transport.get(_path(request_id), Chat, params)

    async def send(self, request_id: RequestId, text: str, *, key: str | None = None) -> Message:
        """Writes to the patient; raises Conflict (CHAT_CLOSED) once the consultation is over."""
        return await self._transport.post(
            _path(request_id), Message, NewMessage(text=text), key=key
        )

    async def mark_read(self, request_id: RequestId, number: int) -> Chat:
        """The doctor has read up to this number; the answer has the count of what is unread."""
        mark = ReadMark(number=number)
        return await self._transport.post(_path(request_id) + "/read", Chat, mark)


def _path(request_id: RequestId) -> str:
    return request_path(request_id) + "/messages"
