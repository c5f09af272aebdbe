"""Opens a file of any known format. Each reader is imported by the first file that needs it."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import OpenedFile, OpenFunction
from workstation.studies.readers.sniff import NOT_OPENED, FileFormat, sniff
from workstation.studies.readers.video_syntaxes import VIDEO_SYNTAXES
from workstation.studies.readers.web_page import HEAD, web_page

if TYPE_CHECKING:
    from workstation.studies.readers.long_record import LongFrom

_ECG_READERS: Final = {
    FileFormat.SCP: ("scp_ecg", "read_scp"),
    FileFormat.AECG: ("aecg", "read_aecg"),
    FileFormat.MUSE: ("muse", "read_muse"),
    FileFormat.SIERRA: ("sierra", "read_sierra"),
    FileFormat.EDF: ("edf", "read_edf"),
    FileFormat.WFDB: ("wfdb", "read_wfdb"),
    FileFormat.ISHNE: ("ishne", "read_ishne"),
    FileFormat.MFER: ("mfer", "read_mfer"),
}
_ZIP: Final = b"PK\x03\x04"
_PRESENTATION_STATES: Final = "1.2.840.10008.5.1.4.1.1.11."
"""SOP classes of softcopy presentation states (PS3.4 B.5): grey, colour, blended, of XA, ..."""
_LONG_FORMATS: Final = {FileFormat.EDF, FileFormat.WFDB, FileFormat.ISHNE, FileFormat.MFER}
"""Whose readers know long recordings; DICOM's has one for them."""


def open_file(data: memoryview, long_from: "LongFrom | None" = None) -> OpenedFile:
    """Reads what a file is; its frames and pages are drawn later.

    `long_from`: where other recordings than usual are to be taken for long ones.

    Raises:
        UnreadableFile: it cannot be shown. Where a file is hostile, libraries raise other things
            too: call this in the decoder process only.
    """
    if not data:
        raise UnreadableFile(Unreadable.EMPTY)
    kind = sniff(data)
    if kind in NOT_OPENED:
        raise UnreadableFile(Unreadable.SAVE_AS_DOCUMENT, kind.value)
    match kind:
        case FileFormat.DICOM:
            return _open_dicom(data, long_from)
        case FileFormat.JPEG | FileFormat.PNG | FileFormat.BMP | FileFormat.AVIF:
            from workstation.studies.readers.picture import PhotoFile

            return PhotoFile(data)
        case FileFormat.TIFF:
            from workstation.studies.readers.tiff import open_tiff

            return open_tiff(data)
        case FileFormat.VIDEO:
            from workstation.studies.readers.video import open_video

            return open_video(data)
        case FileFormat.HEIC:
            raise UnreadableFile(Unreadable.SAVE_AS_JPEG, "HEIC")
        case FileFormat.WEB_PAGE:
            raise UnreadableFile(Unreadable.WEB_PAGE, web_page(bytes(data[:HEAD])))
        case FileFormat.PDF:
            from workstation.studies.readers.pdf import PdfFile

            return PdfFile(data)
        case FileFormat.DOCX | FileFormat.TEXT:
            return _open_text(kind, data)
        case None:
            raise UnreadableFile(Unreadable.NOT_RECOGNISED)
        case FileFormat.WFDB if bytes(data[:4]) == _ZIP:
            return _open_zip(data, long_from)
        case _:
            return _open_ecg(kind, data, long_from)


def _open_dicom(data: memoryview, long_from: "LongFrom | None") -> OpenedFile:
    from workstation.studies.readers.dicom_file import read_dicom
    from workstation.studies.readers.long_record import LongFrom

    rule = long_from or LongFrom()
    if len(data) >= rule.dicom_size:
        from workstation.studies.readers.dicom_deflated import read_deflated
        from workstation.studies.readers.dicom_long_ecg import read_long

        long = read_long(data, rule) or read_deflated(data, rule)
        if long is not None:
            return long
    file = read_dicom(data)
    from workstation.studies.readers.dicom_values import value

    if str(value(file.dataset, "SOPClassUID")).startswith(_PRESENTATION_STATES):
        raise UnreadableFile(Unreadable.PRESENTATION_STATE)
    if "WaveformSequence" in file.dataset:
        from workstation.studies.readers.dicom_ecg import read_ecg

        return read_ecg(file)
    if "EncapsulatedDocument" in file.dataset:
        from workstation.studies.readers.encapsulated_document import document_in

        return document_in(file)
    from workstation.studies.readers.dicom_report import is_report, read_report

    if is_report(file.dataset):
        return read_report(file)
    if file.syntax in VIDEO_SYNTAXES:
        from workstation.studies.readers.video import open_dicom_video

        return open_dicom_video(file)
    from workstation.studies.readers.stack_file import as_stack

    slices = as_stack(file, data)
    if slices is not None:
        return slices
    from workstation.studies.readers.dicom_image import DicomPicture

    return DicomPicture(file)


def _open_zip(data: memoryview, long_from: "LongFrom | None") -> OpenedFile:
    """A WFDB record, or a patient's disc."""
    from workstation.studies.readers.archive_disc import is_record, read_disc

    if is_record(data):
        return _open_ecg(FileFormat.WFDB, data, long_from)
    return read_disc(data)


def _open_text(kind: FileFormat, data: memoryview) -> OpenedFile:
    from workstation.studies.readers.text_document import open_docx, open_text

    return open_docx(data) if kind is FileFormat.DOCX else open_text(data)


def _open_ecg(kind: FileFormat, data: memoryview, long_from: "LongFrom | None") -> OpenedFile:
    """The formats that hold nothing but ECGs."""
    module, function = _ECG_READERS[kind]
    found = import_module(f"workstation.studies.readers.{module}")
    if kind in _LONG_FORMATS:
        read_long: Callable[[memoryview, LongFrom | None], OpenedFile] = getattr(found, function)
        return read_long(data, long_from)
    read: OpenFunction = getattr(found, function)
    return read(data)
