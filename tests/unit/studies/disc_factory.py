"""Discs as regions burn them, made by pydicom and zipfile: small twins, and odd ones."""

import io
import zipfile
from collections.abc import Mapping
from functools import partial

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import (
    UID,
    EncapsulatedPDFStorage,
    ExplicitVRLittleEndian,
    GrayscaleSoftcopyPresentationStateStorage,
    MediaStorageDirectoryStorage,
)

from tests.unit.studies.dicom_factory import clip_file, ecg_file, element, written
from tests.unit.studies.report_factory import number, report
from tests.unit.studies.slices import ct_file, packed

Files = dict[str, bytes]
STUDY = "1.2.840.1"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)


def whose(
    dataset: Dataset,
    *,
    series: str,
    series_number: int,
    uid: str = "",
    study: str = STUDY,
    title: str = "",
    name: str = "Образцов^Пётр",
    patient_id: str = "17",
) -> None:
    """Lays a file to a study and a series of it."""
    dataset.StudyInstanceUID = study
    dataset.SeriesInstanceUID = series
    dataset.SeriesNumber = series_number
    dataset.PatientName, dataset.PatientID = name, patient_id
    dataset.PatientBirthDate = "19610412"
    dataset.StudyDate, dataset.StudyTime = "20261111", "102000"
    dataset.StudyDescription = "КТ органов грудной клетки"
    if uid:
        dataset.SOPInstanceUID = uid
    if title:
        dataset.SeriesDescription = title


def head_slices(count: int = 5, name: str = "Образцов^Пётр", patient_id: str = "17") -> Files:
    """A plain series, as uncompressed files without suffix, out of order."""

    def slice_of(number: int) -> bytes:
        def change(dataset: Dataset) -> None:
            whose(
                dataset,
                series="1.2.3",
                series_number=2,
                uid=f"1.2.3.{number}",
                title="Голова 5 мм",
                name=name,
                patient_id=patient_id,
            )

        return ct_file(number, change)

    return {f"DICOM/PA0/ST0/SE0/IM{(7 * n) % count:03d}": slice_of(n + 1) for n in range(count)}


def head_slices_of(name: str) -> Files:
    """A series that names somebody else, under the same UIDs of study and series."""
    of_another = head_slices(3, name=name, patient_id="18")
    return {f"OTHER/{path}": data for path, data in of_another.items()}


def packed_slices(count: int = 4) -> Files:
    """A series of RLE."""

    def slice_of(number: int) -> bytes:
        def change(dataset: Dataset) -> None:
            uid = f"1.2.4.{number}"
            whose(dataset, series="1.2.4", series_number=3, uid=uid, title="Тонкие срезы")

        return packed(number, change)

    return {f"DICOM/PA0/ST0/SE1/IM{n:03d}": slice_of(n + 1) for n in range(count)}


def echo(uid: str = "1.2.5.1") -> bytes:
    """A clip of an ultrasound."""
    return clip_file(5, partial(whose, series="1.2.5", series_number=4, uid=uid, title="ЭхоКГ"))


def sr(uid: str = "1.2.6.1") -> bytes:
    """A device's report."""
    length = number(("11726-7", "LN", "Peak Velocity"), "4.2", "m/s")
    return report(
        ("125200", "DCM", "Adult Echocardiography Procedure Report"),
        length,
        SOPInstanceUID=uid,
        StudyInstanceUID=STUDY,
        SeriesInstanceUID="1.2.6",
        SeriesNumber=5,
        PatientName="Образцов^Пётр",
        PatientID="17",
        PatientBirthDate="19610412",
    )


def pdf_inside(uid: str = "1.2.7.1") -> bytes:
    """A PDF within a DICOM file."""
    dataset = element(
        SOPClassUID=EncapsulatedPDFStorage,
        SOPInstanceUID=uid,
        SpecificCharacterSet="ISO_IR 192",
        Modality="DOC",
        DocumentTitle="Заключение",
        MIMETypeOfEncapsulatedDocument="application/pdf",
        EncapsulatedDocument=PDF,
    )
    whose(dataset, series="1.2.7", series_number=6)
    return written(dataset)


def ecg_inside(uid: str = "1.2.8.1") -> bytes:
    """An ECG of twelve leads."""
    return ecg_file(partial(whose, series="1.2.8", series_number=7, uid=uid))


def presentation_state() -> bytes:
    """A DICOM object without a picture."""
    dataset = element(
        SOPClassUID=GrayscaleSoftcopyPresentationStateStorage,
        SOPInstanceUID="1.2.9.1",
        SpecificCharacterSet="ISO_IR 192",
        Modality="PR",
        ContentLabel="STATE",
    )
    whose(dataset, series="1.2.9", series_number=9)
    return written(dataset)


def junk() -> Files:
    """A viewer as it lies on discs: programs, pages, settings, previews."""
    preview = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (128, 128), "gray").save(preview, "JPEG")
    return {
        "autorun.inf": b"[autorun]\r\nopen=VIEWER\\viewer.exe\r\nicon=VIEWER\\viewer.ico\r\n",
        "VIEWER/viewer.exe": b"MZ\x90\0" + bytes(200),
        "VIEWER/lib.dll": b"MZ\x90\0" + bytes(100),
        "VIEWER/manual.txt": b"This is how the viewer is used.\r\n" * 20,
        "INDEX.HTM": b"<html><body><script>alert(1)</script></body></html>",
        "JPEG/0001.jpg": preview.getvalue(),
        "README.TXT": "Запустите viewer.exe с диска.\r\n".encode("cp1251"),
    }


def disc_files(*, with_junk: bool = True) -> Files:
    """Two series of CT, a clip and a report: four rows."""
    files = head_slices() | packed_slices()
    files |= {"DICOM/PA0/ST1/SE0/IM000": echo(), "DICOM/PA0/ST1/SE1/SR000": sr()}
    return files | (junk() if with_junk else {})


def directory(paths: Mapping[str, str]) -> bytes:
    """A DICOMDIR that names files by path, each with its UID (PS3.3 F.5)."""
    records = [
        element(
            OffsetOfTheNextDirectoryRecord=0,
            RecordInUseFlag=0xFFFF,
            OffsetOfReferencedLowerLevelDirectoryEntity=0,
            DirectoryRecordType="IMAGE",
            ReferencedFileID=path.split("/"),
            ReferencedSOPClassUIDInFile="1.2.840.10008.5.1.4.1.1.2",
            ReferencedSOPInstanceUIDInFile=uid,
            ReferencedTransferSyntaxUIDInFile=ExplicitVRLittleEndian,
        )
        for path, uid in paths.items()
    ]
    dataset = element(
        FileSetID="DISC",
        FileSetConsistencyFlag=0,
        DirectoryRecordSequence=DicomSequence(records),
    )
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.99")
    file = io.BytesIO()
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The files as one archive, folders included."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("DISC/"), b"")
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()
