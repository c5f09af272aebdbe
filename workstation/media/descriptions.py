"""What our descriptions ask of the other side beyond what aiortc writes in them."""

import re
from typing import Final

_OPUS: Final = re.compile(r"^a=rtpmap:(\d+) opus/48000/2\r?$", re.MULTILINE | re.IGNORECASE)
_SOUND: Final = re.compile(r"^m=audio \d+ \S+ (\d+)", re.MULTILINE)
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
