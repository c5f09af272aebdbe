"""Which words of a text another edition of it has changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]")
"""A number with its comma is one word: «2,5» is not «2» and «5»."""
MOST_PAIRS: Final = 20_000
"""Pairs of equal words that are compared (some ten milliseconds); where there are more, what lies
between the equal beginning and the equal end counts as changed as a whole."""
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_other`: the other edition has something else, or nothing, there."""

    text: str
    is_other: bool


def words_apart(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: of the first what is gone is marked, of the second what is new.

    The pieces of a text put together are the text. Blanks and line ends alone are no difference.
    """
    old, new = _words(before), _words(after)
    gone: list[_Span] = []
    come: list[_Span] = []
    for old_from, old_to, new_from, new_to in _changed([w for w, _ in old], [w for w, _ in new]):
        gone += _run([span for _, span in old[old_from:old_to]])
        come += _run([span for _, span in new[new_from:new_to]])
    return tuple(_pieces(before, gone)), tuple(_pieces(after, come))


def _words(text: str) -> list[tuple[str, _Span]]:
    return [(found.group(), found.span()) for found in _WORD.finditer(text)]


def _run(spans: Sequence[_Span]) -> list[_Span]:
    """From the first word to the last one, the blanks between them among it."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Places of both texts between which other words stand: from, to; from, to."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    most = least - head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if not a and not b:
        return
    if _pairs(a, b) > MOST_PAIRS:
        yield head, head + len(a), head, head + len(b)
        return
    for kind, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b, False).get_opcodes():
        if kind != "equal":
            yield head + a_from, head + a_to, head + b_from, head + b_to


def _pairs(old: Iterable[str], new: Iterable[str]) -> int:
    """How many pairs of equal words there are: what the comparison costs."""
    counted = Counter(new)
    return sum(counted[word] for word in old)


def _pieces(text: str, marked: Sequence[_Span]) -> Iterator[Piece]:
    at = 0
    for start, end in marked:
        if start > at:
            yield Piece(text[at:start], is_other=False)
        yield Piece(text[start:end], is_other=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], is_other=False)
