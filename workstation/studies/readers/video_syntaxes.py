"""Transfer syntaxes whose pixel data is a video (PS3.5 8.2.5 to 8.2.9)."""

from typing import Final

_BASE: Final = "1.2.840.10008.1.2.4."

VIDEO_SYNTAXES: Final = frozenset(
    f"{_BASE}{number}{fragmented}" for number in range(100, 109) for fragmented in ("", ".1")
)
"""MPEG-2 (100, 101), H.264 (102 to 106), HEVC (107, 108); ".1": in fragments."""
