"""Spelling on this computer: dictionaries, the words of ICD-10, and the doctor's own.

All of it runs in one thread that rests after each slice of its work: a thread that computes without
a rest takes the interpreter from the window for five milliseconds at each of its calls.
"""

import asyncio
import gzip
import io
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

from workstation.core.affixes import Affixes, Dictionary, plain
from workstation.core.errors import StoreError
from workstation.core.icd10 import stem
from workstation.core.spelling import LONGEST_OWN, Fault, Speller
from workstation.core.subscription import Event

logger = logging.getLogger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")

WORK_S: Final = 0.0005
REST_S: Final = 0.0015
"""Of the thread: it works a quarter of the time at the most."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


class KeptWords(Protocol):
    """Where own words are kept; all raise StoreError."""

    async def all(self) -> tuple[str, ...]:
        """Every one."""

    async def add(self, word: str) -> None:
        """One more."""

    async def remove(self, word: str) -> None:
        """One less."""


class Titles(Protocol):
    """Of the service of ICD-10."""

    @property
    def changed(self) -> Event[str]:
        """Another version is in use."""

    def words(self) -> Iterable[str]:
        """Of all its titles, in small letters."""


class Rest:
    """Lets the window go on after each slice of work."""

    def __init__(self, work: float = WORK_S, rest: float = REST_S) -> None:
        self._work, self._rest = work, rest
        self._since = time.perf_counter()

    def __call__(self) -> None:
        """Rests where it is time to."""
        if time.perf_counter() - self._since > self._work:
            time.sleep(self._rest)
            self._since = time.perf_counter()

    def between(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, with rests."""
        for item in items:
            yield item
            self()


class SpellingService:
    """`changed`: the same text may be judged otherwise now. Dictionaries are read at the first
    text; close it at the end."""

    def __init__(self, folder: Path, kept: KeptWords, titles: Titles) -> None:
        """`folder`: with the dictionaries (resources/spelling/README.md)."""
        self.changed: Event[None] = Event()
        self._folder, self._kept, self._titles = folder, kept, titles
        self._own: dict[str, str] = {}
        self._reading: asyncio.Task[Speller] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="spelling")
        self._deaf = titles.changed.subscribe(lambda _: self._renew())

    def is_own(self, word: str) -> bool:
        """Whether the doctor has taken it as right."""
        return plain(word) in self._own

    async def faults(self, text: str, names: frozenset[str] = frozenset()) -> list[Fault]:
        """The words of a text that no list has; `names`: of the case, right in every form."""
        speller = await self._speller()
        found = await self._run(partial(_faults, speller, text))
        forms = {stem(plain(name)) for name in names}
        own = {stem(one) for one in self._own}
        return [one for one in found if stem(plain(one.word)) not in forms | own]

    async def suggestions(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first."""
        speller = await self._speller()
        return await self._run(lambda: speller.suggestions(word, Rest()))

    async def add(self, word: str) -> None:
        """Takes a word as right. Raises StoreError: it is not kept, and holds until the end."""
        word = word[:LONGEST_OWN]
        self._own[plain(word)] = word
        self.changed.emit(None)
        await self._kept.add(word)

    async def remove(self, word: str) -> None:
        """Takes it as right no more. Raises StoreError."""
        kept = self._own.pop(plain(word), word)
        self.changed.emit(None)
        await self._kept.remove(kept)

    async def close(self) -> None:
        """Ends the thread."""
        self._deaf()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _renew(self) -> None:
        """Other titles: they are learned in addition."""
        if self._reading is not None and self._reading.done() and not self._reading.cancelled():
            self._reading = None
            self.changed.emit(None)

    async def _speller(self) -> Speller:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read(), name="spelling.read")
        return await asyncio.shield(self._reading)

    async def _read(self) -> Speller:
        try:
            self._own |= {plain(one): one for one in await self._kept.all()}
        except StoreError as error:
            logger.warning("own words are not read: %s", type(error).__name__)
        return await self._run(partial(read_speller, self._folder, self._titles.words()))

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def read_speller(folder: Path, titles: Iterable[str] = (), rest: Rest | None = None) -> Speller:
    """With all lists of the folder. Takes half a second of computing, with rests four times that.

    Raises OSError, ValueError: the folder is not as it was shipped.
    """
    rest = rest or Rest()
    russian, english = (_dictionary(folder, name, rest) for name in ("ru_RU", "en_US"))
    speller = Speller(russian, english, _words(folder / "first_parts_ru.txt"))
    for name in ("medical_ru.txt", "medical_latin.txt"):
        speller.learn(rest.between(_words(folder / name)))
    speller.learn(rest.between(word for title in titles for word in _WORD.findall(title)))
    return speller


def _words(file: Path) -> Iterator[str]:
    """Of a list; a line that begins with «#» is a remark."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield from line.split()


def _dictionary(folder: Path, name: str, rest: Rest) -> Dictionary:
    found = Dictionary(Affixes((folder / f"{name}.aff").read_text(encoding="utf-8"), rest))
    with gzip.open(folder / f"{name}.dic.gz") as packed:
        lines = io.TextIOWrapper(io.BufferedReader(packed, 4096), encoding="utf-8")
        found.add(rest.between(lines))
    return found


def _faults(speller: Speller, text: str) -> list[Fault]:
    return list(speller.faults(text, Rest()))
