"""What a scanner makes of echoes: shadows, the width of its beam, speckle, noise, grey scale."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from backend.demo_data.files.us_probe import (
    PROBES_AT_ONCE,
    Field,
    Mask,
    Picture,
    Probe,
    inside_of,
    polar_of,
)

RANGE_DB = 58.0
"""From black to white."""
LINES = 240
SAMPLES_PER_CM = 38
LONGEST = 640
NOISES_AT_ONCE = 4


@dataclass(frozen=True)
class Fan:
    """The scan lines: where each sample lies in the body, in cm; shape (samples, LINES)."""

    x: Field
    y: Field
    depth: Field

    @property
    def shape(self) -> tuple[int, int]:
        """Samples along a line, lines."""
        return self.x.shape[0], self.x.shape[1]


@lru_cache(PROBES_AT_ONCE)
def fan_of(probe: Probe) -> Fan:
    """The scan lines of a probe."""
    samples = min(LONGEST, round(probe.depth * SAMPLES_PER_CM))
    depth = np.linspace(0, probe.depth, samples, dtype=np.float32)[:, None]
    angle = np.radians(np.linspace(-probe.half_angle, probe.half_angle, LINES, dtype=np.float32))
    from_centre = depth + np.float32(probe.radius)
    x, y = from_centre * np.sin(angle), from_centre * np.cos(angle) - np.float32(probe.radius)
    return Fan(x, y, np.broadcast_to(depth, x.shape))


def scan(probe: Probe, echo: Field, seed: int, gain: float, shadow: float) -> Picture:
    """The picture of echo strengths given along the scan lines, FINE times the screen's size."""
    fan = fan_of(probe)
    grain = speckle(fan.shape, seed)
    seen = _beam(echo * _shadow(echo, probe, shadow)) * grain
    near = np.float32(0.016) * np.exp(-fan.depth / 1.6) * np.roll(grain, (97, 31), (0, 1))
    floor = (0.0012 + 0.0011 * fan.depth / probe.depth) * np.roll(grain, (211, 83), (0, 1))
    decibel = 20 * np.log10(seen + near + floor) + gain + _gain(probe, fan)
    level = np.clip((decibel + RANGE_DB) / RANGE_DB, 0, 1) ** np.float32(1.1)
    return on_screen(probe, level * 255)


def _shadow(echo: Field, probe: Probe, strength: float) -> Field:
    """Hard interfaces leave less of the beam for what lies behind them."""
    lost = np.cumsum(np.maximum(echo - 0.42, 0), axis=0) * (probe.depth / len(echo))
    behind = np.vstack([np.zeros_like(lost[:6]), lost[:-6]])
    passed: Field = np.exp(np.float32(-strength) * behind)
    return passed


def _beam(echo: Field) -> Field:
    """A narrow main lobe and weak side lobes across the lines."""
    main, side = _kernel(echo.shape, (0.9, 1.5)), _kernel(echo.shape, (1.0, 10.0))
    blurred = np.fft.ifft2(np.fft.fft2(echo) * (main + 0.045 * side))
    return np.asarray(blurred.real, dtype=np.float32)


def _gain(probe: Probe, fan: Fan) -> Field:
    side = np.linspace(-1, 1, LINES, dtype=np.float32)
    ripple = 1.1 * np.sin(side * 31) + 0.9 * np.sin(side * 13 + 1)
    far = np.clip(fan.depth / probe.depth - 0.6, 0, 1) / 0.4
    return np.asarray(ripple - 8 * np.abs(side) ** 3 - 5 * far, dtype=np.float32)


@lru_cache(NOISES_AT_ONCE)
def speckle(shape: tuple[int, int], seed: int) -> Field:
    """Interference of unresolved scatterers: amplitude around 1, finer along than across."""
    random = np.random.default_rng(seed)
    noise = random.normal(size=shape) + 1j * random.normal(size=shape)
    strength = np.abs(np.fft.ifft2(np.fft.fft2(noise) * _kernel(shape, (1.5, 1.25))))
    return np.asarray(strength / float(strength.mean()), dtype=np.float32)


def rough(shape: tuple[int, int], seed: int, width: int) -> Field:
    """A smooth random field, mean about 0, spread about 1, that varies over `width` samples."""
    coarse = (shape[0] // (2 * width) + 3, shape[1] // width + 3)
    noise = np.random.default_rng(seed).normal(0, 1.05, coarse).astype(np.float32)
    field = Image.fromarray(noise).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(field, dtype=np.float32)


def _kernel(shape: tuple[int, ...], widths: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Spectrum of a Gaussian blur by standard deviations in samples, along and across the lines."""
    along, across = (
        np.exp(-2 * (np.pi * np.fft.fftfreq(length) * width) ** 2)
        for length, width in zip(shape, widths, strict=True)
    )
    return np.outer(along, across)


@lru_cache(PROBES_AT_ONCE)
def _weights(probe: Probe) -> tuple[npt.NDArray[np.int32], Field, Field, Mask]:
    depth, angle = polar_of(probe)
    samples, lines = fan_of(probe).shape
    inside = inside_of(probe)
    row = np.clip(depth[inside] / probe.depth, 0, 0.9999) * (samples - 1)
    column = np.clip((angle[inside] / probe.half_angle + 1) / 2, 0, 0.9999) * (lines - 1)
    top, left = row.astype(np.int32), column.astype(np.int32)
    down, right = (row - top).astype(np.float32), (column - left).astype(np.float32)
    return top * np.int32(lines) + left, down, right, inside


def on_screen(probe: Probe, polar: Field) -> Picture:
    """Scan conversion, bilinear."""
    first, down, right, inside = _weights(probe)
    flat, lines = polar.ravel(), polar.shape[1]
    upper = flat[first] * (1 - right) + flat[first + 1] * right
    lower = flat[first + lines] * (1 - right) + flat[first + lines + 1] * right
    picture = np.zeros(inside.shape, dtype=np.uint8)
    picture[inside] = (upper * (1 - down) + lower * down).astype(np.uint8)
    return picture
