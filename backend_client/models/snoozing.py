"""A request that a doctor has laid aside: until when, and why it has come back."""

from typing import Annotated

import msgspec

from backend_client.models.common import Acting, OpenEnum, UtcTime, Wire

LONGEST_SNOOZE_NOTE = 300
LONGEST_SNOOZE_DAYS = 31


class SnoozeChoice(OpenEnum):
    """Moments that are offered, by the organisation's calendar and time zone."""

    UNKNOWN = "unknown"
    HOUR = "hour"
    """In an hour."""
    AFTERNOON = "afternoon"
    """This afternoon."""
    MORNING = "morning"
    """When the organisation opens next, on another day."""


class SnoozeEnd(OpenEnum):
    """Why a request that was laid aside stands in the lists again."""

    UNKNOWN = "unknown"
    TIME = "time"
    """The chosen moment has come."""
    TERM = "term"
    """Before the chosen moment: its term, or its appointment, comes sooner."""
    LIFE_THREAT = "life_threat"
    CLAIM_LOST = "claim_lost"
    """It was the doctor's own, and is not any more."""
    MESSAGE = "message"
    """The patient has written."""
    DOCUMENTS = "documents"
    CHANGED = "changed"
    """Something else that counts: its status, a consent, who the patient is."""


class Snooze(Wire, frozen=True, kw_only=True):
    """What the asking doctor has laid aside; nobody else is told of it."""

    until: UtcTime
    note: str
    """The doctor's own words."""
    for_term: bool = False
    """`until` is sooner than the doctor has asked for: the term comes before."""
    back_at: UtcTime | None = None
    """None: it lies aside. Else it is in the lists again, until the doctor has taken it up."""
    why: SnoozeEnd | None = None
    """Of what has come back."""

    @property
    def is_aside(self) -> bool:
        """Whether it lies aside still."""
        return self.back_at is None


class SnoozeMoment(Wire, frozen=True, kw_only=True):
    """A moment that is offered for one request."""

    choice: SnoozeChoice
    at: UtcTime
    for_term: bool = False
    """Sooner than the choice says: the term comes before."""


class LayAside(Acting, frozen=True, kw_only=True):
    """Until this moment, or until just before its term; at most LONGEST_SNOOZE_DAYS ahead."""

    until: UtcTime
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_SNOOZE_NOTE)] = ""


class TakeUp(Acting, frozen=True, kw_only=True):
    """What was laid aside stands in the lists again; of what has come back: it was seen."""
