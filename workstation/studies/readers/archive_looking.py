"""What each file of an archive is, by its content: told from its beginning, never from its name."""

from dataclasses import dataclass
from typing import Final

from workstation.studies.disc import DiscKind, LeftOutReason
from workstation.studies.errors import UnreadableFile
from workstation.studies.readers.archive import ArchiveEntry, beginning, unpacked
from workstation.studies.readers.archive_file_names import is_helper, is_program, is_within
from workstation.studies.readers.archive_headers import (
    FileHeader,
    header_at,
    header_by_pydicom,
)
from workstation.studies.readers.pillow_pictures import opened
from workstation.studies.readers.sniff import NOT_OPENED, FileFormat, sniff

HEAD: Final = 16 * 1024
_DIRECTORY_CLASS: Final = b"1.2.840.10008.1.3.10"
"""Media Storage Directory: said in the file meta information alone (PS3.10 8.6)."""
_META_WITHIN: Final = 1024
_LONG_HEAD: Final = 512 * 1024
"""Private elements of some devices are long."""
_LARGEST_TEXT: Final = 32 * 1024 * 1024
"""Of a document that has to be seen whole to be told from an archive."""
_SMALL_PICTURE: Final = 400
"""Pixels of the longer side of what viewers keep as previews."""
_NO_PICTURES: Final = ("11", "66", "67", "68", "78", "79", "200", "481")
"""Presentation states, raw data, registrations, lens data, implant plans, plans of radiotherapy
(PS3.4 B.5)."""
_PHOTOS: Final = (FileFormat.JPEG, FileFormat.PNG, FileFormat.TIFF, FileFormat.BMP, FileFormat.AVIF)
_PILLOWS: Final = ("JPEG", "PNG", "BMP", "TIFF")
_DOCUMENTS: Final = (FileFormat.PDF, FileFormat.DOCX, FileFormat.TEXT)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that can be opened."""

    entry: ArchiveEntry
    kind: DiscKind
    header: FileHeader | None
    """Of a DICOM file."""
    is_preview: bool = False
    """Whether it is one of the small pictures that viewers keep, where there are real ones."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The disc's own list."""

    entry: ArchiveEntry


Look = Looked | Directory | LeftOutReason


def look(data: memoryview, entry: ArchiveEntry, viewers: frozenset[str]) -> Look:
    """What an entry is. `viewers`: folders in which programs lie.

    Raises nothing that an entry's bytes may cause, out of memory apart.
    """
    try:
        head = beginning(data, entry.place, HEAD)
        kind = _format(data, entry, head)
        if kind is FileFormat.DICOM:
            return _dicom(data, entry, head)
        return _other(entry, kind, head, viewers)
    except UnreadableFile:
        return LeftOutReason.DAMAGED
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # one hostile file must not take the others along
        return LeftOutReason.DAMAGED


def _format(data: memoryview, entry: ArchiveEntry, head: memoryview) -> FileFormat | None:
    """By the beginning; what begins as a ZIP is a document only if all of it says so."""
    if bytes(head[:4]) == b"PK\x03\x04" and entry.place.size <= _LARGEST_TEXT:
        return sniff(unpacked(data, entry.place))
    return sniff(head)


def _dicom(data: memoryview, entry: ArchiveEntry, head: memoryview) -> Look:
    header = _header(data, entry, head)
    if _DIRECTORY_CLASS in bytes(head[:_META_WITHIN]):
        return Directory(entry)
    if header.is_of("9"):
        return Looked(entry, DiscKind.ECG, header)
    if header.is_of("88"):
        return Looked(entry, DiscKind.REPORT, header)
    if header.is_of("104"):
        return Looked(entry, DiscKind.DOCUMENT, header)
    if not header.has_picture or header.is_of(*_NO_PICTURES):
        return LeftOutReason.NO_PICTURE
    if header.is_slice:
        return Looked(entry, DiscKind.STACK, header)
    return Looked(entry, DiscKind.CLIP if header.is_moving else DiscKind.IMAGE, header)


def _header(data: memoryview, entry: ArchiveEntry, head: memoryview) -> FileHeader:
    """By a longer beginning where the first one ends too early."""
    found = header_at(head)
    if found is not None and not found.is_whole and len(head) < entry.place.size:
        found = header_at(beginning(data, entry.place, _LONG_HEAD))
    if found is None:
        found = header_by_pydicom(beginning(data, entry.place, _LONG_HEAD))
    return found


def _other(
    entry: ArchiveEntry, kind: FileFormat | None, head: memoryview, viewers: frozenset[str]
) -> Look:
    """A file that is no DICOM."""
    path = entry.path
    if kind is None or kind is FileFormat.WEB_PAGE or is_program(path):
        return LeftOutReason.NOT_MEDICAL
    if kind is FileFormat.WFDB:
        nested = bytes(head[:4]) == b"PK\x03\x04"
        return LeftOutReason.NESTED if nested else LeftOutReason.ADVISED
    helps = is_helper(path) or is_within(path, viewers)
    if kind in (FileFormat.TEXT, *NOT_OPENED, FileFormat.HEIC) and helps:
        return LeftOutReason.NOT_MEDICAL
    if kind in NOT_OPENED or kind is FileFormat.HEIC:
        return LeftOutReason.ADVISED
    if kind in _PHOTOS:
        return Looked(entry, DiscKind.PHOTO, None, is_preview=helps or _is_small(head))
    if kind in _DOCUMENTS:
        return Looked(entry, DiscKind.DOCUMENT, None)
    return Looked(entry, DiscKind.CLIP if kind is FileFormat.VIDEO else DiscKind.ECG, None)


def _is_small(head: memoryview) -> bool:
    """Whether a picture says a size as of a preview; False where its beginning does not say."""
    try:
        return max(opened(head, _PILLOWS).size) <= _SMALL_PICTURE
    except UnreadableFile:
        return False
