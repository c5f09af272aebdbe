"""When an answer is due: the route's clock in calendar or working days (OZ-9, OZ-21, SPB-5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backend_client.models.catalogue import Catalogue, Clock, Counting
from backend_client.models.requests import ClockState
from backend_client.models.routes import Route

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Term:
    """A clock that runs: from when it is amber, when it is breached; both aware UTC."""

    name: str
    soon_at: datetime
    due_at: datetime


def term(catalogue: Catalogue, route: Route, started_at: datetime | None) -> Term | None:
    """The first term to end of those that the catalogue sets for the route; None: nothing runs."""
    if started_at is None:
        return None
    zone = ZoneInfo(catalogue.time_zone)
    clocks = [clock for clock in catalogue.clocks if clock.route is route]
    return min(_terms(clocks, started_at, zone), key=lambda one: one.due_at, default=None)


def _terms(clocks: Iterable[Clock], started_at: datetime, zone: ZoneInfo) -> Iterable[Term]:
    for clock in clocks:
        soon_at = days_later(started_at, clock.soon_after_days, clock.counting, zone)
        due_at = days_later(started_at, clock.due_days, clock.counting, zone)
        yield Term(clock.name, soon_at, due_at)


def days_later(start: datetime, days: int, counting: Counting, zone: ZoneInfo) -> datetime:
    """The same time of day in `zone`, `days` later; working days are Monday to Friday.

    A start on a weekend counts from the Monday that follows.
    """
    local = start.astimezone(zone)
    if counting is not Counting.WORKING:
        return (local + timedelta(days=days)).astimezone(UTC)
    for _ in range(days):
        local = _skip_weekend(local + timedelta(days=1))
    return _skip_weekend(local).astimezone(UTC)


def _skip_weekend(day: datetime) -> datetime:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def clock_state(now: datetime, soon_at: datetime | None, due_at: datetime | None) -> ClockState:
    """Where the term stands at `now`."""
    if due_at is None:
        return ClockState.NONE
    if now >= due_at:
        return ClockState.BREACHED
    if soon_at is not None and now >= soon_at:
        return ClockState.SOON
    return ClockState.RUNNING
