"""Breaks paragraphs into lines that fit a width: at blanks, and within words that are too long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from workstation.studies.readers.flow import Look, Run
from workstation.studies.readers.typefaces import BOLD, REGULAR, Piece, pieces_of

_WORDS: Final = re.compile(r"\n|[^\S\n]+|\S+")
_TAB: Final = "    "
_LONGEST_WORD: Final = 400
"""Longer ones are cut first: measuring them again and again would take very long."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Letters of a line that look alike."""

    pieces: tuple[Piece, ...]
    look: Look

    @property
    def width(self) -> float:
        """Points."""
        return sum(piece.width for piece in self.pieces) * self.look.size


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with the mark before it where it is the first of a list's item."""

    segments: tuple[Segment, ...]
    size: float
    """Points of its highest letters."""
    mark: Segment | None = None

    @property
    def width(self) -> float:
        """Points."""
        return sum(segment.width for segment in self.segments)


def lines_of(runs: tuple[Run, ...], width: float, mark: str = "") -> Iterator[Line]:
    """The lines of a paragraph; one empty line where it has no letters."""
    look = runs[0].look if runs else Look()
    first = _segment(mark, Look(look.size)) if mark else None
    for words in _broken(runs, width):
        segments = tuple(_joined(words))
        size = max((segment.look.size for segment in segments), default=look.size)
        yield Line(segments, size, first)
        first = None


Word = tuple[str, Look]


def _broken(runs: tuple[Run, ...], width: float) -> Iterator[list[Word]]:
    line: list[Word] = []
    room = width
    for word, look in _words(runs):
        if word == "\n":
            yield line
            line, room = [], width
            continue
        needed = _segment(word, look).width
        if needed > room and line:
            yield line
            line, room = [], width
        if word.isspace() and not line and room == width and needed > width:
            continue
        while needed > room and len(word) > 1:
            cut = _fitting(word, look, room)
            yield [*line, (word[:cut], look)]
            line, room, word = [], width, word[cut:]
            needed = _segment(word, look).width
        line.append((word, look))
        room -= needed
    yield line


def _words(runs: tuple[Run, ...]) -> Iterator[Word]:
    for run in runs:
        for word in _WORDS.findall(run.text.replace("\t", _TAB)):
            for start in range(0, len(word), _LONGEST_WORD):
                yield word[start : start + _LONGEST_WORD], run.look


def _fitting(word: str, look: Look, room: float) -> int:
    """How many letters of a long word have room; one at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if _segment(word[:middle], look).width <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(words: list[Word]) -> Iterator[Segment]:
    """Words that look alike as one, so that the blanks between them are letters, too."""
    kept, look = "", None
    for word, own in words:
        if own != look and kept and look is not None:
            yield _segment(kept, look)
            kept = ""
        kept, look = kept + word, own
    if kept and look is not None:
        yield _segment(kept, look)


@lru_cache(maxsize=8192)
def _segment(text: str, look: Look) -> Segment:
    return Segment(tuple(pieces_of(text, BOLD if look.bold else REGULAR)), look)
