"""Calls of requests: placed, signalled and ended by the request's doctor."""

from urllib.parse import quote

from backend_client.models.calls import Call, CallId, Calls, NewSignal, Signal, SignalKind, Signals
from backend_client.models.common import RequestId
from backend_client.requests import request_path
from backend_client.transport import Transport


class CallsResource:
    """The patient's signals come as CallSignalled events; `signals` fetches what was missed."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def attempts(self, request_id: RequestId) -> Calls:
        """The request's calls, newest first."""
        return await self._transport.get(request_path(request_id) + "/calls", Calls)

    async def place(self, request_id: RequestId, *, key: str | None = None) -> Call:
        """Rings at the patient's page; raises Conflict (CALL_RUNNING, MOVE_NOT_ALLOWED)."""
        return await self._transport.post(request_path(request_id) + "/calls", Call, key=key)

    async def hang_up(self, request_id: RequestId, call_id: CallId) -> Call:
        """Ends the call, or its ringing; one that is over stays as it ended."""
        return await self._transport.post(_path(request_id, call_id) + "/hang-up", Call)

    async def reconnect(self, request_id: RequestId, call_id: CallId) -> Call:
        """The next connection inside the same call; raises Conflict (CALL_OVER)."""
        return await self._transport.post(_path(request_id, call_id) + "/reconnect", Call)

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

    async def signals(self, request_id: RequestId, call_id: CallId, after: int = 0) -> Signals:
        """What the patient's page has sent behind number `after`."""
        path = _path(request_id, call_id) + "/signals"
        return await self._transport.get(path, Signals, {"after": after})


def _path(request_id: RequestId, call_id: CallId) -> str:
    return f"{request_path(request_id)}/calls/{quote(call_id, safe='')}"
