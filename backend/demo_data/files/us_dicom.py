"""Ultrasound clips and stills as DICOM: JPEG baseline frames, frame times, calibrated regions."""

from datetime import date

from pydicom.dataset import Dataset, FileDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    UID,
    JPEGBaseline8Bit,
    UltrasoundImageStorage,
    UltrasoundMultiFrameImageStorage,
)

from backend.demo_data.files import us_doppler
from backend.demo_data.files.dicom_header import (
    describe_patient,
    describe_study,
    new_dataset,
    taken_at,
    to_bytes,
    uid,
)
from backend.demo_data.files.subject import Subject
from backend.demo_data.files.us_clips import CLIPS, frames, intervals
from backend.demo_data.files.us_probe import Probe

CENTIMETRE, SECOND, CENTIMETRE_A_SECOND = 3, 4, 7
TWO_DIMENSIONAL, SPECTRAL = 1, 3
TISSUE, CONTINUOUS_WAVE = 1, 4


def make_clip(subject: Subject, day: date, name: str, description: str) -> bytes:
    """The clip of that name (a key of CLIPS) with the subject's header."""
    clip = CLIPS[name]
    pictures = frames(name)
    probe = clip.probe
    dataset = _new(UltrasoundMultiFrameImageStorage, subject, day, name, description)
    _describe_pixels(dataset, probe.size)
    dataset.NumberOfFrames = clip.frames
    _describe_times(dataset, name)
    if clip.heart_rate:
        dataset.HeartRate = clip.heart_rate
    dataset.SequenceOfUltrasoundRegions = Sequence([_tissue_region(probe)])
    shown = [pictures[number % clip.period] for number in range(clip.frames)]
    return _with_pixels(dataset, shown)


def make_doppler_still(subject: Subject, day: date, description: str) -> bytes:
    """The still of the jet through the aortic valve."""
    dataset = _new(UltrasoundImageStorage, subject, day, "doppler", description)
    _describe_pixels(dataset, us_doppler.SIZE)
    dataset.SequenceOfUltrasoundRegions = Sequence([_spectral_region()])
    return _with_pixels(dataset, [us_doppler.make_doppler()])


def cut_short(file: bytes, part: float) -> bytes:
    """The file as a broken upload leaves it: only its first part arrived."""
    return file[: int(len(file) * part)]


def _new(sop_class: UID, subject: Subject, day: date, name: str, description: str) -> FileDataset:
    dataset = new_dataset(sop_class, JPEGBaseline8Bit, uid(subject.number, name, f"{day}"))
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    dataset.Modality = "US"
    describe_patient(dataset, subject)
    describe_study(dataset, subject, taken_at(day, name), description, name)
    dataset.SeriesDescription = description
    dataset.Manufacturer = "Demo"
    dataset.ManufacturerModelName = "Sonoscope 3"
    dataset.LossyImageCompression = "01"
    dataset.LossyImageCompressionMethod = "ISO_10918_1"
    return dataset


def _describe_pixels(dataset: Dataset, size: tuple[int, int]) -> None:
    dataset.SamplesPerPixel = 3
    dataset.PhotometricInterpretation = "YBR_FULL_422"
    dataset.PlanarConfiguration = 0
    dataset.Columns, dataset.Rows = size
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit = 7
    dataset.PixelRepresentation = 0


def _describe_times(dataset: Dataset, name: str) -> None:
    """Cine module, DICOM PS3.3 C.7.6.5: a frame time, or a vector where the spacing differs."""
    steps = intervals(name)
    mean = sum(steps) / (len(steps) - 1)
    if len(CLIPS[name].times) == 1:
        dataset.FrameTime = steps[1]
        dataset.FrameIncrementPointer = 0x00181063
    else:
        dataset.FrameTimeVector = steps
        dataset.FrameIncrementPointer = 0x00181065
    dataset.CineRate = dataset.RecommendedDisplayFrameRate = round(1000 / mean)
    dataset.StartTrim, dataset.StopTrim = 1, len(steps)


def _tissue_region(probe: Probe) -> Dataset:
    """DICOM PS3.3 C.8.5.5: where the sector lies and how many cm a pixel is."""
    region = _region(TWO_DIMENSIONAL, TISSUE, probe.bounds)
    region.PhysicalUnitsXDirection = region.PhysicalUnitsYDirection = CENTIMETRE
    region.PhysicalDeltaX = region.PhysicalDeltaY = probe.cm_per_pixel
    region.ReferencePixelX0 = probe.size[0] // 2 - probe.bounds[0]
    region.ReferencePixelY0 = probe.top - probe.bounds[1]
    region.ReferencePixelPhysicalValueX = region.ReferencePixelPhysicalValueY = 0.0
    return region


def _spectral_region() -> Dataset:
    doppler = us_doppler
    bounds = (doppler.LEFT, doppler.TOP, doppler.RIGHT, doppler.BOTTOM)
    region = _region(SPECTRAL, CONTINUOUS_WAVE, bounds)
    region.PhysicalUnitsXDirection = SECOND
    region.PhysicalUnitsYDirection = CENTIMETRE_A_SECOND
    region.PhysicalDeltaX = doppler.SECONDS_PER_PIXEL
    region.PhysicalDeltaY = -100 * doppler.METRES_PER_PIXEL
    region.ReferencePixelX0 = 0
    region.ReferencePixelY0 = doppler.BASELINE
    region.ReferencePixelPhysicalValueX = region.ReferencePixelPhysicalValueY = 0.0
    return region


def _region(spatial_format: int, data_type: int, bounds: tuple[int, int, int, int]) -> Dataset:
    region = Dataset()
    region.RegionSpatialFormat = spatial_format
    region.RegionDataType = data_type
    region.RegionFlags = 0
    region.RegionLocationMinX0, region.RegionLocationMinY0 = bounds[:2]
    region.RegionLocationMaxX1, region.RegionLocationMaxY1 = bounds[2:]
    return region


def _with_pixels(dataset: FileDataset, pictures: list[bytes]) -> bytes:
    raw = dataset.Rows * dataset.Columns * 3 * len(pictures)
    dataset.LossyImageCompressionRatio = round(raw / sum(map(len, pictures)), 1)
    dataset.PixelData = encapsulate(pictures)
    dataset["PixelData"].VR = "OB"
    return to_bytes(dataset)
