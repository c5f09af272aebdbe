"""What a DICOM file on a disc says of itself before its pixels: enough to lay it to its series.

Hundreds of files are looked at for one list. The elements of groups 0002 to 0028 are walked over
as they lie; what is not plain (big endian, deflated, odd) goes to pydicom.
"""

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from pydicom.uid import UID

from workstation.studies.readers.dicom_file import meta_of, read_dicom
from workstation.studies.readers.slice_facts import grey_shape, is_stack, whole
from workstation.studies.readers.slice_header import KEYWORDS, SliceHeader, header_of
from workstation.studies.readers.video_syntaxes import VIDEO_SYNTAXES

_WORDS: Final = (
    *("SpecificCharacterSet", "StudyInstanceUID", "StudyDescription", "SeriesDescription"),
    *("ProtocolName", "StudyDate", "StudyTime", "SeriesDate", "SeriesTime", "ContentDate"),
    *("ContentTime", "AcquisitionDate", "AcquisitionTime", "AcquisitionDateTime"),
)
_WANTED: Final = {
    tag: (keyword, dictionary_VR(tag))
    for keyword in (*KEYWORDS, *_WORDS)
    if (tag := tag_for_keyword(keyword)) is not None and tag < 0x00290000
}
_SHORTS: Final = frozenset({"US", "SS", "US or SS"})
_LONG_LENGTH: Final = frozenset(
    {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
)
_LAST: Final = 0x0028FFFF
_UNDEFINED: Final = 0xFFFFFFFF
_ITEM_END, _SEQUENCE_END = 0xFFFEE00D, 0xFFFEE0DD
_MOST_ELEMENTS: Final = 5000
_DEEPEST: Final = 16
_LONGEST: Final = 1024
_HEAD: Final = struct.Struct("<HH2sH")
_LONG: Final = struct.Struct("<L")

_STORAGE: Final = "1.2.840.10008.5.1.4.1.1."


_Element = tuple[int, str, bytes]
"""Tag, value representation, value."""


@dataclass(frozen=True)
class FileHeader:
    """The beginning of one DICOM file."""

    plain: SliceHeader
    """The elements that say what a picture is, as text."""
    elements: tuple[_Element, ...]
    """What of its first groups was asked for, unread."""
    syntax: UID
    is_whole: bool
    """Whether the walk came to the end of group 0028."""
    read: Dataset | None = None
    """By pydicom, where it had to."""

    @cached_property
    def dataset(self) -> Dataset:
        """The same as pydicom has it: names and words are read out of it in their letters."""
        if self.read is not None:
            return self.read
        made = Dataset()
        for tag, vr, value in self.elements:
            raw = RawDataElement(Tag(tag), vr, len(value), value, 0, False, True)
            made[raw.tag] = raw
        return made

    @property
    def sop_class(self) -> str:
        """SOP Class UID; "" where there is none."""
        return self.plain.get("SOPClassUID", "")

    @property
    def frames(self) -> int:
        """Number of Frames, 1 where it is not said."""
        return max(1, whole(self.plain, "NumberOfFrames") or 1)

    @property
    def has_picture(self) -> bool:
        """Whether it says a size."""
        return bool(whole(self.plain, "Rows") and whole(self.plain, "Columns"))

    @property
    def is_slice(self) -> bool:
        """Whether it is looked at as a stack (`slice_facts.is_stack`)."""
        return self.syntax not in VIDEO_SYNTAXES and is_stack(self.plain, grey_shape(self.plain))

    @property
    def is_moving(self) -> bool:
        """Whether there is more than one frame, or a video."""
        return self.frames > 1 or self.syntax in VIDEO_SYNTAXES

    def is_of(self, *numbers: str) -> bool:
        """Whether its class begins so, behind the stem of all storage classes (PS3.4 B.5)."""
        return f"{self.sop_class}.".startswith(tuple(f"{_STORAGE}{one}." for one in numbers))


def header_at(data: memoryview) -> FileHeader | None:
    """The header of a file of which perhaps only the beginning is given; None where pydicom has
    to take it apart.
    """
    syntax, start = meta_of(data)
    if not syntax.is_little_endian or syntax.is_deflated:
        return None
    return _Walk(data, implicit=syntax.is_implicit_VR).from_(start, syntax)


def header_by_pydicom(data: memoryview) -> FileHeader:
    """The same of any file.

    Raises:
        UnreadableFile: as `read_dicom`.
    """
    file = read_dicom(data)
    return FileHeader(header_of(file.dataset), (), file.syntax, is_whole=True, read=file.dataset)


class _Odd(Exception):
    """The elements are not plain."""


class _Walk:
    def __init__(self, data: memoryview, *, implicit: bool) -> None:
        self._data, self._implicit = data, implicit
        self._left = _MOST_ELEMENTS
        self._plain: SliceHeader = {}
        self._elements: list[_Element] = []

    def from_(self, place: int, syntax: UID) -> FileHeader | None:
        is_whole = False
        try:
            while not is_whole and place + 8 <= len(self._data):
                tag, start, length = self._element(place)
                is_whole = tag > _LAST
                if length == _UNDEFINED:
                    place = self._behind(start, 1)
                    continue
                place = start + length
                if tag in _WANTED and length <= _LONGEST and place <= len(self._data):
                    self._keep(tag, start, place)
        except struct.error:
            pass  # the beginning ends here
        except _Odd:
            return None
        return FileHeader(self._plain, tuple(self._elements), syntax, is_whole)

    def _keep(self, tag: int, start: int, stop: int) -> None:
        value, (keyword, vr) = bytes(self._data[start:stop]), _WANTED[tag]
        if vr in _SHORTS:
            number = str(int.from_bytes(value[:2], "little")) if len(value) >= 2 else ""
            self._plain[keyword] = number
            return
        self._plain[keyword] = value.decode("latin-1").strip("\0 ")
        self._elements.append((tag, vr, value))

    def _element(self, place: int) -> tuple[int, int, int]:
        self._left -= 1
        if self._left < 0:
            raise _Odd
        group, number, vr, short = _HEAD.unpack_from(self._data, place)
        tag = group << 16 | number
        if self._implicit or group == 0xFFFE:
            return tag, place + 8, _LONG.unpack_from(self._data, place + 4)[0]
        if vr in _LONG_LENGTH:
            return tag, place + 12, _LONG.unpack_from(self._data, place + 8)[0]
        if not vr.isalpha():
            raise _Odd
        return tag, place + 8, short

    def _behind(self, place: int, depth: int) -> int:
        if depth > _DEEPEST:
            raise _Odd
        while True:
            tag, start, length = self._element(place)
            if tag in (_ITEM_END, _SEQUENCE_END):
                return start
            place = self._behind(start, depth + 1) if length == _UNDEFINED else start + length
