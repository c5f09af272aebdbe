"""The event stream of staff (WebSocket); its close code says why it ended."""

from http import HTTPStatus

from litestar import websocket

from backend.audit.trace import current
from backend.auth import OPEN, refuse_old_client, refuse_strangers
from backend.events.viewers import StaffViewer
from backend.parts import Parts
from backend.problems import Refused
from backend.routes.given import GivenParts
from backend.routes.streaming import Socket, number, refuse_stream, run_stream
from backend_client.models.accounts import Account
from backend_client.models.common import CLIENT_VERSION_HEADER


@websocket("/events", opt={OPEN: True})
async def events(socket: Socket, parts: GivenParts) -> None:
    """Hello, what was missed since number `since`, then every event as it is committed."""
    # Accepted even when refused below: before that no close code reaches the client.
    await socket.accept()
    try:
        version = socket.headers.get(CLIENT_VERSION_HEADER)
        refuse_old_client(version, parts.settings.oldest_client)
        session = await parts.sessions.session_of(socket.headers.get("Authorization"))
        await _enter(parts, session.account)
    except Refused as refusal:
        await refuse_stream(socket, refusal)
        return
    viewer = StaffViewer(parts.database, parts.snapshots, session.account)
    messages = parts.streams.messages(viewer, number(socket.query_params.get("since")))
    left = (session.expires_at - parts.now()).total_seconds()
    with parts.open_streams.opened(session.family_id) as over:
        await run_stream(socket, messages, left, over=over)


async def _enter(parts: Parts, account: Account) -> None:
    """The audit has an entry for the opening, either way. Raises Refused (forbidden)."""
    trace = current()
    status = HTTPStatus.OK
    if trace is not None:
        trace.by(account)
    try:
        refuse_strangers(account)
    except Refused as refusal:
        status = HTTPStatus(refusal.problem.status)
        raise
    finally:
        if trace is not None:
            await parts.audit.note(trace, status)
