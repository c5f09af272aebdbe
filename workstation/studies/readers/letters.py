"""Letters of names and statements: what a file does not declare is guessed, and marked so."""

import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 1000
"""Letters of words that are no whole text."""
_GUESSES: Final = ("utf-8", "cp1251", "latin-1")
_FEWEST: Final = 4
"""Letters of a word before its encoding is doubted."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, and whether their letters had to be guessed."""

    words: str
    guessed: bool = False


def plain(words: str, longest: int = LONGEST) -> str:
    """Literal text, no longer than a page, control characters left out, line ends as one."""
    kept = (
        letter if letter == "\n" or not unicodedata.category(letter).startswith("C") else " "
        for letter in words[:longest].replace("\r\n", "\n").replace("\r", "\n")
    )
    return "".join(kept).strip()


def looks_cyrillic(raw: bytes) -> bool:
    """A name said to be Western, with not one plain letter: a Russian device's wrong label."""
    letters = [byte for byte in raw if chr(byte).isalpha()]
    return len(letters) >= _FEWEST and all(byte >= 0xC0 for byte in letters)


def guessed(raw: bytes) -> str:
    """The first reading that is possible: UTF-8, Windows-1251, Latin-1."""
    for encoding in _GUESSES:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def read(raw: bytes, encoding: str | None = None) -> Text:
    """Bytes up to the first NUL as words: in `encoding`, else ASCII, else a guess marked so."""
    if encoding is None or not encoding.startswith("utf-16"):
        raw = raw.split(b"\0", 1)[0]
    if encoding is not None:
        try:
            return Text(plain(raw.decode(encoding)))
        except (UnicodeDecodeError, LookupError):
            pass  # the file's word on its letters is wrong
    return Text(plain(guessed(raw)), guessed=not raw.isascii())


def doubted(words: str) -> Text:
    """Words of a document that says it is Western: Russian ones are read as such, marked so."""
    words = words[:LONGEST]
    try:
        raw = words.encode("latin-1")
    except UnicodeEncodeError:
        return Text(plain(words))
    if looks_cyrillic(raw):
        return Text(plain(guessed(raw)), guessed=True)
    return Text(plain(words))
