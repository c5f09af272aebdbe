"""Size, colours and storage of a picture's frames (PS3.3 C.7.6.3), checked to be within sense."""

from dataclasses import dataclass
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_values import integer, value
from workstation.studies.readers.sample_storage import Storage

MOST_PIXELS: Final = 64_000_000
"""Of one frame."""
GREY: Final = ("MONOCHROME1", "MONOCHROME2")
PALETTE: Final = "PALETTE COLOR"
COLOUR: Final = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_RCT", "YBR_ICT", "YBR_PARTIAL_420")
_ALLOCATED: Final = (1, 8, 16, 32)


@dataclass(frozen=True, slots=True)
class FrameShape:
    """One frame as the data set describes it."""

    rows: int
    columns: int
    samples: int
    photometric: str
    planar: bool
    """Plane by plane; else the three samples of a pixel stand together."""
    storage: Storage

    @property
    def frame_bits(self) -> int:
        """Bits of an uncompressed frame."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.storage.allocated


def frame_shape(dataset: Dataset) -> FrameShape:
    """What the data set says of its frames.

    Raises:
        UnreadableFile: absurd, or a kind of picture that is not read here.
    """
    shape = FrameShape(
        rows=integer(dataset, "Rows") or 0,
        columns=integer(dataset, "Columns") or 0,
        samples=integer(dataset, "SamplesPerPixel") or 1,
        photometric=str(value(dataset, "PhotometricInterpretation") or "").strip(),
        planar=integer(dataset, "PlanarConfiguration") == 1,
        storage=_storage(dataset),
    )
    _check(shape)
    return shape


def _storage(dataset: Dataset) -> Storage:
    allocated = integer(dataset, "BitsAllocated") or 0
    stored = integer(dataset, "BitsStored") or allocated
    high_bit = integer(dataset, "HighBit")
    signed = integer(dataset, "PixelRepresentation") == 1
    return Storage(allocated, stored, stored - 1 if high_bit is None else high_bit, signed)


def _check(shape: FrameShape) -> None:
    if shape.rows <= 0 or shape.columns <= 0:
        raise UnreadableFile(Unreadable.DAMAGED)
    if shape.rows * shape.columns > MOST_PIXELS:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    store = shape.storage
    if not 0 < store.stored <= store.high_bit + 1 <= store.allocated:
        raise UnreadableFile(Unreadable.DAMAGED)
    if not _known(shape):
        detail = f"{shape.photometric[:16]} {shape.samples} x {store.allocated} bit"
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, detail)


def _known(shape: FrameShape) -> bool:
    allocated, one = shape.storage.allocated, shape.samples == 1
    if shape.photometric in GREY:
        return one and allocated in _ALLOCATED
    if shape.photometric == PALETTE:
        return one and allocated in (8, 16)
    return shape.photometric in COLOUR and shape.samples == 3 and allocated in (8, 16)
