"""Tells this process's subscribers that their centre has news. It is told ids only.

Its own changes tell it, and so do those of other processes (`backend/events/wire.py`).
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class TooFarBehind(Exception):
    """The subscriber does not keep up: let it go, it comes back and reads on."""


class Subscription:
    """One subscriber's view of how far its centre's log has come."""

    def __init__(self, lag_limit: int) -> None:
        self._lag_limit = lag_limit
        self._latest = 0
        self._sent = 0
        self._looked_for = 0
        self._changed = asyncio.Event()

    def told(self, seq: int) -> None:
        """The log has come to `seq`; may be told late or twice."""
        self._latest = max(self._latest, seq)
        self._changed.set()

    def not_there(self, seq: int) -> None:
        """The log was said to have come to `seq`, and has not: that is looked for no more."""
        self._looked_for = seq

    def sent(self, seq: int) -> None:
        """The subscriber has everything up to `seq`."""
        self._sent = seq

    @property
    def is_too_far_behind(self) -> bool:
        """Whether more is waiting than a connected subscriber may have waiting."""
        return self._latest - self._sent > self._lag_limit

    async def news(self) -> int:
        """How far the log has come, when that is further than was sent."""
        while self._latest <= max(self._sent, self._looked_for):
            self._changed.clear()
            await self._changed.wait()
        return self._latest


class EventHub:
    """The subscribers by centre."""

    def __init__(self, lag_limit: int) -> None:
        self._lag_limit = lag_limit
        self._subscriptions: defaultdict[str, set[Subscription]] = defaultdict(set)

    def told(self, centre_id: str, seq: int) -> None:
        """The centre's log has come to `seq`, and that is committed."""
        for subscription in self._subscriptions.get(centre_id, ()):
            subscription.told(seq)

    @contextmanager
    def subscribed(self, centre_id: str) -> Iterator[Subscription]:
        """A subscription for the time of the block."""
        subscription = Subscription(self._lag_limit)
        self._subscriptions[centre_id].add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions[centre_id].discard(subscription)
