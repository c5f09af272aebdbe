"""From stored numbers to values and greys: by one table of 65,536 for all pixels of a slice."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.slice_store import Numbers
from workstation.studies.stack import GreyNumbers, GreyWindow, Rescale

Table = npt.NDArray[np.uint32]
"""One pixel (blue, green, red, 255 in memory) for each pattern of 16 bits."""

_OPAQUE: Final = np.uint32(0xFF000000)
_CONTENT: Final = (0.5, 99.5)
"""Percentiles between which a window by the content lies: some bright pixels do not count."""
_SAMPLED: Final = 65_536


def grey_table(
    numbers: GreyNumbers, rescale: Rescale, window: GreyWindow, *, inverted: bool
) -> Table:
    """Greys through a window (PS3.3 C.11.2.1.2 and C.11.2.1.3); padding is black.

    `inverted` turns black and white, beside what MONOCHROME1 turns.
    """
    values = table_of_values(numbers, rescale)
    shades = np.clip(np.rint(255 * _shades(values, window)), 0, 255).astype(np.uint32)
    if inverted != numbers.inverted:
        shades = 255 - shades
    if numbers.padding is not None:
        stored = _stored(numbers)
        shades[(stored >= numbers.padding[0]) & (stored <= numbers.padding[1])] = 0
    return shades * np.uint32(0x010101) | _OPAQUE


def draw(numbers: Numbers, table: Table, into: npt.NDArray[np.uint32]) -> None:
    """Draws a slice through a table into rows x columns pixels."""
    np.take(table, numbers, out=into, mode="clip")


def table_of_values(numbers: GreyNumbers, rescale: Rescale) -> npt.NDArray[np.float32]:
    """The value behind each pattern of 16 bits: slope * number + intercept (C.11.1)."""
    return np.asarray(_stored(numbers) * rescale.slope + rescale.intercept, np.float32)


def stored_numbers(patterns: Numbers, numbers: GreyNumbers) -> npt.NDArray[np.int32]:
    """The numbers behind a slice's patterns, with their sign."""
    return np.asarray(_stored(numbers)[patterns], np.int32)


def value_at(
    patterns: Numbers, x: float, y: float, numbers: GreyNumbers, rescale: Rescale
) -> float | None:
    """The value at a stored pixel coordinate; None beside the picture and in its padding."""
    row, column = int(np.floor(y)), int(np.floor(x))
    if not (0 <= row < patterns.shape[0] and 0 <= column < patterns.shape[1]):
        return None
    stored = int(_stored(numbers)[patterns[row, column]])
    padding = numbers.padding
    if padding is not None and padding[0] <= stored <= padding[1]:
        return None
    return stored * rescale.slope + rescale.intercept


def window_of_content(patterns: Numbers, numbers: GreyNumbers, rescale: Rescale) -> GreyWindow:
    """A window over the values that a slice has, where the file says none."""
    every = max(1, patterns.size // _SAMPLED)
    stored = _stored(numbers)[patterns.reshape(-1)[::every]]
    if numbers.padding is not None:
        inside = (stored < numbers.padding[0]) | (stored > numbers.padding[1])
        stored = stored[inside] if inside.any() else stored
    low, high = np.percentile(stored, _CONTENT) * rescale.slope + rescale.intercept
    low, high = float(min(low, high)), float(max(low, high))
    return GreyWindow((low + high) / 2, max(high - low, 1.0))


@lru_cache(maxsize=8)
def _stored(numbers: GreyNumbers) -> npt.NDArray[np.int32]:
    """The number behind each pattern, 0 to 65,535."""
    found = np.arange(1 << 16, dtype=np.int32) & ((1 << numbers.bits) - 1)
    if numbers.signed:
        found -= (found >> (numbers.bits - 1)) << numbers.bits
    found.flags.writeable = False
    return found


def _shades(values: npt.NDArray[np.float32], window: GreyWindow) -> npt.NDArray[np.float32]:
    """0 to 1, clipped by the caller."""
    centre, width = np.float32(window.centre), np.float32(max(window.width, 1e-6))
    if window.curve == "SIGMOID":
        exponent = np.clip(-4 * (values - centre) / width, -50, 50)
        return np.asarray(1 / (1 + np.exp(exponent)), np.float32)
    if window.curve == "LINEAR_EXACT":
        return (values - centre) / width + np.float32(0.5)
    return (values - (centre - np.float32(0.5))) / max(width - 1, np.float32(1e-6)) + np.float32(
        0.5
    )
