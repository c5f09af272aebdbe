"""A small writer of the JPEGs that Pillow does not write: lossless, and of 12 bits (ITU-T T.81).

Huffman codes are the symbols' own places, all of one length: valid, though not short.
"""

import struct
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_DC = tuple(range(17))
_AC = tuple(
    16 * run + size
    for run in range(16)
    for size in range(15)
    if size or run in (0, 15)  # end of block, sixteen zeros
)
_ZIGZAG = sorted(
    ((row, column) for row in range(8) for column in range(8)),
    key=lambda place: (sum(place), place[0] if sum(place) % 2 else place[1]),
)


class _Bits:
    """Bits behind one another, a zero byte behind each 0xFF."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def code(self, symbols: tuple[int, ...], symbol: int) -> None:
        self.put(symbols.index(symbol), 5 if symbols is _DC else 8)

    def number(self, value: int, size: int) -> None:
        """F.1.2.1.1: negative numbers less one."""
        if size < 16:  # a difference of 32768 has no further bits (H.1.2.2)
            self.put(value if value > 0 else value + (1 << size) - 1, size)

    def put(self, value: int, size: int) -> None:
        if size:
            self._text.append(f"{value:0{size}b}")

    def packed(self) -> bytes:
        text = "".join(self._text)
        text += "1" * (-len(text) % 8)
        raw = int(text, 2).to_bytes(len(text) // 8, "big")
        return raw.replace(b"\xff", b"\xff\x00")


def lossless_jpeg(numbers: npt.NDArray[np.integer], precision: int) -> bytes:
    """Process 14 with selection value 1 (H.1.2.1): height x width [x 3], unsigned."""
    planes = numbers.astype(np.int64).reshape(*numbers.shape[:2], -1)
    guess = np.roll(planes, 1, axis=1)
    guess[1:, 0] = planes[:-1, 0]
    guess[0, 0] = 1 << (precision - 1)
    bits = _Bits()
    for difference in ((planes - guess) % 65536).reshape(-1).tolist():
        signed = difference if difference <= 32768 else difference - 65536
        bits.code(_DC, abs(signed).bit_length())
        bits.number(signed, abs(signed).bit_length())
    return _file(0xC3, planes.shape, precision, [_table(0, _DC)], bits, (1, 0, 0))


def extended_jpeg(numbers: npt.NDArray[np.integer], step: int = 4) -> bytes:
    """Process 4 with 12 bits: height x width in whole blocks of 8; all steps of one size."""
    height, width = numbers.shape
    bits, before = _Bits(), 0
    for top in range(0, height, 8):
        for left in range(0, width, 8):
            block = numbers[top : top + 8, left : left + 8].astype(np.float64) - 2048
            coefficients = np.rint(_cosines() @ block @ _cosines().T / step).astype(int)
            before = _block([int(coefficients[place]) for place in _ZIGZAG], before, bits)
    steps = _segment(0xDB, bytes([0x00]) + bytes([step]) * 64)
    tables = [steps, _table(0x00, _DC), _table(0x10, _AC)]
    return _file(0xC1, (height, width, 1), 12, tables, bits, (0, 63, 0))


def _block(coefficients: list[int], before: int, bits: _Bits) -> int:
    size = abs(coefficients[0] - before).bit_length()
    bits.code(_DC, size)
    bits.number(coefficients[0] - before, size)
    run = 0
    for value in coefficients[1:]:
        if not value:
            run += 1
            continue
        for _ in range(run // 16):
            bits.code(_AC, 0xF0)
        bits.code(_AC, 16 * (run % 16) + abs(value).bit_length())
        bits.number(value, abs(value).bit_length())
        run = 0
    if run:
        bits.code(_AC, 0)
    return coefficients[0]


def _cosines() -> npt.NDArray[np.float64]:
    row, column = np.mgrid[0:8, 0:8]
    return np.asarray(
        np.where(row, 0.5, np.sqrt(1 / 8)) * np.cos((2 * column + 1) * row * np.pi / 16)
    )


def _table(place: int, symbols: Iterable[int]) -> bytes:
    listed = tuple(symbols)
    counts = [0] * 16
    counts[4 if listed == _DC else 7] = len(listed)
    return _segment(0xC4, bytes([place, *counts, *listed]))


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _file(
    marker: int,
    shape: tuple[int, ...],
    precision: int,
    tables: list[bytes],
    bits: _Bits,
    selection: tuple[int, int, int],
) -> bytes:
    height, width, count = shape
    parts = b"".join(bytes([place + 1, 0x11, 0]) for place in range(count))
    frame = _segment(marker, struct.pack(">BHHB", precision, height, width, count) + parts)
    scanned = b"".join(bytes([place + 1, 0]) for place in range(count))
    scan = _segment(0xDA, bytes([count]) + scanned + bytes(selection))
    return b"\xff\xd8" + b"".join(tables) + frame + scan + bits.packed() + b"\xff\xd9"
