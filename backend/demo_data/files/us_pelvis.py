"""Transvaginal views: a uterus with two horns, an ovary with a cyst of several chambers."""

import numpy as np

from backend.demo_data.files.us_motion import Scene, slide, turn
from backend.demo_data.files.us_probe import Probe
from backend.demo_data.files.us_tissue import EchoMap, Point

VAGINAL = Probe(depth=7.2, half_angle=52, radius=1.2, pixels_per_cm=43.0, top=70)
EMPTY = 22


def _sweep(phase: float) -> tuple[float, float]:
    around = 2 * np.pi * phase
    return float(np.sin(around)), float(np.sin(around + 1.2))


def two_horns() -> Scene:
    """Cross-section at the fundus: two bodies, each with its lining, and a cleft between."""
    echo = EchoMap(VAGINAL, 112)
    _near_field(echo)
    left = [(-4.0, 3.4), (-2.9, 2.3), (-1.2, 2.2), (-0.1, 3.0), (-0.15, 4.3), (-1.3, 5.2)]
    right = [(0.2, 3.0), (1.3, 2.2), (2.9, 2.25), (4.0, 3.3), (3.6, 4.7), (1.5, 5.2), (0.25, 4.3)]
    echo.area([*left, (-3.2, 4.8)], 140, 0.06)
    echo.area(right, 140, 0.06)
    for middle, tilt in (((-2.0, 3.65), -10.0), ((2.05, 3.65), 10.0)):
        echo.ellipse(middle, (1.15, 0.52), 112, tilt, 0.05)
        echo.ellipse(middle, (0.98, 0.36), 196, tilt, 0.05)
        x, y = middle
        echo.line([(x - 0.8, y), (x, y - 0.02), (x + 0.8, y)], 236, 0.04)
    echo.line([(0.06, 2.6), (0.02, 3.6), (0.08, 4.6)], 70, 0.14)
    echo.line([(-4.2, 5.0), (-1.4, 5.55), (0, 4.9), (1.5, 5.55), (4.2, 5.0)], 216, 0.1)
    _bowel(echo)
    echo.blur(0.02)
    moves = (
        turn(VAGINAL, (0.0, 3.6), 4.0),
        slide(VAGINAL, (0, 3.6), (4.0, 3.0), (0.22, 0.1)),
    )
    return Scene(VAGINAL, echo.scanned(83, gain=1.0), moves, _sweep)


def ovarian_cyst() -> Scene:
    """A cyst with partitions and a growth on its wall, bright tissue behind it."""
    echo = EchoMap(VAGINAL, 110)
    _near_field(echo)
    outline = [
        (-2.9, 3.2),
        (-1.6, 1.8),
        (0.6, 1.5),
        (2.5, 2.2),
        (3.2, 3.7),
        (2.2, 5.1),
        (-0.4, 5.5),
    ]
    echo.area([(1.15 * x, y + 0.1 * (y - 3.5)) for x, y in [*outline, (-2.4, 4.8)]], 142, 0.08)
    echo.area([*outline, (-2.4, 4.8)], EMPTY, 0.04)
    echo.line([(-2.7, 3.9), (-0.9, 3.4), (0.6, 3.7), (1.5, 2.9), (1.3, 1.7)], 186, 0.07)
    echo.line([(0.6, 3.7), (1.4, 4.5), (1.3, 5.3)], 176, 0.06)
    echo.area(_growth((2.3, 4.35)), 168, 0.03)
    echo.area(_growth((-2.0, 3.0), 0.6), 160, 0.03)
    echo.area([(-2.2, 5.8), (0, 6.0), (2.0, 5.7), (2.6, 7.5), (-2.8, 7.5)], 148, 0.25)
    _bowel(echo)
    echo.blur(0.02)
    moves = (turn(VAGINAL, (0.0, 3.6), 3.0), slide(VAGINAL, (0, 3.6), (4.0, 3.0), (0.15, 0.1)))
    return Scene(VAGINAL, echo.scanned(97, gain=1.0), moves, _sweep)


def _growth(centre: Point, size: float = 1.0) -> list[Point]:
    around = np.linspace(0, 2 * np.pi, 15, endpoint=False)
    radius = size * (0.5 + 0.12 * np.sin(5 * around))
    x, y = centre[0] + radius * np.cos(around), centre[1] + 0.85 * radius * np.sin(around)
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _near_field(echo: EchoMap) -> None:
    echo.area([(-3, -1), (3, -1), (3.4, 0.5), (0, 0.9), (-3.4, 0.5)], 152, 0.15)
    echo.line([(-3.4, 0.3), (0, 0.75), (3.4, 0.3)], 210, 0.06)
    echo.line([(-4.0, 0.9), (0, 1.25), (4.0, 0.9)], 176, 0.07)


def _bowel(echo: EchoMap) -> None:
    for x, y, size in ((-4.6, 4.6, 0.7), (4.7, 4.4, 0.6), (-3.4, 6.1, 0.7), (3.7, 6.0, 0.8)):
        echo.ellipse((x, y), (size, size * 0.7), 128, 0, 0.1)
        echo.line([(x - size, y - 0.2), (x, y - size * 0.7), (x + size, y - 0.2)], 206, 0.07)
