"""Marks of a DOCX's lists: bullets and numbers (ECMA-376 17.9)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workstation.studies.readers.literal_text import literal
from workstation.studies.readers.xml_tree import Node

_STEP: Final = 20.0
"""Points that a level is further to the right."""
_BULLET: Final = "\u2022"
_DEEPEST: Final = 8
_LONGEST_MARK: Final = 24
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list."""

    kind: str
    text: str
    """«%1.%2.»: each number by its level."""
    start: int


class Lists:
    """The lists of one document; counts their items as they come."""

    def __init__(self, root: Node) -> None:
        kinds = {node.attributes.get("abstractNumId"): node for node in root.all("abstractNum")}
        self._levels = {
            node.attributes.get("numId", ""): _levels(
                kinds.get(node.first("abstractNumId").attributes.get("val"), Node("", {}))
            )
            for node in root.all("num")
        }
        self._counts: dict[str, Counter[int]] = {}

    def mark(self, properties: Node) -> tuple[str, float]:
        """What stands before a paragraph, and its indent; "" and 0 where it is none of a list."""
        numbering = properties.first("numPr")
        name = numbering.first("numId").attributes.get("val", "0")
        if not numbering.tag or name == "0":
            return "", 0.0
        depth = numbering.first("ilvl").attributes.get("val", "0")
        level = min(int(depth), _DEEPEST) if depth.isascii() and depth.isdigit() else 0
        return self._counted(name, level), _STEP * (level + 1)

    def _counted(self, name: str, level: int) -> str:
        levels = self._levels.get(name, {})
        counts = self._counts.setdefault(name, Counter())
        counts[level] += 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        found = levels.get(level)
        if found is None or found.kind == "bullet":
            return _BULLET
        mark = found.text
        for place in range(level + 1):
            own = levels.get(place, found)
            number = own.start - 1 + max(1, counts[place])
            mark = mark.replace(f"%{place + 1}", _written(number, own.kind))
        return literal(mark)[:_LONGEST_MARK]


def _levels(kind: Node) -> dict[int, _Level]:
    return dict(_found_levels(kind))


def _found_levels(kind: Node) -> Iterator[tuple[int, _Level]]:
    for node in kind.all("lvl"):
        place = node.attributes.get("ilvl", "")
        start = node.first("start").attributes.get("val", "1")
        if place.isascii() and place.isdigit():
            yield (
                int(place),
                _Level(
                    node.first("numFmt").attributes.get("val", "decimal"),
                    node.first("lvlText").attributes.get("val", f"%{int(place) + 1}."),
                    int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1,
                ),
            )


def _written(number: int, kind: str) -> str:
    letters = {"russianLower": _CYRILLIC, "russianUpper": _CYRILLIC.upper()}
    letters |= {"lowerLetter": _LATIN, "upperLetter": _LATIN.upper()}
    if kind in letters:
        row = letters[kind]
        return row[(number - 1) % len(row)]
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 40:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    return "" if kind == "none" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
