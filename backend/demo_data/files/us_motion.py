"""Movement of painted anatomy: each frame looks at the still picture through a displacement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from backend.demo_data.files.us_probe import (
    FINE,
    PROBES_AT_ONCE,
    Field,
    Picture,
    Probe,
    inside_of,
    polar_of,
    screen_grid,
)
from backend.demo_data.files.us_scanner import fan_of, on_screen, speckle
from backend.demo_data.files.us_tissue import Point, smooth

Displacement = tuple[Field, Field]
"""x and y in cm by which a full movement shifts each screen pixel."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A valve's leaflet, or any thin thing that moves by itself, at one moment."""

    points: tuple[Point, ...]
    level: int
    width: float
    """cm."""


@dataclass(frozen=True)
class Scene:
    """A still picture, how its parts move, and what flutters in it."""

    probe: Probe
    still: Picture
    movements: tuple[Displacement, ...]
    amounts: Callable[[float], Sequence[float]]
    """Of each movement at a phase of 0 to 1."""
    leaflets: Callable[[float], Sequence[Leaflet]] = lambda _: ()

    def frame(self, phase: float) -> Picture:
        """The sector at the phase, in the screen's size."""
        still = self.still
        rows, columns = self._looked_at(phase)
        picture = still.ravel()[rows * still.shape[1] + columns]
        picture = np.maximum(picture, _painted(self.probe, self.leaflets(phase)))
        number = round(phase * 100)
        grain = np.roll(_grain(self.probe), (37 * number, 61 * number), (0, 1))
        noisy = picture + grain * (np.float32(1) - picture / np.float32(255))
        return np.where(inside_of(self.probe)[::FINE, ::FINE], noisy, 0).astype(np.uint8)

    def _looked_at(self, phase: float) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        x = y = np.zeros((1, 1), dtype=np.float32)
        for (across, down), amount in zip(self.movements, self.amounts(phase), strict=True):
            x, y = x + across * np.float32(amount), y + down * np.float32(amount)
        scale = _held_at_edge(self.probe) * np.float32(self.probe.pixels_per_cm * FINE)
        height, width = self.still.shape
        rows = np.arange(0, height, FINE, dtype=np.float32)[:, None] + y * scale
        columns = np.arange(0, width, FINE, dtype=np.float32) + x * scale
        return (
            np.clip(rows, 0, height - 1).astype(np.int32),
            np.clip(columns, 0, width - 1).astype(np.int32),
        )


@lru_cache(PROBES_AT_ONCE)
def _held_at_edge(probe: Probe) -> Field:
    """1 inside, fading to 0 at the sector's edge, so that nothing is drawn in from outside."""
    depth, angle = (field[::FINE, ::FINE] for field in polar_of(probe))
    side = (probe.half_angle - np.abs(angle)) / np.float32(7)
    near, far = depth / np.float32(0.8), (probe.depth - depth) / np.float32(1.2)
    held = np.clip(np.minimum(np.minimum(side, near), far), 0, 1)
    return np.asarray(held, dtype=np.float32)


def _painted(probe: Probe, leaflets: Sequence[Leaflet]) -> Picture:
    layer = Image.new("L", probe.size, 0)
    draw = ImageDraw.Draw(layer)
    for leaflet in leaflets:
        path = [probe.at(*point) for point in smooth(leaflet.points, closed=False)]
        width = max(1, round(leaflet.width * probe.pixels_per_cm))
        draw.line(path, fill=leaflet.level, width=width, joint="curve")
        for x, y in (path[0], path[-1]):
            draw.ellipse(
                (x - width / 2, y - width / 2, x + width / 2, y + width / 2), leaflet.level
            )
    if not leaflets:
        return np.zeros((probe.size[1], probe.size[0]), dtype=np.uint8)
    soft = np.asarray(layer.filter(ImageFilter.GaussianBlur((2.0, 1.1))))
    return np.minimum(soft * _mottle(probe), 255).astype(np.uint8)


@lru_cache(PROBES_AT_ONCE)
def _mottle(probe: Probe) -> Field:
    """Interference within a thin bright structure, around 1."""
    texture = on_screen(probe, speckle(fan_of(probe).shape, 5) * 60)[::FINE, ::FINE]
    return np.asarray(0.6 + texture / 110, dtype=np.float32)


@lru_cache(PROBES_AT_ONCE)
def _grain(probe: Probe) -> Field:
    """Noise of the receiver."""
    noise = on_screen(probe, np.clip(speckle(fan_of(probe).shape, 900) - 1, 0, 2) * 22)
    return noise[::FINE, ::FINE].astype(np.float32)


def squeeze(probe: Probe, centre: Point, axes: Point, by: float, tilt: float = 0.0) -> Displacement:
    """Draws the wall of an elliptic chamber inwards by `by` cm; fades outside the wall."""
    x, y = screen_grid(probe)
    turn = np.radians(tilt)
    along = ((x - centre[0]) * np.cos(turn) + (y - centre[1]) * np.sin(turn)) / axes[0]
    across = ((y - centre[1]) * np.cos(turn) - (x - centre[0]) * np.sin(turn)) / axes[1]
    rho = np.hypot(along, across) + np.float32(1e-3)
    strength = np.where(rho < 1, rho, np.exp(-(((rho - 1) / 0.45) ** 2))) * by
    outwards = np.hypot(x - centre[0], y - centre[1]) + np.float32(1e-3)
    shift_x, shift_y = strength * (x - centre[0]) / outwards, strength * (y - centre[1]) / outwards
    return shift_x.astype(np.float32), shift_y.astype(np.float32)


def slide(probe: Probe, centre: Point, reach: Point, by: Point) -> Displacement:
    """Shifts what lies around a point by `by` cm, fading over `reach` cm."""
    x, y = screen_grid(probe)
    near = np.exp(-(((x - centre[0]) / reach[0]) ** 2) - ((y - centre[1]) / reach[1]) ** 2)
    return (-near * by[0]).astype(np.float32), (-near * by[1]).astype(np.float32)


def turn(probe: Probe, centre: Point, degrees: float) -> Displacement:
    """Turns the whole picture about a point: the probe in the hand."""
    x, y = screen_grid(probe)
    angle = np.float32(np.radians(degrees))
    level = np.zeros((probe.size[1], probe.size[0]), dtype=np.float32)
    return (y - centre[1]) * angle + level, -(x - centre[0]) * angle + level
