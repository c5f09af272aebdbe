"""Hounsfield units of a region: which pixels count, and what is said of them."""

from math import hypot, inf, isfinite, nan, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.geometry import ellipse_axes
from workstation.studies.measure.reading import ScaleSource
from workstation.studies.measure.region_statistics import (
    RegionStatistics,
    Rescale,
    region_statistics,
)

NUMBERS = np.arange(100 * 80, dtype=np.int16).reshape(100, 80)
SCALE = PlaneScale(ScaleSource.PIXEL_SPACING, 0.5, 2.0)


def counted(figure: Figure, *points: Point, scale: PlaneScale | None = None) -> RegionStatistics:
    found = region_statistics(NUMBERS, Drawing(figure, points), scale=scale)
    assert found is not None
    return found


def test_a_rectangle_counts_pixels_whose_centre_is_inside() -> None:
    """Columns 2 to 4 and rows 1 to 2: the edge at 1.5 runs through the centres of row 1."""
    found = counted(Figure.RECTANGLE, (5.4, 1.5), (2.4, 3.4), scale=SCALE)
    part = NUMBERS[1:3, 2:5]
    assert (found.count, found.area_mm2) == (6, 6)
    assert found.mean == pytest.approx(part.mean())
    assert found.deviation == pytest.approx(part.std())
    assert (found.minimum, found.maximum) == (part.min(), part.max())


def test_hounsfield_units() -> None:
    drawing = Drawing(Figure.RECTANGLE, ((0, 0), (2, 1)))
    found = region_statistics(NUMBERS, drawing, Rescale(2.0, -1024.0))
    assert found == RegionStatistics(2, -1023.0, 1.0, -1024.0, -1022.0, None)
    falling = region_statistics(NUMBERS, drawing, Rescale(-1.0, 0.0))
    assert falling is not None
    assert (falling.minimum, falling.maximum) == (-1.0, 0.0)


def test_a_point_is_its_pixel() -> None:
    assert counted(Figure.POINT, (7.99, 3.0)).mean == NUMBERS[3, 7]
    assert region_statistics(NUMBERS, Drawing(Figure.POINT, ((80.0, 3.0),))) is None


def test_the_whole_slice() -> None:
    assert counted(Figure.FRAME).count == NUMBERS.size


def test_an_ellipse_has_its_area_in_millimetres() -> None:
    """Pixels of 0.5 x 2 mm; axes of 30 and 20 mm that stand at right angles in mm."""
    points = ((10.0, 20.0), (70.0, 20.0), (40.0, 25.0))
    found = counted(Figure.ELLIPSE, *points, scale=SCALE)
    assert found.area_mm2 == pytest.approx(pi / 4 * 30 * 20, rel=0.03)
    flat = counted(Figure.ELLIPSE, *points)
    assert flat.area_mm2 is None
    assert flat.count == pytest.approx(pi / 4 * 60 * 10, rel=0.03)


def test_a_turned_ellipse_counts_as_many() -> None:
    across = counted(Figure.ELLIPSE, (20, 50), (60, 50), (40, 60)).count
    aslant = counted(Figure.ELLIPSE, (26, 36), (54, 64), (47, 43)).count
    assert aslant == pytest.approx(across, rel=0.05)


def test_a_polygon() -> None:
    triangle = counted(Figure.AREA, (0, 0), (80, 0), (0, 80), scale=SCALE)
    assert triangle.count == pytest.approx(3200, abs=45)
    notched = counted(Figure.AREA, (0, 0), (80, 0), (80, 40), (40, 1), (0, 40))
    assert notched.count < 80 * 40 / 1.9


INSIDE = st.tuples(st.floats(0, 80), st.floats(0, 100))


@settings(deadline=None, max_examples=8)
@given(st.lists(INSIDE, min_size=3, max_size=7))
def test_a_polygon_counts_as_pixel_by_pixel(points: list[Point]) -> None:
    found = region_statistics(NUMBERS, Drawing(Figure.AREA, tuple(points)))
    sides = list(zip(points, points[1:] + points[:1], strict=True))
    inside = sum(
        sum(
            (y0 > y) != (y1 > y) and x < x0 + (y - y0) * ((x1 - x0) / (y1 - y0))
            for (x0, y0), (x1, y1) in sides
        )
        % 2
        for y in np.arange(100) + 0.5
        for x in np.arange(80) + 0.5
    )
    assert (found.count if found else 0) == inside


@settings(deadline=None, max_examples=40)
@given(INSIDE, INSIDE, INSIDE)
def test_an_ellipse_counts_as_pixel_by_pixel(start: Point, stop: Point, side: Point) -> None:
    """But for centres that rounding puts on either side of the edge."""
    found = region_statistics(NUMBERS, Drawing(Figure.ELLIPSE, (start, stop, side)))
    long_axis, short_axis = ellipse_axes((start, stop, side))
    if short_axis < 0.1:
        return
    y, x = np.mgrid[0:100, 0:80] + 0.5
    across, down = x - (start[0] + stop[0]) / 2, y - (start[1] + stop[1]) / 2
    first = hypot(stop[0] - start[0], stop[1] - start[1])
    second = long_axis if first < long_axis else short_axis
    cosine, sine = (stop[0] - start[0]) / first, (stop[1] - start[1]) / first
    along, beside = across * cosine + down * sine, down * cosine - across * sine
    share = (2 * along / first) ** 2 + (2 * beside / second) ** 2
    count = found.count if found else 0
    assert (share < 1 - 1e-6).sum() <= count <= (share < 1 + 1e-6).sum()


def test_figures_that_hold_nothing() -> None:
    nothing = (
        Drawing(Figure.RECTANGLE, ((-9, -9), (-1, -1))),
        Drawing(Figure.RECTANGLE, ((5.1, 5.1), (5.2, 5.2))),
        Drawing(Figure.ELLIPSE, ((5, 5), (5, 5), (5, 5))),
        Drawing(Figure.ELLIPSE, ((5, 5), (9, 5), (7, 5))),
        Drawing(Figure.LINE, ((5, 5), (9, 5))),
        Drawing(Figure.RECTANGLE, ((5, 5), (nan, 5))),
        Drawing(Figure.AREA, ((5, 5), (9, 5))),
    )
    assert [region_statistics(NUMBERS, one) for one in nothing] == [None] * len(nothing)


def test_padding_is_left_out() -> None:
    padded = NUMBERS.copy()
    padded[0, :] = -2000
    whole = Drawing(Figure.FRAME, ())
    found = region_statistics(padded, whole, padding=(-2000, -2000))
    assert found is not None
    assert (found.count, found.minimum) == (99 * 80, 80)
    assert region_statistics(padded, whole, padding=(9000, -2000)) is None


def test_numbers_that_are_none() -> None:
    wild = np.array([[nan, inf, 1.0], [2.0, 3.0, -inf]])
    found = region_statistics(wild, Drawing(Figure.FRAME, ()))
    assert found is not None
    assert (found.count, found.mean) == (3, 2)
    assert region_statistics(wild, Drawing(Figure.FRAME, ()), Rescale(nan, 0)) is None


@settings(deadline=None)
@given(
    st.sampled_from(Figure),
    st.lists(st.tuples(st.floats(), st.floats()), max_size=5),
    st.floats(),
    st.floats(),
)
def test_finite_or_nothing(
    figure: Figure, points: list[Point], slope: float, intercept: float
) -> None:
    found = region_statistics(NUMBERS, Drawing(figure, tuple(points)), Rescale(slope, intercept))
    assert found is None or (
        found.count > 0 and all(map(isfinite, (found.mean, found.deviation, found.maximum)))
    )
