"""Arithmetic of figures: the shoelace, the exact ellipse, angles."""

from math import cos, hypot, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.studies.measure import geometry
from workstation.studies.measure.figures import Point


def test_ellipse_circumference_is_exact() -> None:
    """By the elliptic integral: a = b gives 2 pi r; 2 x 1 gives 4.844224 (semi-axes 1, 0.5)."""
    assert geometry.ellipse_circumference(2, 2) == pytest.approx(2 * pi, rel=1e-14)
    assert geometry.ellipse_circumference(2, 1) == pytest.approx(4.844224110273838, rel=1e-13)
    assert geometry.ellipse_circumference(2, 0) == 4
    assert geometry.ellipse_circumference(2, 1e-6) == pytest.approx(4, abs=1e-5)


@given(st.floats(0.01, 1), st.floats(1, 300))
def test_ramanujan_is_near_the_exact_circumference(flat: float, size: float) -> None:
    a, b = size, size * flat
    h = ((a - b) / (a + b)) ** 2
    ramanujan = pi * (a + b) * (1 + 3 * h / (10 + (4 - 3 * h) ** 0.5))
    assert geometry.ellipse_circumference(2 * a, 2 * b) == pytest.approx(ramanujan, rel=6e-4)


def test_shoelace() -> None:
    square = ((1.0, 1.0), (5.0, 1.0), (5.0, 4.0), (1.0, 4.0))
    assert geometry.polygon_area(square) == 12
    assert geometry.polygon_area(square[::-1]) == 12
    assert geometry.perimeter(square) == 14
    assert geometry.path_length(square) == 11


def test_a_figure_of_eight_has_no_area() -> None:
    assert geometry.polygon_area(((0, 0), (4, 4), (4, 0), (0, 4))) is None


def test_a_hand_that_ends_past_its_beginning_keeps_its_area() -> None:
    around = [(100 * cos(radians(t)), 100 * sin(radians(t))) for t in range(0, 360, 3)]
    slip = (*around, (100.5, 3.0), (99.5, 5.0))
    assert geometry.polygon_area(tuple(around)) == pytest.approx(pi * 1e4, rel=2e-3)
    assert geometry.polygon_area(slip) == pytest.approx(pi * 1e4, rel=3e-3)


@pytest.mark.parametrize("degrees", [0.0, 30.0, 90.0, 135.0, 180.0])
def test_angles(degrees: float) -> None:
    leg = (7 * cos(radians(degrees)), 7 * sin(radians(degrees)))
    assert geometry.angle((3, 0), (0, 0), leg) == pytest.approx(degrees, abs=1e-5)
    assert geometry.angle((0, 0), (0, 0), leg) is None


def turned(points: tuple[Point, ...], degrees: float) -> tuple[Point, ...]:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return tuple((x * c - y * s, x * s + y * c) for x, y in points)


@settings(deadline=None)
@given(st.floats(0, 360), st.floats(1, 200), st.floats(1, 200), st.floats(-50, 50))
def test_turning_an_ellipse_keeps_it(degrees: float, along: float, side: float, off: float) -> None:
    points = ((-along, 0.0), (along, 0.0), (off, side))
    expected = sorted((2 * along, 2 * side), reverse=True)
    assert geometry.ellipse_axes(turned(points, degrees)) == pytest.approx(expected)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=3, max_size=40))
def test_any_polygon_has_a_finite_area_or_none(points: list[Point]) -> None:
    area = geometry.polygon_area(tuple(points))
    box = hypot(2e6, 2e6) ** 2
    assert area is None or 0 <= area <= box * 40
