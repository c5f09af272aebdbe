"""The picture of an ultrasound probe: where a point of the body lies on the screen."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]
Picture = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
FINE = 2
"""Anatomy is painted this many times finer than the screen, so that it can be moved smoothly."""
PROBES_AT_ONCE = 3
"""Grids of this many probes are kept: they are large."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A sector: phased array (radius 0) or convex (the arc of the probe is its upper edge)."""

    depth: float
    """cm from the skin to the lower edge."""
    half_angle: float
    """Degrees."""
    radius: float
    """cm from the centre of the fan to the skin."""
    pixels_per_cm: float
    size: tuple[int, int] = (640, 480)
    top: int = 30
    """Screen row of the skin in the middle."""

    @property
    def cm_per_pixel(self) -> float:
        """The same in both directions."""
        return 1 / self.pixels_per_cm

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Screen pixel of a point x cm to the right of the middle and y cm deep."""
        return self.size[0] / 2 + x * self.pixels_per_cm, self.top + y * self.pixels_per_cm

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """First and last screen column and row of the sector: x0, y0, x1, y1."""
        rows, columns = np.nonzero(inside_of(self)[::FINE, ::FINE])
        return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@lru_cache(PROBES_AT_ONCE)
def polar_of(probe: Probe) -> tuple[Field, Field]:
    """Depth below the probe in cm and angle in degrees of every fine pixel."""
    columns = np.arange(probe.size[0] * FINE, dtype=np.float32) / FINE
    rows = np.arange(probe.size[1] * FINE, dtype=np.float32)[:, None] / FINE
    x = (columns - probe.size[0] / 2) / np.float32(probe.pixels_per_cm)
    below = (rows - probe.top) / np.float32(probe.pixels_per_cm) + np.float32(probe.radius)
    return np.hypot(x, below) - np.float32(probe.radius), np.degrees(np.arctan2(x, below))


@lru_cache(PROBES_AT_ONCE)
def inside_of(probe: Probe) -> Mask:
    """Which fine pixels the beam reaches."""
    depth, angle = polar_of(probe)
    inside: Mask = (depth > 0.02) & (depth < probe.depth) & (np.abs(angle) < probe.half_angle)
    return inside


def screen_grid(probe: Probe) -> tuple[Field, Field]:
    """x and y in cm of every screen pixel: one row, one column, to be spread over each other."""
    columns = np.arange(probe.size[0], dtype=np.float32)[None, :]
    rows = np.arange(probe.size[1], dtype=np.float32)[:, None]
    scale = np.float32(probe.pixels_per_cm)
    return (columns - probe.size[0] / 2) / scale, (rows - probe.top) / scale
