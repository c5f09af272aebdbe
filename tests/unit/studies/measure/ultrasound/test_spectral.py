"""Doppler spectra and M-modes: velocities, gradients, slopes, envelopes."""

from math import pi, sin, sqrt

import pytest

from backend_client.models.evidence import Figure
from tests.unit.studies.measure.ultrasound.pictures import m_mode, measured, picture, spectrum
from workstation.studies.imaging import RegionUnit
from workstation.studies.measure.figures import Point
from workstation.studies.measure.reading import Quantity, Reason, Unit

SPECTRUM = picture(spectrum())
ZERO_Y = 300.5
"""The middle of row 300."""


def at(seconds: float, cm_s: float) -> Point:
    return seconds / 0.005, ZERO_Y - cm_s


def test_velocities_from_the_baseline() -> None:
    """v = (yRef - y) * abs(dY) + reference value."""
    for velocity in (90.0, -90.0):
        found = measured(SPECTRUM, Figure.POINT, (at(1, velocity),))
        assert found[Quantity.VELOCITY].value == pytest.approx(velocity)
        assert found[Quantity.PEAK_GRADIENT].value == pytest.approx(3.24)
    shifted = picture(spectrum(delta_y=-2.0, reference_value_y=10.0))
    found = measured(shifted, Figure.POINT, (at(1, 50),))
    assert found[Quantity.VELOCITY].value == pytest.approx(110)


def test_the_simplified_bernoulli_equation() -> None:
    """4.2 m/s: 70.6 mmHg (facts/studies.md)."""
    fast = picture(spectrum(delta_y=5.0))
    found = measured(fast, Figure.POINT, ((9, ZERO_Y - 84),))
    assert found[Quantity.PEAK_GRADIENT].value == pytest.approx(70.6, abs=0.05)
    assert found[Quantity.PEAK_GRADIENT].unit is Unit.MILLIMETRE_OF_MERCURY


def test_a_spectrum_without_a_baseline_has_differences_only() -> None:
    lost = picture(spectrum(reference_y=None))
    found = measured(lost, Figure.POINT, (at(1, 50),))
    assert found[Quantity.VELOCITY].reason is Reason.NO_BASELINE
    slope = measured(lost, Figure.LINE, (at(1, 20), at(1.1, 80)))
    assert slope[Quantity.ACCELERATION].value == pytest.approx(600)
    assert slope[Quantity.PRESSURE_HALF_TIME].reason is Reason.NO_BASELINE
    assert measured(lost, Figure.TRACE, (at(0, 1), at(1, 1)))[Quantity.VELOCITY].value is None


@pytest.mark.parametrize(
    ("changes", "is_known"),
    [
        ({"reference_y": -90}, True),
        ({"reference_y": 9000}, False),
        ({"reference_y": -300}, False),
        ({"reference_value_y": 5000.0}, False),
        ({"reference_y": 400, "reference_value_y": -300.0}, True),
        ({"reference_value_y": float("inf")}, False),
    ],
)
def test_a_baseline_far_from_its_spectrum_is_none(
    changes: dict[str, object], is_known: bool
) -> None:
    found = measured(picture(spectrum(**changes)), Figure.POINT, (at(1, 50),))
    assert (found[Quantity.VELOCITY].value is not None) is is_known


def test_a_spectrum_in_hertz_and_one_without_time() -> None:
    hertz = picture(spectrum(unit_y=RegionUnit.HERTZ))
    found = measured(hertz, Figure.LINE, (at(0, 1), at(1, 1)))[Quantity.DISTANCE]
    assert (found.unit, found.reason) == (Unit.PIXELS, Reason.FREQUENCY_AXIS)
    timeless = picture(spectrum(unit_x=RegionUnit.NONE))
    line = measured(timeless, Figure.LINE, (at(0, 90), at(1, 10)))
    assert line[Quantity.VELOCITY_CHANGE].value == pytest.approx(-80)
    assert line[Quantity.TIME].reason is Reason.NO_TIME_AXIS
    trace = measured(timeless, Figure.TRACE, (at(0, 90), at(1, 10)))
    assert {one.reason for one in trace.values()} == {Reason.NO_TIME_AXIS}


def test_pressure_half_time_by_two_points() -> None:
    """v/sqrt 2 after 220 ms on the straight line: PHT 220 ms; the deceleration time 751 ms."""
    first, second = at(1.0, 80), at(1.22, 80 / sqrt(2))
    for points in ((first, second), (second, first)):
        found = measured(SPECTRUM, Figure.LINE, points)
        assert found[Quantity.PRESSURE_HALF_TIME].value == pytest.approx(220)
        assert found[Quantity.DECELERATION_TIME].value == pytest.approx(751.1, abs=0.1)
        assert found[Quantity.TIME].value == pytest.approx(220)


@pytest.mark.parametrize(("first", "second"), [(50, 80), (80, -10), (80, 80), (0, 0)])
def test_what_does_not_fall_has_no_half_time(first: float, second: float) -> None:
    found = measured(SPECTRUM, Figure.LINE, (at(1, first), at(1.2, second)))
    assert found[Quantity.PRESSURE_HALF_TIME].reason is Reason.NOT_FALLING
    assert found[Quantity.TIME].value == pytest.approx(200)


def test_an_envelope_of_a_half_sine() -> None:
    """Peak 90 cm/s over 300 ms: VTI 2/pi * 90 * 0.3 = 17.19 cm; mean gradient half the peak's."""
    for sign in (1, -1):
        points = [at(1 + t * 0.003, sign * 90 * sin(pi * t / 100)) for t in range(101)]
        for order in (points, points[::-1]):
            found = measured(SPECTRUM, Figure.TRACE, order)
            assert found[Quantity.VELOCITY].value == pytest.approx(sign * 90)
            assert found[Quantity.PEAK_GRADIENT].value == pytest.approx(3.24)
            assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(17.19, abs=0.01)
            assert found[Quantity.VELOCITY_TIME_INTEGRAL].unit is Unit.CENTIMETRE
            assert found[Quantity.MEAN_VELOCITY].value == pytest.approx(57.3, abs=0.05)
            assert found[Quantity.MEAN_GRADIENT].value == pytest.approx(1.62, abs=0.005)
            assert found[Quantity.TIME].value == pytest.approx(300)


def test_a_triangle_between_its_points_is_exact() -> None:
    """The mean of 4 v^2 along a straight rise is a third of the peak's, however few points."""
    found = measured(SPECTRUM, Figure.TRACE, (at(1, 0), at(1.3, 90)))
    assert found[Quantity.MEAN_GRADIENT].value == pytest.approx(3.24 / 3)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(13.5)


def test_envelopes_that_tell_nothing() -> None:
    folded = (at(1, 0), at(1.3, 50), at(1.1, 60), at(1.4, 0))
    sides = (at(1, 0), at(1.1, 60), at(1.2, -60), at(1.3, 0))
    upright = (at(1, 0), at(1, 60))
    for points, reason in (
        (folded, Reason.FOLDED),
        (sides, Reason.BOTH_SIDES),
        (upright, Reason.POINTS_COINCIDE),
    ):
        found = measured(SPECTRUM, Figure.TRACE, points)
        assert {one.reason for one in found.values()} == {reason}
        assert {one.value for one in found.values()} == {None}


def test_a_hand_s_slips_are_forgiven() -> None:
    points = (at(1, -3), at(1.1, 60), at(1.09, 62), at(1.2, 60), at(1.3, -3))
    found = measured(SPECTRUM, Figure.TRACE, points)
    assert found[Quantity.VELOCITY].value == pytest.approx(60)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(12, abs=0.1)


def test_closed_figures_need_another_part() -> None:
    area = (at(1, 0), at(1.1, 60), at(1.2, 0))
    for figure in (Figure.AREA, Figure.ELLIPSE, Figure.ANGLE):
        (found,) = measured(SPECTRUM, figure, area).values()
        assert found.reason is Reason.OTHER_FIGURE_NEEDED
    (moving,) = measured(picture(m_mode()), Figure.AREA, area).values()
    assert moving.reason is Reason.OTHER_FIGURE_NEEDED


def test_m_mode() -> None:
    """250 px are 1 s, 100 px 50 mm: 60 a minute, 50 mm/s."""
    found = measured(picture(m_mode()), Figure.LINE, ((400, 350), (150, 250)))
    assert found[Quantity.DISTANCE].value == pytest.approx(50)
    assert found[Quantity.TIME].value == pytest.approx(1000)
    assert found[Quantity.RATE].value == pytest.approx(60)
    assert found[Quantity.SLOPE].value == pytest.approx(50)
    assert found[Quantity.SLOPE].unit is Unit.MILLIMETRE_PER_SECOND


def test_m_mode_along_one_axis() -> None:
    upright = measured(picture(m_mode()), Figure.LINE, ((150, 250), (150, 350)))
    assert upright[Quantity.DISTANCE].value == pytest.approx(50)
    for what in (Quantity.TIME, Quantity.RATE, Quantity.SLOPE):
        assert upright[what].reason is Reason.POINTS_COINCIDE
    level = measured(picture(m_mode()), Figure.LINE, ((150, 250), (200, 250)))
    assert level[Quantity.DISTANCE].value is None
    assert level[Quantity.TIME].value == pytest.approx(200)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"delta_x": 0.0}, Reason.ABSURD_SCALE),
        ({"unit_x": RegionUnit.CENTIMETRE}, Reason.UNITS_DISAGREE),
    ],
)
def test_m_modes_without_a_use(changes: dict[str, object], reason: Reason) -> None:
    found = measured(picture(m_mode(**changes)), Figure.LINE, ((150, 250), (200, 250)))
    assert found[Quantity.DISTANCE].reason is reason
