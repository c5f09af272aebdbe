"""Until when a request may be laid aside, and what brings it back (docs/decisions/0032)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import msgspec

from backend.rules.status import BEFORE_CLAIM
from backend.rules.working_calendar import WorkingTime
from backend_client.models.requests import RequestStatus
from backend_client.models.snoozing import (
    LONGEST_SNOOZE_DAYS,
    SnoozeChoice,
    SnoozeEnd,
    SnoozeMoment,
)

LEAD = timedelta(minutes=30)
"""How long before its end a term that presses already gives the request back."""
OVERDUE = timedelta(hours=1)
"""What is late already is laid aside for no longer."""
LONGEST = timedelta(days=LONGEST_SNOOZE_DAYS)
HOUR = timedelta(hours=1)
AFTERNOON = time(14)
TOO_NEAR = timedelta(minutes=30)
"""The afternoon is not offered when it is as near as that: an hour is."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request must not miss; all aware UTC."""

    soon_at: datetime | None
    due_at: datetime | None
    appointment_at: datetime | None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a request was when it was laid aside: whatever differs later may bring it back."""

    stage: str
    life_threat: bool
    messages: int
    """Of the patient."""
    documents: int
    terms: list[str]
    words: list[str]
    """Consents that are missing, what stands out about the patient."""
    is_mine: bool
    """The account holds it, with work begun."""


def stage_of(status: RequestStatus, before_claim: RequestStatus | None) -> str:
    """Its status as far as it counts: a colleague who looks at a request and gives it back changes
    nothing, nor do papers that are counted by themselves."""
    stands = before_claim if status is RequestStatus.CLAIMED and before_claim else status
    return "waits" if stands in BEFORE_CLAIM else stands.value


def what_is_new(before: Seen, now: Seen) -> SnoozeEnd | None:
    """The weightiest thing that has come since; None: nothing that counts."""
    said = {
        SnoozeEnd.LIFE_THREAT: now.life_threat and not before.life_threat,
        SnoozeEnd.CLAIM_LOST: before.is_mine and not now.is_mine,
        SnoozeEnd.MESSAGE: now.messages > before.messages,
        SnoozeEnd.DOCUMENTS: now.documents > before.documents,
        SnoozeEnd.CHANGED: (before.stage, before.words) != (now.stage, now.words),
    }
    return next((end for end, holds in said.items() if holds), None)


def latest(now: datetime, terms: Terms) -> datetime | None:
    """Until when it may lie aside at the most; None: nothing is due.

    Until its clock turns amber; once it is amber, until LEAD before its end (of less than twice as
    long: until half of it is over); once it is late, for OVERDUE. Before an appointment as before
    the end of a term.
    """
    ends = [_of_clock(now, terms.soon_at, terms.due_at)]
    if terms.appointment_at is not None and now < terms.appointment_at:
        ends.append(_before(now, terms.appointment_at))
    return min((end for end in ends if end is not None), default=None)


def offered(now: datetime, working: WorkingTime, last: datetime | None) -> list[SnoozeMoment]:
    """What is offered, the nearest first, none behind `last`: where that comes before, it is
    offered once, in place of all that would be later."""
    found: list[SnoozeMoment] = []
    for choice, at in _choices(now, working):
        is_cut = last is not None and last < at
        found.append(
            SnoozeMoment(choice=choice, at=last if is_cut and last else at, for_term=is_cut)
        )
        if is_cut:
            break
    return found


def _choices(now: datetime, working: WorkingTime) -> list[tuple[SnoozeChoice, datetime]]:
    local = now.astimezone(working.zone)
    afternoon = datetime.combine(local.date(), AFTERNOON, working.zone)
    choices = [(SnoozeChoice.HOUR, now + HOUR)]
    if afternoon - now > TOO_NEAR:
        choices.append((SnoozeChoice.AFTERNOON, afternoon))
    choices.append((SnoozeChoice.MORNING, working.morning_after(now)))
    ordered = sorted(choices, key=lambda one: one[1])
    return [(choice, at.astimezone(UTC)) for choice, at in ordered]


def _of_clock(now: datetime, soon_at: datetime | None, due_at: datetime | None) -> datetime | None:
    if due_at is None:
        return None
    if now >= due_at:
        return now + OVERDUE
    return soon_at if soon_at is not None and now < soon_at else _before(now, due_at)


def _before(now: datetime, end: datetime) -> datetime:
    return end - min(LEAD, (end - now) / 2)
