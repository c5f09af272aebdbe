"""A file's palette (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6), the segmented form too (C.7.9)."""

import struct
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_values import numbers, value

_COLOURS: Final = ("Red", "Green", "Blue")
_MOST_ENTRIES: Final = 65_536
_DISCRETE, _LINEAR, _INDIRECT = range(3)

Entries = npt.NDArray[np.uint16]


class Palette:
    """Three tables of shades.

    Raises:
        UnreadableFile: none in the file, or one that contradicts itself.
    """

    def __init__(self, dataset: Dataset) -> None:
        described = numbers(dataset, "RedPaletteColorLookupTableDescriptor") or ()
        if len(described) != 3:
            raise UnreadableFile(Unreadable.DAMAGED)
        count, first, depth = map(int, described)
        self._first = first
        tables = [_table(dataset, colour, count % 65_536 or 65_536, depth) for colour in _COLOURS]
        if min(map(len, tables)) == 0:
            raise UnreadableFile(Unreadable.DAMAGED)
        deep = max(int(table.max()) for table in tables) > 255
        self._tables = [np.asarray(table >> 8 if deep else table, np.uint32) for table in tables]

    def shades(self, stored: npt.NDArray[np.integer]) -> list[npt.NDArray[np.uint32]]:
        """Red, green and blue, 0 to 255, of each number; beyond an end its last entry."""
        places = np.maximum(stored - self._first, 0)
        return [table[np.minimum(places, len(table) - 1)] for table in self._tables]


def _table(dataset: Dataset, colour: str, count: int, depth: int) -> Entries:
    plain = value(dataset, f"{colour}PaletteColorLookupTableData")
    order = ">" if dataset.original_encoding[1] is False else "<"
    if isinstance(plain, bytes):
        wide = len(plain) >= 2 * count
        return np.frombuffer(plain[: count << wide], f"{order}u2" if wide else "u1").astype("u2")
    packed = value(dataset, f"Segmented{colour}PaletteColorLookupTableData")
    if not isinstance(packed, bytes):
        raise UnreadableFile(Unreadable.DAMAGED)
    kind = "B" if depth == 8 else "H"
    width = struct.calcsize(kind)
    words = struct.unpack(
        f"{order}{len(packed) // width}{kind}", packed[: len(packed) // width * width]
    )
    return np.array(_Segments(words, narrow=depth == 8, order=order).entries(), np.uint16)


class _Segments:
    """Segments unfolded, never to more entries than a table may have."""

    def __init__(self, words: tuple[int, ...], *, narrow: bool, order: str) -> None:
        self._words = words
        self._narrow = narrow
        self._order = order
        self._found: list[int] = []

    def entries(self) -> list[int]:
        """All of them. Raises UnreadableFile."""
        try:
            self._unfold(0, None)
        except (IndexError, ZeroDivisionError, struct.error) as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        return self._found

    def _unfold(self, place: int, count: int | None) -> None:
        """`count` segments from that word on; without it all, and indirect ones too."""
        done = 0
        while place + 1 < len(self._words) and done != count:
            kind, length = self._words[place : place + 2]
            place += 2
            if kind == _DISCRETE:
                self._found += self._words[place : place + length]
                place += length
            elif kind == _LINEAR:
                self._rise(self._words[place], length)
                place += 1
            elif kind == _INDIRECT and count is None:
                place = self._elsewhere(place, length)
            else:
                raise UnreadableFile(Unreadable.DAMAGED)
            done += 1
            if len(self._found) > _MOST_ENTRIES:
                raise UnreadableFile(Unreadable.DAMAGED)

    def _rise(self, last: int, length: int) -> None:
        """In even steps from the entry before (C.7.9.2.2)."""
        first = self._found[-1]
        steps = np.around(np.linspace(first, last, length + 1)[1:])
        self._found += [int(one) for one in steps]

    def _elsewhere(self, place: int, length: int) -> int:
        """Segments that stand earlier, once more (C.7.9.2.3)."""
        if self._narrow:
            low, high = struct.unpack(f"{self._order}2H", bytes(self._words[place : place + 4]))
            offset, place = low | high << 16, place + 4
        else:
            low, high = self._words[place : place + 2]
            offset, place = (low | high << 16), place + 2
        self._unfold(offset, length)
        return place
