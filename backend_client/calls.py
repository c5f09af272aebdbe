"""Calls of requests: placed, signalled and ended by the request's doctor."""

from datetime import datetime
from urllib.parse import quote

from backend_client.models.calls import (
    Call,
    CallId,
    ExtendConsultation,
    NewSignal,
    Signal,
    SignalKind,
    Signals,
)
from backend_client.models.common import Page, RequestId
from backend_client.models.relays import IceServers
from backend_client.pages import LARGEST_PAGE, every, page_params
from backend_client.requests import request_path
from backend_client.transport import Transport


class CallsResource:
    """The patient's signals come as CallSignalled events; `signals` fetches what was missed."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def page(
        self, request_id: RequestId, cursor: str | None = None, limit: int = 50
    ) -> Page[Call]:
        """One page of the request's calls, newest first, from behind `cursor` on."""
        path = request_path(request_id) + "/calls"
        return await self._transport.get(path, Page[Call], page_params(cursor, limit))

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """All of the request's calls, newest first."""
        calls = every(lambda cursor: self.page(request_id, cursor, LARGEST_PAGE))
        return [call async for call in calls]

    async def place(self, request_id: RequestId, *, key: str | None = None) -> Call:
        """Rings at the patient's page; raises Conflict (CALL_RUNNING, MOVE_NOT_ALLOWED)."""
        return await self._transport.post(request_path(request_id) + "/calls", Call, key=key)

    async def hang_up(self, request_id: RequestId, call_id: CallId) -> Call:
        """Ends the call, or its ringing; one that is over stays as it ended."""
        return await self._transport.post(_path(request_id, call_id) + "/hang-up", Call)

    async def reconnect(self, request_id: RequestId, call_id: CallId) -> Call:
        """The next connection inside the same call; raises Conflict (CALL_OVER)."""
        return await self._transport.post(_path(request_id, call_id) + "/reconnect", Call)

    async def extend(self, request_id: RequestId, call_id: CallId, ends_at: datetime) -> Call:
        """More time for the consultation that was to end then.

        Raises Conflict (CALL_OVER, STALE_VERSION where its end is another by now), Rejected.
        """
        body = ExtendConsultation(ends_at=ends_at)
        return await self._transport.post(_path(request_id, call_id) + "/extend", Call, body)

    async def ice_servers(self) -> IceServers:
        """The TURN servers with credentials of our own that are good for some hours."""
        return await self._transport.get("/ice-servers", IceServers)

    async def send_signal(
        self,
        request_id: RequestId,
        call_id: CallId,
        kind: SignalKind,
        connection: int,
        payload: str,
    ) -> Signal:
        """A word to the patient's page, of 64 Ki characters at most.

        Raises Conflict (CALL_OVER, STALE_VERSION where the connection is not the present one).
        """
        body = NewSignal(kind=kind, connection=connection, payload=payload)
        path = _path(request_id, call_id) + "/signals"
        return await self._transport.post(path, Signal, body)

    async def signals(self, request_id: RequestId, call_id: CallId, after: int = 0) -> list[Signal]:
        """All that the patient's page has sent behind number `after`, in its order."""
        path = _path(request_id, call_id) + "/signals"
        found: list[Signal] = []
        has_more = True
        while has_more:
            behind = found[-1].number if found else after
            some = await self._transport.get(path, Signals, {"after": behind})
            found += some.signals
            has_more = some.has_more
        return found


def _path(request_id: RequestId, call_id: CallId) -> str:
    return f"{request_path(request_id)}/calls/{quote(call_id, safe='')}"
