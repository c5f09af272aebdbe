"""Writing transactions that tell the centre what they changed, once they are committed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.database import Database
from backend.events.hub import EventHub
from backend.events.log import Happening, Kind, append_events
from backend.settings import Clock


class Change:
    """One transaction and what it has to tell."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.happenings: list[Happening] = []

    def touch(self, request_id: str) -> None:
        """The request's subscribers are to be told."""
        self._add(Happening(request_id))

    def tell(self, request_id: str, kind: Kind, subject_id: str) -> None:
        """A message, a call or a signal of the request is to be told."""
        self._add(Happening(request_id, kind, subject_id))

    def forget(self) -> None:
        """What was done is undone: there is nothing to tell."""
        self.happenings.clear()

    def _add(self, happening: Happening) -> None:
        if happening not in self.happenings:
            self.happenings.append(happening)


class Changes:
    """Opens such transactions."""

    def __init__(self, database: Database, hub: EventHub, kept_events: int, now: Clock) -> None:
        self._database = database
        self._hub = hub
        self._kept_events = kept_events
        self._now = now

    @asynccontextmanager
    async def change(self, centre_id: str) -> AsyncIterator[Change]:
        """A transaction in one centre: numbered at its end, told after its commit."""
        seq = None
        async with self._database.write() as connection:
            change = Change(connection)
            yield change
            if change.happenings:
                seq = await append_events(
                    connection, centre_id, change.happenings, self._now(), self._kept_events
                )
        if seq is not None:
            self._hub.told(centre_id, seq)
