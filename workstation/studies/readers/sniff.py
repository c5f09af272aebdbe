"""What a file is, by its content: names and endings of uploads are not to be believed."""

from enum import Enum


class FileFormat(Enum):
    """What is opened here."""

    DICOM = "DICOM"
    JPEG = "JPEG"
    PNG = "PNG"
    PDF = "PDF"


_PDF_HEADER_WITHIN = 1024
"""Bytes before "%PDF-" that readers forgive (ISO 32000-1, annex H.3.4.1)."""

_BARE_DICOM_STARTS = (
    b"\x08\x00",  # group 0008, little endian
    b"\x02\x00\x00\x00UL",  # file meta information without the preamble
    b"\x00\x08",  # group 0008, big endian
)


def sniff(data: memoryview) -> FileFormat | None:
    """The format of `data`; None where it is none of ours."""
    head = bytes(data[:_PDF_HEADER_WITHIN])
    if head[128:132] == b"DICM":
        return FileFormat.DICOM
    if head.startswith(b"\xff\xd8\xff"):
        return FileFormat.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileFormat.PNG
    if b"%PDF-" in head:
        return FileFormat.PDF
    if head.startswith(_BARE_DICOM_STARTS) and len(data) >= 16:
        return FileFormat.DICOM
    return None
