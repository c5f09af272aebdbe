"""A WFDB record as one file: a zip of its header and what the header names."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from workstation.studies.errors import Unreadable, UnreadableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST_ENTRIES: Final = 1000
_LARGEST: Final = 64 * 1024 * 1024
"""That is unfolded in memory."""
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
"""Of each file before its bytes (APPNOTE.TXT 4.3.7): its mark, lengths of name and extra field."""
_END: Final = b"PK\5\6"
_END_WITHIN: Final = 22 + 0xFFFF
"""Bytes before the file's end in which its list of files ends (APPNOTE.TXT 4.3.16)."""
_PIECE: Final = 1024 * 1024
_MOST_UNFOLDING: Final = 200
"""Times its size: the traces of hearts become a half or a third of theirs."""
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
)


class Parts:
    """Files by their base names; what is read of them together fits into the decoder's memory.

    Raises:
        UnreadableFile: cut off, no zip whose list of files can be read, or too large a one.
    """

    def __init__(self, data: memoryview) -> None:
        self._data = data
        try:
            self._archive = zipfile.ZipFile(_InPlace(data))
        except (*_DAMAGE, NotImplementedError) as error:
            raise UnreadableFile(_why_no_zip(data)) from error
        entries = self._archive.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        named = {base_name(one.filename): one for one in entries}
        self._entries = {name: one for name, one in named.items() if name}  # a folder has none
        self._room = _LARGEST

    @property
    def headers(self) -> list[str]:
        """Names of the records' headers, in order."""
        return sorted(name for name in self._entries if name.lower().endswith(".hea"))

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where it is not there.

        Raises:
            UnreadableFile: damaged, locked, or unfolding beyond the limit.
        """
        if base_name(name) not in self._entries:
            return None
        with self.opened(name) as part:
            found = part.read(self._room + 1)
        self._room -= len(found)
        if self._room < 0:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        return found

    def size(self, name: str) -> int | None:
        """Bytes of a part as the list of files announces them; None where it is not there.

        Raises:
            UnreadableFile: no file of so few bytes unfolds to that.
        """
        entry = self._entries.get(base_name(name))
        if entry is None:
            return None
        if entry.file_size > _MOST_UNFOLDING * max(1, entry.compress_size):
            raise UnreadableFile(Unreadable.TOO_LARGE)
        return entry.file_size

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A part that is there, to be read piece by piece.

        Raises:
            UnreadableFile: damaged, or locked; also while it is read.
        """
        entry = self._entries[base_name(name)]
        if entry.flag_bits & 1:
            raise UnreadableFile(Unreadable.LOCKED)
        try:
            with self._archive.open(entry) as part:
                yield part
        except NotImplementedError as error:
            raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "zip") from error
        except _DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error

    def in_place(self, name: str) -> memoryview | None:
        """The bytes of a part that is stored as it is; None for any other.

        Raises:
            UnreadableFile: they are not those of the checksum.
        """
        entry = self._entries.get(base_name(name))
        if entry is None or entry.flag_bits & 1 or entry.compress_type != zipfile.ZIP_STORED:
            return None
        head = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(head) < _LOCAL_HEADER.size:
            return None
        mark, name_size, extra_size = _LOCAL_HEADER.unpack(head)
        begin = entry.header_offset + _LOCAL_HEADER.size + name_size + extra_size
        found = self._data[begin : begin + entry.file_size]
        if mark != b"PK\x03\x04" or len(found) < entry.file_size:
            return None
        if zlib.crc32(found) != entry.CRC:
            raise UnreadableFile(Unreadable.DAMAGED)
        return found


def _why_no_zip(data: memoryview) -> Unreadable:
    """The list of files stands last: where a file is begun and no list ends it is cut off."""
    head = bytes(data[: _LOCAL_HEADER.size])
    begun = len(head) == _LOCAL_HEADER.size and _LOCAL_HEADER.unpack(head)[1] > 0
    ended = _END in bytes(data[-_END_WITHIN:])
    return Unreadable.TRUNCATED if begun and not ended else Unreadable.NOT_RECOGNISED


class _InPlace(io.RawIOBase):
    """The file as `zipfile` reads it, without a copy."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: "WriteableBuffer") -> int:
        target = memoryview(into).cast("B")
        found = self._data[self._position : self._position + len(target)]
        target[: len(found)] = found
        self._position += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = 0) -> int:
        target = offset + (0, self._position, len(self._data))[whence]
        if target < 0:
            raise OSError("before the beginning")
        self._position = target
        return target

    def tell(self) -> int:
        return self._position


def base_name(path: str) -> str:
    """The last part of a path: folders within a zip, or in a header, lead nowhere here."""
    return path.replace("\\", "/").rpartition("/")[2]
