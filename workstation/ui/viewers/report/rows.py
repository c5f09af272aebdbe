"""A structured report as rows of a table: groups over their values. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workstation.studies.report import Coded, LineKind, ReportInfo, ReportLine
from workstation.ui.viewers.report.terms import known_term, term
from workstation.ui.viewers.report.words import ReportWords

_PLAIN_GROUPS: Final = frozenset({("DCM", "125005"), ("DCM", "125007")})
"""Biometry Group, Measurement Group: nothing but brackets around one value (TID 5008)."""
_GENERAL: Final = frozenset({("DCM", code) for code in ("121070", "125002", "125005", "125007")})
"""Findings and the like: no context for a value."""
_SITES: Final = frozenset(
    {("SCT", "363698007"), ("SRT", "G-C0E3"), ("SCT", "272741003"), ("SRT", "G-C171")}
)
"""Finding site, laterality."""
_WHO: Final = frozenset({("DCM", "121037"), ("DCM", "121030"), ("DCM", "125010")})
"""Fetus number, subject, identifier: of which of several a group speaks."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; all literal."""

    item: int
    depth: int
    is_group: bool
    name: str
    original: str
    """The file's own words where `name` is a term of the table; else ""."""
    value: str
    note: str
    """Modifiers."""
    is_number: bool = False
    is_missing: bool = False
    """Whether there is no value, but a reason for it."""
    is_text: bool = False
    """Whether the value is words over the whole width."""
    finding: str = ""
    """The line for the conclusion; "" where there is nothing to say."""


def rows_of(info: ReportInfo, words: ReportWords) -> list[Row]:
    """All rows, in the order of the report."""
    return list(_Rows(info, words).all())


class _Rows:
    """Goes through the lines and remembers in which groups it is."""

    def __init__(self, info: ReportInfo, words: ReportWords) -> None:
        self._lines, self._words = info.lines, words
        self._contexts: list[str] = []

    def all(self) -> Iterator[Row]:
        hidden: list[int] = []
        for place, line in enumerate(self._lines):
            while hidden and hidden[-1] >= line.depth:
                hidden.pop()
            del self._contexts[line.depth :]
            self._contexts += [""] * (line.depth - len(self._contexts))
            self._contexts.append(self._context(place, line))
            if line.kind is LineKind.GROUP and self._is_bracket(place, line):
                hidden.append(line.depth)
                continue
            yield self._row(line, line.depth - len(hidden))

    def _row(self, line: ReportLine, depth: int) -> Row:
        words = self._words
        value = words.value(line)
        name, note = term(line.name), words.modifiers(line.modifiers)
        is_group = line.kind is LineKind.GROUP
        if is_group and note and _key(line.name) in _GENERAL:
            name, note = note, ""
        name = name or (words.unnamed() if is_group else "")
        context = ", ".join(filter(None, self._contexts[: line.depth]))
        says = line.has_value and not is_group and bool(value)
        return Row(
            item=line.item,
            depth=depth,
            is_group=is_group,
            name=name,
            original=line.name.meaning if known_term(line.name) else "",
            value=value,
            note=note,
            is_number=line.kind is LineKind.NUMBER,
            is_missing=line.kind is LineKind.NUMBER and not line.words,
            is_text=line.kind is LineKind.TEXT,
            finding=words.finding(context, name, value, note) if says else "",
        )

    def _is_bracket(self, place: int, group: ReportLine) -> bool:
        """A group of one value, with no word of its own."""
        if _key(group.name) not in _PLAIN_GROUPS or group.modifiers:
            return False
        below = [line for line in self._below(place) if line.depth == group.depth + 1]
        return len(below) == 1

    def _context(self, place: int, line: ReportLine) -> str:
        """What a group adds to the meaning of its values."""
        if line.kind is not LineKind.GROUP:
            return ""
        parts = [term(line.name)] if line.name.value and _key(line.name) not in _GENERAL else []
        parts += [term(one.value) for one in line.modifiers if _key(one.name) in _SITES]
        parts += [
            self._words.reference(term(one.name), self._words.value(one))
            for one in self._below(place)
            if one.depth == line.depth + 1 and _key(one.name) in _WHO and one.has_value
        ]
        return ", ".join(parts)

    def _below(self, place: int) -> Iterator[ReportLine]:
        depth = self._lines[place].depth
        for line in self._lines[place + 1 :]:
            if line.depth <= depth:
                return
            yield line


def _key(code: Coded) -> tuple[str, str]:
    return code.scheme, code.value
