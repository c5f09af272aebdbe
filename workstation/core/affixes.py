"""Words by their stems and affixes: Hunspell's dictionaries, as far as Russian and English need.

Read are PFX and SFX with their conditions and the crossing of both (hunspell(5)); what is about
compounds, pronunciation and the ranking of suggestions is left aside. «ё» is «е», and capital
letters are small ones, in the dictionary and in what is asked.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_RULE: Final = re.compile(r"(PFX|SFX)\s+(\S+)\s+(\S+)\s+(\S+?)(?:/\S*)?\s+(\S+)")
_HEAD: Final = re.compile(r"(PFX|SFX)\s+(\S)\s+([YN])\s+\d+\s*")


@dataclass(frozen=True, slots=True)
class Affix:
    """One line of a PFX or SFX group: `strip` of the stem gives way where `fits` allows."""

    flag: str
    strip: str
    fits: re.Pattern[str] | None
    """None: after every stem."""
    crosses: bool
    """Whether it may stand with an affix on the other side."""


class Affixes:
    """What can be put before and behind a stem. Raises ValueError: the text is no such file."""

    def __init__(self, text: str, rest: Callable[[], None] = lambda: None) -> None:
        """`rest` is called after each line."""
        self.before: dict[str, list[Affix]] = {}
        self.behind: dict[str, list[Affix]] = {}
        crossing: dict[tuple[str, str], bool] = {}
        for line in text.splitlines():
            rest()
            if (head := _HEAD.fullmatch(line)) is not None:
                crossing[head[1], head[2]] = head[3] == "Y"
            elif (rule := _RULE.match(line)) is not None:
                side, flag, strip, added, condition = rule.groups()
                table = self.before if side == "PFX" else self.behind
                crosses = crossing[side, flag]
                affix = Affix(flag, _bare(strip), _pattern(side, condition), crosses)
                table.setdefault(_bare(added), []).append(affix)
        if not self.behind:
            raise ValueError("no suffixes")
        self.longest = max(map(len, self.behind))
        self.longest_before = max(map(len, self.before), default=0)


class Dictionary:
    """Stems with the affixes that each takes."""

    def __init__(self, affixes: Affixes) -> None:
        self._affixes = affixes
        self._stems: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._stems)

    def add(self, lines: Iterable[str]) -> None:
        """Lines of a .dic file: a stem, and behind a slash its flags; the count is left aside."""
        stems = self._stems
        for line in lines:
            stem, _, flags = line.strip().partition("/")
            if stem and not stem.isdigit():
                stem = plain(stem)
                stems[stem] = stems.get(stem, "") + flags

    def knows(self, word: str) -> bool:
        """Whether it is a stem or a form of one; takes some microseconds."""
        word = plain(word)
        if word in self._stems or self._is_form(word, ""):
            return True
        return any(
            flag in self._flags(stem) or self._is_form(stem, flag if crosses else None)
            for stem, flag, crosses in self._without_prefix(word)
        )

    def _flags(self, stem: str) -> str:
        return self._stems.get(stem, "")

    def _is_form(self, word: str, crossed: str | None) -> bool:
        """Whether a suffix on a stem makes it; `crossed`: flag of the prefix that was taken off
        ("" for none was), None: it stands with no suffix."""
        if crossed is None:
            return False
        table, size = self._affixes.behind, len(word)
        for length in range(min(self._affixes.longest, size) + 1):
            for rule in table.get(word[size - length :], ()):
                stem = word[: size - length] + rule.strip
                flags = self._stems.get(stem)
                if flags is None or rule.flag not in flags or crossed not in flags:
                    continue
                if crossed and not rule.crosses:
                    continue
                if rule.fits is None or rule.fits.search(stem):
                    return True
        return False

    def _without_prefix(self, word: str) -> Iterator[tuple[str, str, bool]]:
        for length in range(1, min(self._affixes.longest_before, len(word) - 1) + 1):
            for rule in self._affixes.before.get(word[:length], ()):
                stem = rule.strip + word[length:]
                if rule.fits is None or rule.fits.search(stem):
                    yield stem, rule.flag, rule.crosses


def plain(word: str) -> str:
    """In small letters, with «е» for «ё» and a straight apostrophe."""
    return word.lower().replace("ё", "е").replace("’", "'")


def _bare(part: str) -> str:
    return "" if part == "0" else plain(part)


def _pattern(side: str, condition: str) -> re.Pattern[str] | None:
    if condition == ".":
        return None
    condition = plain(condition)
    return re.compile(f"^{condition}" if side == "PFX" else f"{condition}$")
