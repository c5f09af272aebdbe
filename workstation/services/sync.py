"""The connection to the server, kept alive: events in, waiting orders out, catch-up in between."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from backend_client.errors import (
    BackendError,
    ClientTooOld,
    Forbidden,
    NotSignedIn,
    ServerTooOld,
    Unreachable,
)
from backend_client.models.common import UtcTime
from backend_client.models.events import (
    CentreEvent,
    Hello,
    ServerEvent,
    UnknownEvent,
)
from workstation.core.connection import ConnectionState, Link
from workstation.core.pending_action import PendingAction
from workstation.core.server_clock import ServerClock
from workstation.core.subscription import Event
from workstation.services.answers import Refusal
from workstation.services.delays import GrowingDelay, Jitter, Sleep, spread
from workstation.services.link import LinkState
from workstation.services.outgoing import OutgoingActions
from workstation.services.requests import RequestService

logger = logging.getLogger(__name__)

FINAL = (NotSignedIn, Forbidden, ClientTooOld, ServerTooOld)
"""No later try can end differently."""
Companion = Callable[[], Coroutine[object, object, None]]


class EventSource(Protocol):
    """Where events come from: the backend client."""

    def events(self, since: int | None) -> AsyncIterator[ServerEvent]:
        """Events behind number `since`; begins with Hello, ends by raising BackendError."""


class Hearer(Protocol):
    """Who is told what the server tells: requests, chats, calls."""

    def hear_event(self, event: CentreEvent) -> None:
        """Takes what concerns it, in the server's order; leaves the rest."""

    def missed_something(self) -> None:
        """Events may be lacking before this one."""


class SyncService:
    """Holds the event stream of one account; comes back by itself after 1, 2, 4, 8 s."""

    def __init__(
        self,
        source: EventSource,
        requests: RequestService,
        outgoing: OutgoingActions,
        link: LinkState,
        clock: ServerClock,
        *,
        hearers: Sequence[Hearer] = (),
        companions: Sequence[Companion] = (),
        sleep: Sleep = asyncio.sleep,
        jitter: Jitter = spread,
    ) -> None:
        """`hearers`: who is told beside `requests`, in this order; `companions`: what else runs
        as long as the account is signed in."""
        self._source = source
        self._requests = requests
        self._hearers: tuple[Hearer, ...] = (requests, *hearers)
        self._outgoing = outgoing
        self._companions = tuple(companions)
        self._link = link
        self._clock = clock
        self._delay = GrowingDelay(sleep, jitter)
        self._last: int | None = None

    @property
    def state(self) -> ConnectionState:
        """How the connection stands."""
        return self._link.state

    @property
    def state_changed(self) -> Event[ConnectionState]:
        """Tells of each new state."""
        return self._link.changed

    @property
    def waiting_changed(self) -> Event[tuple[PendingAction, ...]]:
        """Tells of the orders that wait for the server, oldest first."""
        return self._outgoing.waiting_changed

    @property
    def refused(self) -> Event[Refusal]:
        """Tells of a waiting order that the server has refused."""
        return self._outgoing.refused

    async def waiting(self) -> tuple[PendingAction, ...]:
        """Orders that the server has not answered yet, oldest first."""
        return await self._outgoing.waiting()

    def retry_now(self) -> None:
        """Ends the wait before the next try."""
        self._delay.cut_short()

    async def run(self) -> None:
        """Stays connected until cancelled. One task, owned by the account's scope.

        Raises BackendError where no later try can help: signed out, or versions that do not fit.
        """
        async with asyncio.TaskGroup() as beside:
            helpers = [
                beside.create_task(self._requests.keep_up(), name="sync.keep_up"),
                beside.create_task(self._outgoing.run(), name="sync.outgoing"),
                *(beside.create_task(work(), name="sync.companion") for work in self._companions),
            ]
            error = await self._stay_connected()
            for helper in helpers:
                helper.cancel()
        raise error

    async def _stay_connected(self) -> BackendError:
        """Follows the stream again and again; returns the error that ends it for good."""
        while True:
            try:
                await self._follow()
            except FINAL as error:
                self._offline(None)
                return error
            except BackendError as error:
                logger.info("offline: %s", type(error).__name__)
            # A listener's mistake, in a screen or anywhere, must not cut the doctor off.
            except Exception:
                logger.exception("an event was not taken well")
                self._missed_something()
            await self._wait()

    async def _wait(self) -> None:
        seconds = self._delay.next()
        self._offline(self._clock.now() + timedelta(seconds=seconds))
        await self._delay.wait(seconds)
        self._offline(None)

    async def _follow(self) -> None:
        async for event in self._source.events(self._last):
            if isinstance(event, Hello):
                self._connected(event)
            else:
                self._take(event)
        raise Unreachable("the event stream has ended")

    def _connected(self, hello: Hello) -> None:
        self._delay.reset()
        self._clock.set_from(hello.time)
        missed = self._last is None or not hello.resumed
        if missed:
            self._last = hello.seq
        self._link.set(ConnectionState(Link.ONLINE, hello.time))
        self._outgoing.wake()
        if missed:
            self._missed_something()

    def _take(self, event: CentreEvent | UnknownEvent) -> None:
        last = self._last or 0
        if event.seq <= last:
            return
        self._last = event.seq
        if not isinstance(event, UnknownEvent):
            for hearer in self._hearers:
                hearer.hear_event(event)
        if event.prev > last:
            logger.warning("events missed between %d and %d", last, event.prev)
            self._missed_something()

    def _missed_something(self) -> None:
        for hearer in self._hearers:
            hearer.missed_something()

    def _offline(self, next_try_at: UtcTime | None) -> None:
        before = self._link.state
        since = before.since if before.link is Link.OFFLINE else self._clock.now()
        self._link.set(ConnectionState(Link.OFFLINE, since, next_try_at))


def connecting(now: Callable[[], datetime]) -> LinkState:
    """The state before the first answer."""
    return LinkState(ConnectionState(Link.CONNECTING, now()))
