"""One subscriber's stream: a greeting, what was missed, then every event as it is committed."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Generic, Protocol, TypeVar

from backend.database import Database
from backend.events.hub import EventHub, Subscription, TooFarBehind
from backend.events.log import Happening, log_state
from backend.events.tail import LogTails
from backend.settings import Clock
from backend_client.models.events import Hello

Told_co = TypeVar("Told_co", covariant=True)
Told = TypeVar("Told")


class Viewer(Protocol[Told_co]):
    """Who subscribes: makes messages of what it may see, as it may see it."""

    @property
    def centre_id(self) -> str:
        """Whose log it follows."""
        ...

    async def message(self, seq: int, prev: int, happening: Happening) -> Told_co | None:
        """The event for this subscriber; None: it is none of its business."""
        ...


class EventStreams:
    """Opens streams."""

    def __init__(self, database: Database, hub: EventHub, tails: LogTails, now: Clock) -> None:
        self._database = database
        self._hub = hub
        self._tails = tails
        self._now = now

    async def messages(
        self, viewer: Viewer[Told], since: int | None
    ) -> AsyncGenerator[Hello | Told, None]:
        """Messages without end; raises TooFarBehind where the subscriber does not keep up."""
        # Subscribed before the log is read: nothing can fall between the two.
        with self._hub.subscribed(viewer.centre_id) as subscription:
            async with self._database.glance() as connection:
                state = await log_state(connection, viewer.centre_id)
            resumed = since is not None and state.continues_behind(since)
            yield Hello(seq=state.seq, time=self._now(), resumed=resumed)
            seq = since if since is not None and resumed else state.seq
            subscription.sent(seq)
            subscription.told(state.seq)
            reading = _Reading(self._tails, viewer, subscription, seq)
            async with aclosing(reading.messages()) as messages:
                async for message in messages:
                    yield message


class _Reading(Generic[Told]):
    """How far one subscriber has read its centre's log."""

    def __init__(
        self, tails: LogTails, viewer: Viewer[Told], subscription: Subscription, seq: int
    ) -> None:
        self._tails = tails
        self._viewer = viewer
        self._subscription = subscription
        self._seq = seq
        self._prev = seq
        """The last number that this subscriber could see."""

    async def messages(self) -> AsyncGenerator[Told, None]:
        caught_up = False
        while True:
            latest = await self._subscription.news()
            batch = await self._tails.after(self._viewer.centre_id, self._seq)
            if not batch:
                self._subscription.not_there(latest)
            for seq, happening in batch:
                if seq != self._seq + 1:  # the log has forgotten what came between
                    raise TooFarBehind
                message = await self._viewer.message(seq, self._prev, happening)
                if message is not None:
                    yield message
                    self._prev = seq
                self._seq = seq
                self._subscription.sent(seq)
                if caught_up and self._subscription.is_too_far_behind:
                    raise TooFarBehind
            caught_up = caught_up or self._seq >= latest
