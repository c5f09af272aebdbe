"""Pictures and videos beside JPEG and PNG, by their first bytes."""

from typing import Final

_TIFFS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BMP_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)
"""Sizes of a BMP's second header, one for each version of it."""
_PHOTO_BRANDS: Final = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
}
_BOXES: Final = (b"moov", b"mdat", b"wide", b"free", b"skip")
"""With which QuickTime files without a type begin."""


def photo_format(head: bytes) -> str | None:
    """TIFF, BMP, AVIF, HEIC; None for everything else."""
    if head.startswith(_TIFFS):
        return "TIFF"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    named = {name for brand in _brands(head) if (name := _PHOTO_BRANDS.get(brand))}
    return "AVIF" if "AVIF" in named else next(iter(named), None)


def video_format(head: bytes) -> str | None:
    """MP4 and its family (ISO/IEC 14496-12, 4.3), MOV, AVI; None for everything else."""
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "AVI"
    brands = _brands(head)
    if brands:
        return "MOV" if brands[0] == b"qt  " else "MP4"
    return "MOV" if head[4:8] in _BOXES else None


def _brands(head: bytes) -> list[bytes]:
    """The major brand, then the compatible ones."""
    if head[4:8] != b"ftyp":
        return []
    size = min(int.from_bytes(head[:4], "big"), 256)
    return [head[8:12], *(head[place : place + 4] for place in range(16, size, 4))]
