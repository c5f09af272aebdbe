"""Opens a file of any known format. Each reader is imported by the first file that needs it."""

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.opened import OpenedFile
from workstation.studies.readers.sniff import FileFormat, sniff


def open_file(data: memoryview) -> OpenedFile:
    """Reads what a file is; its frames and pages are drawn later.

    Raises:
        UnreadableFile: it cannot be shown. Where a file is hostile, libraries raise other things
            too: call this in the decoder process only.
    """
    if not data:
        raise UnreadableFile(Unreadable.EMPTY)
    match sniff(data):
        case FileFormat.DICOM:
            return _open_dicom(data)
        case FileFormat.JPEG | FileFormat.PNG:
            from workstation.studies.readers.picture import PhotoFile

            return PhotoFile(data)
        case FileFormat.PDF:
            from workstation.studies.readers.pdf import PdfFile

            return PdfFile(data)
        case None:
            raise UnreadableFile(Unreadable.NOT_RECOGNISED)


def _open_dicom(data: memoryview) -> OpenedFile:
    from workstation.studies.readers.dicom_file import read_dicom

    file = read_dicom(data)
    if "WaveformSequence" in file.dataset:
        from workstation.studies.readers.dicom_ecg import read_ecg

        return read_ecg(file)
    from workstation.studies.readers.dicom_image import DicomPicture

    return DicomPicture(file)
