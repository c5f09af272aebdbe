"""What a request keeps of how sure the clinic is of its patient (SPB-12, DRC-14, DRC-16)."""

from backend_client.models.identity import IdentityMark
from backend_client.models.requests import IdentityLevel


def marks_of(level: IdentityLevel, *, by_person: bool, is_changed: bool) -> list[IdentityMark]:
    """In the order in which they are shown; a level that the service gave needs no person."""
    marks = []
    if level is IdentityLevel.NOT_IDENTIFIED:
        marks.append(IdentityMark.BY_PERSON if by_person else IdentityMark.NOT_IDENTIFIED)
    if is_changed:
        marks.append(IdentityMark.DATA_CHANGED)
    return marks


def kept_marks(words: str) -> list[IdentityMark]:
    """What a request keeps, read again."""
    return [IdentityMark(word) for word in words.split()]
