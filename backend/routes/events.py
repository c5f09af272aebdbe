"""The event stream of staff (WebSocket); its close code says why it ended."""

from litestar import websocket

from backend.auth import OPEN, refuse_old_client, refuse_strangers
from backend.events.viewers import StaffViewer
from backend.problems import Refused
from backend.routes.given import GivenParts
from backend.routes.streaming import Socket, number, refuse_stream, run_stream
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
        refuse_strangers(session.account)
    except Refused as refusal:
        await refuse_stream(socket, refusal)
        return
    viewer = StaffViewer(parts.database, parts.snapshots, session.account)
    messages = parts.streams.messages(viewer, number(socket.query_params.get("since")))
    left = (session.expires_at - parts.now()).total_seconds()
    await run_stream(socket, messages, left)
