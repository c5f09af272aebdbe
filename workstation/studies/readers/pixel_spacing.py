"""The scale of a whole picture by its pixel spacing, for pictures that have no regions."""

from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.measure.calibration import PlaneScale, plane_by_projection
from workstation.studies.readers.dicom_values import numbers, value

_IN_REGIONS: Final = ("US", "IVUS")


def plane_of(dataset: Dataset) -> PlaneScale | None:
    """By Pixel Spacing and Imager Pixel Spacing (PS3.3 10.7.1); None without a sound one.

    None for ultrasound: there devices write a spacing for the whole picture beside regions of
    other scales (C.8.5.5), and where regions lack it holds for nobody knows which part.
    """
    if str(value(dataset, "Modality") or "").strip() in _IN_REGIONS:
        return None
    found = plane_by_projection(
        _pair(dataset, "PixelSpacing"), _pair(dataset, "ImagerPixelSpacing")
    )
    return found if isinstance(found, PlaneScale) else None


def _pair(dataset: Dataset, keyword: str) -> tuple[float, float] | None:
    found = numbers(dataset, keyword)
    return (found[0], found[1]) if found is not None and len(found) == 2 else None
