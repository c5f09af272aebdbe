"""Uncompressed frames (PS3.5 8.1, A.1 to A.3): numbers out of the file's bytes, without a copy
where the bytes lie as this computer has them."""

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.frame_shape import FrameShape
from workstation.studies.readers.sample_storage import Stored

_HALF_COLOURS = "YBR_FULL_422"


class PlainFrames:
    """Frames one after another; `little_endian` and `in_words` say how their bytes stand."""

    def __init__(
        self, pixels: memoryview, shape: FrameShape, *, little_endian: bool, in_words: bool
    ) -> None:
        self._pixels = pixels
        self._shape = shape
        self._little_endian = little_endian
        self._swapped_bytes = not little_endian and in_words and shape.storage.allocated <= 8

    def count(self, announced: int) -> int:
        """Of `announced` frames those that are there as a whole."""
        return min(announced, 8 * len(self._pixels) // self._shape.frame_bits)

    def stored(self, index: int) -> Stored:
        """The frame's numbers: rows x columns [x 3]; luma and chromas are spread over all pixels.

        Raises:
            UnreadableFile: beyond the end.
        """
        shape = self._shape
        patterns = self._patterns(index)
        if shape.samples == 1:
            return shape.storage.numbers(patterns.reshape(shape.rows, shape.columns))
        if shape.photometric == _HALF_COLOURS:
            return shape.storage.numbers(_spread(patterns, shape))
        if shape.planar:
            planes = patterns.reshape(shape.samples, shape.rows, shape.columns)
            return shape.storage.numbers(np.ascontiguousarray(np.moveaxis(planes, 0, -1)))
        return shape.storage.numbers(patterns.reshape(shape.rows, shape.columns, shape.samples))

    def _patterns(self, index: int) -> Stored:
        bits, allocated = self._shape.frame_bits, self._shape.storage.allocated
        if not 0 <= index < self.count(index + 1):
            raise UnreadableFile(Unreadable.DAMAGED)
        if allocated == 1:
            return self._single_bits(index * bits, bits)
        size = bits // 8
        if self._swapped_bytes:
            return self._from_words(index * size, size)
        order = "<" if self._little_endian else ">"
        kind = np.dtype(f"{order}u{allocated // 8}")
        raw = np.frombuffer(self._pixels, kind, size // kind.itemsize, index * size)
        return raw if kind.isnative else raw.astype(kind.newbyteorder("="))

    def _single_bits(self, first: int, count: int) -> Stored:
        """A frame may begin within a byte; the lowest bit of a byte is the first (PS3.5 8.1.1)."""
        start, stop = first // 8, -(-(first + count) // 8)
        if self._swapped_bytes:
            raw = self._from_words(start, stop - start)
        else:
            raw = np.frombuffer(self._pixels, np.uint8, stop - start, start)
        return np.unpackbits(raw, bitorder="little")[first % 8 : first % 8 + count]

    def _from_words(self, start: int, count: int) -> npt.NDArray[np.uint8]:
        """Bytes out of big-endian words: each stands where its neighbour should."""
        places = np.minimum(np.arange(start, start + count) ^ 1, len(self._pixels) - 1)
        found: npt.NDArray[np.uint8] = np.frombuffer(self._pixels, np.uint8)[places]
        return found


def _spread(patterns: Stored, shape: FrameShape) -> Stored:
    """Two lumas, then the two chromas of both (PS3.3 C.7.6.3.1.2)."""
    pairs = patterns.reshape(-1, 4)
    spread = np.empty((len(pairs), 2, 3), patterns.dtype)
    spread[:, :, 0] = pairs[:, :2]
    spread[:, :, 1:] = pairs[:, None, 2:]
    return spread.reshape(shape.rows, shape.columns, 3)
