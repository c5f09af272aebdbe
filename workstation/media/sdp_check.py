"""A look at the other side's description before aiortc's parser sees it.

It comes from a browser that anybody may have changed. aiortc parses without bounds, and resolves
each mDNS candidate for up to a second.
"""

from typing import Final

from workstation.media.errors import BadDescription

_LONGEST: Final = 64 * 1024
_MOST_LINES: Final = 1500
_LONGEST_LINE: Final = 2000
_MOST_CANDIDATES: Final = 60
_MOST_SECTIONS: Final = 4


def check_sdp(sdp: str) -> None:
    """Accepts what a browser's description of a call may look like (RFC 8866, RFC 8829).

    Raises:
        BadDescription: too long, too many of something, or no SDP.
    """
    if len(sdp) > _LONGEST:
        raise BadDescription(f"longer than {_LONGEST} characters")
    lines = sdp.splitlines()
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        raise BadDescription("too many lines, or too long ones")
    if not lines or lines[0] != "v=0" or any(line[1:2] != "=" for line in lines if line):
        raise BadDescription("not SDP")
    if _count(lines, "a=candidate:") > _MOST_CANDIDATES:
        raise BadDescription(f"more than {_MOST_CANDIDATES} candidates")
    if not 0 < _count(lines, "m=") <= _MOST_SECTIONS:
        raise BadDescription(f"no media, or more than {_MOST_SECTIONS} sections")


def _count(lines: list[str], start: str) -> int:
    return sum(line.startswith(start) for line in lines)
