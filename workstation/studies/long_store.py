"""Where the samples of a long recording lie in shared memory, and how they are seen there.

A day of three leads is 130 MB: it is never copied as a whole. What the decoder says of places is
not believed: a view that would reach beyond the block is refused before there is one.
"""

import mmap
from dataclasses import dataclass
from typing import Annotated, Final, Self

import msgspec
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
Whole = Annotated[int, msgspec.Meta(ge=0, le=1 << 48)]

_BYTES: Final = 2


class StoredPlace(msgspec.Struct, frozen=True):
    """One lead: `rows` rows of `per_row` samples, one row after another in time."""

    offset: Whole
    """Bytes before the first sample."""
    rows: Whole
    per_row: Whole
    row_step: Whole
    """Bytes from a row to the next."""
    step: Whole
    """Bytes from a sample to the next in its row."""
    big_endian: bool = False

    @property
    def count(self) -> int:
        """Samples."""
        return self.rows * self.per_row

    def is_within(self, size: int) -> bool:
        """Whether every sample lies in a block of that size, and none is there twice."""
        if not (self.rows and self.per_row and self.step >= _BYTES and self.row_step >= _BYTES):
            return False
        if self.count > size // _BYTES:
            return False
        last = self.offset + (self.rows - 1) * self.row_step + (self.per_row - 1) * self.step
        return last + _BYTES <= size


class StoredSamples:
    """One lead as it is stored. A slice is a small array; only what is asked for is touched."""

    def __init__(self, rows: Samples) -> None:
        """`rows`: shape (records, samples of each), of any byte order and strides."""
        self._rows = rows
        self._width = rows.shape[1]

    def __len__(self) -> int:
        return self._rows.size

    def __getitem__(self, part: slice) -> Samples:
        """The samples of a slice with step 1, in this machine's byte order; not to be changed."""
        start, stop, step = part.indices(len(self))
        if step != 1:
            raise ValueError("every sample or none")
        if start >= stop:
            return np.empty(0, np.int16)
        if len(self._rows) == 1:
            return self._rows[0, start:stop].astype(np.int16, copy=False)
        first = start // self._width
        rows = self._rows[first : -(-stop // self._width)].astype(np.int16, copy=False)
        begin = first * self._width
        return rows.reshape(-1)[start - begin : stop - begin]


def stored_in(memory: mmap.mmap, size: int, place: StoredPlace) -> StoredSamples:
    """The samples in a block of `size` bytes.

    Raises:
        ValueError: they do not lie in it.
    """
    if not place.is_within(size):
        raise ValueError("samples outside their block")
    kind = np.dtype(">i2" if place.big_endian else "<i2")
    shape, steps = (place.rows, place.per_row), (place.row_step, place.step)
    rows: Samples = np.ndarray(shape, kind, memory, place.offset, steps)
    rows.flags.writeable = False
    return StoredSamples(rows)


def place_of(stored: npt.NDArray[np.generic], block: npt.NDArray[np.uint8]) -> StoredPlace | None:
    """Where an array of shape (n,) or (records, n) lies in a block's bytes.

    None where it is no view of 16-bit numbers in it: its numbers must be unfolded first.
    """
    if stored.dtype.kind != "i" or stored.dtype.itemsize != _BYTES or not stored.size:
        return None
    rows = stored if stored.ndim == 2 else stored[np.newaxis, :]
    # A row, or a sample of its own, has no next one: what numpy says of the way there is nothing.
    row_step = rows.strides[0] if len(rows) > 1 else _BYTES
    step = rows.strides[1] if rows.shape[1] > 1 else _BYTES
    offset = _address(rows) - _address(block)
    if offset < 0 or row_step < 0 or step < 0:
        return None
    big_endian = stored.dtype != np.dtype("<i2")
    place = StoredPlace(offset, len(rows), rows.shape[1], row_step, step, big_endian)
    return place if place.is_within(block.size) else None


def _address(array: npt.NDArray[np.generic]) -> int:
    return int(array.__array_interface__["data"][0])


@dataclass(frozen=True, slots=True, eq=False)
class StoredTrace:
    """One lead's numbers and where nothing was recorded: what beats are looked for in."""

    samples: StoredSamples
    gaps: tuple[tuple[int, int], ...]

    @classmethod
    def at(
        cls, memory: mmap.mmap, size: int, place: StoredPlace, gaps: tuple[tuple[int, int], ...]
    ) -> Self:
        """Raises ValueError where the samples do not lie in a block of that size."""
        return cls(stored_in(memory, size, place), gaps)
