"""Calibrated regions of an ultrasound picture (PS3.3 C.8.5.5)."""

from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.imaging import RegionUnit, UltrasoundRegion
from workstation.studies.readers.dicom_values import integer, items, number, numbers

_MOST: Final = 100
_ASPECTS: Final = (0.1, 10.0)
_TWO_DIMENSIONAL: Final = 1


def regions(dataset: Dataset) -> tuple[tuple[UltrasoundRegion, ...], bool]:
    """The regions in the file's order, and whether an absurd one was left out."""
    listed = items(dataset, "SequenceOfUltrasoundRegions")[:_MOST]
    found = [_region(item) for item in listed]
    return tuple(region for region in found if region is not None), None in found


def pixel_aspect(dataset: Dataset, found: tuple[UltrasoundRegion, ...]) -> float:
    """Height of a pixel over its width: as the file says, else by its first 2D region in cm."""
    for keyword in ("PixelAspectRatio", "PixelSpacing"):
        pair = numbers(dataset, keyword)
        if pair is not None and len(pair) == 2 and (aspect := _ratio(*pair)):
            return aspect
    for region in found:
        units = (region.unit_x, region.unit_y)
        if region.spatial_format == _TWO_DIMENSIONAL and units == (RegionUnit.CENTIMETRE,) * 2:
            return _ratio(region.delta_y, region.delta_x) or 1.0
    return 1.0


def _ratio(vertical: float, horizontal: float) -> float | None:
    if not horizontal:
        return None
    aspect = abs(vertical / horizontal)
    return aspect if _ASPECTS[0] <= aspect <= _ASPECTS[1] else None


def _region(item: Dataset) -> UltrasoundRegion | None:
    x0, y0 = integer(item, "RegionLocationMinX0"), integer(item, "RegionLocationMinY0")
    x1, y1 = integer(item, "RegionLocationMaxX1"), integer(item, "RegionLocationMaxY1")
    if x0 is None or y0 is None or x1 is None or y1 is None or x1 <= x0 or y1 <= y0:
        return None
    return UltrasoundRegion(
        spatial_format=integer(item, "RegionSpatialFormat") or 0,
        data_type=integer(item, "RegionDataType") or 0,
        flags=integer(item, "RegionFlags") or 0,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        unit_x=_unit(item, "PhysicalUnitsXDirection"),
        unit_y=_unit(item, "PhysicalUnitsYDirection"),
        delta_x=number(item, "PhysicalDeltaX") or 0.0,
        delta_y=number(item, "PhysicalDeltaY") or 0.0,
        reference_x=number(item, "ReferencePixelX0"),
        reference_y=number(item, "ReferencePixelY0"),
        reference_value_x=number(item, "ReferencePixelPhysicalValueX") or 0.0,
        reference_value_y=number(item, "ReferencePixelPhysicalValueY") or 0.0,
    )


def _unit(item: Dataset, keyword: str) -> RegionUnit:
    try:
        return RegionUnit(integer(item, keyword) or 0)
    except ValueError:
        return RegionUnit.NONE
