"""When an answer is due: the route's clock in calendar or working time (OZ-9, OZ-21, SPB-5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.rules.status import BEFORE_CLAIM
from backend.rules.working_calendar import WorkingTime
from backend_client.models.catalogue import Catalogue, Clock, ClockGoal, ClockStart, Counting
from backend_client.models.requests import ClockState, RequestStatus
from backend_client.models.routes import Route

AGREED = frozenset({RequestStatus.SCHEDULED, RequestStatus.WAITING})
"""The patient has taken one of the proposed times."""
UNANSWERED = BEFORE_CLAIM | {RequestStatus.CLAIMED}
ALL_MET = frozenset(RequestStatus) - UNANSWERED - AGREED - {RequestStatus.SLOT_PROPOSED}
"""The consultation has begun, or the request has ended: whatever a clock waited for is over."""
ANSWERED = frozenset({ClockGoal.ANSWER})
REACHED = frozenset({ClockGoal.CONTACT})
EVERY_GOAL = frozenset(ClockGoal)


@dataclass(frozen=True, slots=True)
class Term:
    """A clock that runs: from when it is amber, when it is breached; both aware UTC."""

    name: str
    soon_at: datetime
    due_at: datetime


def term(
    catalogue: Catalogue,
    route: Route,
    started_at: datetime | None,
    working: WorkingTime | None = None,
    met: Collection[ClockGoal] = (),
) -> Term | None:
    """The first term to end of those that the catalogue sets for the route; None: nothing runs.

    Amber begins with the first of their ambers: over holidays a clock may be amber before another
    one that ends first.
    `working` is the organisation's time (by default Monday to Friday), `met` what has happened
    already: a clock that waits for it runs no more (SPB-5, SPB-10).
    """
    if started_at is None:
        return None
    time = working or WorkingTime(ZoneInfo(catalogue.time_zone))
    clocks = [one for one in catalogue.clocks if one.route is route and one.until not in met]
    terms = list(_terms(clocks, started_at, time))
    if not terms:
        return None
    first = min(terms, key=lambda one: one.due_at)
    return replace(first, soon_at=min(one.soon_at for one in terms))


def _terms(clocks: Iterable[Clock], started_at: datetime, time: WorkingTime) -> Iterable[Term]:
    for clock in clocks:
        soon_at = _later(started_at, clock.soon_after_days, clock.soon_after_hours, clock, time)
        due_at = _later(started_at, clock.due_days, clock.due_hours, clock, time)
        yield Term(clock.name, soon_at, due_at)


def _later(start: datetime, days: int, hours: int, clock: Clock, time: WorkingTime) -> datetime:
    if clock.counting is not Counting.WORKING:
        return days_later(start, days, clock.counting, time.zone) + timedelta(hours=hours)
    # Of hours alone the days say nothing: not even that the start must be a working day.
    moment = time.days_later(start, days) if days or not hours else start
    return (time.hours_later(moment, hours) if hours else moment).astimezone(UTC)


def days_later(start: datetime, days: int, counting: Counting, zone: ZoneInfo) -> datetime:
    """The same time of day in `zone`, `days` later; working days are Monday to Friday.

    Of a start on a weekend: the end of the day (`WorkingTime.days_later`).
    """
    if counting is not Counting.WORKING:
        return (start.astimezone(zone) + timedelta(days=days)).astimezone(UTC)
    return WorkingTime(zone).days_later(start, days).astimezone(UTC)


def goals_met(status: RequestStatus, *, was_reached: bool) -> frozenset[ClockGoal]:
    """What has happened of what clocks wait for, to a request that stands at `status`.

    The notice of the date and time is the answer (OZ-9, OZ-21); a telephone call that has
    `was_reached` the patient, or the time agreed to, is the contact (SPB-5: it is made to agree on
    one); the visit is the call that the patient takes (SPB-10). An end meets everything.
    """
    if status in ALL_MET:
        return EVERY_GOAL
    reached = REACHED if was_reached or status in AGREED else frozenset()
    return reached if status in UNANSWERED else reached | ANSWERED


def counts_from_appointment(catalogue: Catalogue, route: Route) -> bool:
    """Whether the route's clocks wait for the agreed time (OZ-15)."""
    clocks = (one for one in catalogue.clocks if one.route is route)
    return any(one.counts_from is ClockStart.APPOINTMENT for one in clocks)


def begins_anew(catalogue: Catalogue, route: Route) -> bool:
    """Whether another answer has a term of its own, once the patient could not take the first one.

    Terms that count from the registration (SPB-5, SPB-10) go on.
    """
    clocks = [one for one in catalogue.clocks if one.route is route]
    answers = (one.until is ClockGoal.ANSWER for one in clocks)
    return not counts_from_appointment(catalogue, route) and all(answers)


def clock_state(now: datetime, soon_at: datetime | None, due_at: datetime | None) -> ClockState:
    """Where the term stands at `now`."""
    if due_at is None:
        return ClockState.NONE
    if now >= due_at:
        return ClockState.BREACHED
    if soon_at is not None and now >= soon_at:
        return ClockState.SOON
    return ClockState.RUNNING
