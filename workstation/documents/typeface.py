"""PT Sans as the papers use it: widths, what can be printed, lines that fit."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]  # no types
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]  # no types

from workstation.documents.errors import UnprintableText
from workstation.resources import resource

REGULAR: Final = "PTSans-Regular"
BOLD: Final = "PTSans-Bold"
MONO: Final = "JetBrainsMono-Regular"
"""Of the hashes alone: it is not asked what it can print."""
_SHOWN_IN_ERROR: Final = 5
_LONGEST_LINE: Final = 400
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_PIECES: Final = re.compile(r" *(?:(?:№|[\d.,±]*\d) )?[^ ]+")
"""Words with the blanks before them; a number stays with its unit, «№» with its number."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface at a size in points."""

    name: str
    size: float

    def width(self, text: str) -> float:
        """Width of one line in points."""
        widths = _widths(self.name)
        return sum(widths[ord(character)] for character in text) * self.size / 1000


@cache
def _font(name: str) -> TTFont:
    folder = ("fonts",) if name == MONO else ("fonts", "pdf")
    font = TTFont(name, str(resource(*folder, f"{name}.ttf")))
    registerFont(font)
    return font


@cache
def _widths(name: str) -> dict[int, float]:
    return dict(_font(name).face.charWidths)


@cache
def _printable() -> frozenset[int]:
    """What both faces can print: a heading may come from any field."""
    both = _font(REGULAR).face.charToGlyph.keys() & _font(BOLD).face.charToGlyph.keys()
    return frozenset(code for code in both if unicodedata.category(chr(code))[0] != "C")


def printable(field: str, text: str) -> str:
    """The text as it will be printed: composed letters, plain line ends, blanks for tabs.

    Soft hyphens and byte-order marks, which nobody sees, go. Raises UnprintableText.
    """
    tidy = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).expandtabs(4)
    tidy = tidy.replace("\xad", "").replace("\ufeff", "")
    allowed = _printable()
    foreign = {c: None for c in tidy if ord(c) not in allowed and c != "\n"}
    if foreign:
        raise UnprintableText(field, tuple(foreign)[:_SHOWN_IN_ERROR])
    return tidy


def legible(text: str) -> str:
    """One line that a device may have written, as far as it can be printed; «?» for the rest."""
    allowed = _printable()
    tidy = unicodedata.normalize("NFC", text)
    return "".join(letter if ord(letter) in allowed else "?" for letter in tidy)


def lines_of(text: str, face: Face, width: float) -> Iterator[str]:
    """Breaks a text into lines at its line ends and at blanks.

    A word longer than a line is cut where the line is full.
    """
    for paragraph in text.split("\n"):
        yield from _wrapped(paragraph, face, width)


def _wrapped(paragraph: str, face: Face, width: float) -> Iterator[str]:
    line, room = "", width
    for piece in _PIECES.findall(paragraph.rstrip(" ")):
        needed = face.width(piece)
        if needed <= room:
            line, room = line + piece, room - needed
            continue
        if line:
            yield line
        line = piece.lstrip(" ")
        while (cut := _fitting(line, face, width)) < len(line):
            yield line[:cut]
            line = line[cut:]
        room = width - face.width(line)
    yield line


def _fitting(word: str, face: Face, width: float) -> int:
    """How many of its characters fit into the width; at least one."""
    for count, character in enumerate(word):
        width -= face.width(character)
        if width < 0:
            return max(count, 1)
    return len(word)


def shortened(text: str, face: Face, width: float) -> str:
    """One line that fits, with an ellipsis where something was left out."""
    line = text.replace("\n", " ")
    if face.width(line[:_LONGEST_LINE]) <= width and len(line) <= _LONGEST_LINE:
        return line
    ellipsis = "…"
    return line[: _fitting(line, face, width - face.width(ellipsis))].rstrip() + ellipsis
