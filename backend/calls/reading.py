"""Calls as the contract has them."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.pages import Keyset, Ordinal, Place
from backend.tables import accounts, call_signals, calls
from backend_client.models.calls import Call, CallId, ConsultationClock, Signal, Signals
from backend_client.models.common import Page, RequestId, UserId
from backend_client.models.messages import Side

CALL_COLUMNS = (
    *(calls.c[name] for name in ("id", "request_id", "doctor_id", "attempt", "state")),
    *(calls.c[name] for name in ("channel", "connection", "placed_at", "rings_until")),
    *(calls.c[name] for name in ("answered_at", "ended_at", "ended_by", "page")),
    *(calls.c[name] for name in ("clock_started_at", "clock_soon_at", "clock_last_at")),
    *(calls.c[name] for name in ("clock_ends_at", "clock_extension")),
    accounts.c.full_name.label("doctor_name"),
)


class _Attempt(Place, frozen=True, array_like=True):
    """Where a page ended: each of a request's calls has a number of its own."""

    attempt: Ordinal


ATTEMPTS = Keyset(_Attempt, (calls.c.attempt,), newest_first=True)


async def calls_page(
    connection: AsyncConnection, request_id: str, cursor: str | None, limit: int
) -> Page[Call]:
    """A request's calls, newest first. Raises Refused (invalid)."""
    found = _select(calls.c.request_id == request_id)
    return await ATTEMPTS.page(connection, found, cursor, limit, _call)


async def calls_of(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Call]:
    """Newest first; `which` narrows calls to a few, such as the one that is on."""
    found = _select(which).order_by(calls.c.attempt.desc())
    return [_call(row) for row in (await connection.execute(found)).mappings()]


async def call_on(connection: AsyncConnection, request_id: str) -> Call | None:
    """The request's call that rings or runs."""
    found = await calls_of(connection, (calls.c.request_id == request_id) & calls.c.is_on)
    return found[0] if found else None


async def signals_from(
    connection: AsyncConnection, call_id: str, side: Side, after: int, limit: int
) -> Signals:
    """What one side has sent in a call behind number `after`, at most `limit` at once."""
    which = (call_signals.c.call_id == call_id) & (call_signals.c.number > after)
    found = await _signals(connection, which & (call_signals.c.side == side), limit + 1)
    return Signals(signals=found[:limit], has_more=len(found) > limit)


async def signal(connection: AsyncConnection, number: int) -> Signal | None:
    """One signal; None: its call is over."""
    found = await _signals(connection, call_signals.c.number == number, 1)
    return found[0] if found else None


async def _signals(
    connection: AsyncConnection, which: ColumnElement[bool], most: int
) -> list[Signal]:
    found = select(call_signals).where(which).order_by(call_signals.c.number).limit(most)
    rows = (await connection.execute(found)).mappings()
    return [Signal(**{**row, "call_id": CallId(row["call_id"])}) for row in rows]


def _select(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    joined = select(*CALL_COLUMNS).join(accounts, accounts.c.id == calls.c.doctor_id)
    return joined.where(which)


def clock_values(clock: ConsultationClock) -> dict[str, object]:
    """The clock as a call's row keeps it."""
    return {
        "clock_started_at": clock.started_at,
        "clock_soon_at": clock.soon_at,
        "clock_last_at": clock.last_at,
        "clock_ends_at": clock.ends_at,
        "clock_extension": clock.extension_minutes,
    }


def _call(row: RowMapping) -> Call:
    facts = {name: value for name, value in row.items() if not name.startswith("clock_")}
    named = {**facts, "doctor_name": short_name(row["doctor_name"])}
    ids = {"id": CallId(row["id"]), "request_id": RequestId(row["request_id"])}
    clock = _clock(row)
    return Call(**{**named, **ids, "doctor_id": UserId(row["doctor_id"]), "clock": clock})


def _clock(row: RowMapping) -> ConsultationClock | None:
    if row["clock_started_at"] is None:
        return None
    return ConsultationClock(
        started_at=row["clock_started_at"],
        soon_at=row["clock_soon_at"],
        last_at=row["clock_last_at"],
        ends_at=row["clock_ends_at"],
        extension_minutes=row["clock_extension"],
    )
