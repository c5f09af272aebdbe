"""Times that a doctor proposes: how many, when, and for how long they are held (OZ-8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend_client.models.schedule import SlotState

HOLDING = frozenset({SlotState.PROPOSED, SlotState.ACCEPTED})
"""States in which a slot takes up the doctor's time."""
FARTHEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, without its end."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether a moment lies in both."""
        return self.start < other.end and other.start < self.end


def is_bookable(span: Span, now: datetime) -> bool:
    """Whether it lies ahead, and not in a year that somebody has mistyped."""
    return now < span.start <= now + FARTHEST


def overlap(spans: Sequence[Span]) -> bool:
    """Whether two of the spans have a moment in common."""
    ordered = sorted(spans, key=lambda one: one.start)
    return any(one.overlaps(next_one) for one, next_one in zip(ordered, ordered[1:], strict=False))


def held_until(start: datetime, now: datetime, hold: timedelta) -> datetime:
    """Until when a proposal waits for its answer: never beyond its own beginning."""
    return min(start, now + hold)
