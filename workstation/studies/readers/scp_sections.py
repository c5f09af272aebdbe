"""The sections of an SCP-ECG record (EN 1064 / ISO 11073-91064), where a pointer lies, too."""

import binascii
import struct
from dataclasses import dataclass
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile

HEADER: Final = 16
_PREAMBLE: Final = 6
_POINTER: Final = 10
_LAST_STANDARD: Final = 11
_LARGEST: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sections:
    """Bodies by section id, without their headers."""

    bodies: dict[int, bytes]
    checksums_fit: bool
    cut_off: bool
    """Whether some section ends with the file, before its own length."""

    def body(self, section: int) -> bytes:
        """A body; empty where the record has no such section."""
        return self.bodies.get(section, b"")


def looks_like_scp(head: bytes) -> bool:
    """Section 0 is the first: its id, its length, and the pointer to itself at byte 7."""
    if len(head) < _PREAMBLE + HEADER + _POINTER:
        return False
    section, length = struct.unpack_from("<HL", head, 8)
    pointed, _, index = struct.unpack_from("<HLL", head, _PREAMBLE + HEADER)
    sound = length >= HEADER + _POINTER and length % 2 == 0 and length < 1 << 16
    named = head[16:22] == b"SCPECG"
    return section == 0 and sound and (named or (pointed == 0 and index in (6, 7)))


def split(source: memoryview) -> Sections:
    """The record's sections: by the pointers, and where one of them lies by a walk.

    Raises:
        UnreadableFile: there is not even the table of pointers, or the file is far too large.
    """
    if len(source) > _LARGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    data = bytes(source)
    if not looks_like_scp(data):
        raise UnreadableFile(Unreadable.TRUNCATED)
    places = _pointers(data)
    if places is None:
        places = _walked(data)
    bodies = {}
    stated, size = struct.unpack_from("<HL", data)
    fits = binascii.crc_hqx(data[2:size], 0xFFFF) == stated  # bytes after the record are none's
    cut_off = size > len(data)
    for section, (start, length) in places.items():
        chunk = data[start : start + length]
        fits &= binascii.crc_hqx(chunk[2:], 0xFFFF) == struct.unpack_from("<H", chunk)[0]
        cut_off |= len(chunk) < length
        bodies[section] = chunk[HEADER:]
    return Sections(bodies, fits, cut_off)


def _pointers(data: bytes) -> dict[int, tuple[int, int]] | None:
    """Start and length by section id; None where a pointer does not lead to its section."""
    (length,) = struct.unpack_from("<L", data, 10)
    end = min(_PREAMBLE + length, len(data) - _POINTER + 1)
    found = {}
    for place in range(_PREAMBLE + HEADER, end, _POINTER):
        section, size, index = struct.unpack_from("<HLL", data, place)
        if section == 0 or section > _LAST_STANDARD or size <= HEADER:
            continue
        if _id_at(data, index - 1) != section:
            return None
        found[section] = (index - 1, size)
    return found


def _walked(data: bytes) -> dict[int, tuple[int, int]]:
    """Sections follow each other, each with its id and length in its header."""
    found: dict[int, tuple[int, int]] = {}
    place = _PREAMBLE
    while (section := _id_at(data, place)) is not None:
        (size,) = struct.unpack_from("<L", data, place + 4)
        if size < HEADER:
            break
        if 0 < section <= _LAST_STANDARD:
            found.setdefault(section, (place, size))
        place += size
    return found


def _id_at(data: bytes, place: int) -> int | None:
    if place < _PREAMBLE or place + HEADER > len(data):
        return None
    return int(struct.unpack_from("<H", data, place + 2)[0])
