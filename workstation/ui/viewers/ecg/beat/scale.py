"""How large the beat's paper is: true proportions of a millimetre, speed and gain as fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

SPEED_MM_S = 100.0
_SMALL_SPEED_MM_S = 50.0
_GAINS_MM_MV = (40.0, 20.0, 10.0, 5.0, 2.5)
_USUAL_GAIN_MM_MV = 10.0
_SMALLEST_ZOOM, _LARGEST_ZOOM = 0.75, 2.0
_SQUARE_MM = 5.0
_UNCALIBRATED_MM = 30.0
"""Height of the largest uncalibrated lead, whose numbers have no scale."""


@dataclass(frozen=True, slots=True)
class BeatScale:
    """Where a sample of the beat lies in a room of logical pixels."""

    px_per_mm: float
    zoom: float
    """Of a millimetre on the screen."""
    speed: float
    """mm/s"""
    gain: float | None
    """mm/mV; None where the leads have no calibration."""
    mm_per_unit: float
    left: float
    """Pixels from the room's edge to the first sample."""
    zero: float
    """Pixels from the room's top to the leads' base line."""
    sampling_rate_hz: float

    def x(self, sample: float) -> float:
        """Logical pixels from the left edge."""
        return self.left + sample * self._step

    def y(self, level: float) -> float:
        """Logical pixels from the top edge, of a level above the lead's base line."""
        return self.zero - level * self.mm_per_unit * self.px_per_mm

    def sample(self, x: float) -> int:
        """The sample nearest to that place; it may lie beyond the beat's ends."""
        return round((x - self.left) / self._step)

    @property
    def _step(self) -> float:
        return self.speed * self.px_per_mm / self.sampling_rate_hz


@dataclass(frozen=True, slots=True)
class BeatSize:
    """What has to fit."""

    samples: int
    r_at: int
    sampling_rate_hz: float
    low: float
    """Lowest and highest level of all leads above their base lines, in their unit."""
    high: float
    is_calibrated: bool


def fit(
    size: BeatSize, wide: float, high: float, screen_px_per_mm: float, spared: tuple[float, float]
) -> BeatScale:
    """The scale for a room of logical pixels; R and the base line lie on thick lines.

    `spared`: so much is left free of traces at the top and at the bottom.
    """
    seconds = size.samples / size.sampling_rate_hz
    margin_mm = 2 * _SQUARE_MM
    speed = SPEED_MM_S
    smallest = screen_px_per_mm * _SMALLEST_ZOOM
    if wide / (seconds * speed + margin_mm) < smallest:
        speed = _SMALL_SPEED_MM_S
    px = wide / (seconds * speed + margin_mm)
    px = _whole_squares(max(smallest, min(px, screen_px_per_mm * _LARGEST_ZOOM)))
    room = max(1.0, high - sum(spared))
    px = min(px, max(_whole_squares(screen_px_per_mm), _for_usual_gain(size, room)))
    top_mm, room_mm = spared[0] / px, room / px
    gain, mm_per_unit = _gain(size, room_mm)
    r_mm = size.r_at / size.sampling_rate_hz * speed
    left_mm = ceil(r_mm / _SQUARE_MM) * _SQUARE_MM - r_mm
    middle_mm = top_mm + (room_mm + (size.high + size.low) * mm_per_unit) / 2
    zero_mm = round(middle_mm / _SQUARE_MM) * _SQUARE_MM
    # Half a pixel, as the lines of the grid.
    left, zero = left_mm * px + 0.5, zero_mm * px + 0.5
    zoom = px / screen_px_per_mm
    return BeatScale(px, zoom, speed, gain, mm_per_unit, left, zero, size.sampling_rate_hz)


def _for_usual_gain(size: BeatSize, room: float) -> float:
    """Pixels a millimetre at which the leads fit at 10 mm/mV: before that, larger is flatter."""
    span = size.high - size.low
    if not size.is_calibrated or span <= 0:
        return inf
    return _whole_squares(room / (_USUAL_GAIN_MM_MV * span))


def _whole_squares(px_per_mm: float) -> float:
    """5 mm are a whole number of pixels: the thick lines are sharp."""
    return int(px_per_mm * _SQUARE_MM) / _SQUARE_MM


def _gain(size: BeatSize, room_mm: float) -> tuple[float | None, float]:
    span = size.high - size.low
    if not size.is_calibrated:
        return None, min(_UNCALIBRATED_MM, room_mm) / span if span > 0 else 0.0
    gain = _first_fitting(_GAINS_MM_MV, span, room_mm)
    return gain, gain


def _first_fitting(gains: Sequence[float], span: float, room_mm: float) -> float:
    return next((gain for gain in gains if gain * span <= room_mm), gains[-1])
