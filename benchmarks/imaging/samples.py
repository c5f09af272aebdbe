"""Clips for the benchmarks: one made in the run, and a device's where the sample files are."""

import io
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.uid import (
    UID,
    ExplicitVRLittleEndian,
    JPEGBaseline8Bit,
    UltrasoundMultiFrameImageStorage,
)

FRAMES, WIDTH, HEIGHT = 87, 975, 743
FRAME_MS = "34.9927"
_REAL = Path(__file__).resolve().parents[3] / "shared/data/us/fetal_voluson_cine_87f.dcm"


@cache
def made_clip() -> bytes:
    """87 frames of 975 x 743 as a device sends them: speckle in a sector, JPEG in 4:2:2."""
    chance = np.random.default_rng(20260101)
    speckle = chance.integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8)
    tissue = np.asarray(Image.fromarray(speckle).filter(ImageFilter.GaussianBlur(1.5)))
    tissue = np.clip(4 * (tissue.astype(np.int16) - 110), 0, 255).astype(np.uint8)
    frames = [_jpeg(_in_sector(np.roll(tissue, 3 * number, axis=0))) for number in range(FRAMES)]
    return _written(frames)


def device_clip() -> bytes | None:
    """The biggest clip of the sample files, of the same size; None where they are not there."""
    return _REAL.read_bytes() if _REAL.exists() else None


def clips() -> dict[str, bytes]:
    """Those that are there."""
    real = device_clip()
    return {"made clip": made_clip()} | ({} if real is None else {"device's clip": real})


def _in_sector(tissue: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    depth = np.hypot(rows, columns - WIDTH / 2)
    inside = (np.abs(columns - WIDTH / 2) < 0.7 * rows) & (depth < 0.95 * HEIGHT)
    return np.repeat(np.where(inside, tissue, 0)[..., None], 3, axis=2).astype(np.uint8)


@cache
def fast_clip(*, packed: bool) -> bytes:
    """60 frames of 1024 x 768 at 60 a second: JPEG in 4:2:2, or uncompressed RGB."""
    chance = np.random.default_rng(20260102)
    speckle = chance.integers(0, 256, (768, 1024)).astype(np.uint8)
    tissue = np.asarray(Image.fromarray(speckle).filter(ImageFilter.GaussianBlur(1.5)))
    tissue = np.clip(4 * (tissue.astype(np.int16) - 110), 0, 255).astype(np.uint8)
    frames = [
        np.repeat(np.roll(tissue, 5 * number, axis=0)[..., None], 3, axis=2) for number in range(60)
    ]
    if packed:
        return _written([_jpeg(one) for one in frames], (768, 1024), "16.6667")
    return _written_plain(frames, "16.6667")


def _jpeg(pixels: npt.NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=75, subsampling="4:2:2")
    return file.getvalue()


def _written(
    frames: list[bytes], shape: tuple[int, int] = (HEIGHT, WIDTH), frame_ms: str = FRAME_MS
) -> bytes:
    dataset = _picture(shape, len(frames), frame_ms)
    dataset.PhotometricInterpretation = "YBR_FULL_422"
    dataset.PixelData = encapsulate(frames)
    return _file(dataset, JPEGBaseline8Bit)


def _written_plain(frames: list[npt.NDArray[np.uint8]], frame_ms: str) -> bytes:
    dataset = _picture(frames[0].shape[:2], len(frames), frame_ms)
    dataset.PhotometricInterpretation = "RGB"
    dataset.PixelData = b"".join(one.tobytes() for one in frames)
    return _file(dataset, ExplicitVRLittleEndian)


def _picture(shape: tuple[int, ...], count: int, frame_ms: str) -> Dataset:
    dataset = Dataset()
    dataset.SOPClassUID = UltrasoundMultiFrameImageStorage
    dataset.SOPInstanceUID = "1.2.3.7"
    dataset.Modality = "US"
    dataset.Rows, dataset.Columns = shape
    dataset.SamplesPerPixel, dataset.PlanarConfiguration = 3, 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.PixelRepresentation = 0
    dataset.NumberOfFrames, dataset.FrameTime = count, frame_ms
    return dataset


def _file(dataset: Dataset, syntax: UID) -> bytes:
    dataset["PixelData"].VR = "OB"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    file = io.BytesIO()
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()
