"""Spelling without dictionaries: a word with «ъъ» in it is in doubt."""

import re
from collections.abc import Sequence

from workstation.core.spelling import Fault
from workstation.core.subscription import Event


class FakeSpelling:
    """Doubts words with a doubled hard sign, and suggests them without."""

    def __init__(self) -> None:
        self.changed: Event[None] = Event()
        self.own: set[str] = set()
        self.asked: list[str] = []
        """Paragraphs that were judged, in order."""

    def is_own(self, word: str) -> bool:
        return word in self.own

    async def faults(self, text: str, names: frozenset[str] = frozenset()) -> Sequence[Fault]:
        self.asked.append(text)
        found = (Fault(one.start(), one.end(), one[0]) for one in re.finditer(r"\w+", text))
        return [one for one in found if "ъъ" in one.word and one.word not in self.own | names]

    async def suggestions(self, word: str) -> Sequence[str]:
        return [word.replace("ъъ", "")]

    async def add(self, word: str) -> None:
        self.own.add(word)
        self.changed.emit(None)

    async def remove(self, word: str) -> None:
        self.own.discard(word)
        self.changed.emit(None)
