"""Search over patient, diagnosis, complaints and number: any case, ё = е, parts of words."""

import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_

from backend.tables import requests

ESCAPE = "\\"
MOST_WORDS = 8


def search_text(parts: Iterable[str | None]) -> str:
    """What a request is found by, normalised."""
    return " ".join(normal(part) for part in parts if part)


def normal(text: str) -> str:
    """Composed, without case, with е for ё; NUL is dropped, which PostgreSQL does not take."""
    composed = unicodedata.normalize("NFC", text.replace("\0", ""))
    return composed.casefold().replace("ё", "е")


def found_by(search: str) -> ColumnElement[bool]:
    """A condition: every word of the search is part of some word of the request."""
    words = normal(search).split()[:MOST_WORDS]
    return and_(True, *(requests.c.search_text.like(_part(word), escape=ESCAPE) for word in words))


def _part(word: str) -> str:
    for special in (ESCAPE, "%", "_"):
        word = word.replace(special, ESCAPE + special)
    return f"%{word}%"
