"""A stranger's text made harmless: nothing in it can reorder, hide or fake what stands near."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = "\ufffd"
"""Stands where a character was that does something instead of being read."""
_USUAL: Final = re.compile("[ -~А-яЁё\u00a0«»№–—…→−°²³\n\t]*")
"""Nearly all that is shown: nothing in it needs a second look."""
_PAIRS: Final = re.compile("(\u2068[^\u2066-\u2069]*\u2069)")
_KEPT: Final = "\n\t"
_JOINERS: Final = "\u200c\u200d\ufe0e\ufe0f"
"""Needed inside words of some scripts and inside emoji; they move nothing."""
_MOST_MARKS: Final = 4
"""Combining marks on one letter; more of them climb over the neighbouring lines."""


def harmless(text: str) -> str:
    """The text without control and direction characters (Unicode TR 36, 3.1; TR 39)."""
    if _USUAL.fullmatch(text):
        return text
    shown: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            shown.append(_shown(character))
    return "".join(shown)


def one_line(text: str) -> str:
    """The same for a name or another text that stands in one line."""
    return " ".join(harmless(text).split())


def our_words(text: str) -> str:
    """A sentence of ours that names somebody: harmless, but for whole pairs of the marks that we
    put around a name so that its direction stays its own (U+2068 and U+2069)."""
    return "".join(map(_piece, _PAIRS.split(text)))


def _piece(text: str) -> str:
    if _PAIRS.fullmatch(text):
        return f"{text[0]}{harmless(text[1:-1])}{text[-1]}"
    return harmless(text)


def _shown(character: str) -> str:
    if character in _KEPT or character in _JOINERS:
        return character
    if character in "\u2028\u2029":
        return "\n"
    return (
        _UNSEEN if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character
    )
