"""Which calibrated region of an ultrasound picture the points of a figure lie in, and its scale.

DICOM PS3.3 C.8.5.5. Where regions overlap, one of high priority (flags, bit 0 clear: C.8.5.5.1.3)
lies above one of low priority; of the same priority the standard leaves it open: then a spectrum
or an M-mode counts as drawn over the rest, of the rest the smaller one over the larger, and two of
one kind but of different scales give no scale.
"""

from collections.abc import Sequence
from enum import IntEnum
from math import isclose, isfinite
from typing import Final

from workstation.studies.imaging import RegionUnit, UltrasoundRegion
from workstation.studies.measure.calibration import (
    CENTIMETRES_A_SECOND_A_PIXEL,
    MILLIMETRES_A_PIXEL,
    SECONDS_A_PIXEL,
    CurveScale,
    MModeScale,
    NoScale,
    PlaneScale,
    Scale,
    SpectralScale,
    within,
)
from workstation.studies.measure.figures import Point
from workstation.studies.measure.reading import Reason, ScaleSource


class _Format(IntEnum):
    """Region Spatial Format, C.8.5.5.1.1."""

    TWO_DIMENSIONAL = 1
    M_MODE = 2
    SPECTRAL = 3
    CURVE = 4
    GRAPHICS = 5


_PICTURES: Final = (0, 1, 2, 15)
"""Region Data Types that show a body: not told, tissue, colour flow, backscatter (C.8.5.5.1.2)."""
_KNOWN: Final = tuple(int(one) for one in _Format)
_MOVING: Final = (_Format.M_MODE, _Format.SPECTRAL)
_BODILESS: Final = (_Format.CURVE, _Format.GRAPHICS)
_LOW_PRIORITY: Final = 1
_SLACK_PX: Final = 2
"""Devices write the first pixel behind a region for its last one."""
_SAME_SCALE: Final = 1e-3
_SOURCE: Final = ScaleSource.ULTRASOUND_REGION

_Numbered = tuple[int, UltrasoundRegion]


def ultrasound_scale(
    regions: Sequence[UltrasoundRegion], size: tuple[int, int], points: Sequence[Point]
) -> Scale:
    """The scale that holds for all points together, or why none does.

    `size` is width and height of the stored picture. All regions of a picture that was made
    smaller afterwards (they reach out of it) are worthless.
    """
    known = [(n, one) for n, one in enumerate(regions, start=1) if one.spatial_format in _KNOWN]
    if not known:
        return NoScale(Reason.NO_CALIBRATION)
    if any(_reaches_out(one, size) for _, one in known):
        return NoScale(Reason.RESIZED_PICTURE)
    holding = sorted((one for one in known if _holds(one, points)), key=_rank)
    if not holding:
        return NoScale(_why_no_region(known, points))
    return _top_scale(holding, known, points)


def _top_scale(holding: list[_Numbered], known: list[_Numbered], points: Sequence[Point]) -> Scale:
    top = holding[0]
    number = top[0]
    beside = [one for _, one in holding[1:] if _level(one) == _level(top[1])]
    if not all(_same_scale(top[1], one) for one in beside):
        return NoScale(Reason.OVERLAPPING_REGIONS, number)
    above = [one for one in known if _rank(one) < _rank(top) and _has_body(one[1])]
    if any(_holds(one, [p]) and not _same_scale(top[1], one[1]) for one in above for p in points):
        return NoScale(Reason.ACROSS_REGIONS, number)
    return region_scale(top[1], number)


def region_scale(region: UltrasoundRegion, number: int) -> Scale:
    """The scale of one region; `number` counts from 1."""
    kind = region.spatial_format
    if kind == _Format.TWO_DIMENSIONAL and region.data_type in _PICTURES:
        return _plane(region, number)
    if kind == _Format.M_MODE and region.data_type in _PICTURES:
        return _m_mode(region, number)
    if kind == _Format.SPECTRAL:
        return _spectral(region, number)
    if kind == _Format.CURVE:
        return _curve(region, number)
    return NoScale(Reason.NO_LENGTH_HERE, number)


def _plane(region: UltrasoundRegion, number: int) -> Scale:
    if (region.unit_x, region.unit_y) != (RegionUnit.CENTIMETRE,) * 2:
        return NoScale(Reason.UNITS_DISAGREE, number)
    across, down = 10 * abs(region.delta_x), 10 * abs(region.delta_y)
    if not (within(across, MILLIMETRES_A_PIXEL) and within(down, MILLIMETRES_A_PIXEL)):
        return NoScale(Reason.ABSURD_SCALE, number)
    return PlaneScale(_SOURCE, across, down, number)


def _m_mode(region: UltrasoundRegion, number: int) -> Scale:
    if (region.unit_x, region.unit_y) != (RegionUnit.SECOND, RegionUnit.CENTIMETRE):
        return NoScale(Reason.UNITS_DISAGREE, number)
    seconds, down = abs(region.delta_x), 10 * abs(region.delta_y)
    if not (within(seconds, SECONDS_A_PIXEL) and within(down, MILLIMETRES_A_PIXEL)):
        return NoScale(Reason.ABSURD_SCALE, number)
    return MModeScale(_SOURCE, seconds, down, number)


def _spectral(region: UltrasoundRegion, number: int) -> Scale:
    if region.unit_y is RegionUnit.HERTZ:
        return NoScale(Reason.FREQUENCY_AXIS, number)
    if region.unit_y is not RegionUnit.CENTIMETRE_PER_SECOND:
        return NoScale(Reason.UNITS_DISAGREE, number)
    step = abs(region.delta_y)
    if not within(step, CENTIMETRES_A_SECOND_A_PIXEL):
        return NoScale(Reason.ABSURD_SCALE, number)
    value = region.reference_value_y
    reference = _reference_y(region)
    known = isfinite(value) and reference is not None and _near(reference + value / step, region)
    return SpectralScale(
        source=_SOURCE,
        cm_s_y=step,
        seconds_x=_seconds(region),
        reference_y=reference if known else None,
        reference_cm_s=value if known else 0.0,
        region=number,
    )


def _curve(region: UltrasoundRegion, number: int) -> Scale:
    seconds = _seconds(region)
    if seconds is None:
        return NoScale(Reason.NO_LENGTH_HERE, number)
    return CurveScale(_SOURCE, seconds, number)


def _seconds(region: UltrasoundRegion) -> float | None:
    step = abs(region.delta_x)
    timed = region.unit_x is RegionUnit.SECOND and within(step, SECONDS_A_PIXEL)
    return step if timed else None


def _reference_y(region: UltrasoundRegion) -> float | None:
    """The middle of the reference pixel's row, which is counted from the region's own corner."""
    row = region.reference_y
    return region.y0 + row + 0.5 if row is not None and isfinite(row) else None


def _near(zero_y: float, region: UltrasoundRegion) -> bool:
    """A baseline that was shifted may lie beside its region, but no more than its height away."""
    height = region.y1 - region.y0
    return region.y0 - height <= zero_y <= region.y1 + height


def _rank(numbered: _Numbered) -> tuple[int, int, int]:
    """The lower, the nearer to the eye."""
    region = numbered[1]
    size = (region.x1 - region.x0) * (region.y1 - region.y0)
    moving = region.spatial_format in _MOVING
    return region.flags & _LOW_PRIORITY, 0 if moving else 1, size


def _level(region: UltrasoundRegion) -> tuple[int, int]:
    """Regions of which nothing says which one is above."""
    return region.flags & _LOW_PRIORITY, region.spatial_format


def _has_body(region: UltrasoundRegion) -> bool:
    """An ECG drawn into a picture hides little of it: it does not hinder a distance across it."""
    return region.spatial_format not in _BODILESS


def _holds(numbered: _Numbered, points: Sequence[Point]) -> bool:
    region = numbered[1]
    return all(
        region.x0 <= x <= region.x1 + 1 and region.y0 <= y <= region.y1 + 1 for x, y in points
    )


def _why_no_region(known: list[_Numbered], points: Sequence[Point]) -> Reason:
    covered = all(any(_holds(one, [point]) for one in known) for point in points)
    return Reason.ACROSS_REGIONS if covered else Reason.OUTSIDE_REGIONS


def _reaches_out(region: UltrasoundRegion, size: tuple[int, int]) -> bool:
    return region.x1 >= size[0] + _SLACK_PX or region.y1 >= size[1] + _SLACK_PX


def _same_scale(one: UltrasoundRegion, other: UltrasoundRegion) -> bool:
    """Whether it does not matter for a measurement which of the two is above."""
    kinds = (one.spatial_format, one.unit_x, one.unit_y)
    if kinds != (other.spatial_format, other.unit_x, other.unit_y):
        return False
    if one.spatial_format == _Format.SPECTRAL and not _same_zero(one, other):
        return False
    return _close(one.delta_x, other.delta_x) and _close(one.delta_y, other.delta_y)


def _same_zero(one: UltrasoundRegion, other: UltrasoundRegion) -> bool:
    return (_reference_y(one), one.reference_value_y) == (
        _reference_y(other),
        other.reference_value_y,
    )


def _close(one: float, other: float) -> bool:
    return isclose(abs(one), abs(other), rel_tol=_SAME_SCALE)
