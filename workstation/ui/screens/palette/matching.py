"""Finds what a doctor means by a few letters: parts of words, either layout, one slip of the hand.

No Qt here. Letters are compared without case, and ё is е.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_WORD_BEGINS, _WHOLE_KEY, _INSIDE, _SLIP, _SCATTERED, _ROOM = 100, 90, 60, 40, 30, 20
_OTHER_LAYOUT = -5
_SLIP_FROM = 4
"""A slip is forgiven from this many letters on: shorter words are too much alike."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text answers; `marks` are the places of the letters that were meant."""

    score: int
    marks: frozenset[int] = frozenset()


def plain(text: str) -> str:
    """Lower case, ё as е, as many characters as before."""
    lowered = (low if len(low := letter.lower()) == 1 else letter for letter in text)
    return "".join(lowered).replace("ё", "е")


def readings(query: str) -> Iterator[str]:
    """The query as typed, and as it would be under the other layout: "jnrhsnm" is "открыть"."""
    typed = query.lower()
    seen = []
    for text in (typed, typed.translate(_TO_CYRILLIC), typed.translate(_TO_LATIN)):
        reading = plain(text)
        if reading not in seen:
            seen.append(reading)
            yield reading


def match(query: str, title: str, room: str = "", key: str = "") -> Match | None:
    """The best reading of the query, or None where some part of it is not there at all."""
    found = []
    for place, reading in enumerate(readings(query)):
        answer = _match_parts(reading.split(), plain(title), plain(room), plain(key))
        if answer is not None:
            loss = _OTHER_LAYOUT if place else 0
            found.append(Match(answer.score + loss, answer.marks))
    return max(found, key=lambda one: one.score, default=None)


def _match_parts(parts: list[str], title: str, room: str, key: str) -> Match | None:
    """Each part must be found; a title that begins with it counts a little more."""
    score, marks = 0, set[int]()
    for part in parts:
        answer = _match_part(part, title) or _beside(part, room, key)
        if answer is None:
            return None
        score += answer.score
        marks |= answer.marks
    return Match(score, frozenset(marks))


def _match_part(part: str, title: str) -> Match | None:
    starts = _word_starts(title)
    for start in starts:
        if title.startswith(part, start):
            return Match(_WORD_BEGINS - min(start, 9), _run(start, part))
    inside = title.find(part)
    if inside >= 0:
        return Match(_INSIDE - min(inside, 9), _run(inside, part))
    if len(part) >= _SLIP_FROM:
        for start in starts:
            if _slipped(part, title, start):
                return Match(_SLIP - min(start, 9), _run(start, part))
    return _scattered(part, title, starts)


def _beside(part: str, room: str, key: str) -> Match | None:
    """The key's name, or the room's."""
    if part == key:
        return Match(_WHOLE_KEY)
    in_room = any(room.startswith(part, start) for start in _word_starts(room))
    return Match(_ROOM) if in_room else None


def _scattered(part: str, title: str, starts: list[int]) -> Match | None:
    """Letters in their order, the first at the beginning of a word: "првр" is "Предложить время".

    At most three times as far apart as typed, else everything would be found.
    """
    if len(part) < 2:
        return None
    for start in (start for start in starts if title[start] == part[0]):
        places = [start]
        for letter in part[1:]:
            places.append(_next(letter, title, places[-1] + 1, starts))
        tight = all(0 <= one < other for one, other in pairwise(places))
        if tight and all(place >= 0 for place in places):
            jumps = sum(other - one - 1 for one, other in pairwise(places) if other not in starts)
            if jumps <= 2 * len(part):
                return Match(_SCATTERED - min(jumps, 20), frozenset(places))
    return None


def _next(letter: str, title: str, after: int, starts: list[int]) -> int:
    """Where that letter comes next: at once, or at the beginning of a word, or anywhere behind."""
    if after <= 0:
        return -1
    if title[after : after + 1] == letter:
        return after
    begins = (start for start in starts if start >= after and title[start] == letter)
    return next(begins, title.find(letter, after))


def _slipped(part: str, title: str, start: int) -> bool:
    """One letter wrong, missing, too many, or two of them in each other's place."""
    lengths = (len(part), len(part) + 1, len(part) - 1)
    return any(_differ_by_one(part, title[start : start + length]) for length in lengths)


def _differ_by_one(one: str, other: str) -> bool:
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])


def _word_starts(text: str) -> list[int]:
    return [
        place
        for place, letter in enumerate(text)
        if letter.isalnum() and (place == 0 or not text[place - 1].isalnum())
    ]


def _run(start: int, part: str) -> frozenset[int]:
    return frozenset(range(start, start + len(part)))
