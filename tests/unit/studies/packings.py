"""One picture in each packing that is read."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.jpeg_writer import extended_jpeg, lossless_jpeg

Numbers = npt.NDArray[np.integer]


def slice_of(numbers: Numbers, bits: int = 16) -> Dataset:
    """An uncompressed picture of these numbers in `bits` bits, signed where they are."""
    colours = numbers.ndim == 3
    dataset = make.picture(numbers, "RGB" if colours else "MONOCHROME2")
    if not colours:
        dataset.BitsStored, dataset.HighBit = bits, bits - 1
    dataset.PixelRepresentation = int(numbers.dtype.kind == "i")
    return dataset


def with_frames(dataset: Dataset, frames: list[bytes], syntax: UID) -> bytes:
    """The data set with these compressed frames for its own pixels."""
    dataset.PixelData = encapsulate(frames)
    dataset["PixelData"].VR = "OB"
    return make.written(dataset, syntax)


def compressed(
    dataset: Dataset, syntax: UID, *, jls_error: int | None = None, j2k_ratio: float | None = None
) -> bytes:
    """Packed by pydicom; with the greatest error, or the ratio, of a lossy packing."""
    ratios = None if j2k_ratio is None else [j2k_ratio]
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.compress(syntax, generate_instance_uid=False, jls_error=jls_error, j2k_cr=ratios)
    return make.written(dataset, syntax)


def _big_endian(dataset: Dataset, numbers: Numbers) -> bytes:
    words = np.frombuffer(numbers.tobytes(), np.uint16)  # 8 bits too: OW are words (PS3.5 A.3)
    dataset.PixelData = words.byteswap().tobytes()
    dataset["PixelData"].VR = "OW"
    return make.written(dataset, ExplicitVRBigEndian)


def _jpeg(dataset: Dataset, numbers: Numbers, syntax: UID) -> bytes:
    bits = dataset.BitsStored
    patterns = numbers.astype(np.int64) & ((1 << bits) - 1)
    return with_frames(dataset, [lossless_jpeg(patterns, bits)], syntax)


LOSSLESS: dict[str, Callable[[Numbers, int], bytes]] = {
    "explicit": lambda one, bits: make.written(slice_of(one, bits)),
    "implicit": lambda one, bits: make.written(slice_of(one, bits), ImplicitVRLittleEndian),
    "big endian": lambda one, bits: _big_endian(slice_of(one, bits), one),
    "deflated": lambda one, bits: make.written(slice_of(one, bits), DeflatedExplicitVRLittleEndian),
    "RLE": lambda one, bits: compressed(slice_of(one, bits), RLELossless),
    "JPEG lossless": lambda one, bits: _jpeg(slice_of(one, bits), one, JPEGLossless),
    "JPEG lossless SV1": lambda one, bits: _jpeg(slice_of(one, bits), one, JPEGLosslessSV1),
    "JPEG-LS": lambda one, bits: compressed(slice_of(one, bits), JPEGLSLossless),
    "JPEG 2000": lambda one, bits: compressed(slice_of(one, bits), JPEG2000Lossless),
}
"""Each must give the very numbers back."""


def twelve_bit_jpeg(numbers: Numbers) -> bytes:
    """The greys as a JPEG of 12 bits: numbers change by little."""
    return with_frames(slice_of(numbers, 12), [extended_jpeg(numbers)], JPEGExtended12Bit)
