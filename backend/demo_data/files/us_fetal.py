"""Fetal views: the plane of the head's measurement, the chest with the heart's four chambers."""

from dataclasses import dataclass

import numpy as np

from backend.demo_data.files.us_motion import Displacement, Scene, slide, squeeze, turn
from backend.demo_data.files.us_probe import Probe
from backend.demo_data.files.us_tissue import EchoMap, Point, ellipse

ABDOMINAL = Probe(depth=13.5, half_angle=35, radius=5.0, pixels_per_cm=27.0, top=54)
CLOSE = Probe(depth=9.0, half_angle=35, radius=4.5, pixels_per_cm=37.0, top=62)
FLUID = 24


@dataclass(frozen=True, slots=True)
class FetalHead:
    """Half axes of the skull and width of the lateral ventricle, cm."""

    along: float = 4.7
    across: float = 3.65
    ventricle: float = 0.6


def fetal_head(head: FetalHead) -> Scene:
    """Axial plane of the head: skull, midline, thalami; the probe drifts and the fetus turns."""
    echo = EchoMap(ABDOMINAL, 118)
    _uterus(echo)
    centre, tilt = (0.2, 7.2), -7.0
    axes = (head.along, head.across)
    echo.area(_place(ellipse((0, 0), (axes[0] + 0.35, axes[1] + 0.35)), centre, tilt), 128, 0.06)
    echo.area(_place(ellipse((0, 0), axes), centre, tilt), 116, 0.03)
    _brain(echo, head, centre, tilt)
    _skull(echo, axes, centre, tilt)
    echo.blur(0.03)
    moves = (
        turn(ABDOMINAL, centre, 5.0),
        slide(ABDOMINAL, centre, (7.0, 5.0), (0.5, 0.16)),
        slide(ABDOMINAL, (-5.5, 10.5), (2.2, 1.8), (0.5, -0.4)),
    )
    return Scene(ABDOMINAL, echo.scanned(53, gain=2.0, shadow=1.4), moves, _drift)


def _drift(phase: float) -> tuple[float, float, float]:
    around = 2 * np.pi * phase
    return float(np.sin(around)), float(np.sin(around + 0.9)), float(np.sin(2 * around))


def _uterus(echo: EchoMap) -> None:
    echo.area([(-12, -1), (12, -1), (12, 1.6), (0, 1.9), (-12, 1.6)], 168, 0.2)
    echo.line([(-8, 0.2), (0, 0.7), (8, 0.2)], 214, 0.12)
    echo.line([(-8, 1.0), (0, 1.45), (8, 1.0)], 204, 0.1)
    outline = [(-9, 4), (-6, 2.9), (0, 2.5), (6, 2.9), (9.5, 4.4), (9.8, 9.0), (6.4, 12.0)]
    echo.area([*outline, (0, 12.3), (-6.5, 12.0), (-9.8, 9.0)], FLUID, 0.12)
    echo.area([(-9, 2.2), (-2, 2.2), (0.6, 2.6), (-1.6, 3.4), (-5.4, 4.6), (-9, 6.2)], 150, 0.1)
    echo.line([(0.8, 2.65), (-1.6, 3.45), (-5.4, 4.65), (-8.4, 6.0)], 190, 0.07)
    echo.line([(-6.5, 12.15), (0, 12.5), (6.4, 12.15)], 214, 0.16)
    echo.ellipse((-5.4, 10.4), (1.0, 0.62), 146, 20, 0.08)
    echo.line([(-5.9, 10.3), (-4.9, 10.6)], 226, 0.12)


def _place(points: list[Point], centre: Point, tilt: float) -> list[Point]:
    """From the head's own axes to the picture's."""
    angle = np.radians(tilt)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in points]


def _brain(echo: EchoMap, head: FetalHead, centre: Point, tilt: float) -> None:
    size = head.along / 4.7

    def put(points: list[Point]) -> list[Point]:
        return _place([(x * size, y * size) for x, y in points], centre, tilt)

    def line(points: list[Point], level: int, width: float) -> None:
        echo.line(put(points), level, width)

    def oval(middle: Point, axes: Point, level: int) -> None:
        echo.area(put(ellipse(middle, axes)), level, 0.05)

    wide, far = head.ventricle / 2 / size, 1.72
    oval((1.9, far), (1.7, wide), FLUID + 4)
    oval((1.9, -far), (1.6, wide * 0.9), FLUID + 8)
    line([(0.3, far - wide), (1.9, far - 0.1 - wide), (3.5, far - 0.3 - wide)], 206, 0.07)
    line([(0.3, far + wide), (1.9, far + 0.1 + wide), (3.4, far - 0.2 + wide)], 202, 0.07)
    oval((2.3, far), (0.9, wide * 0.55), 176)
    for side in (-1, 1):
        oval((0.35, 0.62 * side), (1.0, 0.52), 88)
        line([(-2.9, side * 2.92), (-0.6, side * 2.63), (1.0, side * 2.41)], 176, 0.06)
        line([(-3.2, side * 0.34), (-1.2, side * 0.3)], 116, 0.04)
    line([(-0.55, 0.0), (1.3, 0.02)], 150, 0.05)
    oval((-1.75, 0.0), (0.46, 0.2), FLUID + 6)
    line([(-2.2, -0.22), (-1.3, -0.22)], 216, 0.07)
    line([(-2.2, 0.22), (-1.3, 0.22)], 216, 0.07)
    line([(-4.4, 0.0), (-2.4, 0.03)], 228, 0.1)
    line([(1.6, 0.0), (4.4, -0.04)], 222, 0.1)


def _skull(echo: EchoMap, axes: Point, centre: Point, tilt: float) -> None:
    """Brightest where the beam meets it square, thin and broken at the sides."""
    around = np.linspace(0, 2 * np.pi, 73)
    for start, stop in zip(around, around[1:], strict=False):
        part = np.linspace(start, stop, 3)
        points = list(
            zip((axes[0] * np.cos(part)).tolist(), (axes[1] * np.sin(part)).tolist(), strict=True)
        )
        square = abs(float(np.sin(start)))
        level, width = round(168 + 86 * square), 0.12 + 0.16 * square
        echo.line(_place(points, centre, tilt), level, width)


@dataclass(frozen=True, slots=True)
class FetalChest:
    """Where the heart lies, and what else is in the chest."""

    shifted: float = 0.0
    """cm of the heart to the right of the screen."""
    stomach: bool = False
    """In the chest: diaphragmatic hernia."""


def fetal_heart(chest: FetalChest) -> Scene:
    """Cross-section of the chest with the four chambers."""
    echo = EchoMap(CLOSE, 116)
    echo.area([(-9, -1), (9, -1), (9, 1.0), (0, 1.2), (-9, 1.0)], 168, 0.12)
    echo.line([(-6, 0.2), (0, 0.6), (6, 0.2)], 210, 0.08)
    echo.area([(-8, 2.0), (0, 1.5), (8, 2.0), (8, 8.2), (0, 8.6), (-8, 8.2)], FLUID, 0.1)
    echo.area([(-8, 1.4), (-2.4, 1.5), (-2.2, 2.0), (-5.0, 3.4), (-8, 4.4)], 148, 0.08)
    echo.ellipse((0, 4.9), (3.3, 2.85), 136, 0, 0.05)
    echo.ellipse((0, 4.9), (2.95, 2.5), 116, 0, 0.06)
    _ribs(echo)
    heart = (0.15 + chest.shifted, 4.35)
    moves = _beating(echo, heart)
    if chest.stomach:
        echo.ellipse((-1.45, 4.9), (0.78, 0.6), FLUID, 20, 0.05)
        echo.line([(-2.1, 5.3), (-1.4, 5.55), (-0.7, 5.3)], 190, 0.05)
        echo.ellipse((-1.5, 3.4), (0.8, 0.6), 134, 0, 0.1)
    echo.blur(0.022)
    return Scene(CLOSE, echo.scanned(71, gain=2.0), moves, _fetal_beat)


def _fetal_beat(phase: float) -> tuple[float, float, float, float]:
    times = (0.0, 0.12, 0.4, 0.6, 0.8, 1.0)
    ventricles = float(np.interp(phase, times, (0.0, 0.5, 1.0, 0.35, 0.1, 0.0)))
    atria = float(np.interp(phase, times, (0.8, 0.4, 0.0, 0.1, 0.6, 0.8)))
    return ventricles, ventricles, atria, atria


def _ribs(echo: EchoMap) -> None:
    for x, y in ((-0.3, 7.15), (0.3, 7.15), (0.0, 6.75)):
        echo.ellipse((x, y), (0.16, 0.13), 255, 0, 0.02)
    echo.line([(-2.85, 3.9), (-2.3, 3.15), (-1.4, 2.6)], 226, 0.12)
    echo.line([(2.85, 3.9), (2.3, 3.15), (1.5, 2.65)], 222, 0.12)
    echo.line([(-3.0, 5.6), (-2.6, 6.4)], 214, 0.12)
    echo.line([(3.0, 5.6), (2.6, 6.4)], 214, 0.12)


def _beating(echo: EchoMap, centre: Point) -> tuple[Displacement, ...]:
    """Paints the heart, its apex up and to the left; returns how its chambers move."""
    tilt = -38.0

    def put(points: list[Point]) -> list[Point]:
        return _place(points, centre, tilt)

    echo.area(put(ellipse((0.0, 0.0), (1.9, 1.36))), 158, 0.04)
    chambers = (((-0.6, 0.52), (0.92, 0.44)), ((-0.52, -0.52), (0.96, 0.44)))
    atria = (((0.98, 0.5), (0.52, 0.44)), ((0.98, -0.5), (0.52, 0.44)))
    for middle, axes in (*chambers, *atria):
        echo.area(put(ellipse(middle, axes)), FLUID + 4, 0.03)
    echo.line(put([(0.4, -0.9), (0.43, -0.1), (0.38, 0.9)]), 200, 0.06)
    echo.line(put([(-1.4, 0.0), (0.4, 0.0)]), 190, 0.14)
    echo.line(put([(0.75, 0.0), (1.5, 0.0)]), 176, 0.06)
    echo.ellipse((centre[0] - 0.3, centre[1] + 2.0), (0.2, 0.2), FLUID, 0, 0.02)
    pulls = (0.26, 0.26, 0.14, 0.14)
    return tuple(
        squeeze(CLOSE, put([middle])[0], axes, by, tilt)
        for (middle, axes), by in zip((*chambers, *atria), pulls, strict=True)
    )
