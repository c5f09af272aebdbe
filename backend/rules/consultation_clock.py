"""How long a consultation takes, by its route's data, from the patient's answer on (DRC-8)."""

from datetime import datetime, timedelta

import msgspec

from backend_client.models.calls import ConsultationClock
from backend_client.models.catalogue import Catalogue, ConsultationLength
from backend_client.models.routes import Route


class CannotExtend(Exception):
    """The route's data know no extension."""


def length_of(catalogue: Catalogue, route: Route) -> ConsultationLength:
    """The catalogue's word for the route; without one drclinics' half an hour."""
    named = (one for one in catalogue.consultations if one.route is route)
    return next(named, None) or ConsultationLength(
        route=route,
        minutes=30,
        soon_after_minutes=25,
        last_after_minutes=29,
        extension_minutes=10,
        source="DRC-8",
    )


def started(length: ConsultationLength, now: datetime) -> ConsultationClock:
    """The clock of a consultation that begins at `now`."""
    return ConsultationClock(
        started_at=now,
        soon_at=now + timedelta(minutes=length.soon_after_minutes),
        last_at=now + timedelta(minutes=length.last_after_minutes),
        ends_at=now + timedelta(minutes=length.minutes),
        extension_minutes=length.extension_minutes,
    )


def extended(clock: ConsultationClock, now: datetime) -> ConsultationClock:
    """The clock with more time, and its warnings as long before the end as they were.

    Where its end has passed as many extensions are added as lead beyond `now`.
    Raises CannotExtend.
    """
    if not clock.extension_minutes:
        raise CannotExtend
    one = timedelta(minutes=clock.extension_minutes)
    passed = max(now - clock.ends_at, timedelta())
    more = one * (passed // one + 1)
    return msgspec.structs.replace(
        clock,
        soon_at=clock.soon_at + more,
        last_at=clock.last_at + more,
        ends_at=clock.ends_at + more,
    )


def minutes_of(clock: ConsultationClock) -> int:
    """How long the consultation is with all that was added."""
    return (clock.ends_at - clock.started_at) // timedelta(minutes=1)
