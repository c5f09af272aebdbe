"""How a picture's numbers lie in their bits (PS3.3 C.7.6.3.1, PS3.5 8.1)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Stored = npt.NDArray[np.integer]
"""Stored numbers of a frame: rows x columns, or rows x columns x 3."""


@dataclass(frozen=True, slots=True)
class Storage:
    """Of one sample."""

    allocated: int
    """1, 8, 16 or 32 bits in the file."""
    stored: int
    high_bit: int
    signed: bool

    @property
    def kind(self) -> np.dtype[np.integer]:
        """What one number is kept as here: 8, 16 or 32 bits, with or without a sign."""
        return np.dtype(f"{'i' if self.signed else 'u'}{max(self.allocated, 8) // 8}")

    @property
    def lowest(self) -> int:
        """The least number that can be stored."""
        return -(1 << (self.stored - 1)) if self.signed else 0

    @property
    def highest(self) -> int:
        """The greatest number that can be stored."""
        return self.lowest + (1 << self.stored) - 1

    def numbers(self, patterns: Stored) -> Stored:
        """The numbers behind bit patterns of `allocated` bits: bits beyond the stored ones are
        left out (old devices keep overlays there), the sign is spread. No copy where none is
        needed.
        """
        whole = patterns.view(f"u{patterns.dtype.itemsize}")
        bits = 8 * patterns.dtype.itemsize
        below = self.high_bit + 1 - self.stored
        above = bits - 1 - self.high_bit
        if not below and not above:
            return patterns.view(self.kind)
        shifted = (whole << above).view(self.kind)
        return shifted >> (above + below)


def extended(patterns: Stored, precision: int, storage: Storage) -> Stored:
    """Numbers as a decoder gives them, of `precision` bits in any type, in `storage.kind`.

    A codec that knows no sign gives the patterns of negative numbers as great ones: the sign is
    spread from its highest bit.
    """
    kind = storage.kind
    if precision < 8 * kind.itemsize and storage.signed and patterns.dtype.kind == "u":
        gap = 8 * kind.itemsize - precision
        return (patterns.astype(f"u{kind.itemsize}") << gap).view(kind) >> gap
    return patterns if patterns.dtype == kind else patterns.astype(kind, casting="unsafe")
