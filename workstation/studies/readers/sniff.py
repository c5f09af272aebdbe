"""What a file is, by its content: names and endings of uploads are not to be believed."""

import re
from enum import Enum
from typing import Final

from workstation.studies.readers.plain_text import looks_like_text
from workstation.studies.readers.scp_sections import looks_like_scp
from workstation.studies.readers.text_formats import text_format
from workstation.studies.readers.web_page import web_page


class FileFormat(Enum):
    """What is opened here."""

    DICOM = "DICOM"
    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    BMP = "BMP"
    AVIF = "AVIF"
    HEIC = "HEIC"
    VIDEO = "video"
    WEB_PAGE = "web page"
    PDF = "PDF"
    SCP = "SCP-ECG"
    AECG = "HL7 aECG"
    MUSE = "GE MUSE XML"
    SIERRA = "Philips Sierra XML"
    EDF = "EDF"
    ISHNE = "ISHNE"
    MFER = "MFER"
    WFDB = "WFDB"
    DOCX = "DOCX"
    TEXT = "TXT"
    DOC = "DOC"
    RTF = "RTF"
    ODT = "ODT"


NOT_OPENED: Final = (FileFormat.DOC, FileFormat.RTF, FileFormat.ODT)
"""Known, and refused with advice: their programs save as PDF or DOCX."""


_PDF_HEADER_WITHIN: Final = 1024
"""Bytes before "%PDF-" that readers forgive (ISO 32000-1, annex H.3.4.1)."""

_ROOT_WITHIN: Final = 16 * 1024
"""Comments and a DOCTYPE may stand before the root element."""

_BARE_DICOM_STARTS: Final = (
    b"\x08\x00",  # group 0008, little endian
    b"\x02\x00\x00\x00UL",  # file meta information without the preamble
    b"\x00\x08",  # group 0008, big endian
)
_ROOTS: Final = {
    "AnnotatedECG": FileFormat.AECG,
    "RestingECG": FileFormat.MUSE,
    "restingecgdata": FileFormat.SIERRA,
}
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_WFDB_RECORD: Final = re.compile(
    rb"(?:\s*#[^\r\n]*\r?\n)*[\w./-]{1,80}(?:/\d+)?[ \t]+\d{1,4}(?:[ \t]+[\d.eE+/()-]+){0,2}"
    rb"(?:[ \t]+[\d:./-]+){0,2}[ \t]*(?:\r?\n|$)"
)


def sniff(data: memoryview) -> FileFormat | None:
    """The format of `data`; None where it is none of ours."""
    head = bytes(data[:_PDF_HEADER_WITHIN])
    if head[128:132] == b"DICM":
        return FileFormat.DICOM
    if web_page(head):
        return FileFormat.WEB_PAGE
    if written := text_format(head, data):
        return FileFormat(written)
    return (
        _by_magic(head)
        or picture_or_video(head)
        or (FileFormat.SCP if looks_like_scp(head) else None)
        or _by_root(bytes(data[:_ROOT_WITHIN]))
        or (FileFormat.WFDB if _WFDB_RECORD.match(head) else None)
        or _bare_dicom(head, len(data))
        or (FileFormat.TEXT if looks_like_text(data) else None)
    )


def _by_magic(head: bytes) -> FileFormat | None:
    starts = {
        b"\xff\xd8\xff": FileFormat.JPEG,
        b"\x89PNG\r\n\x1a\n": FileFormat.PNG,
        b"ISHNE1.0": FileFormat.ISHNE,
        b"0       ": FileFormat.EDF,
        b"\xffBIOSEMI": FileFormat.EDF,
        b"PK\x03\x04": FileFormat.WFDB,
    }
    for start, format_ in starts.items():
        if head.startswith(start):
            return format_
    if head[:1] == b"\x40" and head[2:5] == b"MFR":
        return FileFormat.MFER
    return FileFormat.PDF if b"%PDF-" in head else None


_BMP_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)
"""Sizes of a BMP's second header, one for each version of it."""
_TIFFS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_BOXES: Final = (b"moov", b"mdat", b"wide", b"free", b"skip")
"""With which QuickTime files without a type begin."""


def picture_or_video(head: bytes) -> FileFormat | None:
    """TIFF, BMP, the family of ISO media files (ISO/IEC 14496-12, 4.3), AVI."""
    if head.startswith(_TIFFS):
        return FileFormat.TIFF
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return FileFormat.BMP
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return FileFormat.VIDEO
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    return FileFormat.VIDEO if head[4:8] in _BOXES else None


def _by_brands(head: bytes) -> FileFormat:
    """The major brand, then the compatible ones: a photo is often "mif1" first."""
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, size, 4))}
    if brands & _AVIF_BRANDS:
        return FileFormat.AVIF
    return FileFormat.HEIC if brands & _HEIC_BRANDS else FileFormat.VIDEO


def _by_root(head: bytes) -> FileFormat | None:
    """The root element's name, whatever stands before it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        order = "utf-16-be" if head.startswith((b"\xfe\xff", b"\0<")) else "utf-16-le"
        text = head.decode(order, "ignore")
    else:
        text = head.decode("latin-1")
    text = text.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n")
    found = _ROOT.match(text, _root_at(text))
    return _ROOTS.get(found.group(1)) if found else None


def _root_at(text: str) -> int:
    """Where the root element begins: behind prolog, comments and DOCTYPE."""
    place = 0
    while text.startswith(("<?", "<!"), place):
        if text.startswith("<!--", place):
            end = text.find("-->", place + 4) + 3
        elif text.startswith("<?", place):
            end = text.find("?>", place) + 2
        else:
            end = text.find(">", _subset_end(text, place)) + 1
        if end <= place:
            return len(text)
        place = end + len(text[end:]) - len(text[end:].lstrip())
    return place


def _subset_end(text: str, place: int) -> int:
    """Where a DOCTYPE's own declarations end, where it has any."""
    bracket, close = text.find("[", place), text.find(">", place)
    return text.find("]", bracket) if 0 <= bracket < close else place


def _bare_dicom(head: bytes, size: int) -> FileFormat | None:
    return FileFormat.DICOM if head.startswith(_BARE_DICOM_STARTS) and size >= 16 else None
