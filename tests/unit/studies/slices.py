"""CT slices and enhanced pictures made by pydicom: small twins of the real series, and odd ones."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import CTImageStorage, EnhancedMRImageStorage, ExplicitVRLittleEndian, RLELossless

from tests.unit.studies.dicom_factory import element, written

ROWS, COLUMNS = 24, 32
Change = Callable[[Dataset], None]


def counts(number: int, rows: int = ROWS, columns: int = COLUMNS) -> npt.NDArray[np.int16]:
    """Stored numbers that tell slices apart; with a rescale of -1024 they are about HU."""
    down, right = np.mgrid[0:rows, 0:columns]
    return np.asarray(1000 + 10 * number + 3 * down + right, np.int16)


def ct(number: int, z: float | None = None, *, rows: int = ROWS, columns: int = COLUMNS) -> Dataset:
    """Slice `number` (from 1) of an axial CT, 5 mm apart or at `z`."""
    return element(
        SOPClassUID=CTImageStorage,
        SOPInstanceUID=f"1.2.3.{number}",
        SeriesInstanceUID="1.2.3",
        SeriesNumber=2,
        SpecificCharacterSet="ISO_IR 192",
        ImageType=["ORIGINAL", "PRIMARY", "AXIAL"],
        Modality="CT",
        PatientName="Образцов^Пётр",
        PatientBirthDate="19610412",
        AcquisitionDate="20261111",
        AcquisitionTime="102400",
        SeriesDescription="Голова 5 мм",
        InstanceNumber=number,
        ImagePositionPatient=[-8.0, -6.0, 5.0 * number if z is None else z],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
        PixelSpacing=[0.5, 0.25],
        SliceThickness="5",
        Rows=rows,
        Columns=columns,
        SamplesPerPixel=1,
        PhotometricInterpretation="MONOCHROME2",
        BitsAllocated=16,
        BitsStored=12,
        HighBit=11,
        PixelRepresentation=0,
        RescaleIntercept="-1024",
        RescaleSlope="1",
        WindowCenter=["40", "40"],
        WindowWidth=["80", "80"],
        PixelData=counts(number, rows, columns).tobytes(),
    )


def ct_file(number: int, change: Change | None = None, z: float | None = None) -> bytes:
    """The slice as a file, changed before it is written."""
    dataset = ct(number, z)
    if change is not None:
        change(dataset)
    return written(dataset)


def ct_files(numbers: Sequence[int]) -> list[bytes]:
    """Several slices of one series."""
    return [ct_file(number) for number in numbers]


def packed(number: int, change: Change | None = None) -> bytes:
    """The slice as RLE."""
    dataset = ct(number)
    if change is not None:
        change(dataset)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.compress(RLELossless, generate_instance_uid=False)
    return written(dataset, RLELossless)


def enhanced(places: Sequence[float], times: int = 1) -> Dataset:
    """An enhanced MR: one frame at each place for each time, times first."""
    frames = [(place, time) for time in range(times) for place in places]
    dataset = ct(1)
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing"):
        del dataset[keyword]
    dataset.SOPClassUID, dataset.Modality = EnhancedMRImageStorage, "MR"
    dataset.NumberOfFrames = len(frames)
    dataset.PixelData = b"".join(counts(n).tobytes() for n in range(len(frames)))
    dataset.SharedFunctionalGroupsSequence = DicomSequence(
        [
            element(
                PlaneOrientationSequence=_one(ImageOrientationPatient=[0, 1, 0, 0, 0, -1]),
                PixelMeasuresSequence=_one(PixelSpacing=[0.6, 0.6], SliceThickness="6"),
                PixelValueTransformationSequence=_one(
                    RescaleIntercept="0", RescaleSlope="2", RescaleType="US"
                ),
            )
        ]
    )
    dataset.PerFrameFunctionalGroupsSequence = DicomSequence(
        [
            element(
                PlanePositionSequence=_one(ImagePositionPatient=[place, -80, 80]),
                FrameContentSequence=_one(
                    StackID="1",
                    InStackPositionNumber=1 + places.index(place),
                    TemporalPositionIndex=1 + time,
                ),
                FrameVOILUTSequence=_one(WindowCenter=str(1500 + n), WindowWidth="2800"),
            )
            for n, (place, time) in enumerate(frames)
        ]
    )
    return dataset


def _one(**values: object) -> DicomSequence:
    return DicomSequence([element(**values)])
