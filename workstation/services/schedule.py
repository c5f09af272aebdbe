"""The doctor's time: what is taken, which times may be offered, and offering one (OZ-8, OZ-24)."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from backend_client.errors import BackendError, Unreachable
from backend_client.models.common import RequestId
from backend_client.models.patient import PatientLink
from backend_client.models.requests import RequestCard, RequestRow
from backend_client.models.schedule import Schedule, SlotTime

if TYPE_CHECKING:
    from workstation.services.link import LinkState

STEP = timedelta(minutes=30)
"""Grid of the calendar, and the length of a consultation."""
LEAD = timedelta(hours=1)
"""A patient needs at least so long to answer and to come."""
AHEAD = timedelta(days=7)
MOST_SUGGESTED = 3
_APART = timedelta(hours=2)
_WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when in a day."""

    opens: time
    closes: time

    def hold(self, start: datetime, end: datetime) -> bool:
        """Whether both moments, in their own zone, lie within the hours of one day."""
        same_day = start.date() == end.date()
        return same_day and self.opens <= start.time() and end.time() <= self.closes


WORKING_HOURS = Hours(time(9), time(18))
"""Of the doctor, Monday to Friday, in the centre's zone."""
PATIENTS_DAY = Hours(time(8), time(21))
"""When a patient may be asked to come, in the patient's zone."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of the doctor's time that is taken: aware, without its end."""

    start: datetime
    end: datetime


class Why(Enum):
    """What speaks for a time."""

    FREE_AROUND = "free_around"
    """Half an hour before and after is free."""
    AFTER_ANOTHER = "after_another"
    """Another consultation ends in the half hour before."""
    BEFORE_ANOTHER = "before_another"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free time (aware UTC) and what is to be said of it."""

    start: datetime
    why: Why
    is_late: bool
    """It ends after the term of the answer: nothing sooner is free."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What times are looked for: from when on, by which term, in whose zones."""

    now: datetime
    due_at: datetime | None
    doctor_zone: tzinfo
    patient_zone: tzinfo | None
    """None: not known, the patient's day cannot be looked at."""


def is_free(start: datetime, busy: Iterable[Busy]) -> bool:
    """Whether a consultation that starts then overlaps nothing."""
    return all(one.end <= start or start + STEP <= one.start for one in busy)


def is_within_hours(start: datetime, zone: tzinfo) -> bool:
    """Whether a consultation that starts then lies in the doctor's working hours."""
    local = start.astimezone(zone)
    return local.weekday() not in _WEEKEND and WORKING_HOURS.hold(local, local + STEP)


def suggest(wish: Wish, busy: Sequence[Busy]) -> tuple[Suggestion, ...]:
    """At most three free times of the week ahead, by start.

    Times within the term come first, then the soonest after it; of each the first of every day,
    then times two hours apart, so that the patient has a real choice.
    """
    free = [start for start in _grid(wish) if _fits(start, wish) and is_free(start, busy)]
    in_time = [start for start in free if not _is_late(start, wish)]
    late = [start for start in free if _is_late(start, wish)]
    chosen = _spread(in_time, wish.doctor_zone, MOST_SUGGESTED)
    chosen += _spread(late, wish.doctor_zone, MOST_SUGGESTED - len(chosen))
    return tuple(
        Suggestion(start, _why(start, busy), _is_late(start, wish)) for start in sorted(chosen)
    )


def _grid(wish: Wish) -> Iterator[datetime]:
    """Starts on the half hour of the doctor's wall clock, from the lead on."""
    earliest = wish.now + LEAD
    local = earliest.astimezone(wish.doctor_zone).replace(minute=0, second=0, microsecond=0)
    start = local.astimezone(wish.now.tzinfo)
    while start <= wish.now + AHEAD:
        if start >= earliest:
            yield start
        start += STEP


def _fits(start: datetime, wish: Wish) -> bool:
    if not is_within_hours(start, wish.doctor_zone):
        return False
    if wish.patient_zone is None:
        return True
    local = start.astimezone(wish.patient_zone)
    return PATIENTS_DAY.hold(local, local + STEP)


def _is_late(start: datetime, wish: Wish) -> bool:
    return wish.due_at is not None and start + STEP > wish.due_at


def _spread(starts: Sequence[datetime], zone: tzinfo, most: int) -> list[datetime]:
    """The first of each day, then those two hours from all chosen, then whatever is soonest."""
    days: dict[date, datetime] = {}
    for start in starts:
        days.setdefault(start.astimezone(zone).date(), start)
    chosen = list(days.values())[:most]
    for gap in (_APART, STEP):
        for start in starts:
            if len(chosen) < most and all(abs(start - one) >= gap for one in chosen):
                chosen.append(start)
    return chosen


def _why(start: datetime, busy: Sequence[Busy]) -> Why:
    if not is_free(start - STEP, busy):
        return Why.AFTER_ANOTHER
    if not is_free(start + STEP, busy):
        return Why.BEFORE_ANOTHER
    return Why.FREE_AROUND


class ScheduleBackend(Protocol):
    """What is asked of the server."""

    async def propose(
        self,
        request_id: RequestId,
        times: Sequence[SlotTime],
        *,
        version: int,
        key: str | None = None,
    ) -> RequestCard:
        """Offers the times to the patient in place of earlier ones."""

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """What holds the doctor's time."""

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A new link to the patient's page."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A proposal whose answer is not known yet: the same key goes with the same words."""

    key: str
    version: int


class ScheduleService:
    """The signed-in doctor's schedule. Nothing of it is kept on this computer."""

    def __init__(
        self,
        backend: ScheduleBackend,
        link: "LinkState",
        hear: Callable[[RequestId, RequestRow | None], None],
    ) -> None:
        """`hear`: the road by which changed requests come in."""
        self._backend = backend
        self._link = link
        self._hear = hear
        self._unanswered: dict[tuple[RequestId, datetime], _Order] = {}

    async def between(self, start: datetime, end: datetime) -> Schedule:
        """What holds the doctor's time from `start` to `end`; raises BackendError."""
        if self._link.is_offline:
            raise Unreachable
        return await self._backend.between(start, end)

    async def propose(self, request_id: RequestId, version: int, start: datetime) -> RequestCard:
        """Offers half an hour from `start` on to the patient, in place of what was offered before.

        `version` is the row's that the doctor has seen. Raises BackendError; Conflict or Rejected
        with their code where the time is taken or past, or the request has changed. Asked again
        after a lost answer, it is still the same order, upon what was seen then.
        """
        if self._link.is_offline:
            raise Unreachable
        order = (request_id, start)
        made = self._unanswered.setdefault(order, _Order(str(uuid.uuid4()), version))
        times = [SlotTime(start=start)]
        try:
            card = await self._backend.propose(
                request_id, times, version=made.version, key=made.key
            )
        except BackendError as error:
            if not error.is_temporary:
                del self._unanswered[order]
            raise
        del self._unanswered[order]
        self._hear(card.row.id, card.row)
        return card

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """A new link to the patient's page, for the doctor to hand on; raises BackendError.

        Whoever has it is the patient: it is shown, never kept and never logged.
        """
        if self._link.is_offline:
            raise Unreachable
        return await self._backend.give_patient_link(request_id)
