"""Files of an archive as if each lay by itself: stored ones in place, packed ones when needed."""

import mmap
import sys
from collections import deque
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.disc import EntryPlace
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import OpenedFile, SliceSource
from workstation.studies.readers.archive import MOST_UNPACKED, STORED, beginning, unpacked
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.stack_file import (
    PartData,
    PartsWanted,
    StackFile,
    open_beginnings,
)
from workstation.studies.stack import StackInfo

HEAD: Final = 16 * 1024
_MOST_PARTS: Final = 20_000
_KEPT: Final = 4
"""Unpacked entries: the reader keeps the last one, too."""


def open_entries(data: memoryview, places: Sequence[EntryPlace]) -> OpenedFile:
    """One file of an archive as any file; several as slices of one study.

    Raises:
        UnreadableFile: as for a file by itself; DAMAGED where an entry is not what the archive's
            list says; of several, where none holds a slice.
    """
    if len(places) == 1:
        return open_file(unpacked(data, places[0]))
    if not places or len(places) > _MOST_PARTS:
        raise UnreadableFile(Unreadable.TOO_LARGE if places else Unreadable.EMPTY)
    return _Slices(data, places)


class _Slices(SliceSource):
    """Slices in an archive. Plain numbers of stored entries are looked at where they lie; an entry
    that is deflated is unpacked for its slice, and a few of them are kept.
    """

    def __init__(self, data: memoryview, places: Sequence[EntryPlace]) -> None:
        if sum(place.size for place in places) > MOST_UNPACKED:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        self._data, self._places = data, places
        self._room = _Room(places)
        self._parts = [self._part(number) for number in range(len(places))]
        self._stack = self._opened()
        self._kept: deque[int] = deque()

    @property
    def info(self) -> StackInfo:
        """What there is, in order."""
        return self._stack.info

    def plain_numbers(self) -> list[memoryview | None]:
        """Of stored entries alone: others are not there before they are unpacked."""
        found = self._stack.plain_numbers()
        return [
            numbers if self._places[one.part].method == STORED else None
            for numbers, one in zip(found, self.info.slices, strict=True)
        ]

    def write(self, index: int, into: npt.NDArray[np.uint16]) -> None:
        """Unpacks a slice. Raises as `StackFile.write`."""
        self._fill(self.info.slices[index].part)
        self._stack.write(index, into)

    def overlay(self, number: int) -> bytes:
        """As `StackFile.overlay`."""
        for one in self.info.slices:
            if one.overlay == number:
                self._fill(one.part)
                break
        return self._stack.overlay(number)

    def _fill(self, part: int) -> None:
        """Has all of an entry in its room; raises UnreadableFile where it is damaged."""
        if self._parts[part].is_whole or part in self._kept:
            return
        self._room.put(part, unpacked(self._data, self._places[part]))
        self._kept.append(part)
        if len(self._kept) > _KEPT:
            self._room.give_back(self._kept.popleft())

    def _part(self, number: int) -> PartData:
        """A damaged entry is a part without bytes: it is counted, and the others are shown."""
        place = self._places[number]
        try:
            if place.method == STORED:
                found = unpacked(self._data, place)
                return PartData(found, len(found))
            if place.size <= HEAD:
                return self._whole(number)
            head = beginning(self._data, place, HEAD)
        except UnreadableFile:
            return PartData(memoryview(b""), 0)
        return PartData(self._room.put(number, head), len(head))

    def _opened(self) -> StackFile:
        try:
            return open_beginnings(self._parts)
        except PartsWanted as wanted:
            for number in wanted.parts:
                self._parts[number] = self._whole(number)
        return open_beginnings(self._parts)

    def _whole(self, number: int) -> PartData:
        try:
            found = unpacked(self._data, self._places[number])
        except UnreadableFile:
            return PartData(memoryview(b""), 0)
        return PartData(self._room.put(number, found), len(found))


class _Room:
    """Addresses for all deflated entries as a whole; memory is taken where something is put."""

    def __init__(self, places: Sequence[EntryPlace]) -> None:
        self._sizes = [0 if one.method == STORED else one.size for one in places]
        self._offsets: list[int] = []
        whole = 0
        for size in self._sizes:
            self._offsets.append(whole)
            whole += _pages(size)
        self._map = mmap.mmap(-1, max(whole, mmap.PAGESIZE))
        self._memory = memoryview(self._map)

    def put(self, number: int, found: memoryview) -> memoryview:
        """The room of an entry, with these bytes at its beginning."""
        start = self._offsets[number]
        room = self._memory[start : start + self._sizes[number]]
        room[: len(found)] = found
        return room

    def give_back(self, number: int) -> None:
        """What is there is not needed now; where the system does not take it, it stays."""
        if sys.platform == "linux":
            size = _pages(self._sizes[number])
            self._map.madvise(mmap.MADV_DONTNEED, self._offsets[number], size)


def _pages(size: int) -> int:
    return -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
