"""Versions of the contract as numbers: 0.10 is newer than 0.9."""

from backend_client.errors import BrokenAnswer


def is_older(version: str, than: str) -> bool:
    """Whether `version` comes before `than`; raises BrokenAnswer for what is no version."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise BrokenAnswer("not a version")
    return tuple(int(part) for part in parts)
