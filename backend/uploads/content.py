"""What a file is, by its first bytes: names and endings of uploads are not to be believed."""

import re
from dataclasses import dataclass

from backend.uploads.dicom_header import SeriesOfFile, series_of
from backend.uploads.disc_content import DISC, is_disc
from backend.uploads.ecg_content import ecg_format
from backend.uploads.media_content import photo_format, video_format
from backend_client.models.documents import DocumentKind

HEAD = 256 * 1024
"""Bytes of which a DICOM file's are walked over: makers' own elements stand before its series."""
NEAR = 16 * 1024
"""Bytes of others: comments and a DOCTYPE may stand before an XML file's root element."""
PDF_WITHIN = 1024
"""Bytes before "%PDF-" that readers forgive (ISO 32000-1, annex H.3.4.1)."""
STARTS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
}
DICOM_AT = 128
BARE_DICOM = (b"\x02\x00\x00\x00UL", b"\x02\x00\x02\x00UI")
"""File meta information without the preamble."""
SOP_CLASS = re.compile(rb"\x02\x00\x02\x00UI..([0-9.]{10,64})", re.DOTALL)
"""Media Storage SOP Class UID (0002,0002), explicit little endian as PS3.10 demands."""
STORAGE = "1.2.840.10008.5.1.4.1.1."
DICOM_KINDS = {
    STORAGE + "9.": DocumentKind.ECG,
    STORAGE + "3.": DocumentKind.CLIP,
    STORAGE + "104.": DocumentKind.PDF,
    STORAGE + "88.": DocumentKind.PDF,
}
"""Waveforms, ultrasound clips, encapsulated documents, structured reports (PS3.4, annex B.5)."""
WORD_PART = b"word/"
"""Part of the name of a DOCX's parts; the first ones stand at its beginning."""


@dataclass(frozen=True, slots=True)
class FileType:
    """Which viewer it needs, and its format's name as shown."""

    kind: DocumentKind
    format: str
    series: SeriesOfFile = SeriesOfFile()
    """Of a DICOM file."""


UNKNOWN = FileType(DocumentKind.UNKNOWN, "файл")


def type_of(head: bytes) -> FileType:
    """By the file's first HEAD bytes, or all where it is shorter."""
    if head[DICOM_AT : DICOM_AT + 4] == b"DICM" or head.startswith(BARE_DICOM):
        uid = _sop_class(head)
        return FileType(_dicom_kind(uid), "DICOM", series_of(head, uid))
    return _without_dicom(head[:NEAR])


def _without_dicom(head: bytes) -> FileType:
    for start, name in STARTS.items():
        if head.startswith(start):
            return FileType(DocumentKind.PHOTO, name)
    if (photo := photo_format(head)) is not None:
        return FileType(DocumentKind.PHOTO, photo)
    if (video := video_format(head)) is not None:
        return FileType(DocumentKind.CLIP, video)
    if head.startswith(b"PK\x03\x04") and WORD_PART in head:
        return FileType(DocumentKind.PDF, "DOCX")
    if b"%PDF-" in head[:PDF_WITHIN]:
        return FileType(DocumentKind.PDF, "PDF")
    ecg = ecg_format(head)
    if ecg is None and is_disc(head):
        return FileType(DocumentKind.IMAGE, DISC)
    return UNKNOWN if ecg is None else FileType(DocumentKind.ECG, ecg)


def _sop_class(head: bytes) -> str:
    found = SOP_CLASS.search(head, 0, NEAR)
    return found.group(1).decode() if found else ""


def _dicom_kind(sop_class: str) -> DocumentKind:
    for prefix, kind in DICOM_KINDS.items():
        if f"{sop_class}.".startswith(prefix):
            return kind
    return DocumentKind.IMAGE
