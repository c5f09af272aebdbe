"""Echocardiographic views: parasternal long and short axis, apical four chambers."""

from dataclasses import dataclass

import numpy as np

from backend.demo_data.files.us_motion import Leaflet, Scene, slide, squeeze
from backend.demo_data.files.us_probe import Probe
from backend.demo_data.files.us_tissue import EchoMap, Point, ellipse

ADULT = Probe(depth=16.0, half_angle=41, radius=0.0, pixels_per_cm=26.0)
CHILD = Probe(depth=9.0, half_angle=43, radius=0.0, pixels_per_cm=45.0)
INFANT = Probe(depth=6.5, half_angle=43, radius=0.0, pixels_per_cm=62.3)
BLOOD, WALL = 30, 150


def contraction(phase: float) -> float:
    """0 at the end of diastole (the R wave), 1 at the end of systole."""
    times = (0.0, 0.06, 0.2, 0.34, 0.44, 0.54, 0.72, 0.84, 0.94, 1.0)
    parts = (0.0, 0.06, 0.66, 1.0, 0.82, 0.34, 0.24, 0.2, 0.02, 0.0)
    return float(np.interp(phase, times, parts))


def mitral_opening(phase: float) -> float:
    """E and A waves: 0 closed, 1 open."""
    times = (0.0, 0.4, 0.44, 0.52, 0.64, 0.76, 0.86, 0.92, 0.98, 1.0)
    return float(np.interp(phase, times, (0, 0, 0.4, 1.0, 0.35, 0.25, 0.72, 0.4, 0, 0)))


def aortic_opening(phase: float) -> float:
    """Open through ejection."""
    return float(np.interp(phase, (0, 0.06, 0.1, 0.32, 0.37, 1), (0, 0, 1, 0.9, 0, 0)))


@dataclass(frozen=True, slots=True)
class LeftVentricle:
    """What differs between the hearts of the long-axis view; cm at the end of diastole."""

    septum: float = 1.0
    cavity: float = 4.7
    wall: float = 1.0
    beat: float = 0.62
    """By how much the walls come in."""
    calcified: bool = False
    """Aortic valve: thick, bright, hardly opens."""

    @property
    def right_edge(self) -> float:
        """Depth of the septum's edge towards the right ventricle."""
        return 4.75 - (self.septum - 1) * 0.5

    @property
    def inner(self) -> float:
        """Depth of the septum's edge towards the cavity."""
        return self.right_edge + self.septum

    @property
    def back(self) -> float:
        """Depth of the cavity's far edge."""
        return self.inner + self.cavity

    @property
    def outer(self) -> float:
        """Depth of the pericardium behind the heart."""
        return self.back + self.wall


def long_axis(heart: LeftVentricle) -> Scene:
    """Parasternal long axis of the left ventricle, adult."""
    echo = EchoMap(ADULT, 108)
    echo.area([(-9, 0), (9, 0), (9, 1.5), (0, 1.35), (-9, 1.5)], 188, 0.15)
    echo.line([(-7, 0.75), (0, 0.65), (7, 0.75)], 226, 0.14)
    echo.line([(-7, 1.25), (0, 1.1), (7, 1.25)], 208, 0.1)
    echo.area([(-12, 1.7), (0, 1.6), (12, 1.7), (12, 3.1), (2, 2.6), (-5, 3.1)], WALL + 12, 0.1)
    _right_ventricle(echo, heart)
    centre = (-3.3, (heart.inner + heart.back) / 2)
    axes = (3.2 + heart.cavity / 2, heart.cavity / 2)
    echo.area(_septum(heart), WALL + 8, 0.05)
    echo.ellipse(centre, axes, BLOOD, -4, 0.06)
    _outflow(echo)
    _behind(echo, heart)
    _aortic_walls(echo)
    echo.blur(0.045)
    moves = (
        squeeze(ADULT, centre, (axes[0], axes[1] + 0.1), heart.beat, -4),
        slide(ADULT, (2.2, 7.0), (2.6, 2.6), (0.1, 0.34)),
        slide(ADULT, (4.2, 9.9), (2.4, 2.0), (0.1, 0.3)),
    )

    def leaflets(phase: float) -> list[Leaflet]:
        return [*_mitral(phase, heart.back), *_aortic(phase, heart.calcified)]

    return Scene(ADULT, echo.scanned(11), moves, lambda p: [contraction(p)] * 3, leaflets)


def _right_ventricle(echo: EchoMap, heart: LeftVentricle) -> None:
    edge = heart.right_edge - 0.05
    outline = [(-7.6, 4.0), (-4, 3.1), (0, 2.7), (3.4, 2.9), (5.0, 3.5), (2.2, 4.0)]
    echo.area([*outline, (-0.4, edge), (-4.4, edge + 0.15)], BLOOD + 6, 0.1)


def _septum(heart: LeftVentricle) -> list[Point]:
    top, low = heart.right_edge, heart.inner
    upper = [(-9, top + 1.0), (-5, top + 0.15), (-1.2, top), (1.5, top + 0.35)]
    return [*upper, (1.7, 5.9), (-1.2, low), (-5, low + 0.15), (-9, low + 1.0)]


def _outflow(echo: EchoMap) -> None:
    echo.area(
        [(-0.9, 6.4), (1.4, 5.95), (4.2, 4.75), (6.6, 4.0), (7.8, 6.3), (5.0, 7.1), (2.0, 8.3)],
        BLOOD,
        0.07,
    )
    echo.ellipse((4.3, 9.9), (3.0, 2.0), BLOOD, -14, 0.09)


def _behind(echo: EchoMap, heart: LeftVentricle) -> None:
    near, far = heart.back, heart.outer
    wall = [(-8.6, near - 1.1), (-5, near - 0.1), (-1, near + 0.05), (1.2, near - 0.3)]
    under = [(1.4, far - 0.1), (-1.2, far + 0.05), (-5, far - 0.1), (-9, far - 1.1)]
    echo.area([*wall, *under], WALL + 8, 0.05)
    edge = [(-9.4, far - 0.8), (-5, far + 0.02), (-1, far + 0.17), (1.6, far)]
    echo.line(edge, 250, 0.24)
    echo.line([(1.6, far), (3.6, max(12.0, far - 0.4)), (6.4, 11.3), (8.4, 10.0)], 222, 0.18)
    aorta = max(13.1, far + 1.45)
    echo.ellipse((4.4, aorta), (1.15, 1.1), BLOOD, 0, 0.06)
    echo.line([(3.4, aorta - 0.6), (4.4, aorta - 1.15), (5.4, aorta - 0.6)], 214, 0.12)
    echo.line([(3.5, aorta + 0.7), (4.4, aorta + 1.15), (5.3, aorta + 0.7)], 224, 0.14)


def _aortic_walls(echo: EchoMap) -> None:
    echo.line([(1.4, 5.75), (4.2, 4.55), (6.8, 3.7)], 222, 0.16)
    echo.line([(2.3, 8.35), (5.1, 7.15), (8.0, 6.3)], 228, 0.18)
    echo.line([(2.6, 5.45), (4.4, 4.75)], 236, 0.1)


def _mitral(phase: float, back: float) -> list[Leaflet]:
    opening, drop = mitral_opening(phase), 0.34 * contraction(phase)
    lower = 0.6 * (back - 10.45)
    root, hinge = (2.15, 8.4 - drop * 0.4), (1.5, back + 0.1 - drop)
    tip = (-1.35 + 0.5 * opening, 9.25 + lower - (2.0 + lower) * opening)
    middle = (0.55, 8.55 + lower / 2 - 1.25 * opening)
    far = (-1.05 + 1.2 * opening, 9.45 + lower + 1.1 * opening)
    return [
        Leaflet((root, middle, tip), 214, 0.17),
        Leaflet((hinge, (0.4, back - 0.35 + 0.4 * opening), far), 200, 0.17),
        Leaflet((tip, (-3.2, 9.7 + lower - 0.7 * opening)), 118, 0.05),
    ]


def _aortic(phase: float, calcified: bool) -> list[Leaflet]:
    opening = aortic_opening(phase) * (0.3 if calcified else 1.0)
    width, level = (0.3, 255) if calcified else (0.1, 200)
    upper, lower = (3.2 + 0.1 * opening, 6.5 - opening), (3.25 + 0.65 * opening, 6.6 + opening)
    right = ((1.75, 5.75), (2.65, 6.0 - 0.25 * opening), upper)
    left = ((2.5, 8.2), (3.0, 7.55 + 0.2 * opening), lower)
    cusps = [Leaflet(right, level, width), Leaflet(left, level, width)]
    lumps = [(upper, (upper[0] - 0.3, upper[1] - 0.2)), (lower, (lower[0] - 0.1, lower[1] + 0.45))]
    return cusps + [Leaflet(lump, level, 0.5) for lump in lumps if calcified]


def four_chambers(beat: float = 0.6) -> Scene:
    """Apical view of all chambers, the left ones at the right of the screen."""
    echo = EchoMap(ADULT, 104)
    echo.area([(-9, 0), (9, 0), (9, 1.2), (0, 1.05), (-9, 1.2)], 190, 0.15)
    echo.line([(-6, 0.7), (0, 0.6), (6, 0.7)], 222, 0.12)
    heart = [(0.6, 1.5), (3.6, 3.0), (5.3, 6.2), (5.6, 9.8), (5.2, 13.2), (2.4, 15.3)]
    echo.area(
        [*heart, (-1.8, 15.3), (-4.9, 13.2), (-5.5, 9.8), (-4.6, 6.0), (-2.2, 2.9)], WALL + 10, 0.1
    )
    left = [(0.9, 2.6), (2.8, 4.2), (3.9, 6.6), (4.2, 9.4), (2.6, 10.0), (0.7, 9.7), (0.25, 6.4)]
    echo.area(left, BLOOD, 0.07)
    right = [(-1.0, 4.1), (-2.5, 5.6), (-3.9, 8.0), (-4.2, 9.7), (-2.6, 10.3), (-0.8, 10.0)]
    echo.area([*right, (-0.75, 6.6)], BLOOD + 4, 0.08)
    echo.area([(0.75, 10.4), (3.9, 10.2), (4.4, 12.4), (2.8, 14.6), (0.7, 14.4)], BLOOD, 0.08)
    echo.area([(-0.55, 10.7), (-3.9, 10.6), (-4.2, 12.6), (-2.6, 14.6), (-0.5, 14.4)], BLOOD, 0.08)
    echo.line([(0.05, 10.4), (0.12, 12.2), (0.1, 14.6)], 176, 0.2)
    echo.line([(4.75, 6.4), (5.35, 9.6), (5.0, 13.0), (2.4, 15.25)], 238, 0.17)
    echo.line([(-4.7, 6.4), (-5.4, 9.7), (-4.8, 13.1), (-1.8, 15.25)], 212, 0.14)
    echo.line([(4.1, 10.1), (4.75, 10.25)], 236, 0.3)
    echo.line([(-4.2, 10.4), (-4.8, 10.5)], 224, 0.26)
    echo.line([(-0.45, 10.2), (0.5, 10.05)], 214, 0.28)
    echo.blur(0.05)
    moves = (
        squeeze(ADULT, (2.1, 6.6), (2.2, 4.2), beat),
        squeeze(ADULT, (-2.2, 7.6), (1.8, 3.0), beat * 0.75),
        slide(ADULT, (0.2, 10.2), (5.5, 2.2), (0.0, -1.5 * beat)),
    )
    return Scene(
        ADULT,
        echo.scanned(23),
        moves,
        lambda p: [contraction(p), contraction(p), contraction(p)],
        lambda p: _inlet_valves(p, 1.5 * beat),
    )


def _inlet_valves(phase: float, descent: float) -> list[Leaflet]:
    opening, up = mitral_opening(phase), descent * contraction(phase)
    plane = 10.15 - up

    def leaflet(base: float, to: float, depth: float) -> Leaflet:
        tip = (to + (base - to) * 0.72 * opening, plane - 0.12 - depth * opening)
        middle = ((base + to) / 2 + (base - to) * 0.2 * opening, plane - 0.25 - depth * opening / 3)
        return Leaflet(((base, plane), middle, tip), 206, 0.16)

    mitral = [leaflet(0.6, 2.3, 1.9), leaflet(4.1, 2.4, 1.4)]
    return [*mitral, leaflet(-0.5, -2.2, 1.5), leaflet(-4.1, -2.4, 1.3)]


def short_axis(probe: Probe) -> Scene:
    """Parasternal short axis at the papillary muscles; the heart is as large as the probe's view.

    The cavity measures 3.5 cm in a child's view of 9 cm.
    """
    size = probe.depth / CHILD.depth
    echo = EchoMap(probe, 104)

    def at(*points: Point) -> list[Point]:
        return [(x * size, y * size) for x, y in points]

    def oval(centre: Point, axes: Point, level: int, tilt: float = 0.0) -> None:
        echo.area(at(*ellipse(centre, axes, tilt)), level, 0.05 * size)

    echo.area(at((-5, 0), (5, 0), (5, 0.9), (0, 0.8), (-5, 0.9)), 186, 0.1 * size)
    echo.line(at((-4, 0.5), (0, 0.42), (4, 0.5)), 222, 0.08 * size)
    centre = (0.5, 4.95)
    oval((-0.5, 3.7), (3.1, 2.3), WALL)
    oval((-0.6, 3.5), (2.75, 1.9), BLOOD + 4)
    oval(centre, (2.4, 2.35), WALL + 14)
    oval(centre, (1.76, 1.75), BLOOD)
    oval((1.65, 5.95), (0.42, 0.36), WALL + 18, 30)
    oval((-0.65, 5.95), (0.42, 0.36), WALL + 18, -30)
    echo.line(at((-1.5, 6.5), (0.5, 7.4), (2.45, 6.5)), 244, 0.13 * size)
    echo.line(at((2.45, 6.5), (3.0, 5.0), (2.5, 3.6)), 190, 0.09 * size)
    echo.blur(0.028 * size)
    ((x, y), (right_x, right_y)) = at(centre, (-1.2, 3.0))
    moves = (
        squeeze(probe, (x, y), (1.8 * size, 1.78 * size), 0.46 * size),
        squeeze(probe, (right_x, right_y), (1.9 * size, 1.0 * size), 0.3 * size),
    )
    return Scene(probe, echo.scanned(37), moves, lambda p: [contraction(p)] * 2)
