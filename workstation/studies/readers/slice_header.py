"""The few elements of a slice that order and greys follow from, read without unfolding the rest.

A series is hundreds of files alike; pydicom takes a third of a millisecond for each, this a
fifth of that. Values are kept as text, several of them with a backslash between, whatever their
representation, so that functional groups (PS3.3 C.7.6.16) can be laid over them.
"""

import struct
from dataclasses import dataclass
from typing import Final

from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.uid import UID

from workstation.studies.readers.dicom_file import meta_of
from workstation.studies.readers.dicom_values import value

SliceHeader = dict[str, str]
"""By keyword; what is absent, or a sequence, is not there."""

KEYWORDS: Final = (
    *("ImageType", "SOPClassUID", "SOPInstanceUID", "Modality", "PatientName", "PatientID"),
    *("PatientBirthDate", "SliceThickness", "EchoTime", "EchoNumbers", "TriggerTime"),
    *("DiffusionBValue", "ImagerPixelSpacing", "SeriesInstanceUID", "SeriesNumber"),
    *("AcquisitionNumber", "InstanceNumber", "PatientOrientation", "ImagePositionPatient"),
    *("ImageOrientationPatient", "TemporalPositionIdentifier", "SamplesPerPixel"),
    *("PhotometricInterpretation", "NumberOfFrames", "Rows", "Columns", "PixelSpacing"),
    *("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelPaddingValue"),
    *("PixelPaddingRangeLimit", "WindowCenter", "WindowWidth", "RescaleIntercept"),
    *("FrameTime", "RecommendedDisplayFrameRate", "CineRate"),
    *("RescaleSlope", "RescaleType", "WindowCenterWidthExplanation", "VOILUTFunction", "Units"),
    "PresentationLUTShape",
)
_NAMED: Final = {tag_for_keyword(keyword): keyword for keyword in KEYWORDS}
_SHORTS: Final = frozenset(
    {"SamplesPerPixel", "Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit"}
    | {"PixelRepresentation", "PixelPaddingValue", "PixelPaddingRangeLimit"}
)
_LONG_LENGTH: Final = frozenset(
    {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
)
_SEQUENCES_OF_FRAMES: Final = frozenset({0x52009229, 0x52009230})
_BESIDE: Final = frozenset({0x00283000, 0x00283010, 0x00286100})
"""Modality LUT, VOI LUT and Mask Subtraction Sequence."""
_OVERLAY_GROUPS: Final = range(0x6000, 0x6020)
_PIXEL_DATA: Final = 0x7FE00010
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_UNDEFINED: Final = 0xFFFFFFFF
_DEEPEST: Final = 16
_MOST_ELEMENTS: Final = 20_000
_LONGEST: Final = 1024
_HEAD: Final = struct.Struct("<HH2sH")
_LONG: Final = struct.Struct("<L")


@dataclass(frozen=True, slots=True)
class WalkedSlice:
    """A file of one frame, up to its pixels."""

    header: SliceHeader
    syntax: UID
    pixels_at: int
    """Bytes before the first of the pixels' value."""
    pixels_length: int | None
    """By the header; None: encapsulated."""
    has_more: bool = False
    """Whether there is something for `slice_extras` to read."""


def walked(data: memoryview) -> WalkedSlice | None:
    """Walks over a file's elements up to the pixels.

    None where they are not plain (another byte order, deflated, several frames, absurd lengths),
    or end before the pixels: pydicom has to find its way then, with the whole file.
    """
    syntax, start = meta_of(data)
    if not syntax.is_little_endian or syntax.is_deflated:
        return None
    try:
        return _Walk(data, implicit=syntax.is_implicit_VR).from_(start, syntax)
    except (_CannotWalk, struct.error):
        return None


class _CannotWalk(Exception):
    """The elements are not plain."""


class _Walk:
    def __init__(self, data: memoryview, *, implicit: bool) -> None:
        self._data = data
        self._implicit = implicit
        self._left = _MOST_ELEMENTS

    def from_(self, place: int, syntax: UID) -> WalkedSlice:
        header: SliceHeader = {}
        has_more = False
        while True:
            tag, start, length = self._element(place)
            keyword = _NAMED.get(tag)
            if keyword is not None and length <= _LONGEST:  # nearly all are of this kind
                place = start + length
                header[keyword] = self._text(keyword, start, place)
                continue
            if tag == _PIXEL_DATA:
                known = None if length == _UNDEFINED else length
                return WalkedSlice(header, syntax, start, known, has_more)
            if tag in _SEQUENCES_OF_FRAMES or tag > _PIXEL_DATA:
                raise _CannotWalk
            has_more = has_more or tag in _BESIDE or tag >> 16 in _OVERLAY_GROUPS
            place = self._behind(start, 1) if length == _UNDEFINED else start + length

    def _element(self, place: int) -> tuple[int, int, int]:
        """Tag, where its value begins, its length."""
        self._left -= 1
        if self._left < 0:
            raise _CannotWalk
        group, number, vr, short = _HEAD.unpack_from(self._data, place)
        tag = group << 16 | number
        if self._implicit or group == 0xFFFE:
            return tag, place + 8, _LONG.unpack_from(self._data, place + 4)[0]
        if vr in _LONG_LENGTH:
            return tag, place + 12, _LONG.unpack_from(self._data, place + 8)[0]
        if not vr.isalpha():
            raise _CannotWalk
        return tag, place + 8, short

    def _behind(self, place: int, depth: int) -> int:
        """Where a value of undefined length ends."""
        if depth > _DEEPEST:
            raise _CannotWalk
        while True:
            tag, start, length = self._element(place)
            if tag in (_ITEM_END, _SEQUENCE_END):
                return start
            place = self._behind(start, depth + 1) if length == _UNDEFINED else start + length

    def _text(self, keyword: str, start: int, end: int) -> str:
        raw = bytes(self._data[start:end])
        if len(raw) != end - start:
            raise _CannotWalk  # the file ends here
        if keyword in _SHORTS:
            return str(int.from_bytes(raw[:2], "little")) if len(raw) >= 2 else ""
        if keyword == "DiffusionBValue":
            return str(struct.unpack("<d", raw)[0]) if len(raw) == 8 else ""
        return raw.decode("latin-1").strip("\0 ")


def header_of(dataset: Dataset) -> SliceHeader:
    """The same of elements that pydicom has read; what is malformed is left out."""
    found = {keyword: text_of(dataset, keyword) for keyword in KEYWORDS if keyword in dataset}
    return {keyword: text for keyword, text in found.items() if text}


def text_of(dataset: Dataset, keyword: str) -> str:
    """One element as text, several values with a backslash between; "" where it is absurdly long.

    Its bytes stay as they are: the letters of a name are found out from them (`dicom_text`).
    """
    tag = tag_for_keyword(keyword)
    raw: object = dataset.get_item(tag) if tag is not None and tag in dataset else None
    given = value(dataset, keyword)
    if isinstance(raw, RawDataElement):
        dataset[raw.tag] = raw
    if given is None or isinstance(given, bytes | Dataset):
        return ""
    several = given if isinstance(given, MultiValue | list | tuple) else [given]
    text = "\\".join(str(one) for one in several)
    return text if len(text) <= _LONGEST else ""
