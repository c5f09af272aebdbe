"""What our descriptions ask of the other side beyond what aiortc writes in them."""

import re
from typing import Final

_OPUS: Final = re.compile(r"^a=rtpmap:(\d+) opus/48000/2\r?$", re.MULTILINE | re.IGNORECASE)
_SOUND: Final = re.compile(r"^m=audio \d+ \S+ (\d+)", re.MULTILINE)
_PICTURE: Final = re.compile(
    r"^a=rtpmap:(\d+) (?:VP8|H264)/90000\r?$", re.MULTILINE | re.IGNORECASE
)
_START_KBIT: Final = 1500
"""What a browser shall begin to send with: a quarter of what it takes otherwise is a small picture
for the first half minute."""
_ASKED: Final = "minptime=10;useinbandfec=1"


def prefers_opus(sdp: str) -> bool:
    """Whether Opus (RFC 7587, 7) is the first sound that a description names."""
    found, sound = _OPUS.search(sdp), _SOUND.search(sdp)
    return found is not None and sound is not None and sound[1] == found[1]


def asking_for_copies(sdp: str) -> str:
    """The description, with Opus asked to carry a copy of each frame in the next one.

    `useinbandfec` of RFC 7587, 6.1: the sender decides by the loss that we report.
    """
    found = _OPUS.search(sdp)
    if found is None or re.search(rf"^a=fmtp:{found[1]} ", sdp, re.MULTILINE):
        return sdp
    end = found.end() + 1
    return f"{sdp[:end]}a=fmtp:{found[1]} {_ASKED}\r\n{sdp[end:]}"


def asking_to_begin_large(sdp: str) -> str:
    """The description, with the picture asked to begin with 1.5 Mbit/s.

    `x-google-start-bitrate` (kbit/s) is a parameter of libwebrtc's own, which Chromium reads in
    what it is told. What the line really bears is told soon after, by REMB.
    """
    for found in _PICTURE.finditer(sdp):
        sdp = _with_parameter(sdp, found[1], f"x-google-start-bitrate={_START_KBIT}")
    return sdp


def _with_parameter(sdp: str, payload: str, parameter: str) -> str:
    line = re.search(rf"^a=fmtp:{payload} [^\r\n]*", sdp, re.MULTILINE)
    if line is not None:
        return f"{sdp[: line.end()]};{parameter}{sdp[line.end() :]}"
    named = re.search(rf"^a=rtpmap:{payload} [^\r\n]*\r?\n", sdp, re.MULTILINE)
    assert named is not None
    return f"{sdp[: named.end()]}a=fmtp:{payload} {parameter}\r\n{sdp[named.end() :]}"
