"""Sample formats of WFDB (signal(5)): bytes to numbers, samples x signals."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer]
_Bytes = npt.NDArray[np.uint8]


def _plain(kind: str, zero: int = 0) -> Callable[[_Bytes], Numbers]:
    size = np.dtype(kind).itemsize

    def unpack(raw: _Bytes) -> Numbers:
        numbers = raw[: len(raw) // size * size].view(kind)
        return numbers if zero == 0 else numbers.astype(np.int32) - zero

    return unpack


def _of_12_bits(raw: _Bytes) -> Numbers:
    """212: two samples in three bytes."""
    odd = len(raw) % 3 == 2  # the last sample alone takes two bytes
    whole = raw if not odd else np.append(raw, np.uint8(0))
    groups = whole[: len(whole) // 3 * 3].reshape(-1, 3)
    found = np.empty((len(groups), 2), np.int16)
    middle = groups[:, 1].astype(np.int16)
    # Up to the end of 16 bits and back: the sign comes along.
    found[:, 0] = ((middle << 12) >> 4) | groups[:, 0]
    found[:, 1] = (((middle >> 4) << 12) >> 4) | groups[:, 2]
    return found.reshape(-1)[: -1 if odd else None]


def _of_10_bits_310(raw: _Bytes) -> Numbers:
    """310: three samples in two words, bits 1 to 10 of each and 5 + 5 of both."""
    words = raw[: len(raw) // 4 * 4].view("<u2").astype(np.int32).reshape(-1, 2)
    third = (words[:, 0] >> 11) | ((words[:, 1] >> 11) << 5)
    three = np.stack(((words[:, 0] >> 1) & 0x3FF, (words[:, 1] >> 1) & 0x3FF, third), axis=1)
    return _signed(three.reshape(-1), 10)


def _of_10_bits_311(raw: _Bytes) -> Numbers:
    """311: three samples in four bytes, the lowest bits first."""
    words = raw[: len(raw) // 4 * 4].view("<u4").astype(np.int64)
    three = np.stack((words & 0x3FF, (words >> 10) & 0x3FF, (words >> 20) & 0x3FF), axis=1)
    return _signed(three.reshape(-1), 10)


def _of_24_bits(raw: _Bytes) -> Numbers:
    """24: three bytes, the lowest first."""
    groups = raw[: len(raw) // 3 * 3].reshape(-1, 3)
    wide = np.zeros((len(groups), 4), np.uint8)
    wide[:, 1:] = groups
    numbers: Numbers = wide.reshape(-1).view("<i4") >> 8  # the sign comes along
    return numbers


def _signed(numbers: Numbers, bits: int) -> Numbers:
    return np.where(numbers >= 1 << (bits - 1), numbers - (1 << bits), numbers)


def summed(differences: Numbers, before: Sequence[int]) -> Numbers:
    """8: each sample is the one before and a difference; `before` the first ones, by signal."""
    return np.cumsum(differences, axis=0, dtype=np.int32) + np.array(before, np.int32)


DIFFERENCES: Final = 8
"""The format of first differences."""
FORMATS: Final = {
    DIFFERENCES: (_plain("i1"), -(1 << 31), 8),
    16: (_plain("<i2"), -(1 << 15), 16),
    24: (_of_24_bits, -(1 << 23), 24),
    32: (_plain("<i4"), -(1 << 31), 32),
    61: (_plain(">i2"), -(1 << 15), 16),
    80: (_plain("u1", 128), -(1 << 7), 8),
    160: (_plain("<u2", 1 << 15), -(1 << 15), 16),
    212: (_of_12_bits, -(1 << 11), 12),
    310: (_of_10_bits_310, -(1 << 9), 11),
    311: (_of_10_bits_311, -(1 << 9), 11),
}
"""How to unpack, the number that stands for "no sample", and bits a sample (10.7 in 310, 311)."""


LONG_FORMATS: Final = {16: (2, 1), 61: (2, 1), 80: (1, 1), 160: (2, 1), 212: (3, 2)} | {
    24: (3, 1),
    32: (4, 1),
    310: (4, 3),
    311: (4, 3),
}
"""So many bytes hold so many samples."""
WIDE_FORMATS: Final = (24, 32)
"""Of more than 16 bits."""


def unpacked(data: memoryview, format_: int, signals: int, most: int) -> Numbers:
    """Whole frames of one file: (n, signals), n at most `most`."""
    unpack, _, bits = FORMATS[format_]
    needed = (most * signals * bits + 7) // 8 + 4
    numbers = unpack(np.frombuffer(data[:needed], np.uint8))
    count = min(most, len(numbers) // signals)
    return numbers[: count * signals].reshape(count, signals)
