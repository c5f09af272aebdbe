"""What a centre asks of its signatures: the level, the services of time, how long they may take.

The policy is data of the centre (its settings or its catalogue), never of a doctor. Without one the
highest level is wanted, and what was reached is said beside it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from signing.errors import BadPolicy
from signing.report import Level

LEVELS: Final = (Level.B_B, Level.B_T, Level.B_LT, Level.B_LTA)
"""From the lowest to the highest (ETSI EN 319 142-1, clause 6)."""
_DEFAULT_TIMEOUT: Final = 5.0
_LONGEST_TIMEOUT: Final = 60.0
_KEYS: Final = frozenset(
    {"level", "at_least", "time_services", "timeout_seconds", "must_know_revocation"}
)


def is_lower(one: Level, other: Level) -> bool:
    """Whether the first of two PAdES levels proves less than the second."""
    return LEVELS.index(one) < LEVELS.index(other)


@dataclass(frozen=True, slots=True)
class Policy:
    """What is wanted, and what is the least that is still a signature for this centre."""

    level: Level = Level.B_LTA
    """What is wanted. It is reached where the services answer; never silently less."""
    at_least: Level = Level.B_B
    """Below this nothing is signed: LevelNotReached."""
    time_services: tuple[str, ...] = ()
    """Addresses of time-stamping services (RFC 3161 over HTTP), tried in this order."""
    timeout: float = _DEFAULT_TIMEOUT
    """Seconds that one service may take for its whole answer."""
    must_know_revocation: bool = False
    """Whether nothing is signed while nobody says that the certificate is not revoked."""

    def __post_init__(self) -> None:
        """Raises BadPolicy where the parts do not fit together."""
        if self.level not in LEVELS or self.at_least not in LEVELS:
            raise BadPolicy("level")
        if is_lower(self.level, self.at_least):
            raise BadPolicy("at_least")
        if not all(_is_address(address) for address in self.time_services):
            raise BadPolicy("time_services")
        if not (math.isfinite(self.timeout) and 0 < self.timeout <= _LONGEST_TIMEOUT):
            raise BadPolicy("timeout_seconds")


def read_policy(record: Mapping[str, object]) -> Policy:
    """A policy out of plain values, as JSON has them; what is not named is as by default.

    Keys: `level`, `at_least` ("B-B" to "B-LTA"), `time_services` (a list of addresses),
    `timeout_seconds`, `must_know_revocation`. Raises BadPolicy, which names the wrong key.
    """
    unknown = sorted(set(record) - _KEYS)
    if unknown:
        raise BadPolicy(unknown[0])
    standard = Policy()
    return Policy(
        level=_level(record, "level", standard.level),
        at_least=_level(record, "at_least", standard.at_least),
        time_services=_addresses(record),
        timeout=_seconds(record),
        must_know_revocation=_flag(record),
    )


def record_of(policy: Policy) -> dict[str, object]:
    """What `read_policy` reads as the same policy."""
    return {
        "level": policy.level.value,
        "at_least": policy.at_least.value,
        "time_services": list(policy.time_services),
        "timeout_seconds": policy.timeout,
        "must_know_revocation": policy.must_know_revocation,
    }


def _level(record: Mapping[str, object], key: str, standard: Level) -> Level:
    if key not in record:
        return standard
    try:
        return Level(record[key])
    except ValueError as error:
        raise BadPolicy(key) from error


def _addresses(record: Mapping[str, object]) -> tuple[str, ...]:
    given = record.get("time_services", [])
    if not isinstance(given, list):
        raise BadPolicy("time_services")
    texts = tuple(address for address in given if isinstance(address, str))
    if len(texts) != len(given):
        raise BadPolicy("time_services")
    return texts


def _seconds(record: Mapping[str, object]) -> float:
    given = record.get("timeout_seconds", _DEFAULT_TIMEOUT)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise BadPolicy("timeout_seconds")
    return float(given)


def _flag(record: Mapping[str, object]) -> bool:
    given = record.get("must_know_revocation", False)
    if not isinstance(given, bool):
        raise BadPolicy("must_know_revocation")
    return given


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
