"""From stored numbers to values and greys: by one table of 65,536 for all pixels of a slice."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.slice_store import Numbers
from workstation.studies.stack import GreyLut, GreyNumbers, GreyView, GreyWindow, Rescale

Table = npt.NDArray[np.uint32]
"""One pixel (blue, green, red, 255 in memory) for each pattern of 16 bits."""

_OPAQUE: Final = np.uint32(0xFF000000)
_CONTENT: Final = (0.5, 99.5)
"""Percentiles between which a window by the content lies: some bright pixels do not count."""
_SAMPLED: Final = 65_536


def grey_table(numbers: GreyNumbers, rescale: Rescale, view: GreyView, *, inverted: bool) -> Table:
    """Greys through a window (PS3.3 C.11.2.1.2, C.11.2.1.3) or a VOI LUT (C.11.2.1.1); padding is
    black.

    `inverted` turns black and white, beside what MONOCHROME1 turns.
    """
    values = table_of_values(numbers, rescale)
    seen = lut_shades(values, view) if isinstance(view, GreyLut) else _shades(values, view)
    shades = np.clip(np.rint(255 * seen), 0, 255).astype(np.uint32)
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
    """The value behind each pattern of 16 bits: slope * number + intercept, or the modality LUT's
    entry (C.11.1)."""
    return np.asarray(_values(_stored(numbers), rescale), np.float32)


def lut_shades(
    values: npt.NDArray[np.integer] | npt.NDArray[np.floating], lut: GreyLut
) -> npt.NDArray[np.float32]:
    """0 to 1: the table's entries over the greatest that its bits allow."""
    most = np.float32((1 << lut.bits) - 1)
    return np.asarray(_looked_up(values, lut) / most, np.float32)


def window_like(lut: GreyLut) -> GreyWindow | None:
    """A straight window over the values between which a VOI LUT goes from dark to bright.

    None where it has one shade alone.
    """
    shades = np.frombuffer(lut.entries, "<u2").astype(np.float64)
    shades -= shades.min()
    between = np.flatnonzero((shades > 0.02 * shades.max()) & (shades < 0.98 * shades.max()))
    if not between.size:
        return None
    low, high = lut.first + int(between[0]), lut.first + int(between[-1])
    return GreyWindow((low + high) / 2, float(max(high - low, 1)))


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
    return float(_values(np.array([stored]), rescale)[0])


def values_of(patterns: Numbers, numbers: GreyNumbers, rescale: Rescale) -> npt.NDArray[np.float64]:
    """The values of a slice; NaN in its padding."""
    stored = _stored(numbers)
    table = np.asarray(_values(stored, rescale), np.float64)
    if numbers.padding is not None:
        table[(stored >= numbers.padding[0]) & (stored <= numbers.padding[1])] = np.nan
    return np.asarray(table[patterns], np.float64)


def window_of_content(patterns: Numbers, numbers: GreyNumbers, rescale: Rescale) -> GreyWindow:
    """A window over the values that a slice has, where the file says none."""
    every = max(1, patterns.size // _SAMPLED)
    stored = _stored(numbers)[patterns.reshape(-1)[::every]]
    if numbers.padding is not None:
        inside = (stored < numbers.padding[0]) | (stored > numbers.padding[1])
        stored = stored[inside] if inside.any() else stored
    low, high = np.percentile(_values(stored, rescale), _CONTENT)
    return GreyWindow(float(low + high) / 2, max(float(high - low), 1.0))


def _values(stored: npt.NDArray[np.integer], rescale: Rescale) -> npt.NDArray[np.float64]:
    if rescale.lut is not None:
        return _looked_up(stored, rescale.lut).astype(np.float64)
    return np.asarray(stored * rescale.slope + rescale.intercept, np.float64)


def _looked_up(
    values: npt.NDArray[np.integer] | npt.NDArray[np.floating], lut: GreyLut
) -> npt.NDArray[np.uint16]:
    """Entries; what lies beyond an end has that end's."""
    entries = np.frombuffer(lut.entries, "<u2")
    places = np.clip(np.rint(values) - lut.first, 0, len(entries) - 1).astype(np.intp)
    return np.asarray(entries[places], np.uint16)


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
