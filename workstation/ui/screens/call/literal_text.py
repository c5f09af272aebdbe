"""A stranger's text made harmless: nothing in it can reorder, hide or fake what stands near."""

import unicodedata
from typing import Final

_UNSEEN: Final = "\ufffd"
"""Stands where a character was that does something instead of being read."""
_KEPT: Final = "\n\t"
_JOINERS: Final = "\u200c\u200d\ufe0e\ufe0f"
"""Needed inside words of some scripts and inside emoji; they move nothing."""
_MOST_MARKS: Final = 4
"""Combining marks on one letter; more of them climb over the neighbouring lines."""


def harmless(text: str) -> str:
    """The text without control and direction characters (Unicode TR 36, 3.1; TR 39)."""
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


def _shown(character: str) -> str:
    if character in _KEPT or character in _JOINERS:
        return character
    if character in "\u2028\u2029":
        return "\n"
    return (
        _UNSEEN if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character
    )
