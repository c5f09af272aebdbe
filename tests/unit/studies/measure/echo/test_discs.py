"""Summation of discs against bodies whose volume is known."""

from math import cos, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_client.models.evidence import Figure
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.discs import (
    DISCS,
    Discs,
    biplane_volume,
    chamber_discs,
    lengths_agree,
    single_plane_volume,
)
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import ScaleSource, Unit

SCALE = PlaneScale(ScaleSource.ULTRASOUND_REGION, 0.5, 0.25, 1)


def trace(points: list[Point], degrees: float = 0.0) -> Drawing:
    """Of points in mm, turned, as they lie in a picture of `SCALE`."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    turned = [(x * c - y * s + 200, x * s + y * c + 200) for x, y in points]
    return Drawing(Figure.TRACE, tuple((x / SCALE.mm_x, y / SCALE.mm_y) for x, y in turned))


def half_ellipse(radius: float, length: float) -> list[Point]:
    """From one hinge of the annulus around the apex to the other: a bullet's end."""
    return [
        (radius * cos(radians(angle)), length * sin(radians(angle))) for angle in range(0, 181, 2)
    ]


def test_the_sum_of_equal_discs() -> None:
    """a = b = 4 cm, L = 8 cm: 100.5 mL (facts/studies.md)."""
    view = Discs((40.0,) * DISCS, 80.0)
    assert biplane_volume(view, view).value == pytest.approx(100.5, abs=0.05)
    assert biplane_volume(view, view).unit is Unit.MILLILITRE
    assert single_plane_volume(view).value == pytest.approx(100.5, abs=0.05)


def test_two_views_of_different_length() -> None:
    """The longer long axis counts; more than a tenth apart, one view is foreshortened."""
    long, short = Discs((50.0,) * DISCS, 90.0), Discs((40.0,) * DISCS, 80.0)
    assert biplane_volume(long, short).value == pytest.approx(pi / 4 * 5 * 4 * 9)
    assert not lengths_agree(long, short)
    assert lengths_agree(long, Discs((40.0,) * DISCS, 81.0))


def test_a_cylinder() -> None:
    box = [(-20.0, 0.0), (-20.0, 80.0), (20.0, 80.0), (20.0, 0.0)]
    found = chamber_discs(trace(box), SCALE, axis=None)
    assert found is not None
    drawn = chamber_discs(trace(box), SCALE, axis=((400, 800), (400, 1120)))
    assert drawn is not None
    assert drawn.diameters_mm == pytest.approx((40.0,) * DISCS)
    assert single_plane_volume(drawn).value == pytest.approx(100.5, abs=0.05)


@pytest.mark.parametrize("degrees", [0, 33, 90, 200])
def test_half_an_ellipsoid_however_it_lies(degrees: float) -> None:
    """2/3 pi r^2 L of r = 2.5 cm and L = 8 cm: 104.7 mL; 20 discs are within half a percent."""
    found = chamber_discs(trace(half_ellipse(25, 80), degrees), SCALE)
    assert found is not None
    assert found.length_mm == pytest.approx(80)
    assert single_plane_volume(found).value == pytest.approx(2 / 3 * pi * 2.5**2 * 8, rel=5e-3)


def test_a_border_that_bulges_inward_counts_its_inside_alone() -> None:
    notched = [(-20.0, 0.0), (-20.0, 80.0), (0.0, 40.0), (20.0, 80.0), (20.0, 0.0)]
    found = chamber_discs(trace(notched), SCALE, axis=((400, 800), (400, 1120)))
    assert found is not None
    assert found.diameters_mm[0] == pytest.approx(40)
    assert found.diameters_mm[-1] < 4


def test_traces_that_enclose_nothing() -> None:
    assert chamber_discs(trace([(0, 0), (0, 80)]), SCALE) is None
    assert chamber_discs(trace([(0, 0), (0, 80), (0, 40)]), SCALE) is None
    assert chamber_discs(trace([(5, 5), (5, 5), (5, 5)]), SCALE) is None
    assert biplane_volume(None, Discs((1.0,) * DISCS, 9.0)).lack is Lack.MISSING


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=12))
def test_any_trace_has_a_finite_volume_or_none(points: list[Point]) -> None:
    found = chamber_discs(Drawing(Figure.TRACE, tuple(points)), SCALE)
    volume = single_plane_volume(found)
    assert volume.value is None or 0 < volume.value < 1e30
    assert (volume.value is None) == (volume.lack is not None)
