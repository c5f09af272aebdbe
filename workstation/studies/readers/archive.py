"""The list of files of a ZIP of a hostile origin, and their bytes, each within a bound.

Read after PKWARE's APPNOTE.TXT 6.3.10. The list at the archive's end is what counts; each entry
must agree with the header before its own bytes, and no two may share bytes. Nothing is unpacked to
list it, nothing is ever written, and a name is words, never a path.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workstation.studies.disc import EntryPlace, LeftOut, LeftOutReason
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.archive_names import entry_name, extra_fields

MOST_ENTRIES: Final = 20_000
LARGEST_ENTRY: Final = 1024 * 1024 * 1024
MOST_UNPACKED: Final = 4 * 1024 * 1024 * 1024
"""Announced by all entries together."""
_MOST_RATIO: Final = 200
"""Times its size an archive may unfold to as a whole; blank slices alone reach 1000."""
_DEFLATE_RATIO: Final = 1040
"""Deflate makes no more than 1032 bytes of one (zlib's own figure)."""
_SMALL: Final = 64 * 1024 * 1024
STORED: Final = 0
DEFLATED: Final = 8
_ARCHIVES: Final = re.compile(r"\.(zip|rar|7z|tar|gz|tgz|bz2|xz|iso|nrg|img)$", re.IGNORECASE)
_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_END_WITHIN: Final = _END.size + 0xFFFF
_LOCATOR: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_CENTRAL: Final = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_WIDE: Final = 0xFFFFFFFF
_ZIP64: Final = 0x0001
_LONGEST_NAME: Final = 1000
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A file in an archive that may be looked into."""

    path: str
    place: EntryPlace


@dataclass(frozen=True, slots=True)
class ArchiveList:
    """What an archive holds."""

    entries: tuple[ArchiveEntry, ...]
    left_out: tuple[LeftOut, ...]
    """What is not looked into, folders not counted."""


@dataclass(frozen=True, slots=True)
class _Directory:
    """Where the list of files lies."""

    start: int
    size: int
    count: int
    shift: int
    """Bytes before the archive proper: all its offsets are counted from there."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry of the list, as it is told."""

    name: bytes
    path: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header_at: int
    is_link: bool


def listed(data: memoryview) -> ArchiveList:
    """Everything in an archive; what must not be looked into is named with the reason.

    Raises:
        UnreadableFile: no archive, a cut-off one, one of several volumes; more entries, or more
            bytes when unpacked, than any disc has; a list that leads nowhere.
    """
    directory = _directory(data)
    told = list(_told(data, directory))
    places, left_out = _places(data, told, directory)
    _check_whole(places, len(data))
    entries = tuple(ArchiveEntry(one.path, place) for one, place in places)
    return ArchiveList(entries, tuple(left_out))


def unpacked(data: memoryview, place: EntryPlace) -> memoryview:
    """All bytes of an entry: those of a stored one where they lie, else new ones.

    Raises:
        UnreadableFile: they are not what the list says of them.
    """
    _check(data, place)
    if place.method == STORED:
        found = data[place.offset : place.offset + place.size]
    else:
        found = memoryview(_inflated(data, place, place.size))
    if len(found) != place.size or zlib.crc32(found) != place.crc:
        raise UnreadableFile(Unreadable.DAMAGED)
    return found


def beginning(data: memoryview, place: EntryPlace, size: int) -> memoryview:
    """The first `size` bytes of an entry, fewer where it is shorter; not compared with its sum.

    Raises:
        UnreadableFile: they cannot be unpacked.
    """
    _check(data, place)
    size = min(size, place.size)
    if place.method == STORED:
        return data[place.offset : place.offset + size]
    return memoryview(_inflated(data, place, size))


def _check(data: memoryview, place: EntryPlace) -> None:
    """A place comes through a pipe: it is within the archive, or refused."""
    sound = (
        place.offset + place.packed <= len(data)
        and place.size <= LARGEST_ENTRY
        and place.method in (STORED, DEFLATED)
        and (place.method == DEFLATED or place.packed == place.size)
    )
    if not sound:
        raise UnreadableFile(Unreadable.DAMAGED)


def _inflated(data: memoryview, place: EntryPlace, size: int) -> bytearray:
    """`size` bytes, or the DAMAGED refusal; never more than that is made."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    found = bytearray()
    stop = place.offset + place.packed
    piece = min(_PIECE, max(4096, size))
    try:
        for start in range(place.offset, stop, piece):
            rest: memoryview | bytes = data[start : min(start + piece, stop)]
            while rest and not inflater.eof and len(found) < size:
                found += inflater.decompress(rest, min(_PIECE, size - len(found)))
                rest = inflater.unconsumed_tail
            if inflater.eof or len(found) >= size:
                break
    except zlib.error as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    if len(found) < size:
        raise UnreadableFile(Unreadable.DAMAGED)
    return found


def _directory(data: memoryview) -> _Directory:
    tail_at = max(0, len(data) - _END_WITHIN)
    tail = bytes(data[tail_at:])
    place = tail.rfind(_END_MARK)
    while place >= 0 and not _ends_here(tail, place):
        place = tail.rfind(_END_MARK, 0, place)
    if place < 0:
        raise UnreadableFile(_why_no_list(data))
    _, disk, first_disk, here, count, size, start, _ = _END.unpack_from(tail, place)
    end_at = tail_at + place
    if 0xFFFF in (disk, count) or _WIDE in (size, start):
        wide = _wide_directory(data, end_at)
        if wide is not None:
            return wide
    if disk or first_disk or here != count:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "ZIP")  # several volumes
    return _sound(_Directory(end_at - size, size, count, end_at - size - start), end_at)


def _why_no_list(data: memoryview) -> Unreadable:
    """The list stands last: where a file is begun and no list ends it is cut off."""
    begun = len(data) >= _LOCAL.size and _LOCAL.unpack_from(data)[9] > 0
    return Unreadable.TRUNCATED if begun else Unreadable.NOT_RECOGNISED


def _ends_here(tail: bytes, place: int) -> bool:
    """Whether a mark is followed by a whole record whose comment ends within the file."""
    if place + _END.size > len(tail):
        return False
    comment: int = _END.unpack_from(tail, place)[7]
    return place + _END.size + comment <= len(tail)


def _wide_directory(data: memoryview, end_at: int) -> _Directory | None:
    """By the records of ZIP64 (4.3.14, 4.3.15); None where there are none."""
    at = end_at - _LOCATOR.size
    if at < 0 or bytes(data[at : at + 4]) != b"PK\x06\x07":
        return None
    _, disk, record_at, disks = _LOCATOR.unpack_from(data, at)
    if record_at + _END64.size > at or bytes(data[record_at : record_at + 4]) != b"PK\x06\x06":
        raise UnreadableFile(Unreadable.DAMAGED)
    found = _END64.unpack_from(data, record_at)
    _, _, _, _, number, first, here, count, size, start = found
    if disk or disks > 1 or number or first or here != count:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "ZIP")
    return _sound(_Directory(start, size, count, 0), record_at)


def _sound(found: _Directory, end_at: int) -> _Directory:
    if found.count > MOST_ENTRIES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    fits = found.start >= 0 and found.start + found.size <= end_at and found.shift >= 0
    if not fits or found.count * _CENTRAL.size > found.size:
        raise UnreadableFile(Unreadable.DAMAGED)
    return found


def _told(data: memoryview, directory: _Directory) -> Iterator[_Listed]:
    """Raises UnreadableFile where the list ends before it says."""
    at, stop = directory.start, directory.start + directory.size
    for _ in range(directory.count):
        if at + _CENTRAL.size > stop:
            raise UnreadableFile(Unreadable.DAMAGED)
        head = _CENTRAL.unpack_from(data, at)
        name_size, extra_size, comment_size = head[12:15]
        name_at = at + _CENTRAL.size
        at = name_at + name_size + extra_size + comment_size
        if head[0] != b"PK\x01\x02" or at > stop:
            raise UnreadableFile(Unreadable.DAMAGED)
        name = bytes(data[name_at : name_at + name_size])
        extra = bytes(data[name_at + name_size : name_at + name_size + extra_size])
        yield _one(head, name, extra, directory.shift)


def _one(head: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> _Listed:
    (_, _, system, _, _, flags, method, _, _, crc, packed, size, *rest) = head
    header_at, external = rest[-1], rest[-2]
    fields = extra_fields(extra)
    wide = fields.get(_ZIP64, b"")
    values = []
    for value in (size, packed, header_at):
        if value == _WIDE and len(wide) >= 8:
            value, wide = int.from_bytes(wide[:8], "little"), wide[8:]
        values.append(value)
    size, packed, header_at = values
    path = entry_name(name, fields, is_utf8=bool(flags & 0x800))
    is_link = system == 3 and stat.S_ISLNK(external >> 16)
    return _Listed(name, path, flags, method, crc, packed, size, header_at + shift, is_link)


def _places(
    data: memoryview, told: list[_Listed], directory: _Directory
) -> tuple[list[tuple[_Listed, EntryPlace]], list[LeftOut]]:
    """Where the bytes of each lie; what has none, or may not be looked into, is left out."""
    found: list[tuple[_Listed, EntryPlace]] = []
    left_out: list[LeftOut] = []
    names: set[str] = set()
    shared = _sharing(data, told, directory.start)
    for number, one in enumerate(told):
        if one.name.endswith((b"/", b"\\")) and not one.size:
            continue  # a folder
        reason = _refusal(one)
        if reason is None and one.path.casefold() in names:
            reason = LeftOutReason.TWICE
        place = None if number in shared else _place(data, one, directory.start)
        if reason is None and place is None:
            reason = LeftOutReason.DAMAGED
        if reason is None and place is not None:
            names.add(one.path.casefold())
            found.append((one, place))
        else:
            left_out.append(LeftOut(one.path, reason or LeftOutReason.DAMAGED))
    return found, left_out


def _refusal(one: _Listed) -> LeftOutReason | None:
    if not one.path or len(one.path) > _LONGEST_NAME or _leads_out(one.name, one.path):
        return LeftOutReason.PATH
    if one.is_link:
        return LeftOutReason.LINK
    if one.flags & 0x41:
        return LeftOutReason.ENCRYPTED
    if _ARCHIVES.search(one.path):
        return LeftOutReason.NESTED
    if one.method not in (STORED, DEFLATED):
        return LeftOutReason.PACKING
    if one.size > LARGEST_ENTRY or one.size > _DEFLATE_RATIO * one.packed + 64:
        return LeftOutReason.TOO_LARGE
    if one.method == STORED and one.size != one.packed:
        return LeftOutReason.DAMAGED
    return None


def _leads_out(name: bytes, path: str) -> bool:
    """An absolute path, a drive's letter, a way up, a NUL."""
    parts = path.split("/")
    return b"\0" in name or path.startswith("/") or ":" in parts[0] or ".." in parts


def _place(data: memoryview, one: _Listed, directory_at: int) -> EntryPlace | None:
    """By the header before the bytes, where it is that of this entry (4.3.7)."""
    begin = _begin(data, one)
    if begin is None or begin + one.packed > directory_at:
        return None
    return EntryPlace(begin, one.packed, one.size, one.method, one.crc)


def _begin(data: memoryview, one: _Listed) -> int | None:
    at = one.header_at
    if at < 0 or at + _LOCAL.size > len(data):
        return None
    mark, _, _, method, _, _, _, _, _, name_size, extra_size = _LOCAL.unpack_from(data, at)
    name = bytes(data[at + _LOCAL.size : at + _LOCAL.size + name_size])
    if mark != b"PK\x03\x04" or method != one.method or name != one.name:
        return None
    begin: int = at + _LOCAL.size + name_size + extra_size
    return begin


def _sharing(data: memoryview, told: list[_Listed], directory_at: int) -> set[int]:
    """Entries whose bytes are another's, too: so small files unfold to huge ones."""
    spans = []
    for number, one in enumerate(told):
        begin = _begin(data, one)
        if begin is not None:
            spans.append((one.header_at, min(begin + one.packed, directory_at), number))
    spans.sort()
    found: set[int] = set()
    reach, holder = 0, -1
    for start, stop, number in spans:
        if holder >= 0 and start < reach:
            found |= {holder, number}
        if stop > reach:
            reach, holder = stop, number
    return found


def _check_whole(places: list[tuple[_Listed, EntryPlace]], size: int) -> None:
    whole = sum(place.size for _, place in places)
    if whole > MOST_UNPACKED or whole > max(_SMALL, _MOST_RATIO * size):
        raise UnreadableFile(Unreadable.TOO_LARGE)
