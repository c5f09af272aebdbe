"""Spelling of a conclusion's text: which words no list has, and what may have been meant.

A false alarm is worse here than a mistake that is let through. Not judged are words with figures in
them, abbreviations, names in the middle of a sentence, and forms of words whose stem a medical list
has. «ё» and «е» are one letter.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from workstation.core.affixes import Dictionary, plain
from workstation.core.icd10 import stem

MOST_SUGGESTED: Final = 6
LONGEST_OWN: Final = 60
"""Letters of an own word."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'’‑][^\W_]+)*")
_ADDRESS: Final = re.compile(r"\S*(?:@|://|\{|\})\S*")
_END: Final = re.compile(r"[.!?:…\n•]\W*$")
"""Behind which a sentence begins, or a line."""
_TITLE: Final = re.compile(r"(?:^|[^\w.])[а-яё]{1,4}\.\s*$")
"""«им. Вревского», «проф. Тютькин»: no sentence ends there."""
_VOWEL: Final = re.compile(r"[аеёиоуыэюяaeiouy]", re.IGNORECASE)
_CYRILLIC: Final = re.compile(r"[а-яё]+")
_LATIN: Final = re.compile(r"[a-zà-ÿ]+")
_CUT_SHORT: Final = re.compile(r"\.(?=\s*[a-zа-яё0-9,;)(/+-])")
"""A full stop in the middle of a sentence: what stands before it is cut short."""
_NAME_GOES_ON: Final = re.compile(r"[^\S\n][А-ЯЁA-Z](?:\.|[а-яё])")
"""«Иванова М. С.», «Иванова Мария»."""
_BEFORE: Final = 12
_SHORTEST: Final = 3
_LONGEST_CUT: Final = 6
_LONGEST_CAPITALS: Final = 6
_LONGEST_MIXED: Final = 9
"""Letters of «ХсЛПНП»; «одышкаОдышка» lacks a blank."""
_SHORTEST_REST: Final = 4
_SHORTEST_STEM: Final = 4
_LOOK: Final = str.maketrans("aceopxykmthb", "асеорхукмтнв")
"""Latin letters that look like Russian ones."""
_SMALL_WORDS: Final = (
    *("в", "на", "не", "по", "с", "к", "за", "из", "от", "до", "и", "при", "без", "для"),
)
_DESCRIBES: Final = re.compile(
    r"(?:[ыи]й|ой|[ая]я|[еоыи]е|[ео]го|[ео]му|[ыи]ми?|[ыи]х|[ую]ю|ей|[ео]м|[нмт][аоы]?|ост[ьи]"
    r"|ни[еяюи]м?)$"
)
"""Adjectives, participles, and nouns made of them: «не» is written together with them."""
_MOST_GUESSED: Final = 2
_LIKE: Final = (
    *("оа", "еи", "ея", "иы", "тд", "сз", "бп", "гк", "жш", "шщ", "вф", "эе", "цс", "ьъ", "ое"),
    "юу",
)
"""Letters that are taken for each other by ear."""
_ALPHABET: Final = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ"


@dataclass(frozen=True, slots=True)
class Fault:
    """A word that no list has; places are those of the text's characters."""

    start: int
    stop: int
    word: str


class Speller:
    """Judges words. Making one reads dictionaries; a page is judged in some milliseconds."""

    def __init__(
        self, russian: Dictionary, latin: Dictionary, first_parts: Iterable[str] = ()
    ) -> None:
        """`latin`: English. `first_parts` of compound words, as «кардио»."""
        self._russian, self._latin = russian, latin
        self._first_parts = tuple(map(plain, first_parts))
        self._stems: set[str] = set()
        self._words: set[str] = set()

    def learn(self, words: Iterable[str]) -> None:
        """Takes words as right, in all their forms."""
        for word in map(plain, words):
            self._words.add(word)
            if len(word) >= _SHORTEST_STEM:
                self._stems.update((word, stem(word)))

    def faults(self, text: str, rest: Callable[[], None] = lambda: None) -> Iterator[Fault]:
        """The words of a text that are not known, from its beginning; `rest` is called after each
        word."""
        addresses = [one.span() for one in _ADDRESS.finditer(text)]
        for token in _TOKEN.finditer(text):
            rest()
            start, stop = token.span()
            if any(first <= start < last for first, last in addresses):
                continue
            if not self._passes(token[0], text, start, stop):
                yield Fault(start, stop, token[0])

    def knows(self, word: str) -> bool:
        """Whether a word, or each part of it between hyphens, is right."""
        word = plain(word).replace("‑", "-")
        if self._is_known(word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(self._is_part(one) for one in parts)

    def suggestions(self, word: str, rest: Callable[[], None] = lambda: None) -> list[str]:
        """What may have been meant, the likeliest first; in the capitals of the word. Words of a
        list come alone where there are any; forms that were only guessed at come else. Takes some
        tens of milliseconds; `rest` is called again and again."""
        sure: list[str] = []
        guessed: list[str] = []
        for one in dict.fromkeys(_alike(plain(word))):
            rest()
            if self._is_listed(one):
                sure.append(one)
            elif not sure and len(guessed) < _MOST_GUESSED and self.knows(one):
                guessed.append(one)
        found = [*(sure or guessed), *self._in_two(plain(word))]
        return [_as_written(one, word) for one in found[:MOST_SUGGESTED]]

    def _passes(self, word: str, text: str, start: int, stop: int) -> bool:
        if len(word) < _SHORTEST or any(one.isdigit() for one in word):
            return True
        if _is_abbreviation(word) or self.knows(word):
            return True
        if len(word) <= _LONGEST_CUT and _CUT_SHORT.match(text, stop):
            return True
        if not word[0].isupper() or word.isupper():
            return False
        before = text[max(start - _BEFORE, 0) : start]
        return _is_within(before) or _NAME_GOES_ON.match(text, stop) is not None

    def _is_listed(self, word: str) -> bool:
        return word in self._words or self._russian.knows(word) or self._latin.knows(word)

    def _in_two(self, word: str) -> Iterator[str]:
        """«вобщем»: a small word was written together with the next one."""
        for first in _SMALL_WORDS:
            rest = word.removeprefix(first)
            if len(rest) >= _SHORTEST_REST and rest != word and self._is_listed(rest):
                yield f"{first} {rest}"

    def _is_part(self, part: str) -> bool:
        if len(part) < _SHORTEST or self._is_known(part) or part in self._first_parts:
            return True
        return part.endswith("о") and self._is_known(f"{part[:-1]}ый")  # «системно-лёгочный»

    def _is_known(self, word: str) -> bool:
        if word in self._words:
            return True
        if _LATIN.fullmatch(word.replace("'", "").replace("-", "")):
            return self._latin.knows(word)
        if self._russian.knows(word) or self._has_stem(word):
            return True
        if word.startswith("не") and _DESCRIBES.search(word) and self._is_rest(word[2:]):
            return True
        return any(
            word.startswith(first)
            and len(word) - len(first) >= _SHORTEST_REST
            and self._is_rest(word[len(first) :])
            for first in self._first_parts
        )

    def _is_rest(self, word: str) -> bool:
        return self._russian.knows(word) or self._has_stem(word)

    def _has_stem(self, word: str) -> bool:
        return bool(_CYRILLIC.fullmatch(word)) and stem(word) in self._stems


def _is_abbreviation(word: str) -> bool:
    """«ЭхоКГ», «ФВ», «мРНК», «pH», «Ктм»: a capital letter behind the first place, or no vowel at
    all; long words in capitals are words."""
    if len(word) <= _LONGEST_CUT and _VOWEL.search(word) is None:
        return True
    if word.isupper():
        return len(word) <= _LONGEST_CAPITALS
    mixed = any(one.isupper() for one in re.sub(r"[-‑](\w)", "", word)[1:])
    return mixed and len(word) <= _LONGEST_MIXED


def _is_within(before: str) -> bool:
    """Whether a sentence has begun before: a capital letter there makes a name."""
    if _TITLE.search(before):
        return True
    return bool(before.strip()) and _END.search(before) is None


def _as_written(found: str, word: str) -> str:
    if word.isupper():
        return found.upper()
    return found[:1].upper() + found[1:] if word[:1].isupper() else found


def _alike(word: str) -> Iterator[str]:
    """Words one slip away, the likeliest slips first; none of them need be one."""
    yield word.translate(_LOOK)
    heard = list(_heard_alike(word))
    yield from heard
    yield from (f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}" for n in range(len(word) - 1))
    yield from (word[:n] + word[n + 1 :] for n in range(len(word)))
    yield from (
        f"{word[:n]}{letter}{word[n:]}" for n in range(len(word) + 1) for letter in _letters(word)
    )
    yield from (
        f"{word[:n]}{letter}{word[n + 1 :]}" for n in range(len(word)) for letter in _letters(word)
    )
    for one in heard:
        yield from _heard_alike(one)


def _letters(word: str) -> str:
    return "etaoinsrhldcumfpgwybvkxjqz" if _LATIN.fullmatch(word) else _ALPHABET


def _heard_alike(word: str) -> Iterator[str]:
    for n, letter in enumerate(word):
        for first, second in _LIKE:
            if letter == first:
                yield f"{word[:n]}{second}{word[n + 1 :]}"
            elif letter == second:
                yield f"{word[:n]}{first}{word[n + 1 :]}"
        yield f"{word[:n]}{letter}{word[n:]}"  # a doubled letter, written once
        yield f"{word[: n + 1]}ь{word[n + 1 :]}"
