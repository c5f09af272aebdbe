"""Which region holds: bounds, overlaps, priorities, absurd and resized ones."""

from dataclasses import replace

import pytest

from backend_client.models.evidence import Figure
from tests.unit.studies.measure.ultrasound.pictures import (
    ecg_strip,
    m_mode,
    measured,
    picture,
    region,
    spectrum,
)
from workstation.studies.imaging import RegionUnit, UltrasoundRegion
from workstation.studies.measure.calibration import (
    NoScale,
    PlaneScale,
    SpectralScale,
    plane_by_hand,
    spectral_by_hand,
)
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure, measure_with

ACROSS: tuple[Point, Point] = ((100.5, 100.5), (200.5, 100.5))
DOWN: tuple[Point, Point] = ((100.5, 50.5), (100.5, 150.5))


def distance(*regions: UltrasoundRegion, points: tuple[Point, ...] = ACROSS) -> Reading:
    return measured(picture(*regions), Figure.LINE, points)[Quantity.DISTANCE]


def test_a_distance_by_its_region() -> None:
    found = distance(region())
    assert found.value == pytest.approx(50)
    assert found.unit is Unit.MILLIMETRE
    assert (found.source, found.region) == (ScaleSource.ULTRASOUND_REGION, 1)


def test_pixels_that_are_not_square() -> None:
    """The manifest's HP clip: 100 px are 28.57 mm across, 22.86 mm down, 36.59 mm at 45 degrees."""
    flat = region(delta_x=0.0285714, delta_y=0.0228571)
    assert distance(flat).value == pytest.approx(28.57, abs=0.01)
    assert distance(flat, points=DOWN).value == pytest.approx(22.86, abs=0.01)
    aslant = ((100.5, 100.5), (200.5, 200.5))
    assert distance(flat, points=aslant).value == pytest.approx(36.59, abs=0.01)


def test_negative_deltas_count_without_sign() -> None:
    mirrored = region(delta_x=-0.05)
    assert distance(mirrored).value == pytest.approx(50)
    assert distance(replace(mirrored, delta_y=-0.1), points=DOWN).value == pytest.approx(100)


def test_without_regions_in_pixels() -> None:
    found = distance()
    assert (found.value, found.unit, found.source) == (100, Unit.PIXELS, ScaleSource.NONE)
    assert found.reason is Reason.NO_CALIBRATION


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"delta_x": 0.0}, Reason.ABSURD_SCALE),
        ({"delta_x": 1e-300}, Reason.ABSURD_SCALE),
        ({"delta_y": 1e300}, Reason.ABSURD_SCALE),
        ({"delta_y": float("nan")}, Reason.ABSURD_SCALE),
        ({"unit_y": RegionUnit.SECOND}, Reason.UNITS_DISAGREE),
        ({"unit_x": RegionUnit.NONE}, Reason.UNITS_DISAGREE),
        ({"data_type": 10}, Reason.NO_LENGTH_HERE),
        ({"spatial_format": 5}, Reason.NO_LENGTH_HERE),
        ({"spatial_format": 0}, Reason.NO_CALIBRATION),
        ({"spatial_format": 99}, Reason.NO_CALIBRATION),
        ({"x0": 150}, Reason.OUTSIDE_REGIONS),
        ({"x1": 1190, "y1": 700}, Reason.RESIZED_PICTURE),
    ],
)
def test_regions_without_a_use(changes: dict[str, object], reason: Reason) -> None:
    found = distance(region(**changes))
    assert (found.value, found.unit, found.reason) == (100, Unit.PIXELS, reason)


def test_the_first_pixel_behind_a_region_is_no_resizing() -> None:
    assert distance(region(x1=640, y1=480)).value == pytest.approx(50)


def test_points_in_two_regions_of_different_scales() -> None:
    left, right = region(x1=149), region(x0=150, delta_x=0.1, delta_y=0.1)
    found = distance(left, right)
    assert (found.unit, found.reason) == (Unit.PIXELS, Reason.ACROSS_REGIONS)
    assert distance(left, right, points=((200, 9), (300, 9))).region == 2


def test_both_sides_of_a_region_s_last_pixel() -> None:
    edge = region(x0=100, x1=199)
    assert distance(edge, points=((100.0, 9), (200.0, 9))).value == pytest.approx(50)
    assert distance(edge, points=((99.9, 9), (200.0, 9))).reason is Reason.OUTSIDE_REGIONS


def test_a_first_region_without_data_is_passed_over() -> None:
    """As in the stress echo of the manifest."""
    empty = region(spatial_format=0, data_type=0, unit_x=RegionUnit.NONE, unit_y=RegionUnit.NONE)
    found = distance(empty, region())
    assert found.value == pytest.approx(50)
    assert found.region == 2


def test_colour_over_tissue_of_the_same_scale() -> None:
    colour = region(data_type=2, flags=3, x0=150, x1=250, delta_x=-0.05)
    assert distance(region(), colour).value == pytest.approx(50)
    inside = ((160.5, 100.5), (240.5, 100.5))
    assert distance(colour, region(), points=inside).value == pytest.approx(40)


def test_a_spectrum_lies_over_the_picture() -> None:
    """One point in the tissue and one in the spectrum that is drawn over it: no distance."""
    whole, over = region(), spectrum()
    found = distance(whole, over, points=((100, 100), (100, 300)))
    assert found.reason is Reason.ACROSS_REGIONS
    assert distance(whole, over, points=((100, 100), (100, 150))).value == pytest.approx(25)
    readings = measured(picture(whole, over), Figure.LINE, ((100, 250), (300, 290)))
    assert Quantity.DISTANCE not in readings
    assert readings[Quantity.TIME].region == 2


def test_priorities_of_the_flags() -> None:
    """Bit 0: a region of low priority lies below (C.8.5.5.1.3)."""
    fine, coarse = region(), region(delta_x=0.1, delta_y=0.1)
    assert distance(fine, coarse).reason is Reason.OVERLAPPING_REGIONS
    assert distance(fine, replace(coarse, flags=3)).value == pytest.approx(50)
    assert distance(replace(fine, flags=3), coarse).value == pytest.approx(100)
    below = spectrum(flags=3, y0=0)
    assert distance(region(), below).value == pytest.approx(50)


def test_a_picture_in_the_picture() -> None:
    """Points outside of the inset are measured, across its edge not."""
    inset = region(x0=150, x1=250, delta_x=0.1, delta_y=0.1)
    for below in (region(flags=3), region()):
        assert distance(below, inset).reason is Reason.ACROSS_REGIONS
        assert distance(below, inset, points=((9, 9), (109, 9))).value == pytest.approx(50)


def test_inscriptions_over_the_whole_picture_do_not_hinder() -> None:
    graphics = region(spatial_format=5)
    assert distance(graphics, region(x1=500)).value == pytest.approx(50)
    assert distance(graphics, points=ACROSS).reason is Reason.NO_LENGTH_HERE


def test_an_ecg_strip_has_times_and_no_distance() -> None:
    readings = measured(picture(region(), ecg_strip()), Figure.LINE, ((100, 460), (180, 450)))
    assert readings[Quantity.TIME].value == pytest.approx(800)
    assert readings[Quantity.RATE].value == pytest.approx(75)
    assert readings[Quantity.DISTANCE].reason is Reason.NO_LENGTH_HERE
    ellipse = ((100, 460), (180, 450), (140, 470))
    area = measured(picture(ecg_strip()), Figure.ELLIPSE, ellipse)
    assert {one.value for one in area.values()} == {None}
    timeless = ecg_strip(unit_x=RegionUnit.NONE)
    assert distance(timeless, points=((9, 450), (19, 450))).reason is Reason.NO_LENGTH_HERE


def test_an_ecg_drawn_into_the_picture_does_not_hinder_a_distance() -> None:
    assert distance(region(), ecg_strip(), points=((9, 400), (9, 450))).value == pytest.approx(25)


def test_frames_that_are_not_there() -> None:
    line = Drawing(Figure.LINE, ACROSS)
    for frame in (-1, 3):
        (found,) = measure_figure(picture(region()), frame, line)
        assert (found.unit, found.reason) == (Unit.PIXELS, Reason.NO_SUCH_FRAME)
    (found,) = measure_figure(picture(region()), 2, line)
    assert found.is_physical


def test_areas_and_ellipses_in_true_millimetres() -> None:
    flat = picture(region(delta_x=0.1, delta_y=0.05))
    square = ((100, 100), (200, 100), (200, 300), (100, 300))
    found = measured(flat, Figure.AREA, square)
    assert found[Quantity.AREA].value == pytest.approx(100 * 100)
    assert found[Quantity.AREA].unit is Unit.SQUARE_MILLIMETRE
    assert found[Quantity.PERIMETER].value == pytest.approx(400)
    round_ = measured(flat, Figure.ELLIPSE, ((100, 200), (200, 200), (150, 300)))
    assert round_[Quantity.LONG_AXIS].value == pytest.approx(100)
    assert round_[Quantity.SHORT_AXIS].value == pytest.approx(100)
    assert round_[Quantity.CIRCUMFERENCE].value == pytest.approx(314.159, abs=1e-3)
    assert round_[Quantity.AREA].value == pytest.approx(7853.98, abs=0.01)
    (angle,) = measured(flat, Figure.ANGLE, ((150, 100), (100, 100), (150, 200))).values()
    assert angle.value == pytest.approx(45), "45 degrees in mm, not in pixels"


def test_a_picture_that_is_no_ultrasound_has_its_own_spacing() -> None:
    """8-bit angiography, a secondary capture; regions go before it."""
    plane = PlaneScale(ScaleSource.IMAGER_SPACING, 0.2, 0.2)
    found = measured(picture(plane=plane), Figure.LINE, ACROSS)[Quantity.DISTANCE]
    assert found.value == pytest.approx(20)
    assert (found.source, found.region) == (ScaleSource.IMAGER_SPACING, None)
    both = measured(picture(region(), plane=plane), Figure.LINE, ACROSS)[Quantity.DISTANCE]
    assert both.source is ScaleSource.ULTRASOUND_REGION
    hand = spectral_by_hand((0, 300), (0, 200), 100, 0.005)
    assert isinstance(hand, SpectralScale)
    speed = measured(picture(plane=plane), Figure.POINT, ((50, 100),), hand)
    assert speed[Quantity.VELOCITY].source is ScaleSource.BY_HAND


def test_figures_on_a_photo() -> None:
    line = Drawing(Figure.LINE, ACROSS)
    (bare,) = measure_with(NoScale(Reason.NO_CALIBRATION), line)
    assert (bare.value, bare.unit) == (100, Unit.PIXELS)
    (scaled,) = measure_with(PlaneScale(ScaleSource.BY_HAND, 0.5, 0.5), line)
    assert (scaled.value, scaled.source) == (50, ScaleSource.BY_HAND)
    hand = spectral_by_hand((0, 300), (0, 200), 100, 0.005)
    (nothing,) = measure_with(hand, Drawing(Figure.POINT, ()))
    assert (nothing.value, nothing.reason) == (None, Reason.NOT_A_FIGURE)


def test_by_hand_before_the_file_s_own() -> None:
    hand = plane_by_hand((0, 0), (100, 0), 200)
    assert isinstance(hand, PlaneScale)
    for regions in ((), (region(),), (region(x1=150),), (region(x1=9000),)):
        found = measured(picture(*regions), Figure.LINE, ACROSS, hand)[Quantity.DISTANCE]
        assert found.value == pytest.approx(200)
        assert (found.source, found.region) == (ScaleSource.BY_HAND, None)


def test_by_hand_not_in_a_part_of_another_kind() -> None:
    hand = plane_by_hand((0, 0), (100, 0), 200)
    assert isinstance(hand, PlaneScale)
    low = ((100, 250), (300, 290))
    found = measured(picture(region(y1=190), m_mode()), Figure.LINE, low, hand)
    assert found[Quantity.TIME].source is ScaleSource.ULTRASOUND_REGION
    across = measured(picture(region(y1=190), m_mode()), Figure.LINE, ((9, 9), (9, 250)), hand)
    assert across[Quantity.DISTANCE].reason is Reason.ACROSS_REGIONS


def test_a_spectrum_by_hand() -> None:
    hand = spectral_by_hand((0, 300), (0, 200), 100, 0.005)
    assert isinstance(hand, SpectralScale)
    found = measured(picture(), Figure.POINT, ((50, 100),), hand)
    assert found[Quantity.VELOCITY].value == pytest.approx(200)
    assert found[Quantity.PEAK_GRADIENT].value == pytest.approx(16)
    assert {one.source for one in found.values()} == {ScaleSource.BY_HAND}
