"""Finds words in a text as a person means them: letter case, accents and line ends do not count."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_LONGEST_QUESTION: Final = 200
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\ufeff\ufffe\u0002"
"""Soft hyphens and what PDFium puts for a hyphen at a line's end."""


def spans(text: str, words: str, most: int) -> list[range]:
    """The places of `words` in `text`, `most` at most; they do not overlap."""
    wanted = folded(words[:_LONGEST_QUESTION])[0].strip()
    if not wanted:
        return []
    plain, places = folded(text)
    found: list[range] = []
    start = plain.find(wanted)
    while start >= 0 and len(found) < most:
        stop = start + len(wanted)
        found.append(range(places[start], places[stop - 1] + 1))
        start = plain.find(wanted, stop)
    return found


def folded(text: str) -> tuple[str, list[int]]:
    """The text without what does not count, and of each letter its place in `text`."""
    kept: list[str] = []
    places: list[int] = []
    for place, letter in _letters(text):
        if letter.isspace():
            if kept and kept[-1] == " ":
                continue
            letter = " "
        for one in _plain(letter):
            kept.append(one)
            places.append(place)
    return "".join(kept), places


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Small, without accents: one letter, or the several that it stands for."""
    parts = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(one for one in parts if not unicodedata.combining(one))


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """All but what is not seen, and hyphens at the ends of lines."""
    skip_to = 0
    for place, letter in enumerate(text):
        if place < skip_to or letter in _INVISIBLE:
            continue
        if letter == "-" and text[place + 1 : place + 2] in ("\r", "\n"):
            skip_to = place + 1
            while text[skip_to : skip_to + 1] in ("\r", "\n"):
                skip_to += 1
            continue
        yield place, letter
