"""The newest part of each centre's log, read once for all subscribers of a process."""

import asyncio
from collections import defaultdict, deque
from itertools import islice

from backend.database import Database
from backend.events.log import BATCH, Happening, events_after

KEPT = 4 * BATCH
"""Events of a centre that are at hand; who is further behind reads by itself."""

Numbered = tuple[int, Happening]


class Tail:
    """The last events of one centre that were read: their numbers have no gap."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        """The last number; everything told later is newer."""
        self._events: deque[Numbered] = deque(maxlen=KEPT)

    def begins_by(self, seq: int) -> bool:
        """Whether what follows `seq` is here, as far as it was read."""
        return self.seq - len(self._events) <= seq <= self.seq

    def after(self, seq: int) -> list[Numbered]:
        """The events behind `seq`, a batch at most."""
        first = len(self._events) - (self.seq - seq)
        return list(islice(self._events, first, first + BATCH))

    def add(self, batch: list[Numbered]) -> None:
        """What was read behind the last number; behind a gap it begins anew."""
        for seq, happening in batch:
            if seq != self.seq + 1:
                self._events.clear()
            self._events.append((seq, happening))
            self.seq = seq


class LogTails:
    """Of all centres; of many subscribers who are told of an event the first one reads it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tails: dict[str, Tail] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def read_up_to(self, centre_id: str) -> int:
        """What is read from the tables from now on holds all changes up to this number."""
        tail = self._tails.get(centre_id)
        return 0 if tail is None else tail.seq

    def requests_from(self, centre_id: str, seq: int) -> set[str]:
        """Requests of the events at hand from number `seq` on, a batch at most."""
        at_hand = self._at_hand(centre_id, seq - 1)
        return {happening.request_id for _, happening in at_hand}

    async def after(self, centre_id: str, seq: int) -> list[Numbered]:
        """The events behind `seq`, which the log has reached, a batch at most; none: there is no
        more."""
        return self._at_hand(centre_id, seq) or await self._read(centre_id, seq)

    def _at_hand(self, centre_id: str, seq: int) -> list[Numbered]:
        tail = self._tails.get(centre_id)
        return tail.after(seq) if tail is not None and tail.begins_by(seq) else []

    async def _read(self, centre_id: str, seq: int) -> list[Numbered]:
        tail = self._tails.get(centre_id)
        if tail is None or seq - tail.seq >= BATCH:  # nobody has followed this log of late
            tail = self._tails[centre_id] = Tail(seq)
        async with self._turns[centre_id]:
            # Where it is further by now, who had the turn before has read it.
            if tail.seq <= seq:
                tail.add(await self._from_tables(centre_id, tail.seq))
            if tail.begins_by(seq):
                return tail.after(seq)
        return await self._from_tables(centre_id, seq)

    async def _from_tables(self, centre_id: str, seq: int) -> list[Numbered]:
        async with self._database.glance() as connection:
            return await events_after(connection, centre_id, seq)
