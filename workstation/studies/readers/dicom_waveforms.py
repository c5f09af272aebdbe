"""Where the waveforms of a large DICOM file lie, and the file without them (PS3.5 7.1, 7.5).

pydicom would copy the samples of a day, and for nested sequences more than once. So the elements
are walked over here first: what is left without the samples is small, and pydicom reads that.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WAVEFORM_SEQUENCE: Final = 0x54000100
_WAVEFORM_DATA: Final = 0x54001010
_PIXELS_FROM: Final = 0x7FE00000
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_UNDEFINED: Final = 0xFFFFFFFF
_LONG_LENGTH: Final = frozenset(
    {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
)
_DEEPEST: Final = 16
_MOST_ELEMENTS: Final = 100_000
_MOST_BESIDE: Final = 16 * 1024 * 1024
"""Bytes beside the samples: they are copied."""


class CannotWalk(Exception):
    """The elements are not plain: pydicom has to find its way alone."""


@dataclass(frozen=True, slots=True)
class WaveformItem:
    """One multiplex group."""

    elements: bytes
    """All of its elements but the samples."""
    samples: memoryview | None
    """The samples in the file, as far as they are there."""


@dataclass(frozen=True, slots=True)
class WalkedFile:
    """A file taken apart."""

    elements: bytes
    """All elements but the waveforms."""
    items: tuple[WaveformItem, ...]
    cut_off: bool


@dataclass(frozen=True, slots=True)
class _Element:
    tag: int
    start: int
    value: int
    end: int
    is_cut_off: bool


class WaveformWalk:
    """Walks over the elements of one file from `start` on."""

    def __init__(
        self, data: memoryview, start: int, *, implicit: bool, little_endian: bool
    ) -> None:
        self._data = data
        self._start = start
        self._implicit = implicit
        order = "<" if little_endian else ">"
        self._tag = struct.Struct(order + "HH")
        self._short = struct.Struct(order + "H")
        self._long = struct.Struct(order + "L")
        self._left = _MOST_ELEMENTS

    def walked(self) -> WalkedFile:
        """The file, taken apart.

        Raises:
            CannotWalk: there are no waveforms, or the elements contradict each other.
        """
        elements = list(self._elements(self._start, len(self._data), 0))
        found = [one for one in elements if one.tag == _WAVEFORM_SEQUENCE]
        if len(found) != 1:
            raise CannotWalk
        (sequence,) = found
        if self._beside(elements, sequence) > _MOST_BESIDE:
            raise CannotWalk
        items = tuple(self._group(one) for one in self._items(sequence))
        before = bytes(self._data[self._start : sequence.start])
        after = bytes(self._data[sequence.end :])
        return WalkedFile(before + after, items, elements[-1].is_cut_off)

    def _beside(self, elements: list[_Element], sequence: _Element) -> int:
        """Bytes that are copied when the file is taken apart."""
        inside = [
            one
            for item in self._items(sequence)
            for one in self._elements(item.value, item.end, 1)
            if one.tag != _WAVEFORM_DATA
        ]
        others = [one for one in elements if one is not sequence]
        return sum(one.end - one.start for one in (*others, *inside))

    def _group(self, item: _Element) -> WaveformItem:
        inside = list(self._elements(item.value, item.end, 1))
        kept = [one for one in inside if one.tag != _WAVEFORM_DATA and one.tag != _ITEM_END]
        samples = [one for one in inside if one.tag == _WAVEFORM_DATA]
        elements = b"".join(bytes(self._data[one.start : one.end]) for one in kept)
        held = self._data[samples[0].value : samples[0].end] if samples else None
        return WaveformItem(elements, held)

    def _items(self, sequence: _Element) -> Iterator[_Element]:
        place = sequence.value
        while place + 8 <= sequence.end:
            item = self._element(place, sequence.end, 1)
            if item.tag == _SEQUENCE_END:
                return
            if item.tag != _ITEM:
                raise CannotWalk
            yield item
            place = item.end

    def _elements(self, place: int, end: int, depth: int) -> Iterator[_Element]:
        while place + 8 <= end:
            if depth == 0 and self._tag_at(place) >= _PIXELS_FROM:
                raise CannotWalk  # before a walk over a clip's frames
            one = self._element(place, end, depth)
            yield one
            place = one.end

    def _element(self, place: int, end: int, depth: int) -> _Element:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST or place + 8 > end:
            raise CannotWalk
        tag = self._tag_at(place)
        value, length = self._header(place, end, tag)
        if length == _UNDEFINED:
            stop, is_cut_off = self._undefined(value, end, depth)
        else:
            stop, is_cut_off = min(value + length, end), value + length > end
        return _Element(tag, place, value, stop, is_cut_off)

    def _tag_at(self, place: int) -> int:
        group, number = self._tag.unpack_from(self._data, place)
        return int(group) << 16 | int(number)

    def _header(self, place: int, end: int, tag: int) -> tuple[int, int]:
        """Where the value begins, and its length."""
        if self._implicit or tag >> 16 == 0xFFFE:
            return place + 8, int(self._long.unpack_from(self._data, place + 4)[0])
        vr = bytes(self._data[place + 4 : place + 6])
        if not (vr.isalpha() and vr.isupper()):
            raise CannotWalk
        if vr not in _LONG_LENGTH:
            return place + 8, int(self._short.unpack_from(self._data, place + 6)[0])
        if place + 12 > end:
            raise CannotWalk
        return place + 12, int(self._long.unpack_from(self._data, place + 8)[0])

    def _undefined(self, place: int, end: int, depth: int) -> tuple[int, bool]:
        """Where a value of undefined length ends, and whether its end is missing."""
        while place + 8 <= end:
            one = self._element(place, end, depth + 1)
            place = one.end
            if one.tag in (_ITEM_END, _SEQUENCE_END):
                return place, False
            if one.is_cut_off:
                break
        return end, True
