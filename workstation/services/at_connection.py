"""Work that is done anew with each new connection, as long as its owner lives."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from backend_client.errors import BackendError
from workstation.core.connection import ConnectionState, Link
from workstation.services.link import LinkState

logger = logging.getLogger(__name__)


async def at_each_connection(
    link: LinkState, name: str, work: Callable[[], Awaitable[None]]
) -> None:
    """Runs until cancelled. A BackendError of the work ends this try alone: the next connection
    brings the next one."""
    stirred = asyncio.Event()

    def changed(state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            stirred.set()

    unsubscribe = link.changed.subscribe(changed)
    try:
        changed(link.state)
        while True:
            await stirred.wait()
            stirred.clear()
            try:
                await work()
            except BackendError as error:
                logger.info("%s: not read: %s", name, type(error).__name__)
    finally:
        unsubscribe()
