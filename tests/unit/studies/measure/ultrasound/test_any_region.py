"""Whatever a file or a hand brings: finite values or a reason, and no number without a scale."""

from math import inf, isfinite, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_client.models.evidence import Figure
from tests.unit.studies.measure.ultrasound.pictures import measured, picture, region
from workstation.studies.imaging import RegionUnit, UltrasoundRegion
from workstation.studies.measure.calibration import HandScale, NoScale, plane_by_hand
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure

WILD = st.sampled_from([0.0, -0.0, 1e-320, 1e-9, 0.05, -0.05, 1.0, 1e9, 1e308, nan, inf, -inf])
PLACES = st.one_of(st.floats(), st.floats(-10, 700))
SENSIBLE = st.tuples(st.floats(0, 640), st.floats(0, 480))


@st.composite
def regions(draw: st.DrawFn) -> UltrasoundRegion:
    bound = st.one_of(st.integers(0, 700), st.just(2**32 - 1))
    low = st.integers(0, 200)
    return region(
        spatial_format=draw(st.integers(0, 7)),
        data_type=draw(st.integers(0, 20)),
        flags=draw(st.integers(0, 2**32 - 1)),
        x0=draw(low),
        y0=draw(low),
        x1=draw(bound),
        y1=draw(bound),
        unit_x=draw(st.sampled_from(RegionUnit)),
        unit_y=draw(st.sampled_from(RegionUnit)),
        delta_x=draw(WILD),
        delta_y=draw(WILD),
        reference_y=draw(st.one_of(st.none(), WILD)),
        reference_value_y=draw(WILD),
    )


@st.composite
def hand_scales(draw: st.DrawFn) -> HandScale | None:
    scale = plane_by_hand(draw(SENSIBLE), draw(SENSIBLE), draw(WILD), draw(WILD))
    return None if isinstance(scale, NoScale) else scale


def is_honest(reading: Reading) -> bool:
    if reading.value is None:
        return reading.reason is not None
    unscaled = reading.source is ScaleSource.NONE
    if unscaled and (reading.reason is None or reading.unit not in (Unit.PIXELS, Unit.DEGREE)):
        return False
    positive = reading.unit not in (Unit.MILLIMETRE, Unit.SQUARE_MILLIMETRE) or reading.value > 0
    return isfinite(reading.value) and positive


@settings(deadline=None, max_examples=400)
@given(
    st.lists(regions(), max_size=4),
    st.sampled_from(Figure),
    st.lists(st.one_of(st.tuples(PLACES, PLACES), SENSIBLE), max_size=6),
    hand_scales(),
    st.integers(-1, 4),
)
def test_finite_or_a_reason(
    found: list[UltrasoundRegion],
    figure: Figure,
    points: list[Point],
    by_hand: HandScale | None,
    frame: int,
) -> None:
    """Never NaN, never infinite, never 0 mm, never a unit without a scale."""
    info = picture(*found, pixel_aspect=2.0)
    readings = measure_figure(info, frame, Drawing(figure, tuple(points)), by_hand)
    assert all(is_honest(one) for one in readings)


@settings(deadline=None)
@given(SENSIBLE, SENSIBLE, st.floats(0.001, 4))
def test_twice_the_delta_is_twice_the_length(start: Point, stop: Point, delta: float) -> None:
    lengths = [
        measured(picture(region(delta_x=d, delta_y=-d)), Figure.LINE, (start, stop))
        for d in (delta, 2 * delta)
    ]
    one, twice = (found[Quantity.DISTANCE].value for found in lengths)
    if one is not None and twice is not None:
        assert twice == pytest.approx(2 * one)
