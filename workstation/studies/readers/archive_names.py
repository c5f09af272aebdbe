"""Names in a ZIP, whatever program of whatever country has written them. Words, never paths."""

import struct
import zlib
from typing import Final

from workstation.studies.readers.letters import plain

_UNICODE_PATH: Final = 0x7075
_BOX: Final = range(0xB0, 0xE0)
"""Frames and shades in cp866; capital letters and signs in cp1251."""


def extra_fields(extra: bytes) -> dict[int, bytes]:
    """The extra fields by their number (APPNOTE.TXT 4.5); what is cut off is left out."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        number, size = struct.unpack_from("<HH", extra, at)
        if at + 4 + size > len(extra):
            break
        found.setdefault(number, extra[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def entry_name(name: bytes, fields: dict[int, bytes], *, is_utf8: bool) -> str:
    """The name in its own letters, folders with "/" between.

    Where the archive says UTF-8, that; by the field with the name in Unicode (4.6.9), where its sum
    is that of the name; else a guess: UTF-8, and of Russian letters those of DOS (as Windows writes
    them) or those of Windows.
    """
    return plain(_decoded(name, fields, is_utf8=is_utf8).replace("\\", "/"), 4096)


def _decoded(name: bytes, fields: dict[int, bytes], *, is_utf8: bool) -> str:
    told = fields.get(_UNICODE_PATH, b"")
    if len(told) > 5 and told[0] == 1 and told[1:5] == zlib.crc32(name).to_bytes(4, "little"):
        return told[5:].decode("utf-8", "replace")
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if is_utf8:
        return name.decode("utf-8", "replace")
    return name.decode("cp1251" if _is_windows(name) else "cp866", "replace")


def _is_windows(name: bytes) -> bool:
    """Russian letters are 0x80 to 0xAF and 0xE0 to 0xEF in cp866, 0xC0 to 0xFF in cp1251."""
    dos = sum(0x80 <= byte < 0xB0 for byte in name)
    windows = sum(byte in _BOX or byte >= 0xF2 for byte in name)
    return windows > dos
