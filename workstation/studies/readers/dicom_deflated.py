"""A deflated DICOM of a day (PS3.5 A.5): inflated once, into memory that the window has given.

A deflated file says nowhere how large it becomes, so it is gone over once without keeping anything.
Whether that is worth while is seen from its beginning, where everything but the samples stands.
"""

import zlib
from collections.abc import Iterator
from typing import Final

import numpy as np
from pydicom import uid
from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_ecg import channel_count
from workstation.studies.readers.dicom_file import deflated_part, taken_apart
from workstation.studies.readers.dicom_long_ecg import long_of
from workstation.studies.readers.dicom_values import integer, items, number
from workstation.studies.readers.ecg_assembly import plausible_rate
from workstation.studies.readers.long_record import (
    MOST_UNFOLDED,
    LongFound,
    LongFrom,
    PackedEcg,
    Room,
)

_HEAD: Final = 1024 * 1024
_PIECE: Final = 1024 * 1024
_MOST: Final = 2 * MOST_UNFOLDED
"""Bytes that are inflated; a deflated file of nothing would give a thousand times its size."""
_SYNTAX: Final = uid.ExplicitVRLittleEndian
"""Of what is inflated."""


def read_deflated(data: memoryview, long_from: LongFrom) -> PackedEcg | None:
    """A file that announces a long ECG; None: read it as any other.

    Raises:
        UnreadableFile: it announces one, and is damaged or inflates beyond any sense.
    """
    deflated = deflated_part(data)
    if deflated is None or not _announces(bytes(next(_inflated(deflated, _HEAD), b"")), long_from):
        return None
    size = 0
    for piece in _inflated(deflated, _PIECE):
        size += len(piece)
        if size > _MOST:
            raise UnreadableFile(Unreadable.TOO_LARGE)

    def unfold(room: Room) -> LongFound:
        begin = 0
        for piece in _inflated(deflated, _PIECE):
            room[begin : begin + len(piece)] = np.frombuffer(piece, np.uint8)
            begin += len(piece)
        return _found(room.data[:begin], long_from)

    return PackedEcg(size, unfold)


def _found(elements: memoryview, long_from: LongFrom) -> LongFound:
    """The recording where it lies in the inflated elements."""
    opened = taken_apart(elements, 0, _SYNTAX)
    found = None if opened is None else long_of(opened, long_from)
    if not isinstance(found, LongFound):  # of other numbers than 16 bits with a sign, or none
        raise UnreadableFile(Unreadable.TOO_LARGE)
    return found


def _announces(head: bytes, long_from: LongFrom) -> bool:
    """Whether a waveform that begins there is long."""
    opened = taken_apart(memoryview(head), 0, _SYNTAX)
    groups = [] if opened is None else items(opened.file.dataset, "WaveformSequence")
    return any(_is_long(group, long_from) for group in groups)


def _is_long(group: Dataset, long_from: LongFrom) -> bool:
    count, rate = integer(group, "NumberOfWaveformSamples"), number(group, "SamplingFrequency")
    try:
        leads, hertz = channel_count(group), plausible_rate(rate)
    except UnreadableFile:
        return False
    return count is not None and long_from.holds(leads, count, hertz)


def _inflated(deflated: memoryview, size: int) -> Iterator[bytes]:
    """The elements in pieces of up to `size` bytes; the end may be missing."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(deflated), _PIECE):
            rest: memoryview | bytes = deflated[start : start + _PIECE]
            while rest and not inflater.eof:
                piece = inflater.decompress(rest, size)
                rest = inflater.unconsumed_tail
                if piece:
                    yield piece
        if left := inflater.flush():
            yield left
    except zlib.error as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
