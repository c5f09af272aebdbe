"""Whether a ZIP is a patient's disc, by its first bytes: its list of files stands at the end."""

import re
import zlib
from typing import Final

DISC: Final = "ZIP, диск"
"""As shown beside the file."""
_MEMBER: Final = re.compile(rb"PK\x03\x04.{4}(..).{16}(..)(..)", re.DOTALL)
"""A member's header up to the lengths of its name and what follows (APPNOTE.TXT, 4.3.7); the first
group is how it is packed."""
_NAMES: Final = re.compile(rb"(^|/)(DICOMDIR|DICOM|IMAGES|[^/]*\.dcm)(/|$)", re.IGNORECASE)
_DEFLATED: Final = b"\x08\x00"
_DICOM_AT: Final = 128
_BEGINNING: Final = 256


def is_disc(head: bytes) -> bool:
    """Whether a ZIP's first members are named as on a disc, or one of them begins as DICOM."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    return any(_is_of_disc(head, found) for found in _MEMBER.finditer(head))


def _is_of_disc(head: bytes, found: re.Match[bytes]) -> bool:
    name_size, extra_size = (int.from_bytes(found[group], "little") for group in (2, 3))
    name = head[found.end() : found.end() + name_size]
    if _NAMES.search(name):
        return True
    begin = found.end() + name_size + extra_size
    start = head[begin : begin + 4096]
    if found[1] == _DEFLATED:
        start = _inflated(start)
    return start[_DICOM_AT : _DICOM_AT + 4] == b"DICM"


def _inflated(start: bytes) -> bytes:
    """The first bytes alone, whatever they would unfold to."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(start, _BEGINNING)
    except zlib.error:
        return b""
