"""Scales of a picture: what one stored pixel to the right and one down mean, and who says so."""

from dataclasses import dataclass
from math import hypot, isclose, isfinite
from typing import Final

from workstation.studies.measure.points import Point
from workstation.studies.measure.reading import Reason, ScaleSource

MILLIMETRES_A_PIXEL: Final = (1e-4, 100.0)
SECONDS_A_PIXEL: Final = (1e-6, 10.0)
CENTIMETRES_A_SECOND_A_PIXEL: Final = (1e-4, 1000.0)
"""Least and most that a device can have (our choice, wide); beyond them a scale is no scale."""
_SHORTEST_MARK_PX: Final = 8.0
"""Two points nearer to each other calibrate nothing: one pixel would be more than a tenth."""


@dataclass(frozen=True, slots=True)
class PlaneScale:
    """Lengths both ways: a picture of a plane through the patient."""

    source: ScaleSource
    mm_x: float
    mm_y: float
    """Millimetres a pixel to the right and down; positive."""
    region: int | None = None

    def millimetres(self, point: Point) -> Point:
        """Place in mm from the picture's corner, as if all pixels were square."""
        return point[0] * self.mm_x, point[1] * self.mm_y


@dataclass(frozen=True, slots=True)
class MModeScale:
    """Time to the right, depth down."""

    source: ScaleSource
    seconds_x: float
    mm_y: float
    region: int | None = None


@dataclass(frozen=True, slots=True)
class SpectralScale:
    """Time to the right, velocity up."""

    source: ScaleSource
    cm_s_y: float
    """Centimetres a second a pixel; positive."""
    seconds_x: float | None
    """None where the time is not known."""
    reference_y: float | None
    """Stored pixels down, where the velocity is `reference_cm_s`; None where it is not known."""
    reference_cm_s: float = 0.0
    region: int | None = None

    def velocity(self, point: Point) -> float | None:
        """cm/s, positive upwards from the baseline: (yRef - y) * |dY| + reference value."""
        if self.reference_y is None:
            return None
        return (self.reference_y - point[1]) * self.cm_s_y + self.reference_cm_s


@dataclass(frozen=True, slots=True)
class CurveScale:
    """Time to the right, something that is no length up: an ECG strip, a pulse."""

    source: ScaleSource
    seconds_x: float
    region: int | None = None


@dataclass(frozen=True, slots=True)
class NoScale:
    """Pixels alone, and why."""

    reason: Reason
    region: int | None = None
    """The region that was found and cannot be used."""
    source: ScaleSource = ScaleSource.NONE


Scale = PlaneScale | MModeScale | SpectralScale | CurveScale | NoScale
HandScale = PlaneScale | MModeScale | SpectralScale | CurveScale


def plane_by_spacing(
    spacing_mm: tuple[float, float] | None, source: ScaleSource = ScaleSource.PIXEL_SPACING
) -> PlaneScale | NoScale:
    """By DICOM's Pixel Spacing (down from row to row, then across) or Imager Pixel Spacing.

    PS3.3 10.7.1.3: the first value is the spacing between rows. None or an absurd one: no scale.
    """
    if spacing_mm is None:
        return NoScale(Reason.NO_CALIBRATION)
    down, across = spacing_mm
    if not (within(across, MILLIMETRES_A_PIXEL) and within(down, MILLIMETRES_A_PIXEL)):
        return NoScale(Reason.ABSURD_SCALE)
    return PlaneScale(source, mm_x=across, mm_y=down)


def plane_by_projection(
    pixel_spacing_mm: tuple[float, float] | None, imager_spacing_mm: tuple[float, float] | None
) -> PlaneScale | NoScale:
    """Of an X-ray projection, by its Pixel Spacing and its Imager Pixel Spacing.

    PS3.3 10.7.1.1 and 10.7.1.3: Pixel Spacing is corrected for the magnification only where it
    differs from Imager Pixel Spacing; equal, or the latter alone: lengths at the detector.
    """
    in_patient = plane_by_spacing(pixel_spacing_mm)
    at_detector = plane_by_spacing(imager_spacing_mm, ScaleSource.IMAGER_SPACING)
    if isinstance(at_detector, NoScale):
        return in_patient
    if isinstance(in_patient, NoScale) or _equal(in_patient, at_detector):
        return at_detector
    return in_patient


def plane_by_hand(
    start: Point, stop: Point, length_mm: float, pixel_aspect: float = 1.0
) -> PlaneScale | NoScale:
    """By two points of the picture that are `length_mm` apart.

    `pixel_aspect` is the height of a pixel over its width, as the file says (`ClipInfo`).
    """
    across, down = stop[0] - start[0], (stop[1] - start[1]) * pixel_aspect
    pixels = hypot(across, down)
    if not shortest_mark(pixels):
        return NoScale(Reason.POINTS_COINCIDE)
    mm_x = length_mm / pixels
    spacing = (mm_x * pixel_aspect, mm_x)
    return plane_by_spacing(spacing, ScaleSource.BY_HAND)


def seconds_by_hand(start: Point, stop: Point, seconds: float) -> float | None:
    """Seconds a pixel by two points that are so far apart in time; None where they say nothing."""
    return _step(abs(stop[0] - start[0]), seconds, SECONDS_A_PIXEL)


def curve_by_hand(start: Point, stop: Point, seconds: float) -> CurveScale | NoScale:
    """Time alone, by two points that are so far apart in it."""
    seconds_x = seconds_by_hand(start, stop, seconds)
    if seconds_x is None:
        return NoScale(Reason.POINTS_COINCIDE)
    return CurveScale(ScaleSource.BY_HAND, seconds_x)


def m_mode_by_hand(
    depth: tuple[Point, Point], depth_mm: float, time: tuple[Point, Point], seconds: float
) -> MModeScale | NoScale:
    """By two points so many mm apart in depth, and two so many seconds apart."""
    mm_y = _step(abs(depth[1][1] - depth[0][1]), depth_mm, MILLIMETRES_A_PIXEL)
    seconds_x = seconds_by_hand(*time, seconds)
    if mm_y is None or seconds_x is None:
        return NoScale(Reason.POINTS_COINCIDE)
    return MModeScale(ScaleSource.BY_HAND, seconds_x=seconds_x, mm_y=mm_y)


def spectral_by_hand(
    baseline: Point, mark: Point, cm_s: float, seconds_x: float | None = None
) -> SpectralScale | NoScale:
    """By a point on the baseline and one where the velocity is `cm_s` (either sign, as shown).

    `seconds_x` comes from `seconds_by_hand`. A negative velocity above the baseline (an inverted
    spectrum) is taken without its sign: upwards stays positive.
    """
    cm_s_y = _step(abs(mark[1] - baseline[1]), abs(cm_s), CENTIMETRES_A_SECOND_A_PIXEL)
    if cm_s_y is None or not isfinite(baseline[1]):
        return NoScale(Reason.POINTS_COINCIDE)
    return SpectralScale(ScaleSource.BY_HAND, cm_s_y, seconds_x, reference_y=baseline[1])


def shortest_mark(pixels: float) -> bool:
    """Whether so many pixels are enough to calibrate by; False for NaN."""
    return isfinite(pixels) and pixels >= _SHORTEST_MARK_PX


def within(value: float, limits: tuple[float, float]) -> bool:
    """Whether a scale is one that a device can have; False for NaN."""
    return limits[0] <= value <= limits[1]


def _equal(one: PlaneScale, other: PlaneScale) -> bool:
    across = isclose(one.mm_x, other.mm_x, rel_tol=1e-6)
    return across and isclose(one.mm_y, other.mm_y, rel_tol=1e-6)


def _step(pixels: float, amount: float, limits: tuple[float, float]) -> float | None:
    if not shortest_mark(pixels):
        return None
    step = amount / pixels
    return step if within(step, limits) else None
