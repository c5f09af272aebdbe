"""What a compressed frame says of itself, read before anything is unfolded.

JPEG: ITU-T T.81, B.2.2; JPEG-LS: T.87, C.2.2; JPEG 2000: T.800, A.5.1; RLE: DICOM PS3.5, G.5.
"""

import struct
from dataclasses import dataclass
from enum import Enum
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile


class Codec(Enum):
    """How a frame is packed; chosen by what lies there, not by what the file says of it."""

    JPEG = "JPEG"
    """8 bits, by discrete cosines: baseline, extended, progressive."""
    JPEG_12_BIT = "JPEG 12 bit"
    JPEG_LOSSLESS = "JPEG lossless"
    JPEG_LS = "JPEG-LS"
    JPEG_2000 = "JPEG 2000"
    RLE = "RLE"


@dataclass(frozen=True, slots=True)
class CodeStream:
    """Header of one frame."""

    codec: Codec
    width: int
    height: int
    components: int
    precision: int
    """Bits of a number."""
    signed: bool
    start: int
    """Where the code stream begins; a wrapper of JP2 may stand before it."""


_J2K: Final = b"\xff\x4f\xff\x51"
_JP2: Final = b"\x00\x00\x00\x0cjP"
_WRAPPER_WITHIN: Final = 64 * 1024
_MOST_TILES: Final = 65_535
_COSINES: Final = (0xC0, 0xC1, 0xC2)
_LOSSLESS: Final = 0xC3
_LS: Final = 0xF7
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC} | {_LS}
"""Markers that begin a frame header; C4, C8 and CC are tables (T.81, table B.1)."""
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""
_SCAN: Final = (0xDA, 0xD9)


def code_stream(data: bytes) -> CodeStream:
    """The header of a frame of the JPEG family.

    Raises:
        UnreadableFile: none of them, or one that is not read here (its name is said).
    """
    if data[:2] == b"\xff\xd8":
        return _jpeg(data)
    if data[:4] == _J2K:
        return _jpeg_2000(data, 0)
    if data[:6] == _JP2 and (start := data.find(_J2K, 0, _WRAPPER_WITHIN)) > 0:
        return _jpeg_2000(data, start)
    if data[:2] == b"\xff\x0a" or data[4:8] == b"JXL ":
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "JPEG XL")
    raise UnreadableFile(Unreadable.DAMAGED)


def _jpeg(data: bytes) -> CodeStream:
    """Walks the segments to the frame header."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            break
        marker = data[place + 1]
        if marker in _ALONE or marker == 0xFF:  # 0xFF: fill before a marker
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            return _frame_header(data, place)
        if marker in _SCAN:
            break
        place += 2 + int(struct.unpack_from(">H", data, place + 2)[0])
    raise UnreadableFile(Unreadable.DAMAGED)


def _frame_header(data: bytes, place: int) -> CodeStream:
    if len(data) < place + 10:
        raise UnreadableFile(Unreadable.TRUNCATED)
    precision, height, width, components = struct.unpack_from(">BHHB", data, place + 4)
    codec = _codec(data[place + 1], precision)
    return CodeStream(codec, width, height, components, precision, signed=False, start=0)


def _codec(marker: int, precision: int) -> Codec:
    if marker == _LS:
        return Codec.JPEG_LS
    if marker == _LOSSLESS and 2 <= precision <= 16:
        return Codec.JPEG_LOSSLESS
    if marker in _COSINES and precision == 8:
        return Codec.JPEG
    if marker in _COSINES[:2] and precision == 12:
        return Codec.JPEG_12_BIT
    raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"JPEG {precision} bit, SOF{marker - 0xC0}")


def _jpeg_2000(data: bytes, start: int) -> CodeStream:
    """SIZ: all components of one size and kind, tiles within sense."""
    try:
        right, bottom, left, top = struct.unpack_from(">4L", data, start + 8)
        across, down, tile_left, tile_top = struct.unpack_from(">4L", data, start + 24)
        (count,) = struct.unpack_from(">H", data, start + 40)
        parts = {struct.unpack_from(">3B", data, start + 42 + 3 * place) for place in range(count)}
    except struct.error as error:
        raise UnreadableFile(Unreadable.TRUNCATED) from error
    sound = right > left >= tile_left and bottom > top >= tile_top and across and down
    if not sound or len(parts) != 1:
        raise UnreadableFile(Unreadable.DAMAGED)
    tiles = -(-(right - tile_left) // across) * -(-(bottom - tile_top) // down)
    depth, step_x, step_y = parts.pop()
    if tiles > _MOST_TILES:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    if (step_x, step_y) != (1, 1):
        raise UnreadableFile(Unreadable.DAMAGED)
    return CodeStream(
        Codec.JPEG_2000,
        right - left,
        bottom - top,
        count,
        (depth & 0x7F) + 1,
        bool(depth >> 7),
        start,
    )


def check_rle(data: bytes, segments: int) -> None:
    """The 64 bytes before the segments: their number, and where each begins.

    Raises:
        UnreadableFile: another number of segments than the picture has bytes a pixel, or segments
            that lie outside of the frame or before each other.
    """
    if len(data) < 64:
        raise UnreadableFile(Unreadable.TRUNCATED)
    count, *offsets = struct.unpack_from("<16L", data)
    places = [*offsets[: min(count, 15)], len(data)]
    rising = all(one < other for one, other in zip(places, places[1:], strict=False))
    if count != segments or places[0] != 64 or not rising:
        raise UnreadableFile(Unreadable.DAMAGED)
