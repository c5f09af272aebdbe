"""Documents inside DICOM files (PS3.3 A.45): the PDF, and whom the DICOM file names."""

from dataclasses import replace

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, integer, moment, sex, value
from workstation.studies.readers.letters import plain
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.warnings import StudyWarning


def document_in(file: DicomFile) -> PdfFile:
    """The document.

    Raises:
        UnreadableFile: it is no PDF (its type is named), cut off, or damaged.
    """
    dataset = file.dataset
    kind = plain(str(value(dataset, "MIMETypeOfEncapsulatedDocument") or ""))[:60]
    found = value(dataset, "EncapsulatedDocument")
    if not isinstance(found, bytes):
        raise UnreadableFile(Unreadable.TRUNCATED if file.cut_off else Unreadable.NO_PICTURE)
    if b"%PDF-" not in found[:1024]:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, kind or "DICOM document")
    pdf = PdfFile(memoryview(_unpadded(found, integer(dataset, "EncapsulatedDocumentLength"))))
    pdf.info = _named(pdf.info, file)
    return pdf


def _unpadded(stored: bytes, stated: int | None) -> bytes:
    """Without the byte that makes the length even (PS3.5 6.2), where the file says the length."""
    return stored[:stated] if stated is not None and 0 < stated <= len(stored) else stored


def _named(info: PdfInfo, file: DicomFile) -> PdfInfo:
    """What the DICOM file says of whom and when it is."""
    dataset = file.dataset
    name, title = person(dataset, "PatientName"), text(dataset, "DocumentTitle")
    taken_on, taken_at = moment(dataset, "Acquisition", "Content", "Series", "Study")
    guessed = (StudyWarning.NAME_CHARSET_GUESSED,) if name.guessed else ()
    return replace(
        info,
        format="DICOM PDF",
        title=title.words or info.title,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        patient_sex=sex(dataset),
        taken_on=taken_on,
        taken_at=taken_at,
        warnings=(*guessed, *info.warnings),
    )
