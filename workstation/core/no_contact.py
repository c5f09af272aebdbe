"""What stands on the page about a patient who could not be reached (DRC-11)."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from workstation.core.conclusion import ConclusionAuthor, PatientSnapshot


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach the patient, in the words of the paper."""

    at: datetime
    """Aware."""
    outcome: str
    """«не ответил»."""
    by: str = ""
    """Short name of who tried."""
    note: str = ""
    """What the caller has written down."""


@dataclass(frozen=True, slots=True)
class NoContactContent:
    """All of it is the server's own word; nothing was typed for the paper."""

    number: str
    """Of the request."""
    centre_name: str
    patient: PatientSnapshot
    doctor: ConclusionAuthor
    phone: str
    """The number from the registration; "" where the service has none."""
    appointment_at: datetime | None
    evidence: str
    """The server's words upon closing: presence, calls, telephone."""
    calls: tuple[Attempt, ...]
    """Calls in the service, the earliest first."""
    phoned: tuple[Attempt, ...]
    """Telephone attempts, the earliest first."""
    closed_at: datetime
    zone: tzinfo
    zone_name: str
