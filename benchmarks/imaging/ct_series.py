"""A CT series made for the benchmark: a head of ellipses with noise, slices of 512x512."""

import io

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

SIDE = 512
_PRIVATE = 4096
"""Bytes of private elements, as devices write them before the pixels."""


def ct_files(slices: int) -> list[bytes]:
    """So many files, each of one slice, 1.25 mm apart."""
    noise = np.random.default_rng(7).normal(0, 8, (SIDE, SIDE + 64))
    template = _template()
    return [_file(template, number, noise) for number in range(slices)]


def _file(template: Dataset, number: int, noise: npt.NDArray[np.float64]) -> bytes:
    template.SOPInstanceUID = f"1.2.826.0.1.{number + 1}"
    template.file_meta.MediaStorageSOPInstanceUID = template.SOPInstanceUID
    template.InstanceNumber = number + 1
    template.SliceLocation = f"{1.25 * number:.2f}"
    template.ImagePositionPatient = ["-115.5", "-115.5", f"{1.25 * number:.2f}"]
    template.PixelData = _head(number, noise).tobytes()
    file = io.BytesIO()
    dcmwrite(file, template, enforce_file_format=True)
    return file.getvalue()


def _head(number: int, noise: npt.NDArray[np.float64]) -> npt.NDArray[np.int16]:
    """Stored numbers: air 24, brain 1060, bone 2000."""
    rows, columns = np.ogrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    size = 0.5 + 0.35 * np.sin(np.pi * (number % 500) / 500)
    radius = np.sqrt((rows / (1.1 * size)) ** 2 + (columns / (0.85 * size)) ** 2)
    values = np.where(radius < 1, 2000, 24) + np.where(radius < 0.9, -940, 0)
    return np.asarray(values + noise[:, number % 64 : number % 64 + SIDE], np.int16)


def _template() -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = CTImageStorage
    values = {
        "SOPClassUID": CTImageStorage,
        "SeriesInstanceUID": "1.2.826.0.1",
        "StudyInstanceUID": "1.2.826.0",
        "SpecificCharacterSet": "ISO_IR 192",
        "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"],
        "Modality": "CT",
        "PatientName": "Образцов^Пётр",
        "PatientID": "1",
        "SeriesDescription": "Голова 1,25 мм",
        "SeriesNumber": 2,
        "ImageOrientationPatient": ["1", "0", "0", "0", "1", "0"],
        "PixelSpacing": ["0.451171875", "0.451171875"],
        "SliceThickness": "1.25",
        "Rows": SIDE,
        "Columns": SIDE,
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "BitsAllocated": 16,
        "BitsStored": 12,
        "HighBit": 11,
        "PixelRepresentation": 0,
        "RescaleIntercept": "-1024",
        "RescaleSlope": "1",
        "WindowCenter": "40",
        "WindowWidth": "80",
    }
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    dataset.add_new(0x00090010, "LO", "BENCHMARK")
    dataset.add_new(0x00091001, "OB", bytes(_PRIVATE))
    return dataset
