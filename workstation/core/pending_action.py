"""What the doctor has ordered and the server has not done yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PendingKind(Enum):
    """Actions that may wait for the connection; all others are refused without one."""

    MARK_OPENED = "mark_opened"
    RELEASE = "release"


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
