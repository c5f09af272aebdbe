"""The shipped typefaces as documents are set in them: what they can show, how wide it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]  # no types
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]  # no types

from workstation.resources import resource
from workstation.studies.readers.literal_text import UNKNOWN

REGULAR: Final = "PTSans-Regular"
BOLD: Final = "PTSans-Bold"
MONO: Final = "JetBrainsMono-Regular"


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one typeface."""

    face: str
    text: str
    width: float
    """For a size of 1."""


@cache
def widths_of(face: str) -> dict[int, float]:
    """Of each character that the face has, for a size of 1."""
    folder = ("fonts",) if face == MONO else ("fonts", "pdf")
    font = TTFont(face, str(resource(*folder, f"{face}.ttf")))
    registerFont(font)
    known = font.face.charToGlyph.keys()
    return {code: font.face.charWidths[code] / 1000 for code in known if code >= 32}


def pieces_of(text: str, face: str) -> Iterator[Piece]:
    """One line's text in the face, what it does not have in the other one, else squares."""
    own, other = widths_of(face), widths_of(MONO)
    chosen, kept, width = face, "", 0.0
    for letter in text:
        code = ord(letter)
        wanted = face if code in own else MONO
        if wanted == MONO and code not in other:
            letter, code = UNKNOWN, ord(UNKNOWN)
        if wanted != chosen and kept:
            yield Piece(chosen, kept, width)
            kept, width = "", 0.0
        chosen = wanted
        kept += letter
        width += (own if wanted == face else other)[code]
    if kept:
        yield Piece(chosen, kept, width)


def shows_all(text: str, face: str) -> bool:
    """Whether no character of it becomes a square."""
    known = widths_of(face).keys() | widths_of(MONO).keys() | {ord("\n"), ord("\t")}
    return UNKNOWN not in text and all(ord(letter) in known for letter in set(text))
