"""From stored numbers to what a screen shows: window, palette, colour (PS3.3 C.7.6.3, C.11)."""

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_modality_lut

from workstation.studies.opened import Pixels
from workstation.studies.readers.dicom_values import number, value
from workstation.studies.readers.grey_luts import BadLut, voi_luts
from workstation.studies.readers.jpeg_frame import put_image, put_rgb
from workstation.studies.readers.palette import Palette
from workstation.studies.readers.sample_storage import Storage, Stored
from workstation.studies.stack import GreyLut
from workstation.studies.stack_greys import lut_shades

Table = npt.NDArray[np.uint32]
"""One pixel (blue, green, red, 255 in memory) for each number, by its lowest bits."""

MOST_BITS: Final = 16
"""Of numbers that are looked up in a table; greater ones are computed one by one."""
_OPAQUE: Final = np.uint32(0xFF000000)
_GREY: Final = np.uint32(0x010101)


class GreyScale:
    """Numbers to greys through the file's rescale, and its VOI LUT or window.

    Without a window, 8 bits and fewer are shown as they are, and more from the least to the
    greatest number in `sample()`, a stored frame, which is asked for in that case alone.
    """

    def __init__(
        self, dataset: Dataset, storage: Storage, sample: Callable[[], Stored], *, inverted: bool
    ) -> None:
        self._dataset = dataset
        self._storage = storage
        self._inverted = inverted
        self._window = window_of(dataset)
        self._lut = _voi_lut(dataset, storage)
        self._sample = sample

    def table(self) -> Table:
        """For all numbers that can be stored."""
        return self.pixels(all_numbers(self._storage))

    def pixels(self, numbers: Stored) -> Table:
        """One by one."""
        grey = np.clip(np.rint(255 * self._shades(numbers)), 0, 255).astype(np.uint32)
        if self._inverted:
            grey = 255 - grey
        return grey * _GREY | _OPAQUE

    @cached_property
    def _span(self) -> tuple[float, float]:
        sample = self._sample()
        seen = self._rescaled(np.array([sample.min(), sample.max()]))
        return float(seen.min()), float(seen.max())

    def _rescaled(self, numbers: Stored) -> npt.NDArray[np.float64]:
        return np.asarray(apply_modality_lut(numbers, self._dataset), np.float64)

    def _shades(self, numbers: Stored) -> npt.NDArray[np.float64]:
        """0 to 1, to be clipped."""
        if self._lut is not None:
            return np.asarray(lut_shades(self._rescaled(numbers), self._lut), np.float64)
        if self._window is not None:
            centre, width = self._window
            function = str(value(self._dataset, "VOILUTFunction"))
            return _windowed(self._rescaled(numbers), centre, width, function)
        if self._storage.stored > 8:
            low, high = self._span
            return (self._rescaled(numbers) - low) / max(high - low, 1.0)
        return (numbers - float(self._storage.lowest)) / ((1 << self._storage.stored) - 1)


def all_numbers(storage: Storage) -> Stored:
    """Of `MOST_BITS` and fewer, in the order of their bit patterns."""
    patterns = np.arange(1 << storage.stored, dtype=np.int32)
    if storage.signed:
        patterns[1 << (storage.stored - 1) :] -= 1 << storage.stored
    return patterns


def palette_table(dataset: Dataset, storage: Storage) -> Table:
    """A table through the file's palette (C.7.9, segmented ones too)."""
    red, green, blue = Palette(dataset).shades(all_numbers(storage))
    return np.asarray(blue | green << 8 | red << 16 | _OPAQUE, np.uint32)


def look_up(table: Table, stored: Stored, into: Pixels) -> None:
    """Draws one number a pixel through a table."""
    patterns = stored.view(f"u{stored.dtype.itemsize}")
    if len(table) < 1 << 8 * stored.dtype.itemsize:
        patterns = patterns & (len(table) - 1)
    np.take(table, patterns, out=into.view(np.uint32)[..., 0], mode="clip")


def put_colours(stored: Stored, photometric: str, storage: Storage, into: Pixels) -> None:
    """Draws three numbers a pixel: red, green and blue, or a luma with two chromas (C.7.6.3.1.2,
    by the matrix of ITU-R BT.601 with the full range)."""
    shades = np.ascontiguousarray(_eight_bits(stored, storage))
    if not photometric.startswith("YBR"):
        put_rgb(shades, into)
        return
    size = (shades.shape[1], shades.shape[0])
    image = Image.frombuffer("YCbCr", size, shades, "raw", "YCbCr", 0, 1)
    put_image(image.convert("RGB"), into)


def _eight_bits(stored: Stored, storage: Storage) -> npt.NDArray[np.uint8]:
    if storage.stored == 8 and not storage.signed:
        return stored.astype(np.uint8, copy=False)
    whole = stored.astype(np.int32) - storage.lowest
    gap = storage.stored - 8
    return (whole >> gap if gap > 0 else whole << -gap).astype(np.uint8)


def _voi_lut(dataset: Dataset, storage: Storage) -> GreyLut | None:
    """The first one, where it can be used."""
    try:
        return next(iter(voi_luts(dataset, signed=storage.signed)), None)
    except BadLut:
        return None


def window_of(dataset: Dataset) -> tuple[float, float] | None:
    """Centre and width of the file's first window (C.11.2.1.2); None where it names none."""
    centre, width = number(dataset, "WindowCenter"), number(dataset, "WindowWidth")
    return (centre, width) if centre is not None and width is not None and width >= 1 else None


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
