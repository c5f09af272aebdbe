"""The time of a synthetic picture, painted into it so that it survives coding.

A row of 32 cells along the upper edge: 24 bits of milliseconds of `time.monotonic`, which all
processes of one computer share, then 8 bits to check them. Bright is 1.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_CELLS: Final = 32
_ROWS: Final = 16
_DARK: Final = 16
_BRIGHT: Final = 235
_WRAP_MS: Final = 1 << 24


def draw_clock(luma: NDArray[np.uint8], at_s: float) -> None:
    """Paints the time into an array (rows, columns) of brightness; 128 columns at least."""
    cell = luma.shape[1] // _CELLS
    milliseconds = int(at_s * 1000) % _WRAP_MS
    word = (milliseconds << 8) | _check(milliseconds)
    bits = [_BRIGHT if word >> (_CELLS - 1 - place) & 1 else _DARK for place in range(_CELLS)]
    luma[:_ROWS, : cell * _CELLS] = np.repeat(np.array(bits, np.uint8), cell)


def read_age_ms(luma: NDArray[np.uint8], now_s: float) -> int | None:
    """How many milliseconds before `now_s` it was painted; None where no time can be read."""
    if luma.shape[0] < _ROWS or luma.shape[1] < _CELLS * 4:
        return None
    cell = luma.shape[1] / _CELLS
    row = round(_ROWS / 2 * min(1.0, luma.shape[0] / 480)) or 1
    columns = [int((place + 0.5) * cell) for place in range(_CELLS)]
    word = 0
    for column in columns:
        word = word << 1 | int(luma[row, column] > (_DARK + _BRIGHT) // 2)
    milliseconds = word >> 8
    if word & 0xFF != _check(milliseconds):
        return None
    return (int(now_s * 1000) - milliseconds) % _WRAP_MS


def _check(milliseconds: int) -> int:
    parts = (milliseconds >> 16, milliseconds >> 8 & 0xFF, milliseconds & 0xFF)
    return (parts[0] + 3 * parts[1] + 7 * parts[2] + 0x5A) & 0xFF
