"""Writing transactions that tell the centre what they changed, once they are committed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.audit.log import AuditLog, Written
from backend.audit.trace import current, servers_own
from backend.database import Database
from backend.events.hub import EventHub
from backend.events.log import Happening, Kind, append_events
from backend.events.wire import tell_others
from backend.settings import Clock
from backend_client.models.audit import Outcome


class Change:
    """One transaction and what it has to tell."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.happenings: list[Happening] = []
        self.refused: int | None = None
        """Status of the refusal that is the result; None: it was done."""
        self.is_repeat = False
        """Answered from what was kept: nothing is done."""

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


Follower = Callable[[Change, datetime], Awaitable[None]]
"""What follows from what a change has to tell, in the same transaction."""


class Changes:
    """Opens such transactions."""

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        hub: EventHub,
        kept_events: int,
        now: Clock,
        followers: Sequence[Follower] = (),
    ) -> None:
        self._database = database
        self._audit = audit
        self._hub = hub
        self._kept_events = kept_events
        self._now = now
        self._followers = followers

    @asynccontextmanager
    async def change(self, centre_id: str) -> AsyncIterator[Change]:
        """A transaction in one centre: numbered and audited at its end, told after its commit."""
        seq = None
        async with self._audit.write() as written:
            connection = written.connection
            change = Change(connection)
            yield change
            if change.happenings:
                for follow in self._followers:
                    await follow(change, self._now())
                seq = await append_events(
                    connection, centre_id, change.happenings, self._now(), self._kept_events
                )
                await tell_others(self._database, connection, centre_id, seq)
            self._write_down(written, change, centre_id)
        if seq is not None:
            self._hub.told(centre_id, seq)

    def _write_down(self, written: Written, change: Change, centre_id: str) -> None:
        """An entry in the audit for what was changed; a reading writes its own."""
        trace = current() or servers_own(centre_id)
        trace.is_repeat = change.is_repeat
        if change.is_repeat or (trace.reads and not change.happenings):
            return
        touched = [happening.request_id for happening in change.happenings]
        outcome = Outcome.DONE if change.refused is None else Outcome.REFUSED
        status = change.refused or HTTPStatus.OK
        written.add(trace, trace.entry(self._now(), outcome, status, touched))
