"""The numbered log of a centre's events. Numbers are gap-free and given in commit order."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.tables import centres, events

BATCH = 50
"""Events read at once."""


class Kind(StrEnum):
    """What an event is about; one of a newer program is told as a change of the request."""

    REQUEST = "request"
    MESSAGE = "message"
    CALL = "call"
    SIGNAL = "signal"
    DOCUMENT = "document"
    ANNOTATION = "annotation"
    OWN = "own"
    """What one account does with the request for itself, and nobody else is told of."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a centre is to be told: ids only."""

    request_id: str
    kind: str = Kind.REQUEST
    subject_id: str | None = None
    """The message, call, signal, document or annotation; of an account's OWN the account."""


@dataclass(frozen=True, slots=True)
class LogState:
    """The last number, and the number up to which nothing is kept."""

    seq: int
    floor: int

    def continues_behind(self, seq: int) -> bool:
        """Whether every event after `seq` can still be given."""
        return self.floor <= seq <= self.seq


async def append_events(
    connection: AsyncConnection,
    centre_id: str,
    happenings: Sequence[Happening],
    now: datetime,
    kept: int,
) -> int:
    """Numbers the events and answers the last number.

    The counter's row stays locked until the commit, so a lower number is always committed first:
    call this last in a transaction, or others wait.
    """
    counter = update(centres).where(centres.c.id == centre_id)
    taken = counter.values(event_seq=centres.c.event_seq + len(happenings))
    seq: int = (await connection.execute(taken.returning(centres.c.event_seq))).scalar_one()
    first = seq - len(happenings) + 1
    rows = [
        {"centre_id": centre_id, "seq": number, "at": now, **asdict(happening)}
        for number, happening in enumerate(happenings, start=first)
    ]
    await connection.execute(insert(events), rows)
    await _forget_old(connection, centre_id, seq - kept)
    return seq


async def _forget_old(connection: AsyncConnection, centre_id: str, floor: int) -> None:
    if floor <= 0:
        return
    old = (events.c.centre_id == centre_id) & (events.c.seq <= floor)
    await connection.execute(delete(events).where(old))
    raised = (centres.c.id == centre_id) & (centres.c.event_floor < floor)
    await connection.execute(update(centres).where(raised).values(event_floor=floor))


async def log_state(connection: AsyncConnection, centre_id: str) -> LogState:
    """Where the centre's log stands."""
    found = select(centres.c.event_seq, centres.c.event_floor).where(centres.c.id == centre_id)
    row = (await connection.execute(found)).one()
    return LogState(row.event_seq, row.event_floor)


async def events_after(
    connection: AsyncConnection, centre_id: str, seq: int
) -> list[tuple[int, Happening]]:
    """Number and subject of the next events, a batch at most."""
    found = (
        select(events.c.seq, events.c.request_id, events.c.kind, events.c.subject_id)
        .where(events.c.centre_id == centre_id, events.c.seq > seq)
        .order_by(events.c.seq)
        .limit(BATCH)
    )
    rows = await connection.execute(found)
    return [(row.seq, Happening(row.request_id, row.kind, row.subject_id)) for row in rows]
