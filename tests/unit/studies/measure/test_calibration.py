"""Scales by pixel spacing and by hand, and figures measured with them."""

from math import inf, nan

import pytest

from backend_client.models.evidence import Figure, FramePlace
from workstation.studies.measure.calibration import (
    MModeScale,
    NoScale,
    PlaneScale,
    SpectralScale,
    m_mode_by_hand,
    plane_by_hand,
    plane_by_projection,
    plane_by_spacing,
    seconds_by_hand,
    spectral_by_hand,
)
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.plane import measure_in_pixels, measure_in_plane
from workstation.studies.measure.reading import (
    Quantity,
    Reading,
    Reason,
    ScaleSource,
    Unit,
    weakest_source,
)


def test_the_first_spacing_is_down() -> None:
    scale = plane_by_spacing((0.5, 0.25))
    assert scale == PlaneScale(ScaleSource.PIXEL_SPACING, mm_x=0.25, mm_y=0.5)


@pytest.mark.parametrize(
    "spacing", [(0.0, 1.0), (1.0, -1.0), (nan, 1.0), (1.0, inf), (1e-9, 1e-9), (1e9, 1.0)]
)
def test_absurd_spacings_are_no_scale(spacing: tuple[float, float]) -> None:
    assert plane_by_spacing(spacing) == NoScale(Reason.ABSURD_SCALE)


def test_no_spacing() -> None:
    assert plane_by_spacing(None) == NoScale(Reason.NO_CALIBRATION)


def test_a_length_at_the_detector_says_so() -> None:
    scale = plane_by_spacing((0.2, 0.2), ScaleSource.IMAGER_SPACING)
    assert isinstance(scale, PlaneScale)
    (found,) = measure_in_plane(Drawing(Figure.LINE, ((0, 0), (30, 40))), scale)
    assert found == Reading(Quantity.DISTANCE, 10, Unit.MILLIMETRE, ScaleSource.IMAGER_SPACING)
    assert found.is_physical


def test_projections_are_corrected_only_where_both_spacings_differ() -> None:
    at_detector = PlaneScale(ScaleSource.IMAGER_SPACING, 0.2, 0.2)
    in_patient = PlaneScale(ScaleSource.PIXEL_SPACING, 0.16, 0.16)
    assert plane_by_projection(None, (0.2, 0.2)) == at_detector
    assert plane_by_projection((0.2, 0.2), (0.2, 0.2)) == at_detector
    assert plane_by_projection((0.16, 0.16), (0.2, 0.2)) == in_patient
    assert plane_by_projection((0.16, 0.16), None) == in_patient
    assert plane_by_projection((0.0, 0.0), (0.2, 0.2)) == at_detector
    assert plane_by_projection((0.16, 0.16), (nan, 0.2)) == in_patient
    assert plane_by_projection((0.0, 0.0), None) == NoScale(Reason.ABSURD_SCALE)
    assert plane_by_projection(None, None) == NoScale(Reason.NO_CALIBRATION)


def test_by_hand_every_value_says_so() -> None:
    """50 mm along 100 pixels down, of pixels that are half as high as wide: 1 mm across."""
    scale = plane_by_hand((10, 10), (10, 110), 50, pixel_aspect=0.5)
    assert scale == PlaneScale(ScaleSource.BY_HAND, mm_x=1.0, mm_y=0.5)
    assert isinstance(scale, PlaneScale)
    ellipse = Drawing(Figure.ELLIPSE, ((0, 0), (100, 0), (50, 80)))
    found = measure_in_plane(ellipse, scale)
    assert [one.source for one in found] == [ScaleSource.BY_HAND] * 4
    assert [one.value for one in found[:2]] == pytest.approx([100, 80])


@pytest.mark.parametrize(
    ("stop", "length_mm", "reason"),
    [
        ((12, 10), 50, Reason.POINTS_COINCIDE),
        ((nan, 10), 50, Reason.POINTS_COINCIDE),
        ((110, 10), 0, Reason.ABSURD_SCALE),
        ((110, 10), -5, Reason.ABSURD_SCALE),
        ((110, 10), inf, Reason.ABSURD_SCALE),
    ],
)
def test_marks_that_calibrate_nothing(
    stop: tuple[float, float], length_mm: float, reason: Reason
) -> None:
    assert plane_by_hand((10, 10), stop, length_mm) == NoScale(reason)


def test_axes_of_a_spectrum_and_an_m_mode_by_hand() -> None:
    assert seconds_by_hand((0, 5), (200, 9), 1.0) == 0.005
    assert seconds_by_hand((0, 5), (2, 9), 1.0) is None
    spectral = spectral_by_hand((0, 300), (0, 200), -100, 0.005)
    assert spectral == SpectralScale(ScaleSource.BY_HAND, 1.0, 0.005, reference_y=300)
    assert spectral_by_hand((0, 300), (0, 300), 100) == NoScale(Reason.POINTS_COINCIDE)
    moving = m_mode_by_hand(((0, 0), (0, 100)), 50, ((0, 0), (250, 0)), 1)
    assert moving == MModeScale(ScaleSource.BY_HAND, seconds_x=0.004, mm_y=0.5)
    nothing = m_mode_by_hand(((0, 0), (0, 0)), 50, ((0, 0), (250, 0)), 1)
    assert nothing == NoScale(Reason.POINTS_COINCIDE)


def test_a_rectangle_and_an_open_line() -> None:
    scale = PlaneScale(ScaleSource.PIXEL_SPACING, 0.5, 2.0)
    found = measure_in_plane(Drawing(Figure.RECTANGLE, ((10, 20), (0, 10))), scale)
    assert {one.quantity: (one.value, one.unit) for one in found} == {
        Quantity.WIDTH: (5, Unit.MILLIMETRE),
        Quantity.HEIGHT: (20, Unit.MILLIMETRE),
        Quantity.AREA: (100, Unit.SQUARE_MILLIMETRE),
    }
    (line,) = measure_in_plane(Drawing(Figure.TRACE, ((0, 0), (10, 0), (10, 10))), scale)
    assert (line.quantity, line.value) == (Quantity.PATH_LENGTH, 25)
    assert measure_in_plane(Drawing(Figure.POINT, ((1, 1),)), scale) == ()
    assert measure_in_plane(Drawing(Figure.FRAME, ()), scale) == ()


def test_pixels_alone_have_their_reason() -> None:
    line = Drawing(Figure.LINE, ((0, 0), (30, 40)))
    (found,) = measure_in_pixels(line, NoScale(Reason.NO_CALIBRATION))
    assert found == Reading(
        Quantity.DISTANCE,
        50,
        Unit.PIXELS,
        ScaleSource.NONE,
        reason=Reason.NO_CALIBRATION,
    )
    assert not found.is_physical
    (angle,) = measure_in_pixels(
        Drawing(Figure.ANGLE, ((10, 0), (0, 0), (10, 5))), NoScale(Reason.NO_CALIBRATION), 2.0
    )
    assert angle.value == pytest.approx(45)
    assert angle.unit is Unit.DEGREE
    assert angle.reason is Reason.NO_CALIBRATION


@pytest.mark.parametrize(
    ("figure", "points"),
    [
        (Figure.LINE, ((0, 0),)),
        (Figure.LINE, ((0, 0), (nan, 1))),
        (Figure.LINE, ((0, 0), (inf, 1))),
        (Figure.LINE, ((0, 0), (1e30, 1))),
        (Figure.AREA, ((0, 0), (1, 1))),
        (Figure.AREA, ((0, 0),) * 501),
        (Figure.UNKNOWN, ((0, 0), (1, 1))),
        (Figure.ANGLE, ((0, 0), (1, 1))),
    ],
)
def test_what_is_no_figure(figure: Figure, points: tuple[tuple[float, float], ...]) -> None:
    drawing = Drawing(figure, points)
    assert drawing.reason_against is Reason.NOT_A_FIGURE
    (found,) = measure_in_plane(drawing, PlaneScale(ScaleSource.PIXEL_SPACING, 1, 1))
    assert (found.value, found.reason) == (None, Reason.NOT_A_FIGURE)


def test_points_upon_each_other_are_no_zero() -> None:
    scale = PlaneScale(ScaleSource.PIXEL_SPACING, 1, 1)
    for figure, count in ((Figure.LINE, 2), (Figure.ELLIPSE, 3), (Figure.AREA, 3)):
        found = measure_in_plane(Drawing(figure, ((5.0, 5.0),) * count), scale)
        assert {one.value for one in found} == {None}
        assert {one.reason for one in found} == {Reason.POINTS_COINCIDE}


def test_a_place_kept_with_a_request() -> None:
    place = FramePlace(frame=2, figure=Figure.LINE, points=((1.0, 2.0), (3.0, 4.0)))
    assert Drawing.of_place(place) == Drawing(Figure.LINE, ((1.0, 2.0), (3.0, 4.0)))


def test_the_weakest_source_is_said() -> None:
    sources = (ScaleSource.ULTRASOUND_REGION, ScaleSource.BY_HAND)
    assert weakest_source(sources) is ScaleSource.BY_HAND
    assert weakest_source(()) is ScaleSource.NONE
