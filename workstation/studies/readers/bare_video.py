"""Frames of bare video streams from which decoding may begin, by the start codes of the stream.

MPEG-2: ITU-T H.262, 6.2.2.6 and 6.3.9; H.264: ITU-T H.264, 7.4.1; HEVC: ITU-T H.265, 7.4.2.2.
"""

import re
from enum import Enum
from typing import Final


class Coding(Enum):
    """FFmpeg's name of the decoder."""

    MPEG2 = "mpeg2video"
    H264 = "h264"
    HEVC = "hevc"


_START: Final = re.compile(rb"\x00\x00\x01(.)(.{0,5})", re.DOTALL)
_GROUP: Final = 0xB8
_CLOSED: Final = 0x40
_H264_IDR: Final = 5
_HEVC_IDR: Final = (19, 20)


def restart_at(packet: bytes, place: int, coding: Coding) -> int | None:
    """The number of the first frame that comes out where decoding begins with this packet, which
    is the `place`th in the stream; None where it needs frames before it.

    At an IDR picture, or a closed group of MPEG-2, every frame before has been shown already.
    """
    for found in _START.finditer(packet[:4096]):
        code, behind = found.group(1)[0], found.group(2)
        if coding is Coding.MPEG2:
            if code == _GROUP:
                return place if len(behind) > 3 and behind[3] & _CLOSED else None
        elif coding is Coding.H264:
            if code & 0x1F == _H264_IDR:
                return place
        elif (code >> 1) & 0x3F in _HEVC_IDR:
            return place
    return None
