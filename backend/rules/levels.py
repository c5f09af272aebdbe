"""The levels of PAdES on the server: which is higher, and when a time stamp is to be renewed."""

from datetime import datetime, timedelta
from typing import Final

from backend_client.models.catalogue import SigningLevel

LEVELS: Final = (SigningLevel.B_B, SigningLevel.B_T, SigningLevel.B_LT, SigningLevel.B_LTA)
"""From the lowest to the highest (ETSI EN 319 142-1, clause 6)."""
RENEWED_BEFORE: Final = timedelta(days=90)
"""So long before the certificate of the last time stamp ends, a further one is wanted over it
(EN 319 142-1, 5.5: before it is not trusted any more). A quarter of a year outlasts holidays."""


def reaches(level: str, wanted: SigningLevel) -> bool:
    """Whether a level that was verified is not lower than what is wanted; one that is not known
    («») is B-B at the most."""
    if wanted is SigningLevel.B_B:
        return True
    return level in LEVELS and LEVELS.index(SigningLevel(level)) >= LEVELS.index(wanted)


def lower_than(wanted: SigningLevel) -> list[str]:
    """All kept words for less than what is wanted."""
    known = LEVELS[: LEVELS.index(wanted)] if wanted in LEVELS else ()
    return ["", *(level.value for level in known)] if known else []


def is_raised(
    kept: str, found: str, sealed_until: datetime | None, found_until: datetime | None
) -> bool:
    """Whether a file proves more than the one before: a higher level, or the highest for longer."""
    if found not in LEVELS:
        return False
    if kept not in LEVELS:
        return True
    before, now = LEVELS.index(SigningLevel(kept)), LEVELS.index(SigningLevel(found))
    if before != now:
        return now > before
    is_longer = found_until is not None and (sealed_until is None or found_until > sealed_until)
    return found == SigningLevel.B_LTA and is_longer
