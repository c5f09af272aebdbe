"""XLI, the packing of Philips Sierra ECG XML: LZW of 10 bits over second differences.

Each lead is a chunk: size (4 bytes), 2 unused, the first value (2), then the packed bytes. The
layout is that of sierra-ecg-tools (MIT).
"""

import struct
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile

Numbers = npt.NDArray[np.int64]

_HEADER: Final = struct.Struct("<LHh")
_BITS: Final = 10
_MOST_CODES: Final = (1 << _BITS) - 1
"""The last code, 1023, is the end."""
_BIAS: Final = 64
_MOST_BYTES: Final = 1024 * 1024


def unpacked(data: bytes, leads: int) -> list[Numbers]:
    """The numbers of up to `leads` leads: fewer where the file ends before.

    Raises:
        UnreadableFile: a chunk contradicts itself, or all unfold beyond any recording.
    """
    found: list[Numbers] = []
    place = 0
    room = _MOST_BYTES
    while len(found) < leads and place + _HEADER.size <= len(data):
        size, _, first = _HEADER.unpack_from(data, place)
        place += _HEADER.size
        if size == 0 or place + size > len(data):
            break
        plain = _inflated(data[place : place + size], room)
        room -= len(plain)
        found.append(_summed(plain, first))
        place += size
    return found


def _inflated(chunk: bytes, room: int) -> bytes:
    """LZW, codes of 10 bits, the highest bit first; the table is not emptied when it is full."""
    table = [bytes([value]) for value in range(256)]
    pieces: list[bytes] = []
    before = b""
    for code in _codes(chunk):
        if code < len(table):
            piece = table[code]
        elif code == len(table) < _MOST_CODES and before:
            piece = before + before[:1]
        else:
            break  # bits after the end
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        if before and len(table) < _MOST_CODES:
            table.append(before + piece[:1])
        before = piece
    return b"".join(pieces)


def _codes(chunk: bytes) -> list[int]:
    """Four codes in five bytes; of an incomplete five as many as are whole."""
    if len(chunk) > _MOST_BYTES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    padded = np.frombuffer(chunk + bytes(-len(chunk) % 5), np.uint8).reshape(-1, 5)
    one, two, three, four, five = padded.astype(np.uint16).T
    codes = np.stack(
        (
            one << 2 | two >> 6,
            (two & 0x3F) << 4 | three >> 4,
            (three & 0x0F) << 6 | four >> 2,
            (four & 0x03) << 8 | five,
        ),
        axis=1,
    ).reshape(-1)
    return list(codes[: 8 * len(chunk) // _BITS].tolist())


def _summed(data: bytes, first: int) -> Numbers:
    """Upper bytes in the first half, lower ones in the second; then the differences undone."""
    half = len(data) // 2
    if half < 2:
        raise UnreadableFile(Unreadable.DAMAGED)
    raw = np.frombuffer(data, np.uint8).astype(np.uint16)
    steps = ((raw[:half] << 8) | raw[half : 2 * half]).view(np.int16).tolist()
    one, two = steps[0], steps[1]
    last = first
    for place in range(2, half):
        following = two + two - one - last
        last = steps[place] - _BIAS
        steps[place] = following
        one, two = two, following
    return np.array(steps, np.int64)
