"""A reason for which a conclusion goes back, and the place in it that is meant (DRC-13).

The place stands at the beginning of the reason, as a person reads it: «Рекомендации, «бисопролол
2,5 мг»: укажите кратность». Older programs show it as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

LONGEST_PASSAGE: Final = 120
"""Characters of the text that is quoted."""
_OPEN, _CLOSE, _END = ", «", "»: ", ": "
SectionT = TypeVar("SectionT")


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reason means by the beginning of it."""

    title: str
    """Of the section, as it is shown."""
    passage: str
    """Words of the section's text; empty: all of it."""
    reason: str


def quoted(selected: str) -> str:
    """What of a selection is quoted: its first line, no longer than `LONGEST_PASSAGE`."""
    lines = selected.replace("\u2029", "\n").strip().splitlines()
    return lines[0].strip()[:LONGEST_PASSAGE].strip() if lines else ""


def written(title: str, passage: str, reason: str) -> str:
    """The reason with its place before it; without a title the whole conclusion is meant."""
    if not title:
        return reason
    place = f"{title}{_OPEN}{passage}{_CLOSE}" if passage else f"{title}{_END}"
    return place + reason


def read(text: str, titles: Mapping[str, SectionT]) -> tuple[SectionT, Marked] | None:
    """The section that a reason begins with, by its title; None where it begins with none."""
    for title in sorted(titles, key=len, reverse=True):
        rest = text.removeprefix(title)
        if not title or rest == text:
            continue
        if rest.startswith(_END):
            return titles[title], Marked(title, "", rest.removeprefix(_END))
        passage, close, reason = rest.removeprefix(_OPEN).partition(_CLOSE)
        if rest.startswith(_OPEN) and close:
            return titles[title], Marked(title, passage, reason)
    return None
