"""Versions of the contract as clients state them: «0.1.0»."""

import re

LEADING_NUMBERS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")


def is_older(version: str, than: str) -> bool:
    """Whether `version` comes before `than`; raises ValueError for what is no version."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> list[int]:
    found = LEADING_NUMBERS.match(version.strip())
    if found is None:
        raise ValueError("not a version")
    numbers = [int(number) for number in found[0].split(".")]
    return numbers + [0] * (3 - len(numbers))
