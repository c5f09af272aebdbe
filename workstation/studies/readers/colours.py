"""From stored numbers to what a screen shows: window, palette, colour (PS3.3 C.7.6.3, C.11)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, convert_color_space

from workstation.studies.opened import Pixels
from workstation.studies.readers.dicom_values import number, value

Table = npt.NDArray[np.uint32]
"""One pixel (blue, green, red, 255 in memory) for each stored bit pattern."""

_OPAQUE: Final = np.uint32(0xFF000000)


@dataclass(frozen=True, slots=True)
class Storage:
    """How one sample lies in its bits."""

    allocated: int
    stored: int
    high_bit: int
    signed: bool

    def values(self) -> npt.NDArray[np.int32]:
        """The number behind each bit pattern, 0 to 2**allocated - 1."""
        patterns = np.arange(1 << self.allocated, dtype=np.int32)
        numbers = (patterns >> (self.high_bit + 1 - self.stored)) & ((1 << self.stored) - 1)
        if self.signed:
            numbers -= (numbers >> (self.stored - 1)) << self.stored
        return numbers


def grey_table(
    dataset: Dataset, storage: Storage, sample: npt.NDArray[np.generic], *, inverted: bool
) -> Table:
    """A table through rescale and window.

    Without a window, 8 bits are shown as they are, and more from the least to the greatest
    number in `sample`, a stored frame.
    """
    numbers = np.asarray(apply_modality_lut(storage.values(), dataset), np.float64)
    centre, width = number(dataset, "WindowCenter"), number(dataset, "WindowWidth")
    if centre is not None and width is not None and width >= 1:
        shades = _windowed(numbers, centre, width, str(value(dataset, "VOILUTFunction")))
    elif storage.stored > 8:
        seen = numbers[_patterns(sample)]
        shades = (numbers - seen.min()) / max(seen.max() - seen.min(), 1.0)
    else:
        shades = numbers / ((1 << storage.stored) - 1)
    grey = np.clip(np.rint(255 * shades), 0, 255).astype(np.uint32)
    if inverted:
        grey = 255 - grey
    return grey * np.uint32(0x010101) | _OPAQUE


def _windowed(
    numbers: npt.NDArray[np.float64], centre: float, width: float, function: str
) -> npt.NDArray[np.float64]:
    """0 to 1, clipped by the caller: C.11.2.1.2 and C.11.2.1.3."""
    if function == "SIGMOID":
        exponent = np.clip(-4 * (numbers - centre) / width, -50, 50)
        return np.asarray(1 / (1 + np.exp(exponent)))
    if function == "LINEAR_EXACT":
        return (numbers - centre) / width + 0.5
    return (numbers - (centre - 0.5)) / max(width - 1, 1e-6) + 0.5


def palette_table(dataset: Dataset, storage: Storage) -> Table:
    """A table through the file's palette (C.7.9, segmented ones too)."""
    colours = np.asarray(apply_color_lut(storage.values(), dataset))
    if colours.dtype.itemsize > 1 and colours.max(initial=0) > 255:
        colours = colours >> 8
    red, green, blue = (colours[:, place].astype(np.uint32) for place in range(3))
    return np.asarray(blue | green << 8 | red << 16 | _OPAQUE, np.uint32)


def look_up(table: Table, stored: npt.NDArray[np.generic], into: Pixels) -> None:
    """Draws one sample a pixel through a table."""
    np.take(table, _patterns(stored), out=into.view(np.uint32)[..., 0], mode="clip")


def put_colours(
    stored: npt.NDArray[np.generic], photometric: str, storage: Storage, into: Pixels
) -> None:
    """Draws three samples a pixel, red, green and blue or a luma with two chromas."""
    colours = np.asarray(stored)
    if photometric.startswith("YBR_FULL"):
        colours = convert_color_space(colours, "YBR_FULL", "RGB")
    if storage.stored > 8:
        colours = colours.astype(np.uint16) >> (storage.stored - 8)
    for place in range(3):
        into[..., place] = colours[..., 2 - place]
    into[..., 3] = 255


def _patterns(stored: npt.NDArray[np.generic]) -> npt.NDArray[np.unsignedinteger]:
    return stored.view(f"u{stored.dtype.itemsize}")
