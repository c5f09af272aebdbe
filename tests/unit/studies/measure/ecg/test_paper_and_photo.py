"""Millimetres: of a screen by a bank card, of a photo by marks or by a rectangle."""

from math import cos, inf, nan, radians, sin

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.measure.ecg.paper import PaperScale, px_per_mm_of_card
from workstation.studies.measure.ecg.photo_scale import (
    PaperMark,
    Point,
    ScaleOrigin,
    by_corners,
    by_marks,
    measured,
)

SQUARE: list[Point] = [(0, 0), (1000, 0), (1000, 400), (0, 400)]


def turned(degrees: float, px_per_mm: float) -> npt.NDArray[np.float64]:
    """From paper (mm, right and up) to the picture (pixels, right and down)."""
    c, s = cos(radians(degrees)) * px_per_mm, sin(radians(degrees)) * px_per_mm
    return np.array([[c, s, 300.0], [s, -c, 900.0], [0, 0, 1.0]])


def seen(picture: npt.NDArray[np.float64], right: float, up: float) -> Point:
    x, y, weight = picture @ np.array([right, up, 1.0])
    return float(x / weight), float(y / weight)


def marks(picture: npt.NDArray[np.float64], length: float = 5.0) -> tuple[PaperMark, PaperMark]:
    zero = seen(picture, 0, 0)
    return (
        PaperMark(zero, seen(picture, length, 0), length),
        PaperMark(zero, seen(picture, 0, length), length),
    )


def test_paper_on_a_screen() -> None:
    scale = PaperScale(25, 10, 4)
    assert (scale.px_per_s, scale.px_per_mv) == (100, 40)
    assert (scale.seconds(50), scale.millivolts(-20)) == (0.5, -0.5)


def test_a_bank_card_calibrates_the_screen() -> None:
    assert px_per_mm_of_card(85.60 * 3.8, 53.98 * 3.8) == pytest.approx(3.8)


@pytest.mark.parametrize(
    ("width", "height"), [(0, 100), (300, 300), (-342, -216), (nan, 200), (8560, 5398), (85, 53)]
)
def test_what_is_no_card_calibrates_nothing(width: float, height: float) -> None:
    assert px_per_mm_of_card(width, height) is None


@given(st.floats(-15, 15), st.floats(2, 30), st.floats(-200, 200), st.floats(-80, 80))
def test_marks_measure_on_turned_paper(
    degrees: float, px_per_mm: float, right: float, up: float
) -> None:
    picture = turned(degrees, px_per_mm)
    scale = by_marks(*marks(picture))
    assert scale is not None
    found = measured(scale, seen(picture, 0, 0), seen(picture, right, up), 25, 10)
    assert found is not None
    assert found.milliseconds == pytest.approx(right * 40, abs=1e-6)
    assert found.millivolts == pytest.approx(up / 10, abs=1e-8)


def test_marks_may_be_drawn_in_either_direction() -> None:
    picture = turned(10, 8)
    along, up = marks(picture)
    back = by_marks(PaperMark(along.stop, along.start), PaperMark(up.stop, up.start))
    assert back is not None
    found = measured(back, seen(picture, 0, 0), seen(picture, 25, -10), 25, 10)
    assert found is not None
    assert (found.milliseconds, found.millivolts) == pytest.approx((1000, -1))


def test_a_picture_squeezed_in_one_direction_is_measured_too() -> None:
    picture = turned(0, 8) * np.array([[1.0], [0.7], [1.0]])
    scale = by_marks(*marks(picture))
    assert scale is not None
    found = measured(scale, seen(picture, 0, 0), seen(picture, 50, 20), 50, 20)
    assert found is not None
    assert (found.milliseconds, found.millivolts) == pytest.approx((1000, 1))


@pytest.mark.parametrize(
    ("along", "up"),
    [
        (((0, 0), (3, 0)), ((0, 0), (0, -50))),
        (((0, 0), (50, 0)), ((0, 0), (50, -5))),
        (((0, 0), (0, 50)), ((0, 0), (50, 0))),
        (((0, 0), (nan, 0)), ((0, 0), (0, -50))),
        (((0, 0), (inf, 0)), ((0, 0), (0, -50))),
    ],
)
def test_marks_that_mean_nothing(along: tuple[Point, Point], up: tuple[Point, Point]) -> None:
    assert by_marks(PaperMark(*along), PaperMark(*up)) is None


@pytest.mark.parametrize("millimetres", [0, -5, nan, inf])
def test_marks_of_no_length(millimetres: float) -> None:
    up = PaperMark((0, 0), (0, -50))
    assert by_marks(PaperMark((0, 0), (50, 0), millimetres), up) is None


def test_longer_marks_are_more_precise() -> None:
    short, long = (by_marks(*marks(turned(5, 12), length)) for length in (5, 25))
    assert short is not None
    assert long is not None
    assert short.origin is ScaleOrigin.MARKS_BY_HAND
    assert not short.precise
    assert long.precise
    assert short.error_share == pytest.approx(5 * long.error_share)


@given(
    st.floats(-15, 15),
    st.floats(-4e-5, 4e-5),
    st.floats(-4e-5, 4e-5),
    st.permutations(range(4)),
)
def test_corners_measure_on_tilted_paper(
    degrees: float, across: float, down: float, order: list[int]
) -> None:
    tilt = np.array([[1.0, 0, 0], [0, 1, 0], [across, down, 1]])
    picture = tilt @ turned(degrees, 12)
    corners = [seen(picture, *at) for at in ((0, 100), (250, 100), (250, 0), (0, 0))]
    scale = by_corners([corners[place] for place in order], 250, 100)
    assert scale is not None
    found = measured(scale, seen(picture, 40, 30), seen(picture, 65, 18), 25, 10)
    assert found is not None
    assert (found.milliseconds, found.millivolts) == pytest.approx((1000, -1.2), rel=1e-5)


@pytest.mark.parametrize(
    "corners",
    [
        SQUARE[:3],
        [(0, 0), (1000, 0), (1000, 400), (900, 50)],
        [(0, 0), (500, 0), (1000, 0), (0, 400)],
        [(0, 0), (0, 0), (1000, 400), (0, 400)],
        [(0, 0), (9, 0), (9, 9), (0, 9)],
        [(0, 0), (nan, 0), (1000, 400), (0, 400)],
    ],
)
def test_corners_of_no_rectangle(corners: list[Point]) -> None:
    assert by_corners(corners, 250, 100) is None


@pytest.mark.parametrize(("width", "height"), [(0, 10), (10, -1), (nan, 10), (10, inf)])
def test_rectangle_of_no_size(width: float, height: float) -> None:
    assert by_corners(SQUARE, width, height) is None


@pytest.mark.parametrize(("speed", "gain"), [(0, 10), (25, 0), (-25, 10), (nan, 10), (25, inf)])
def test_without_speed_and_gain_nothing_is_measured(speed: float, gain: float) -> None:
    scale = by_corners(SQUARE, 250, 100)
    assert scale is not None
    assert measured(scale, (0, 0), (10, 10), speed, gain) is None


def test_nothing_is_measured_at_the_horizon() -> None:
    """A sheet seen very much from one side: its far end runs together."""
    corners = [(400.0, 0.0), (600.0, 0.0), (1000.0, 400.0), (0.0, 400.0)]
    scale = by_corners(corners, 250, 100)
    assert scale is not None
    for beyond in ((500.0, -98.0), (500.0, -100.0), (500.0, -300.0), (nan, 0.0), (500.0, inf)):
        assert scale.paper_mm(beyond) is None
        assert measured(scale, (500, 200), beyond, 25, 10) is None
    assert measured(scale, (500, 200), (500, 100), 25, 10) is not None


def test_the_picture_s_first_pixel_may_lie_beyond_the_horizon() -> None:
    corners = [(400.0, 1100.0), (600.0, 1100.0), (1000.0, 1500.0), (0.0, 1500.0)]
    scale = by_corners(corners, 250, 100)
    assert scale is not None
    assert scale.paper_mm((0, 0)) is None
    assert scale.paper_mm((1000, 1500)) == pytest.approx((250, 0), abs=1e-6)
