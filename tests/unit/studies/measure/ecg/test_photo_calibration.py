"""What is marked on a picture: scales, refusals, and how exactly calipers read there."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.studies.measure.ecg.photo_calibration import (
    Method,
    PaperCalibration,
    Reading,
    Spot,
    pixels_between,
    reading,
    refusal,
    scale_of,
)
from workstation.studies.measure.ecg.photo_scale import Refusal

PX = 12.0
SPOTS = st.floats(-0.999, 0.999)


def spot(right_mm: float, up_mm: float, degrees: float = 0.0, blur: float = 1.0) -> Spot:
    """A point of paper that lies turned on the picture, 12 pixels a millimetre."""
    c, s = cos(radians(degrees)) * PX, sin(radians(degrees)) * PX
    return Spot(1000 + c * right_mm + s * up_mm, 1000 + s * right_mm - c * up_mm, blur)


def marked(degrees: float = 0.0, blur: float = 1.0, length: float = 25.0) -> PaperCalibration:
    """Two marks, speed and gain."""
    return PaperCalibration(
        along=(spot(0, 0, degrees, blur), spot(length, 0, degrees, blur)),
        up=(spot(0, 0, degrees, blur), spot(0, length, degrees, blur)),
        mark_mm=(length, length),
        speed_mm_s=25.0,
        gain_mm_mv=10.0,
    )


def cornered(blur: float = 1.0) -> PaperCalibration:
    """A rectangle of 100 x 50 mm, speed and gain."""
    corners = tuple(spot(x, y, 0, blur) for x, y in ((0, 0), (100, 0), (100, 50), (0, 50)))
    return replace(marked(), method=Method.CORNERS, corners=corners)


def found(calibration: PaperCalibration, start: Spot, stop: Spot) -> Reading:
    """A reading that is there."""
    known = reading(calibration, start, stop)
    assert known is not None
    return known


@pytest.mark.parametrize("quarters", range(4))
def test_paper_that_was_seen_turned_is_read_in_the_upright_picture(quarters: int) -> None:
    """The photo lies on its side; the doctor turned the view until time ran to the right."""
    calibration = replace(marked(-90.0 * quarters + 3), quarter_turns=quarters)
    start, stop = spot(10, 2, -90.0 * quarters + 3), spot(35, 14, -90.0 * quarters + 3)
    read = found(calibration, start, stop)
    assert read.milliseconds == pytest.approx(1000)
    assert read.millivolts == pytest.approx(1.2)


def test_both_methods_read_alike() -> None:
    start, stop = spot(10, 2), spot(35, 14)
    for calibration in (marked(), cornered()):
        read = found(calibration, start, stop)
        assert (read.milliseconds, read.millivolts) == pytest.approx((1000, 1.2))


def test_what_was_not_named_is_not_read() -> None:
    """Never a plausible number: without speed no ms, without gain no mV."""
    start, stop = spot(10, 2), spot(35, 14)
    no_speed = found(replace(marked(), speed_mm_s=None), start, stop)
    assert no_speed.milliseconds is None
    assert no_speed.millivolts == pytest.approx(1.2)
    no_gain = found(replace(marked(), gain_mm_mv=None), start, stop)
    assert no_gain.milliseconds == pytest.approx(1000)
    assert no_gain.millivolts is None


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_without_all_points_there_are_pixels_only(missing: int) -> None:
    calibration = marked().with_spots(marked().spots[:-missing])
    assert not calibration.is_marked
    assert scale_of(calibration) is None
    assert reading(calibration, spot(0, 0), spot(25, 0)) is None
    assert refusal(calibration) is None
    assert pixels_between(spot(0, 0), spot(25, 0)) == pytest.approx(300)


def test_lengths_are_of_the_method() -> None:
    long = marked().with_lengths(50, 10)
    assert (long.lengths_mm, long.rectangle_mm) == ((50, 10), (100, 50))
    wide = cornered().with_lengths(200, 100)
    assert (wide.lengths_mm, wide.mark_mm) == ((200, 100), (25, 25))


@pytest.mark.parametrize(
    ("along", "up", "reason"),
    [
        ((0, 0, 5, 0), (), Refusal.TOO_SHORT),
        ((0, 0, 0, 300), (), Refusal.ON_ITS_SIDE),
        ((0, 0, 300, 0), (0, 0, 0, -5), Refusal.TOO_SHORT),
        ((0, 0, 300, 0), (0, 0, 300, -30), Refusal.ONE_DIRECTION),
        ((0, 0, float("nan"), 0), (), Refusal.NOT_FINITE),
        ((0, 0, 300, 0), (0, 0, 0, float("inf")), Refusal.NOT_FINITE),
        ((0, 0, 300, 0), (0, 0, 20, -300), None),
    ],
)
def test_marks_that_mean_nothing_are_refused_with_the_reason(
    along: tuple[float, ...], up: tuple[float, ...], reason: Refusal | None
) -> None:
    calibration = PaperCalibration(along=pair(along), up=pair(up))
    assert refusal(calibration) is reason
    assert (scale_of(calibration) is not None) == (reason is None)


def pair(values: tuple[float, ...]) -> tuple[Spot, ...]:
    """None, or both ends."""
    return tuple(Spot(*values[n : n + 2]) for n in range(0, len(values), 2))


@pytest.mark.parametrize(
    ("corners", "reason"),
    [
        ([(0, 0), (1000, 0), (1000, 400), (900, 50)], Refusal.NO_RECTANGLE),
        ([(0, 0), (500, 0), (1000, 0), (0, 400)], Refusal.NO_RECTANGLE),
        ([(0, 0), (9, 0), (9, 9), (0, 9)], Refusal.CORNERS_TOO_NEAR),
        ([(0, 0), (0, 0), (0, 0), (0, 0)], Refusal.CORNERS_TOO_NEAR),
        ([(0, 0), (1000, 400), (1000, 0), (0, 400)], None),
    ],
)
def test_corners_that_mean_nothing_are_refused_with_the_reason(
    corners: list[tuple[float, float]], reason: Refusal | None
) -> None:
    spots = tuple(Spot(*corner) for corner in corners)
    calibration = PaperCalibration(Method.CORNERS, corners=spots)
    assert refusal(calibration) is reason
    assert (scale_of(calibration) is not None) == (reason is None)


def test_coarse_clicks_make_a_scale_coarse_and_fine_ones_mend_it() -> None:
    """5 mm marked at a view where a screen's pixel is four of the picture's: useless."""
    for length, blur, precise in ((5, 1, False), (25, 1, True), (25, 4, False), (5, 0.25, True)):
        scale = scale_of(marked(blur=blur, length=length))
        assert scale is not None
        assert scale.precise is precise


def test_a_value_knows_how_far_it_may_be_wrong() -> None:
    """A screen's pixel is 1/12 mm: 3.3 ms at each end of what is measured, and at each mark."""
    start, stop = spot(0, 0), spot(25, 10)
    fine, coarse = found(marked(), start, stop), found(marked(blur=3), start, stop)
    assert fine.within_ms == pytest.approx(2 * (5 / 12) ** 0.5 * 2 * 1000 / 300, rel=0.1)
    assert coarse.within_ms > 2 * fine.within_ms
    near, far = found(cornered(), start, stop), found(cornered(), spot(250, 0), spot(275, 0))
    assert far.within_ms > 1.2 * near.within_ms, "outside the rectangle less is known"


@given(st.lists(SPOTS, min_size=12, max_size=12), st.booleans())
def test_what_is_promised_bounds_what_is_clicked(misses: list[float], by_corners: bool) -> None:
    """However the six points of a measurement miss, the value stays within twice its bound."""
    calibration = cornered() if by_corners else marked(7)
    degrees = 0 if by_corners else 7
    spots = [*calibration.spots, spot(20, 20, degrees), spot(45, 32, degrees)]
    missed = [
        one.moved(misses[2 * place], misses[2 * place + 1]) for place, one in enumerate(spots)
    ]
    read = found(calibration.with_spots(missed[:4]), missed[4], missed[5])
    assert read.milliseconds is not None
    assert abs(read.milliseconds - 1000) < 2.2 * read.within_ms
    assert read.millivolts is not None
    assert abs(read.millivolts - 1.2) < 2.2 * read.within_mv


def test_the_way_back_to_the_picture() -> None:
    scale = scale_of(cornered())
    assert scale is not None
    millimetres = scale.paper_mm((1300.0, 900.0))
    assert millimetres is not None
    assert scale.picture_point(millimetres) == pytest.approx((1300, 900))


def test_nothing_is_painted_beyond_the_horizon() -> None:
    corners = ((400.0, 0.0), (600.0, 0.0), (1000.0, 400.0), (0.0, 400.0))
    spots = tuple(Spot(*corner) for corner in corners)
    scale = scale_of(PaperCalibration(Method.CORNERS, corners=spots))
    assert scale is not None
    horizon = np.linalg.inv(scale.to_paper)[2]
    assert scale.picture_point((0.0, float(-horizon[2] / horizon[1]))) is None
    assert scale.picture_point((float("inf"), 0.0)) is None
