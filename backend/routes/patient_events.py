"""The event stream of a patient (WebSocket): a browser's first words carry the link's token."""

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus

import msgspec
from litestar import websocket
from litestar.exceptions import WebSocketDisconnect

from backend.audit.trace import current
from backend.auth import ANY_CLIENT, OPEN
from backend.events.stream import Viewer
from backend.events.viewers import PatientViewer
from backend.parts import Parts
from backend.patients.links import PatientAccess
from backend.problems import Refused, invalid
from backend.routes.given import GivenParts, address_of
from backend.routes.streaming import Ending, Socket, refuse_stream, run_stream
from backend_client.models.events import Hello, PatientEvent
from backend_client.models.patient import PatientChanged, StreamGreeting

GREETING_S = 10
"""How long the page may take to say its first words."""


@websocket("/events", opt={OPEN: True, ANY_CLIENT: True})
async def patient_events(socket: Socket, parts: GivenParts) -> None:
    """Hello, then every event of the one request. Any later word says: the patient is there."""
    await socket.accept()
    try:
        async with asyncio.timeout(GREETING_S):
            greeting = _greeting(await socket.receive_data(mode="text"))
        access = await _enter(parts, greeting, address_of(socket))
    except Refused as refusal:
        await refuse_stream(socket, refusal)
        return
    except TimeoutError:
        await socket.close(code=Ending.TOKEN_OVER)
        return
    except WebSocketDisconnect:
        return
    await _run(socket, parts, access, greeting)


async def _enter(parts: Parts, greeting: StreamGreeting, address: str) -> PatientAccess:
    """The audit has an entry for the opening; whose no link is known is nobody, and has none.

    Raises Refused (link_not_good, too_many_attempts).
    """
    access = await parts.links.access(greeting.token, address)
    trace = current()
    if trace is not None:
        trace.by_patient(access.centre_id, access.request_id)
        await parts.audit.note(trace, HTTPStatus.OK)
    return access


async def _run(
    socket: Socket, parts: Parts, access: PatientAccess, greeting: StreamGreeting
) -> None:
    async def come() -> None:
        await parts.presence.come(access)

    left = (access.expires_at - parts.now()).total_seconds()
    messages = patients_messages(parts, access, greeting, address_of(socket))
    parts.presence.opened(access)
    try:
        await come()
        await run_stream(socket, messages, left, come)
    finally:
        await parts.presence.closed(access)


async def patients_messages(
    parts: Parts, access: PatientAccess, greeting: StreamGreeting, address: str
) -> AsyncGenerator[Hello | PatientEvent, None]:
    """Hello and the events behind it; raises Refused (link_not_good) as soon as the link is not."""
    viewer: Viewer[PatientEvent] = PatientViewer(
        parts.database, parts.states, access.centre_id, access.request_id
    )
    async for message in parts.streams.messages(viewer, greeting.since):
        if isinstance(message, Hello | PatientChanged):
            # A link that was revoked ends what it has opened; behind Hello, for what happened
            # between the greeting and the number from which the stream tells.
            await parts.links.access(greeting.token, address)
        yield message


def _greeting(text: str) -> StreamGreeting:
    try:
        return msgspec.json.decode(text, type=StreamGreeting)
    except msgspec.MsgspecError as error:
        raise invalid("the stream begins with the page's greeting") from error
