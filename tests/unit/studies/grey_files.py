"""Files with tables of greys, device's lines over the picture, and films: made by pydicom."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import XRayAngiographicImageStorage

from tests.unit.studies import slices
from tests.unit.studies.dicom_factory import element

LINE_ROW, LINE_COLUMN = 3, 5
"""Where the made-up lines cross."""


def lut_item(
    entries: Sequence[int], first: int = 0, bits: int = 16, name: str = "", **changes: object
) -> Dataset:
    """An item of a LUT sequence, its entries as words of 16 bits."""
    values = np.asarray(entries, np.uint16)
    item = element(LUTExplanation=name) if name else Dataset()
    representation = "SS" if first < 0 else "US"
    described = changes.pop("descriptor", [len(values) % 65_536, first, bits])
    item.add_new(0x00283002, representation, described)
    data = changes.pop("data", values.astype("<u2").tobytes())
    item.add_new(0x00283006, "OW", data)
    for keyword, value in changes.items():
        setattr(item, keyword, value)
    return item


def with_voi(dataset: Dataset, *items: Dataset) -> None:
    """VOI LUTs in the place of windows."""
    for keyword in ("WindowCenter", "WindowWidth"):
        if keyword in dataset:
            del dataset[keyword]
    dataset.VOILUTSequence = DicomSequence(items)


def with_modality(dataset: Dataset, item: Dataset, kind: str = "US") -> None:
    """A modality LUT in the place of slope and intercept."""
    for keyword in ("RescaleSlope", "RescaleIntercept"):
        if keyword in dataset:
            del dataset[keyword]
    item.ModalityLUTType = kind
    dataset.ModalityLUTSequence = DicomSequence([item])


def cross(rows: int = slices.ROWS, columns: int = slices.COLUMNS) -> npt.NDArray[np.bool_]:
    """A row and a column."""
    found = np.zeros((rows, columns), np.bool_)
    found[LINE_ROW], found[:, LINE_COLUMN] = True, True
    return found


def add_overlay(
    dataset: Dataset,
    planes: Sequence[npt.NDArray[np.bool_]],
    *,
    group: int = 0x6000,
    origin: tuple[int, int] = (1, 1),
    first_frame: int | None = None,
) -> None:
    """Overlay Data of its own: one plane, or several frames."""
    rows, columns = planes[0].shape
    bits = np.concatenate([one.reshape(-1) for one in planes])
    data = np.packbits(bits, bitorder="little").tobytes()
    _describe(dataset, group, rows, columns, origin)
    dataset.add_new((group, 0x0102), "US", 0)
    if len(planes) > 1:
        dataset.add_new((group, 0x0015), "IS", len(planes))
    if first_frame is not None:
        dataset.add_new((group, 0x0051), "US", first_frame)
    dataset.add_new((group, 0x3000), "OW", data + b"\0" * (len(data) % 2))


def add_embedded(dataset: Dataset, plane: npt.NDArray[np.bool_], *, bit: int = 12) -> None:
    """The retired form: a bit of each pixel's word beyond the stored ones."""
    rows, columns = plane.shape
    words = np.frombuffer(dataset.PixelData, np.uint16).reshape(rows, columns)
    dataset.PixelData = (words | plane.astype(np.uint16) << bit).tobytes()
    _describe(dataset, 0x6000, rows, columns, (1, 1))
    dataset.add_new((0x6000, 0x0102), "US", bit)


def _describe(
    dataset: Dataset, group: int, rows: int, columns: int, origin: tuple[int, int]
) -> None:
    dataset.add_new((group, 0x0010), "US", rows)
    dataset.add_new((group, 0x0011), "US", columns)
    dataset.add_new((group, 0x0040), "CS", "G")
    dataset.add_new((group, 0x0050), "SS", list(origin))
    dataset.add_new((group, 0x0100), "US", 1)


def film(count: int = 4, **values: object) -> Dataset:
    """An angiogram of 12 bits; each frame's numbers tell which it is."""
    dataset = slices.ct(1)
    for keyword in (
        *("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness"),
        *("RescaleSlope", "RescaleIntercept", "WindowCenter", "WindowWidth"),
    ):
        del dataset[keyword]
    dataset.SOPClassUID, dataset.Modality = XRayAngiographicImageStorage, "XA"
    dataset.SeriesDescription, dataset.ImageType = "Левая коронарная", ["ORIGINAL", "PRIMARY"]
    dataset.NumberOfFrames = count
    dataset.PixelData = b"".join(slices.counts(n).tobytes() for n in range(count))
    dataset.WindowCenter, dataset.WindowWidth = "1040", "200"
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset
