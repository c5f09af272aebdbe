"""The files of a series in shared memory: their beginnings at once, the rest on demand.

Order and sizes follow from the first kilobytes of each file, and plain numbers are looked at where
the caller holds them: 260 MB need not be copied before the first picture is seen.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, Self

from workstation.core.shared_memory import SharedBlock
from workstation.studies.messages import PartSpan

HEAD: Final = 16 * 1024
"""Bytes of each file that are there at once; the elements of most slices take less."""
_PAGE: Final = 4096
_AT_ONCE: Final = 512 * 1024
"""Bytes that are copied in the window's loop; more of them in a thread."""


class PartsBlock:
    """Files side by side, each from the beginning of a page on."""

    def __init__(self, block: SharedBlock, files: Sequence[memoryview]) -> None:
        self.block = block
        self.files = tuple(files)
        self._offsets = _offsets(files)
        self._there = [0] * len(files)
        self._filling = asyncio.Lock()

    @classmethod
    def create(cls, files: Sequence[memoryview]) -> Self:
        """Room for all files, and the beginning of each. Takes some ms: call it in a thread.

        Raises:
            MemoryError: there is no room for it.
        """
        offsets = _offsets(files)
        block = SharedBlock.create_empty(offsets[-1] + _pages(len(files[-1])))
        made = cls(block, files)
        made._copy({part: HEAD for part in range(len(files))})
        return made

    @property
    def spans(self) -> tuple[PartSpan, ...]:
        """Where the files lie, and how much of each is there."""
        return tuple(
            PartSpan(offset, len(file), there)
            for offset, file, there in zip(self._offsets, self.files, self._there, strict=True)
        )

    @property
    def held_bytes(self) -> int:
        """Bytes of memory that are taken by now, beside the caller's own."""
        return sum(map(_pages, self._there))

    def digest(self) -> bytes:
        """Tells this set from another: sizes and the beginnings, where the instances' UIDs are."""
        found = hashlib.sha256()
        for file in self.files:
            found.update(len(file).to_bytes(8, "little"))
            found.update(file[:2048])
        return found.digest()

    async def fill(self, part: int) -> None:
        """Brings the rest of a file. Raises MemoryError where there is no room for it."""
        size = len(self.files[part])
        async with self._filling:
            if size - self._there[part] <= _AT_ONCE:
                self._copy({part: size})
            else:
                await asyncio.to_thread(self._copy, {part: size})

    def let_go(self) -> None:
        """The study is closed: the caller's files need not wait for the garbage to be collected."""
        self.files = ()

    def place_in_part(self, part: int, place: int) -> int:
        """From bytes before something in the block to bytes before it in its file."""
        return place - self._offsets[part]

    def _copy(self, until: Mapping[int, int]) -> None:
        """Of these files so many bytes of each, as far as they are not there.

        Raises:
            MemoryError: there is no room for them.
        """
        until = {part: min(stop, len(self.files[part])) for part, stop in until.items()}
        self.block.put(
            (self._offsets[part] + self._there[part], self.files[part][self._there[part] : stop])
            for part, stop in until.items()
            if stop > self._there[part]
        )
        for part, stop in until.items():
            self._there[part] = max(stop, self._there[part])


def _offsets(files: Sequence[memoryview]) -> tuple[int, ...]:
    found, place = [], 0
    for file in files:
        found.append(place)
        place += _pages(len(file))
    return tuple(found)


def _pages(size: int) -> int:
    return -(-size // _PAGE) * _PAGE
