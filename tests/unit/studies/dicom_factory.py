"""DICOM files made by pydicom for tests: small twins of the real sample files, and broken ones."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import (
    UID,
    ExplicitVRLittleEndian,
    JPEGBaseline8Bit,
    RLELossless,
    TwelveLeadECGWaveformStorage,
    UltrasoundMultiFrameImageStorage,
)

Change = Callable[[Dataset], None]

TWELVE = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
EIGHT = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
_SCP_NUMBERS = dict(
    zip(TWELVE, (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8), strict=True), X=16, Y=17, Z=18
)


def written(dataset: Dataset, syntax: UID = ExplicitVRLittleEndian) -> bytes:
    """The data set as the bytes of a file."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    file = io.BytesIO()
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()


def element(**values: Any) -> Dataset:  # pydicom converts the values by their keyword
    """A data set with these elements."""
    dataset = Dataset()
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def code(value: str, meaning: str, scheme: str = "SCPECG") -> DicomSequence:
    """A code sequence of one item."""
    return DicomSequence(
        [element(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)]
    )


def heart_counts(samples: int = 1000, leads: int = 12, seed: int = 1) -> npt.NDArray[np.int16]:
    """Something that rises and falls, different in each lead: samples x leads."""
    time = np.arange(samples)[:, None]
    waves = 300 * np.sin(time / (20 + np.arange(leads))) + 20 * np.sin(time * (seed + 1.7))
    return np.asarray(waves, np.int16)


def channel(lead: str, *, sensitivity: str = "1.25", unit: str = "uV") -> Dataset:
    """The definition of one channel, in SCP-ECG's codes as real devices write them."""
    return element(
        ChannelSourceSequence=code(f"5.6.3-9-{_SCP_NUMBERS.get(lead, 0)}", f"Lead {lead}"),
        ChannelSensitivity=sensitivity,
        ChannelSensitivityUnitsSequence=code(unit, "", "UCUM"),
        ChannelSensitivityCorrectionFactor="1",
        ChannelBaseline="0",
        WaveformBitsStored=16,
        FilterLowFrequency="0.05",
        FilterHighFrequency="300",
        NotchFilterFrequency="0",
    )


def waveform(
    counts: npt.NDArray[np.int16],
    leads: Sequence[str] = TWELVE,
    *,
    rate: str = "1000",
    label: str = "RHYTHM",
    sensitivity: str = "1.25",
) -> Dataset:
    """One multiplex group."""
    return element(
        WaveformOriginality="ORIGINAL",
        NumberOfWaveformChannels=len(leads),
        NumberOfWaveformSamples=len(counts),
        SamplingFrequency=rate,
        MultiplexGroupLabel=label,
        ChannelDefinitionSequence=DicomSequence(
            [channel(lead, sensitivity=sensitivity) for lead in leads]
        ),
        WaveformBitsAllocated=16,
        WaveformSampleInterpretation="SS",
        WaveformData=counts.astype("<i2").tobytes(),
    )


def measurement(concept: str, meaning: str, value: str, unit: str) -> Dataset:
    """A value by the device."""
    return element(
        ConceptNameCodeSequence=code(concept, meaning),
        MeasurementUnitsCodeSequence=code(unit, "", "UCUM"),
        NumericValue=value,
        AnnotationGroupNumber=0,
    )


def ecg(groups: Sequence[Dataset] | None = None, notes: Sequence[Dataset] = ()) -> Dataset:
    """An ECG; by default twelve leads of a second at 1000 Hz, 1.25 uV a number."""
    dataset = element(
        SOPClassUID=TwelveLeadECGWaveformStorage,
        SOPInstanceUID="1.2.3.4",
        SpecificCharacterSet="ISO_IR 192",
        Modality="ECG",
        PatientName="Образцова^Анна^Ивановна",
        PatientBirthDate="19710123",
        AcquisitionDateTime="20260125105919",
        WaveformSequence=DicomSequence(groups or [waveform(heart_counts())]),
    )
    if notes:
        dataset.WaveformAnnotationSequence = DicomSequence(notes)
    return dataset


def ecg_file(change: Change | None = None) -> bytes:
    """The default ECG, changed before it is written; `change` gets the whole data set."""
    dataset = ecg()
    if change is not None:
        change(dataset)
    return written(dataset)


def colour_frame(number: int, width: int = 48, height: int = 32) -> npt.NDArray[np.uint8]:
    """Smooth colours that tell frames apart: height x width x 3."""
    rows, columns = np.mgrid[0:height, 0:width]
    channels = (rows * 7 + number * 9, columns * 5, rows * 2 + columns * 2 + number * 3)
    return np.stack([channel % 256 for channel in channels], axis=-1).astype(np.uint8)


def jpeg(pixels: npt.NDArray[np.uint8], **options: Any) -> bytes:  # options of Pillow's writer
    """As a baseline JPEG."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", **{"quality": 90, **options})
    return file.getvalue()


def picture(
    pixels: npt.NDArray[np.generic], photometric: str, frames: int | None = None
) -> Dataset:
    """An uncompressed ultrasound picture; `pixels` is [frames x] height x width [x 3]."""
    shape = pixels.shape if frames is None else pixels.shape[1:]
    bits = 8 * pixels.dtype.itemsize
    dataset = element(
        SOPClassUID=UltrasoundMultiFrameImageStorage,
        SOPInstanceUID="1.2.3.5",
        SpecificCharacterSet="ISO_IR 192",
        Modality="US",
        PatientName="Образцова^Анна^Ивановна",
        PatientBirthDate="19900201",
        ContentDate="20260101",
        ContentTime="101500",
        SeriesDescription="Парастернально",
        Rows=shape[0],
        Columns=shape[1],
        SamplesPerPixel=shape[2] if len(shape) == 3 else 1,
        PhotometricInterpretation=photometric,
        BitsAllocated=bits,
        BitsStored=bits,
        HighBit=bits - 1,
        PixelRepresentation=0,
        PixelData=pixels.tobytes(),
    )
    if len(shape) == 3:
        dataset.PlanarConfiguration = 0
    if frames is not None:
        dataset.NumberOfFrames = frames
        dataset.FrameTime = "40"
        dataset.FrameIncrementPointer = 0x00181063
    return dataset


def clip(
    frames: Sequence[bytes], width: int = 48, height: int = 32, *, offsets: bool = True
) -> Dataset:
    """A clip of JPEG frames, 40 ms each."""
    dataset = picture(np.zeros((1, height, width, 3), np.uint8), "YBR_FULL_422", len(frames))
    dataset.PixelData = encapsulate(list(frames), has_bot=offsets)
    dataset["PixelData"].VR = "OB"
    return dataset


def clip_file(
    count: int = 5, change: Change | None = None, *, width: int = 48, height: int = 32
) -> bytes:
    """A JPEG clip, changed before it is written."""
    frames = [jpeg(colour_frame(number, width, height)) for number in range(count)]
    dataset = clip(frames, width, height)
    if change is not None:
        change(dataset)
    return written(dataset, JPEGBaseline8Bit)


def rle_file(dataset: Dataset) -> bytes:
    """The picture packed as RLE."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.compress(RLELossless, generate_instance_uid=False)
    return written(dataset, RLELossless)


def region(**values: Any) -> Dataset:  # any element of a region
    """An ultrasound region: a 2D one in cm, changed by `values`."""
    return element(
        **{
            "RegionSpatialFormat": 1,
            "RegionDataType": 1,
            "RegionFlags": 2,
            "RegionLocationMinX0": 4,
            "RegionLocationMinY0": 2,
            "RegionLocationMaxX1": 40,
            "RegionLocationMaxY1": 30,
            "PhysicalUnitsXDirection": 3,
            "PhysicalUnitsYDirection": 3,
            "PhysicalDeltaX": 0.02,
            "PhysicalDeltaY": 0.02,
            **values,
        }
    )
