"""Tables of greys on their way from the decoder: each once, however many slices have it."""

from dataclasses import replace

import numpy as np

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.stack import LARGEST_LUT, GreyLut, StackInfo, StackSlice

_FARTHEST = 65_536


def laid_apart(info: StackInfo) -> tuple[StackInfo, tuple[GreyLut, ...]]:
    """The study with numbers in the places of its tables, and these tables."""
    if not any(one.luts or one.rescale.lut for one in info.slices):
        return info, ()
    numbers: dict[GreyLut, int] = {}

    def number_of(lut: GreyLut) -> GreyLut:
        return GreyLut(numbers.setdefault(lut, len(numbers)), 0, b"")

    slices = tuple(
        _with(one, tuple(map(number_of, one.luts)), one.rescale.lut and number_of(one.rescale.lut))
        for one in info.slices
    )
    return replace(info, slices=slices), tuple(numbers)


def brought_together(info: StackInfo, luts: tuple[GreyLut, ...]) -> StackInfo:
    """What `laid_apart` took apart, if the tables are some and each number is one of theirs.

    Raises:
        UnreadableFile: they are not.
    """
    if not any(one.luts or one.rescale.lut for one in info.slices):
        return info
    if not all(map(_is_sound, luts)):
        raise UnreadableFile(Unreadable.DAMAGED)

    def lut_of(number: GreyLut) -> GreyLut:
        if number.entries or not 0 <= number.first < len(luts):
            raise UnreadableFile(Unreadable.DAMAGED)
        return luts[number.first]

    slices = tuple(
        _with(one, tuple(map(lut_of, one.luts)), one.rescale.lut and lut_of(one.rescale.lut))
        for one in info.slices
    )
    return replace(info, slices=slices)


def _with(one: StackSlice, luts: tuple[GreyLut, ...], modality: GreyLut | None) -> StackSlice:
    if not luts and modality is None:
        return one
    return replace(one, luts=luts, rescale=replace(one.rescale, lut=modality))


def _is_sound(lut: GreyLut) -> bool:
    """It has entries, and none that is more than white."""
    size = len(lut.entries)
    if size % 2 or not 2 <= size <= 2 * LARGEST_LUT or not 8 <= lut.bits <= 16:
        return False
    most = int(np.frombuffer(lut.entries, "<u2").max())
    return abs(lut.first) <= _FARTHEST and most < 1 << lut.bits
