"""A DICOM file taken apart (PS3.10, PS3.5): its elements, and where its pixels lie untouched.

pydicom reads the elements. What it would do without a bound is done here instead: inflating, and
copying the pixel data.
"""

import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

import pydicom.config
from pydicom import uid
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_waveforms import CannotWalk, WaveformWalk

_PREAMBLE: Final = 128
_INFLATED_LIMIT: Final = 128 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_PIXEL_TAGS: Final = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_TRANSFER_SYNTAX: Final = (0x0002, 0x0010)
_LONG_LENGTH: Final = frozenset({b"OB", b"OW", b"SQ", b"UN", b"UT"})
_UNDEFINED: Final = 0xFFFFFFFF
_EVERY_FILE_HAS_ONE: Final = ("SOPClassUID", "Modality", "Rows", "PatientName", "WaveformSequence")


@dataclass(frozen=True, slots=True)
class PixelElement:
    """The Pixel Data element, unread."""

    tag: int
    value: memoryview
    """From its first byte to its end, or to the end of the file where that comes before."""
    announced: int | None
    """Length by the header; None: encapsulated, fragments follow (PS3.5 A.4)."""
    in_words: bool = False
    """Value representation OW: in big-endian files each two bytes are swapped (PS3.5 A.3)."""


@dataclass(frozen=True, slots=True)
class DicomFile:
    """All elements before the pixels, and the pixels."""

    dataset: Dataset
    syntax: uid.UID
    pixels: PixelElement | None
    cut_off: bool
    """Whether the file ends in the middle of an element."""


def read_dicom(data: memoryview) -> DicomFile:
    """Takes the file apart; values are converted when they are asked for.

    Raises:
        UnreadableFile: no DICOM, or a deflated one that unfolds beyond any sense.
    """
    syntax, start = meta_of(data)
    cut_off = False
    if syntax == uid.DeflatedExplicitVRLittleEndian:
        data, cut_off = _inflate(data[start:])
        start = 0
    source = _Source(data, start)
    pixels: list[PixelElement] = []

    def at_pixels(tag: BaseTag, vr: str | None, length: int) -> bool:
        if tag in _PIXEL_TAGS:
            pixels.append(_pixel_element(tag, vr, length, data[source.tell() :]))
        return bool(pixels)

    dataset = _elements(source, syntax, at_pixels)
    cut_off |= source.ran_out
    if not any(keyword in dataset for keyword in _EVERY_FILE_HAS_ONE):
        raise UnreadableFile(Unreadable.TRUNCATED if cut_off else Unreadable.NOT_RECOGNISED)
    return DicomFile(dataset, syntax, pixels[0] if pixels else None, cut_off)


@dataclass(frozen=True, slots=True)
class DicomWaveforms:
    """A file whose waveforms were left where they are."""

    file: DicomFile
    """Its WaveformSequence has no samples in it."""
    samples: tuple[memoryview | None, ...]
    """Of each of the sequence's groups, in place."""


def read_in_place(data: memoryview) -> DicomWaveforms | None:
    """Takes a file apart without touching its waveforms; None where `read_dicom` has to do it."""
    syntax, start = meta_of(data)
    if syntax == uid.DeflatedExplicitVRLittleEndian:
        return None
    return taken_apart(data, start, syntax)


def deflated_part(data: memoryview) -> memoryview | None:
    """What has to be inflated; None in a file that is not deflated."""
    syntax, start = meta_of(data)
    return data[start:] if syntax == uid.DeflatedExplicitVRLittleEndian else None


def taken_apart(data: memoryview, start: int, syntax: uid.UID) -> DicomWaveforms | None:
    """The elements from `start` on; None where they are not plain, or no waveforms."""
    implicit, little = syntax.is_implicit_VR, syntax.is_little_endian
    try:
        walked = WaveformWalk(data, start, implicit=implicit, little_endian=little).walked()
    except CannotWalk:
        return None
    dataset = _parsed(walked.elements, syntax)
    dataset.WaveformSequence = Sequence([_parsed(one.elements, syntax) for one in walked.items])
    file = DicomFile(dataset, syntax, None, walked.cut_off)
    return DicomWaveforms(file, tuple(one.samples for one in walked.items))


def _parsed(elements: bytes, syntax: uid.UID) -> Dataset:
    return _elements(_Source(memoryview(elements), 0), syntax, lambda *_: False)


def _elements(
    source: "_Source", syntax: uid.UID, stop_when: Callable[[BaseTag, str | None, int], bool]
) -> Dataset:
    with warnings.catch_warnings(), pydicom.config.disable_value_validation():
        warnings.simplefilter("ignore")
        try:
            return read_dataset(
                cast(BinaryIO, source),  # pydicom asks of it what `_Source` has
                syntax.is_implicit_VR,
                syntax.is_little_endian,
                stop_when=stop_when,
            )
        except OSError as error:  # so pydicom says that a sequence has no end
            reason = Unreadable.TRUNCATED if source.ran_out else Unreadable.DAMAGED
            raise UnreadableFile(reason) from error


def _pixel_element(tag: int, vr: str | None, length: int, rest: memoryview) -> PixelElement:
    if length == _UNDEFINED:
        return PixelElement(tag, rest, None)
    return PixelElement(tag, rest[:length], length, in_words=vr != "OB")


def meta_of(data: memoryview) -> tuple[uid.UID, int]:
    """Transfer syntax (PS3.10 7.1), guessed where the file does not say; start of the elements."""
    position = _PREAMBLE + 4 if bytes(data[_PREAMBLE : _PREAMBLE + 4]) == b"DICM" else 0
    stated = ""
    while len(head := bytes(data[position : position + 12])) >= 8:
        group, element = struct.unpack_from("<HH", head)
        if group != 0x0002:
            break
        header, length = _header(head)
        value = bytes(data[position + header : position + header + min(length, 128)])
        if (group, element) == _TRANSFER_SYNTAX:
            stated = value.rstrip(b"\0 ").decode("ascii", "replace")
        position += header + length
    syntax = uid.UID(stated, validation_mode=pydicom.config.IGNORE)
    return syntax if syntax.is_transfer_syntax else _guessed(data[position:]), position


def _header(head: bytes) -> tuple[int, int]:
    """Size of an element's header and length of its value; implicit where no VR is there."""
    vr = head[4:6]
    if vr in _LONG_LENGTH and len(head) == 12:
        return 12, int(struct.unpack_from("<L", head, 8)[0])
    if vr.isalpha() and vr.isupper():
        return 8, int(struct.unpack_from("<H", head, 6)[0])
    return 8, int(struct.unpack_from("<L", head, 4)[0])


def _guessed(elements: memoryview) -> uid.UID:
    """By the first element: has it a VR, and in which order are the bytes of its group."""
    head = bytes(elements[:6])
    if not (head[4:6].isalpha() and head[4:6].isupper()):
        return uid.ImplicitVRLittleEndian
    big_endian = head[0] == 0 and head[1] != 0
    return uid.ExplicitVRBigEndian if big_endian else uid.ExplicitVRLittleEndian


def _inflate(deflated: memoryview) -> tuple[memoryview, bool]:
    """The elements (PS3.5 A.5), and whether their end is missing."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    inflated = bytearray()
    try:
        for start in range(0, len(deflated), _PIECE):
            rest: memoryview | bytes = deflated[start : start + _PIECE]
            while rest and not inflater.eof:
                inflated += inflater.decompress(rest, _PIECE)
                rest = inflater.unconsumed_tail
                if len(inflated) > _INFLATED_LIMIT:
                    raise UnreadableFile(Unreadable.TOO_LARGE)
    except zlib.error as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    inflated += inflater.flush()
    return memoryview(inflated), not inflater.eof


class _Source:
    """The file as pydicom reads it, without a copy; remembers if it ended too early."""

    def __init__(self, data: memoryview, position: int) -> None:
        self._data = data
        self._position = position
        self.ran_out = False

    def read(self, size: int = -1) -> bytes:
        found = bytes(self._data[self._position : None if size < 0 else self._position + size])
        self._position += len(found)
        # No further header (8 bytes) is the regular end.
        self.ran_out |= len(found) < size and (size != 8 or bool(found))
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        self._position = offset + (0, self._position, len(self._data))[whence]
        return self._position

    def tell(self) -> int:
        return self._position
