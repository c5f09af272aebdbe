"""What no policy of signatures may say: nobody could sign by it."""

import math
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from backend_client.models.catalogue import SigningLevel, SigningPolicy

LONGEST_SECONDS: Final = 60.0
_ORDER: Final = (SigningLevel.B_B, SigningLevel.B_T, SigningLevel.B_LT, SigningLevel.B_LTA)
Found = tuple[str, object, str]
"""A field, its value, and what is wrong with it."""


def signing_faults(policy: SigningPolicy) -> Iterator[Found]:
    """All that is wrong; a level that the program does not know is told elsewhere."""
    levels = (policy.level, policy.at_least)
    if SigningLevel.UNKNOWN not in levels and _ORDER.index(levels[0]) < _ORDER.index(levels[1]):
        yield "at_least", policy.at_least.value, f"higher than what is wanted, {policy.level.value}"
    for number, address in enumerate(policy.time_services):
        if not _is_address(address):
            yield f"time_services[{number}]", address, "no address of http or https"
    if not (
        math.isfinite(policy.timeout_seconds) and 0 < policy.timeout_seconds <= LONGEST_SECONDS
    ):
        reason = f"more than 0 and at most {LONGEST_SECONDS:g}"
        yield "timeout_seconds", policy.timeout_seconds, reason


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
