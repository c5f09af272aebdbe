"""Huffman code of SCP-ECG (EN 1064, section 2 and annex C): bits to numbers."""

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile

_DEFAULT: Final = 19999
"""Number of tables that stands for the table of the standard."""
_ENTRY: Final = struct.Struct("<BBBhL")
_FAST_BITS: Final = 12
_WINDOW: Final = 40
_LONGEST: Final = 32
_MOST_TABLES: Final = 32
_MOST_CODES: Final = 2048
"""Of all tables together; the standard's own has 19."""


@dataclass(frozen=True, slots=True)
class _Code:
    prefix: int
    """Bits of the code."""
    extra: int
    """Bits of the number that follows the code."""
    switches: bool
    """Whether `value` is the number of the table to go on with, from 1."""
    value: int
    bits: int
    """The code, its first bit the highest."""


class Table:
    """One code table; the first bits of a code lead to it."""

    def __init__(self, codes: list[_Code]) -> None:
        self.fast: list[_Code | None] = [None] * (1 << _FAST_BITS)
        self.long: dict[tuple[int, int], _Code] = {}
        for code in codes:
            if code.prefix > _FAST_BITS:
                self.long[code.prefix, code.bits] = code
                continue
            free = _FAST_BITS - code.prefix
            start = code.bits << free
            self.fast[start : start + (1 << free)] = [code] * (1 << free)

    def find(self, window: int) -> _Code | None:
        """The code at the head of 32 bits."""
        found = self.fast[window >> (_LONGEST - _FAST_BITS)]
        if found is None and self.long:
            for size in range(_FAST_BITS + 1, _LONGEST + 1):
                found = self.long.get((size, window >> (_LONGEST - size)))
                if found is not None:
                    break
        return found


def _standard() -> Table:
    codes = [_Code(1, 0, False, 0, 0)]
    for size in range(1, 9):
        ones = ((1 << size) - 1) << 2
        codes.append(_Code(size + 2, 0, False, size, ones))
        codes.append(_Code(size + 2, 0, False, -size, ones | 1))
    codes.append(_Code(10, 8, False, 0, 0b1111111110))
    codes.append(_Code(10, 16, False, 0, 0b1111111111))
    return Table(codes)


_STANDARD: Final = _standard()


def tables(body: bytes) -> list[Table]:
    """The tables of section 2.

    Raises:
        UnreadableFile: it contradicts itself.
    """
    try:
        (count,) = struct.unpack_from("<H", body)
        if count == _DEFAULT:
            return [_STANDARD]
        place, codes = 2, 0
        found = []
        for _ in range(count):
            (size,) = struct.unpack_from("<H", body, place)
            codes += size
            if count > _MOST_TABLES or codes > _MOST_CODES:
                raise UnreadableFile(Unreadable.DAMAGED)
            found.append(Table([_entry(body, place + 2 + 9 * one) for one in range(size)]))
            place += 2 + 9 * size
    except struct.error as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    if not found:
        raise UnreadableFile(Unreadable.DAMAGED)
    return found


def _entry(body: bytes, place: int) -> _Code:
    prefix, total, mode, value, stored = _ENTRY.unpack_from(body, place)
    extra = total - prefix
    if not 1 <= prefix <= _LONGEST or not 0 <= extra <= _LONGEST:
        raise UnreadableFile(Unreadable.DAMAGED)
    # The code is written with its first bit the lowest.
    bits = int(f"{stored & ((1 << prefix) - 1):0{prefix}b}"[::-1], 2)
    return _Code(prefix, extra, mode == 0, value, bits)


def decoded(data: bytes, count: int, found: list[Table]) -> npt.NDArray[np.int64]:
    """Up to `count` numbers: fewer where the bits run out.

    Zeros fill the last byte, and a zero may be the code of a number: where fewer numbers came than
    were announced, those of the last zeros in it are not taken for any.

    Raises:
        UnreadableFile: bits that are no code.
    """
    windows = _windows(data)
    end = 8 * len(data)
    filling = end - min(7, _zeros_at_end(data))
    numbers: list[int] = []
    real = 0
    table, place = found[0], 0
    while len(numbers) < count and place < end:
        code = table.find(_bits(windows, place, _LONGEST))
        if code is None:
            if end - place < _LONGEST:
                break  # the rest of a code is missing
            raise UnreadableFile(Unreadable.DAMAGED)
        place += code.prefix
        if code.switches:
            if not 1 <= code.value <= len(found):
                raise UnreadableFile(Unreadable.DAMAGED)
            table = found[code.value - 1]
            continue
        value = code.value
        if code.extra:
            value += _signed(_bits(windows, place, code.extra), code.extra)
            place += code.extra
        if place <= end:
            numbers.append(value)
        if place <= filling:
            real = len(numbers)
    return np.array(numbers if len(numbers) == count else numbers[:real], np.int64)


def _zeros_at_end(data: bytes) -> int:
    """Bits that are 0 at the end of the last byte, at most 8."""
    return 8 if not data or not data[-1] else (data[-1] & -data[-1]).bit_length() - 1


def _windows(data: bytes) -> list[int]:
    """40 bits from each byte on, so that 32 begin at any bit."""
    padded = np.frombuffer(data + bytes(_WINDOW), np.uint8).astype(np.int64)
    count = len(data) + _WINDOW - 5
    joined = np.zeros(count, np.int64)
    for byte in range(5):
        joined = (joined << 8) | padded[byte : byte + count]
    return list(joined.tolist())


def _bits(windows: list[int], place: int, size: int) -> int:
    word = windows[place >> 3] >> (_WINDOW - size - (place & 7))
    return word & ((1 << size) - 1)


def _signed(number: int, size: int) -> int:
    return number - (1 << size) if number >> (size - 1) else number
