"""A few elements of a DICOM file's beginning: its modality, and the series that a slice is of.

Uploads are hostile: nothing is unfolded here, no length is believed beyond the bytes that are
there, and what is not plain stays unknown. A file without a series opens by itself.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SLICE_CLASSES: Final = {
    "1.2.840.10008.5.1.4.1.1.2": False,
    "1.2.840.10008.5.1.4.1.1.4": False,
    "1.2.840.10008.5.1.4.1.1.128": False,
    "1.2.840.10008.5.1.4.1.1.20": True,
}
"""CT, MR, PET and nuclear medicine images (PS3.4, annex B.5): a file of these is one slice, but
for nuclear medicine, which may hold many frames and has to say (0028,0008) that it holds one."""
_IMPLICIT: Final = b"1.2.840.10008.1.2"
_NOT_PLAIN: Final = (b"1.2.840.10008.1.2.2", b"1.2.840.10008.1.2.1.99")
"""Big endian, deflated."""
_SYNTAX: Final = re.compile(rb"\x02\x00\x10\x00UI..([0-9.]{10,64})", re.DOTALL)
"""Transfer Syntax UID (0002,0010)."""
_GROUP_LENGTH: Final = re.compile(rb"\x02\x00\x00\x00UL\x04\x00(....)", re.DOTALL)
_UID: Final = re.compile(r"[0-9]+(\.[0-9]+)+")
_LONGEST_UID: Final = 64
"""PS3.5, section 9.1."""
_CODE: Final = re.compile(r"[A-Z0-9_ ]{1,16}")
"""Of the representation CS (PS3.5, section 6.2)."""
_LONG_LENGTH: Final = frozenset(
    {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
)
_MODALITY, _SERIES, _FRAMES = 0x00080060, 0x0020000E, 0x00280008
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_UNDEFINED: Final = 0xFFFFFFFF
_DEEPEST: Final = 16
_MOST_ELEMENTS: Final = 4096
_META_WITHIN: Final = 16 * 1024
"""Bytes in which the file meta information is looked for."""


@dataclass(frozen=True, slots=True)
class SeriesOfFile:
    """What is known of a file's series; None: not said, or not plain."""

    series_uid: str | None = None
    """Series Instance UID (0020,000E), of a file that is one slice of a stack alone."""
    modality: str | None = None
    """Modality (0008,0060)."""


def series_of(head: bytes, sop_class: str) -> SeriesOfFile:
    """By the file's first bytes; `sop_class`: its Media Storage SOP Class UID."""
    found: dict[int, bytes] = {}
    try:
        for tag, value in _elements(head):
            found.setdefault(tag, value)
    except (_NotPlain, struct.error):
        pass  # what was read up to there is good
    modality = _words(found.get(_MODALITY))
    known = modality if _CODE.fullmatch(modality) else None
    return SeriesOfFile(_series(found, sop_class), known)


def _series(found: dict[int, bytes], sop_class: str) -> str | None:
    has_to_say = SLICE_CLASSES.get(sop_class)
    frames = _words(found.get(_FRAMES))
    if has_to_say is None or frames not in (("1",) if has_to_say else ("", "1")):
        return None
    uid = _words(found.get(_SERIES))
    return uid if len(uid) <= _LONGEST_UID and _UID.fullmatch(uid) else None


def _words(value: bytes | None) -> str:
    return (value or b"").decode("latin-1").strip("\0 ")


class _NotPlain(Exception):
    """The elements cannot be walked over any further."""


def _elements(head: bytes) -> Iterator[tuple[int, bytes]]:
    """The wanted elements of the dataset's first level. Raises _NotPlain, struct.error at the end
    of what is there."""
    place, is_implicit = _dataset(head)
    walk = _Walk(head, is_implicit=is_implicit)
    while True:
        tag, start, length = walk.element(place)
        if tag > _FRAMES:
            return
        if length == _UNDEFINED:
            place = walk.behind(start, 1)
            continue
        place = start + length
        if tag in (_MODALITY, _SERIES, _FRAMES):
            if place > len(head):
                return
            yield tag, head[start:place]


def _dataset(head: bytes) -> tuple[int, bool]:
    """Where the dataset begins, behind the file meta information (PS3.10, section 7.1), and
    whether its elements have no representation."""
    length = _GROUP_LENGTH.search(head, 0, _META_WITHIN)
    syntax = _SYNTAX.search(head, 0, _META_WITHIN)
    if length is None or syntax is None:
        raise _NotPlain
    named = syntax[1].rstrip(b"\0")
    if named in _NOT_PLAIN:
        raise _NotPlain
    return length.end() + int.from_bytes(length[1], "little"), named == _IMPLICIT


class _Walk:
    def __init__(self, head: bytes, *, is_implicit: bool) -> None:
        self._head, self._is_implicit = head, is_implicit
        self._left = _MOST_ELEMENTS

    def element(self, place: int) -> tuple[int, int, int]:
        """Tag, where its value begins, its length."""
        self._left -= 1
        if self._left < 0:
            raise _NotPlain
        group, number, vr, short = struct.unpack_from("<HH2sH", self._head, place)
        tag = group << 16 | number
        if self._is_implicit or group == _ITEM >> 16:
            return tag, place + 8, struct.unpack_from("<L", self._head, place + 4)[0]
        if vr in _LONG_LENGTH:
            return tag, place + 12, struct.unpack_from("<L", self._head, place + 8)[0]
        if not vr.isalpha():
            raise _NotPlain
        return tag, place + 8, short

    def behind(self, place: int, depth: int) -> int:
        """Where a value of undefined length ends."""
        if depth > _DEEPEST:
            raise _NotPlain
        while True:
            tag, start, length = self.element(place)
            if tag in (_ITEM_END, _SEQUENCE_END):
                return start
            place = self.behind(start, depth + 1) if length == _UNDEFINED else start + length
