"""One WebSocket of either kind: sends a stream's messages until somebody ends it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from enum import IntEnum
from typing import Any

import msgspec
from litestar import WebSocket
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect

from backend.events.hub import TooFarBehind
from backend.problems import Refused, log_fault
from backend_client.models.common import Wire

log = logging.getLogger(__name__)

Socket = WebSocket[Any, Any, State]
Messages = AsyncGenerator[Wire, None]
HIGHEST = 2**53 - 1


class Ending(IntEnum):
    """Close codes (RFC 6455); a refusal is closed with 4000 + its HTTP status."""

    FAULT = 1011
    COME_BACK = 1013
    REFUSED = 4000
    TOKEN_OVER = 4401


async def refuse_stream(socket: Socket, refusal: Refused) -> None:
    """Closes it with the refusal's code."""
    code = Ending.REFUSED + refusal.problem.status
    await socket.close(code=code, reason=refusal.problem.title)


async def ignore_word() -> None:
    """What staff clients say is dropped: they have nothing to say here."""


async def run_stream(
    socket: Socket,
    messages: Messages,
    seconds_left: float,
    on_word: Callable[[], Awaitable[None]] = ignore_word,
    over: asyncio.Event | None = None,
) -> None:
    """Sends until the right to it is over (by time, or when `over` is set), the client is gone,
    or it cannot keep up."""
    ended = asyncio.create_task((over or asyncio.Event()).wait(), name="events.over")
    sender = asyncio.create_task(_send(socket, messages), name="events.send")
    reader = asyncio.create_task(_until_gone(socket, on_word), name="events.read")
    try:
        done, _ = await asyncio.wait(
            {sender, reader, ended},
            timeout=max(seconds_left, 0),
            return_when=asyncio.FIRST_COMPLETED,
        )
    finally:
        for task in (sender, reader, ended):
            task.cancel()
        await asyncio.gather(sender, reader, ended, return_exceptions=True)
    if reader in done:
        return
    ending = sender.result() if sender in done else Ending.TOKEN_OVER
    if ending is not None:
        await socket.close(code=ending)


async def _send(socket: Socket, messages: Messages) -> int | None:
    try:
        async with aclosing(messages) as open_messages:
            async for message in open_messages:
                await socket.send_data(msgspec.json.encode(message), mode="text")
    except TooFarBehind:
        return Ending.COME_BACK
    except Refused as refusal:
        return Ending.REFUSED + refusal.problem.status
    except (WebSocketDisconnect, OSError):
        return None
    # Whatever it is: the client is told, comes back and reads on; the log says where it was.
    except Exception as error:  # noqa: BLE001
        log_fault(log, error)
        return Ending.FAULT
    return None


async def _until_gone(socket: Socket, on_word: Callable[[], Awaitable[None]]) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        await on_word()


def number(text: str | None) -> int | None:
    """A number that may be an event's; what is none cannot be continued behind."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))):
        return None
    return min(int(text), HIGHEST)
