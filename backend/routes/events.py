"""The event stream (WebSocket); its close code says why it ended."""

import asyncio
import logging
from contextlib import aclosing
from enum import IntEnum

import msgspec
from litestar import WebSocket, websocket
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect

from backend.accounts.sessions import Session
from backend.auth import OPEN, refuse_old_client, refuse_strangers
from backend.events.hub import TooFarBehind
from backend.parts import Parts
from backend.problems import Refused, log_fault
from backend.routes.given import GivenParts
from backend_client.models.accounts import Account
from backend_client.models.common import CLIENT_VERSION_HEADER

log = logging.getLogger(__name__)
Socket = WebSocket[Account, Session, State]

HIGHEST = 2**53 - 1


class Ending(IntEnum):
    """Close codes (RFC 6455); a refusal is closed with 4000 + its HTTP status."""

    FAULT = 1011
    COME_BACK = 1013
    REFUSED = 4000
    TOKEN_OVER = 4401


@websocket("/events", opt={OPEN: True})
async def events(socket: Socket, parts: GivenParts) -> None:
    """Hello, what was missed since number `since`, then every change as it is committed."""
    # Accepted even when refused below: before that no close code reaches the client.
    await socket.accept()
    try:
        version = socket.headers.get(CLIENT_VERSION_HEADER)
        refuse_old_client(version, parts.settings.oldest_client)
        session = await parts.sessions.session_of(socket.headers.get("Authorization"))
        refuse_strangers(session.account)
    except Refused as refusal:
        code = Ending.REFUSED + refusal.problem.status
        await socket.close(code=code, reason=refusal.problem.title)
        return
    ending = await _run(socket, parts, session)
    if ending is not None:
        await socket.close(code=ending)


async def _run(socket: Socket, parts: Parts, session: Session) -> Ending | None:
    """Sends until the token is over or the client cannot keep up; None: the client is gone."""
    left = max((session.expires_at - parts.now()).total_seconds(), 0)
    sender = asyncio.create_task(_send(socket, parts, session.account), name="events.send")
    reader = asyncio.create_task(_until_gone(socket), name="events.read")
    try:
        done, _ = await asyncio.wait(
            {sender, reader}, timeout=left, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        sender.cancel()
        reader.cancel()
        await asyncio.gather(sender, reader, return_exceptions=True)
    if reader in done:
        return None
    return sender.result() if sender in done else Ending.TOKEN_OVER


async def _send(socket: Socket, parts: Parts, account: Account) -> Ending | None:
    since = _number(socket.query_params.get("since"))
    try:
        async with aclosing(parts.streams.messages(account, since)) as messages:
            async for message in messages:
                await socket.send_data(msgspec.json.encode(message), mode="text")
    except TooFarBehind:
        return Ending.COME_BACK
    except (WebSocketDisconnect, OSError):
        return None
    # Whatever it is: the client is told, comes back and reads on; the log says where it was.
    except Exception as error:  # noqa: BLE001
        log_fault(log, error)
        return Ending.FAULT
    return None


async def _until_gone(socket: Socket) -> None:
    """Clients have nothing to say here; what they send is dropped."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


def _number(text: str | None) -> int | None:
    """A number that may be an event's; what is none cannot be continued behind."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))):
        return None
    return min(int(text), HIGHEST)
