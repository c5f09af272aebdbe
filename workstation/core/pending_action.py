"""What the doctor has ordered and the server has not done yet."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class PendingKind(Enum):
    """Actions that may wait for the connection; all others are refused without one."""

    MARK_OPENED = "mark_opened"
    RELEASE = "release"
    TRIAGE = "triage"
    """With words, and held for a moment in which it can be taken back."""
    WHOSE_FILE = "whose_file"
    """The answer to the question whose file it is; the target is the document."""
    ANNOTATION = "annotation"
    """A measurement is kept, or removed; the target is the request."""
    CALL_PICTURE = "call_picture"
    """A still picture of the patient's camera, in the body; the target is the request."""


@dataclass(frozen=True, slots=True)
class PendingAction:
    """One order, kept until the server answers. Its key makes repeating it harmless."""

    key: str
    """Idempotency key."""
    kind: PendingKind
    target: str
    """Id of the request or document."""
    created_at: datetime
    """Aware UTC."""
    faults: int = 0
    """How often the server failed over it."""
    body: bytes = field(default=b"", repr=False)
    """What is said with it, as its carrier reads it."""
    not_before: datetime | None = None
    """Aware UTC, by the server's clock: it is held until then. None: it is sent at once."""

    def is_held(self, now: datetime) -> bool:
        """Whether it has to wait yet. A clock that was put back by more than the whole wait since
        does not hold it."""
        if self.not_before is None:
            return False
        return self.created_at - (self.not_before - self.created_at) <= now < self.not_before


@dataclass(frozen=True, slots=True)
class RefusedAction:
    """An order that the server has refused, kept for its words."""

    action: PendingAction
    refusal: bytes = field(repr=False)
    """The server's answer, as its keeper wrote it."""
