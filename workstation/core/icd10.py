"""Searching ICD-10 by code and by Russian words, and judging a code by its day. No Qt, no disk.

A code is read whatever letters were typed: «И21», «Ш21» and «I21» are one. Words are found by
their beginnings, in any order and grammatical form: «стеноза аортального» finds «Аортальный
(клапанный) стеноз». A word that no title has is looked for with one slip of the keys in it:
«стинокардия», «стенокрадия».
"""

import heapq
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Final

from backend_client.models.icd10 import Icd10Code, Icd10Directory

MOST_FOUND: Final = 50
_LOOK: Final = dict(zip("АВЕКМНОРСТУХ", "ABEKMHOPCTYX", strict=True))
_SOUND: Final = dict(zip("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЭЯ", "ABVGDEJZIJKLMNOPRSTUFHCEY", strict=True))
_PLACE: Final = dict(zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True))
_CODE: Final = re.compile(r"([A-ZА-Я])([0-9]{1,2})(?:[.,/юЮбБ]?([0-9]{0,2}))[*+†]?")
"""A code, or its beginning, as it is typed."""
_HEADING: Final = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?")
_WORD: Final = re.compile(r"[0-9a-zа-я]+")
_SHORTEST_STEM: Final = 4
_SHORTEST_SLIPPED: Final = 5
"""Letters of a stem in which a slip is forgiven; a shorter one would find anything."""
_SHORTEST_WORD: Final = 2
"""Letters; a shorter one finds half of the directory."""
_ENDINGS: Final = (
    *("иями", "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "иях", "иям", "ией"),
    *("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ую", "юю", "ых", "их", "ым", "им"),
    *("ом", "ем", "ам", "ям", "ах", "ях", "ию", "ия", "ии", "ью", "ов", "ев", "ей", "ою", "ею"),
    *("а", "я", "у", "ю", "ы", "и", "е", "о", "ь"),
)
"""Of nouns and adjectives, the longest first."""


class Standing(Enum):
    """What a directory says of a code on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    NO_MORE = "no_more"
    BLOCK = "block"
    """A block or a chapter: no diagnosis."""
    UNKNOWN = "unknown"
    """No such code in the directory."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`heading`: what the directory has of the code; `title` of it, empty where it has none."""

    standing: Standing
    heading: Icd10Code | None = None

    @property
    def title(self) -> str:
        """In the directory's words."""
        return "" if self.heading is None else self.heading.title


@dataclass(frozen=True, slots=True)
class Found:
    """A heading that fits what was typed."""

    heading: Icd10Code
    is_valid: bool
    """On the day that was asked about."""


class Icd10Index:
    """One version of the directory, made ready to be searched: of 15,000 headings in some tenths
    of a second, not for the window's loop. A search takes a few milliseconds."""

    def __init__(self, codes: Sequence[Icd10Code], version: str = "") -> None:
        """`version`: "" for a table that is no national directory."""
        self.version = version
        self._codes = [one for one in codes if _HEADING.fullmatch(one.code)]
        self._codes.sort(key=lambda one: one.code)
        self._by_code = {one.code: one for one in codes}
        self._plain = [one.code.replace(".", "") for one in self._codes]
        words: set[tuple[str, int]] = set()
        self._first: list[str] = []
        self._sizes: list[int] = []
        for place, one in enumerate(self._codes):
            of_title = words_of(one.title)
            words.update((word, place) for word in of_title)
            self._first.append(of_title[0] if of_title else "")
            self._sizes.append(len(of_title))
        ordered = sorted(words)
        self._words = [word for word, _ in ordered]
        self._places = [place for _, place in ordered]
        self._valid: tuple[date | None, set[int]] = (None, set())

    @classmethod
    def of(cls, directory: Icd10Directory) -> "Icd10Index":
        """Of an imported version."""
        return cls(directory.codes, directory.about.version)

    def __len__(self) -> int:
        return len(self._codes)

    def words(self) -> Iterator[str]:
        """Of all titles, each once, in the order of the alphabet."""
        return (word for word, _ in groupby(self._words))

    def search(self, typed: str, on: date, most: int = MOST_FOUND) -> list[Found]:
        """What fits best comes first; codes that are not valid on that day are found by their code
        alone, and stand last. Nothing for nothing typed."""
        typed = typed.strip()
        by_code = list(self._by_codes(typed, on, most))
        if by_code or not typed:
            return by_code
        return self._by_words(words_of(typed), on, most)

    def judge(self, code: str, on: date) -> Judgement:
        """What the directory says of a code on a day; a mark of a double code is left aside."""
        heading = self._by_code.get(code.strip().rstrip("*+†"))
        if heading is None:
            return Judgement(Standing.UNKNOWN)
        if _HEADING.fullmatch(heading.code) is None:
            return Judgement(Standing.BLOCK, heading)
        if heading.valid_to is not None and on >= heading.valid_to:
            return Judgement(Standing.NO_MORE, heading)
        if heading.valid_from is not None and on < heading.valid_from:
            return Judgement(Standing.NOT_YET, heading)
        return Judgement(Standing.VALID, heading)

    def _by_codes(self, typed: str, on: date, most: int) -> Iterator[Found]:
        """Under the first reading of the letter that is any code at all, then under the others."""
        found: list[Found] = []
        for reading in readings(typed):
            at = bisect_left(self._plain, reading)
            while at < len(self._plain) and self._plain[at].startswith(reading):
                found.append(self._found(at, on))
                at += 1
        valid = [one for one in found if one.is_valid]
        yield from [*valid, *(one for one in found if not one.is_valid)][:most]

    def _by_words(self, words: Sequence[str], on: date, most: int) -> list[Found]:
        """Headings with all words, and where there is none those that lack one."""
        told = [word for word in dict.fromkeys(words) if len(word) >= _SHORTEST_WORD]
        valid = self._valid_on(on)
        hits: dict[int, int] = {}
        for word in told:
            for place in self._beginning_with(word) & valid:
                hits[place] = hits.get(place, 0) + 1
        best = max(hits.values(), default=0)
        if not told or best < max(len(told) - 1, 1):
            return []
        stems = tuple(stem(word) for word in told)
        places = (place for place, count in hits.items() if count == best)
        ranked = heapq.nsmallest(most, places, key=lambda place: self._rank(place, stems))
        return [Found(self._codes[place], is_valid=True) for place in ranked]

    def _beginning_with(self, word: str) -> set[int]:
        """Headings with a word that begins so, in whatever form; where there is none, with one
        that does but for a slip."""
        root = stem(word)
        start, stop = self._range(root)
        return set(self._places[start:stop]) or self._beginning_nearly_with(root)

    def _beginning_nearly_with(self, root: str) -> set[int]:
        """Whoever types hits the first letter."""
        if len(root) < _SHORTEST_SLIPPED:
            return set()
        start, stop = self._range(root[0])
        words = dict.fromkeys(self._words[start:stop])
        near = {word for word in words if is_one_slip_away(root, word)}
        return {place for word in near for place in self._places[slice(*self._exactly(word))]}

    def _range(self, beginning: str) -> tuple[int, int]:
        """Where in the list of words those stand that begin so."""
        stop = bisect_left(self._words, beginning + "\uffff")
        return bisect_left(self._words, beginning), stop

    def _exactly(self, word: str) -> tuple[int, int]:
        return bisect_left(self._words, word), bisect_right(self._words, word)

    def _rank(self, place: int, stems: tuple[str, ...]) -> tuple[bool, int, int]:
        """Titles that begin with a word that was typed, then short ones, then by code."""
        return not self._first[place].startswith(stems), self._sizes[place], place

    def _valid_on(self, on: date) -> set[int]:
        """Places of the headings in force on a day; of the last day that was asked about kept."""
        day, places = self._valid
        if day != on:
            found = (n for n, one in enumerate(self._codes) if _is_in_force(one, on))
            places = set(found)
            self._valid = (on, places)
        return places

    def _found(self, place: int, on: date) -> Found:
        heading = self._codes[place]
        return Found(heading, _is_in_force(heading, on))


def _is_in_force(heading: Icd10Code, on: date) -> bool:
    begun = heading.valid_from is None or heading.valid_from <= on
    return begun and (heading.valid_to is None or on < heading.valid_to)


def readings(typed: str) -> list[str]:
    """A typed code, or its beginning, without its point: the likeliest reading of its letter first.
    None where it is no code."""
    match = _CODE.fullmatch(typed.upper().replace(" ", ""))
    if match is None:
        return []
    letter, digits = match[1], match[2] + (match[3] or "")
    if letter.isascii():
        return [letter + digits]
    tables = (_LOOK, _SOUND, _PLACE)
    letters = [table[letter] for table in tables if letter in table]
    return [one + digits for one in dict.fromkeys(letters)]


def words_of(text: str) -> list[str]:
    """Words in small letters, with «е» for «ё»."""
    return _WORD.findall(text.lower().replace("ё", "е"))


def stem(word: str) -> str:
    """A word without the ending of its form; short ones stay as they are."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def is_one_slip_away(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed, but for one letter that is wrong, too much or
    missing, or two that changed places (the distance of Damerau and Levenshtein is 1)."""
    least = min(len(typed), len(word))
    same = next((n for n in range(least) if typed[n] != word[n]), least)
    rest = typed[same + 1 :]
    swapped = typed[same + 1 : same + 2] + typed[same : same + 1] + typed[same + 2 :]
    wrong, too_much = word.startswith(rest, same + 1), word.startswith(rest, same)
    missing = word.startswith(typed[same:], same + 1)
    return wrong or too_much or missing or word.startswith(swapped, same)


def headings(rows: Iterable[tuple[str, str]]) -> list[Icd10Code]:
    """The program's own table as headings: codes and titles, valid on any day."""
    return [Icd10Code(code=code, title=title) for code, title in rows]
