"""Parts of a ZIP of a hostile origin, each inflated within a bound and only when asked for."""

import io
import zipfile
import zlib
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile

_MOST_PARTS: Final = 5000
_LARGEST: Final = 16 * 1024 * 1024
_MOST_INFLATED: Final = 64 * 1024 * 1024
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises on damaged or locked files."""


class ZipParts:
    """The parts of an open ZIP; names are looked up, never used as paths.

    Raises:
        UnreadableFile: damaged, or with more parts than any document.
    """

    def __init__(self, data: memoryview) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > _MOST_PARTS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        self._left = _MOST_INFLATED

    def read(self, name: str, largest: int = _LARGEST) -> bytes:
        """A part; b"" where there is none.

        Raises:
            UnreadableFile: damaged, or beyond its bound, whatever its header claims.
        """
        if name not in self.names:
            return b""
        bound = min(largest, self._left)
        try:
            with self._zip.open(name) as part:
                found = part.read(bound + 1)
        except _DAMAGE as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        if len(found) > bound:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        self._left -= len(found)
        return found
