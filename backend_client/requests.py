"""The queue and its requests."""

from urllib.parse import quote

from backend_client.models.common import Page, RequestId
from backend_client.models.request_actions import Lease
from backend_client.models.requests import (
    HistoryEntry,
    QueueCounts,
    QueueGroup,
    RequestCard,
    RequestRow,
)
from backend_client.pages import page_params
from backend_client.transport import Transport


class RequestsResource:
    """Requests of the account's centre."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def page(
        self, group: QueueGroup, search: str = "", cursor: str | None = None, limit: int = 50
    ) -> Page[RequestRow]:
        """One page of a group's list, from behind `cursor` on."""
        params = page_params(cursor, limit, group=group.value, search=search or None)
        return await self._transport.get("/requests", Page[RequestRow], params)

    async def counts(self) -> QueueCounts:
        """How many requests each group holds."""
        return await self._transport.get("/requests/counts", QueueCounts)

    async def card(self, request_id: RequestId) -> RequestCard:
        """Everything about one request; raises NotFound."""
        return await self._transport.get(request_path(request_id), RequestCard)

    async def history(
        self, request_id: RequestId, cursor: str | None = None, limit: int = 50
    ) -> Page[HistoryEntry]:
        """One page of what happened, newest first; a card's `history_cursor` goes on behind it."""
        path = request_path(request_id) + "/history"
        return await self._transport.get(path, Page[HistoryEntry], page_params(cursor, limit))

    async def claim(self, request_id: RequestId, *, key: str | None = None) -> RequestCard:
        """Takes the request; raises Conflict with the owner's name where somebody has it."""
        return await self._transport.post(request_path(request_id) + "/claim", RequestCard, key=key)

    async def release(self, request_id: RequestId, *, key: str | None = None) -> RequestCard:
        """Gives the request back; raises Conflict where it is not this account's."""
        return await self._transport.post(
            request_path(request_id) + "/release", RequestCard, key=key
        )

    async def heartbeat(self, request_id: RequestId) -> Lease:
        """Keeps the account's claim: to be sent every `beat_seconds`.

        Raises Conflict where it is over, with `owner_name` where somebody else has it now.
        """
        return await self._transport.post(request_path(request_id) + "/heartbeat", Lease)


def request_path(request_id: RequestId) -> str:
    """Where a request stands; what belongs to it comes below."""
    return f"/requests/{quote(request_id, safe='')}"
