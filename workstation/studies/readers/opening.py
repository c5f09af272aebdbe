"""Opens a file of any known format. Each reader is imported by the first file that needs it."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import OpenedFile, OpenFunction
from workstation.studies.readers.sniff import FileFormat, sniff

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
_LONG_FORMATS: Final = {FileFormat.EDF, FileFormat.WFDB, FileFormat.ISHNE}
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
    match kind:
        case FileFormat.DICOM:
            return _open_dicom(data, long_from)
        case FileFormat.JPEG | FileFormat.PNG:
            from workstation.studies.readers.picture import PhotoFile

            return PhotoFile(data)
        case FileFormat.PDF:
            from workstation.studies.readers.pdf import PdfFile

            return PdfFile(data)
        case None:
            raise UnreadableFile(Unreadable.NOT_RECOGNISED)
        case _:
            return _open_ecg(kind, data, long_from)


def _open_dicom(data: memoryview, long_from: "LongFrom | None") -> OpenedFile:
    from workstation.studies.readers.dicom_file import read_dicom
    from workstation.studies.readers.long_record import LongFrom

    rule = long_from or LongFrom()
    if len(data) >= rule.dicom_size:
        from workstation.studies.readers.dicom_long_ecg import read_long

        long = read_long(data, rule)
        if long is not None:
            return long
    file = read_dicom(data)
    if "WaveformSequence" in file.dataset:
        from workstation.studies.readers.dicom_ecg import read_ecg

        return read_ecg(file)
    from workstation.studies.readers.dicom_image import DicomPicture

    return DicomPicture(file)


def _open_ecg(kind: FileFormat, data: memoryview, long_from: "LongFrom | None") -> OpenedFile:
    """The formats that hold nothing but ECGs."""
    module, function = _ECG_READERS[kind]
    found = import_module(f"workstation.studies.readers.{module}")
    if kind in _LONG_FORMATS:
        read_long: Callable[[memoryview, LongFrom | None], OpenedFile] = getattr(found, function)
        return read_long(data, long_from)
    read: OpenFunction = getattr(found, function)
    return read(data)
