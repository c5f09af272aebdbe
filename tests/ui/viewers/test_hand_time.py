"""Time by hand: M-modes and spectra of pictures without any scale, measured as by a device."""

from collections.abc import Iterator
from math import isfinite, pi, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Figure, Origin
from tests.ui.viewers.figure_scene import FigureScene, clip_of, plane, spectrum
from workstation.studies.imaging import ClipInfo, RegionUnit
from workstation.studies.measure.calibration import (
    CurveScale,
    MModeScale,
    PlaneScale,
    SpectralScale,
)
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Quantity, Reading, Reason, ScaleSource, Unit
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.frame_figure import HandMark, HandScales, measured_figure
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.shelf import FigureShelf

pytestmark = pytest.mark.usefixtures("qapp")

SCREENSHOT = clip_of(width=800, height=600)
"""Nothing is calibrated: 2D above, a strip below."""
TIME = HandMark(Tool.TIME_MARK, 0, (100.0, 300.0), (700.0, 500.0), 3000.0)
"""3 s over 600 px: 5 ms a pixel, rows 300 to 500."""
VELOCITY = HandMark(Tool.VELOCITY_MARK, 0, (720.0, 400.0), (720.0, 350.0), 100.0)
"""The scale beside the strip: 2 cm/s a pixel, the baseline in row 400."""
DEPTH = HandMark(Tool.LENGTH_MARK, 0, (110.0, 310.0), (110.0, 410.0), 50.0)
"""In the strip: 0.5 mm a pixel."""
PLANE = HandMark(Tool.LENGTH_MARK, 0, (400.0, 50.0), (400.0, 150.0), 100.0)
"""In the 2D picture: 1 mm a pixel."""

LINE, TRACE, POINT = Figure.LINE, Figure.TRACE, Figure.POINT


def scales(*marks: HandMark) -> HandScales:
    found = HandScales()
    for mark in marks:
        found = found.with_mark(mark)
    return found


def told(
    hand: HandScales, figure: Figure, *points: Point, info: ClipInfo = SCREENSHOT
) -> dict[Quantity, Reading]:
    _, readings = measured_figure(info, 0, Drawing(figure, points), hand)
    return {one.quantity: one for one in readings}


def scale_of(hand: HandScales, figure: Figure, *points: Point) -> object:
    return measured_figure(SCREENSHOT, 0, Drawing(figure, points), hand)[0]


def test_an_envelope_has_its_integral() -> None:
    """ME-2: half a sine of 90 cm/s over 300 ms: VTI 2/pi * 90 * 0.3 = 17.19 cm, mean 1.62 mmHg."""
    points = [(200 + 0.6 * t, 400 - 45 * sin(pi * t / 100)) for t in range(101)]
    found = told(scales(VELOCITY, TIME), TRACE, *points)
    assert found[Quantity.VELOCITY].value == pytest.approx(90)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(17.19, abs=0.01)
    assert found[Quantity.MEAN_GRADIENT].value == pytest.approx(1.62, abs=0.005)
    assert found[Quantity.TIME].value == pytest.approx(300)
    assert {one.source for one in found.values()} == {ScaleSource.BY_HAND}


def test_a_slope_has_its_half_time_and_the_beat_its_rate() -> None:
    """80 cm/s falls to 80/sqrt 2 within 220 ms: PHT 220 ms, DT 751 ms; 160 px are 75 a minute."""
    hand = scales(TIME, VELOCITY)
    slope = told(hand, LINE, (200, 360), (244, 400 - 40 / sqrt(2)))
    assert slope[Quantity.PRESSURE_HALF_TIME].value == pytest.approx(220)
    assert slope[Quantity.DECELERATION_TIME].value == pytest.approx(751.1, abs=0.1)
    assert slope[Quantity.ACCELERATION].value == pytest.approx(106.5, abs=0.1)
    beat = told(hand, LINE, (200, 360), (360, 360))
    assert beat[Quantity.RATE].value == pytest.approx(75)
    assert beat[Quantity.TIME].value == pytest.approx(800)
    assert {one.source for one in slope.values()} == {ScaleSource.BY_HAND}


def test_a_length_in_the_strip_is_the_depth_of_an_m_mode() -> None:
    """100 px down are 50 mm, 200 px on are a second: 60 a minute, 50 mm/s."""
    hand = scales(DEPTH, TIME)
    assert isinstance(scale_of(hand, LINE, (300, 350), (500, 450)), MModeScale)
    found = told(hand, LINE, (300, 350), (500, 450))
    assert found[Quantity.DISTANCE].value == pytest.approx(50)
    assert found[Quantity.TIME].value == pytest.approx(1000)
    assert found[Quantity.RATE].value == pytest.approx(60)
    assert found[Quantity.SLOPE].value == pytest.approx(50)
    assert {one.source for one in found.values()} == {ScaleSource.BY_HAND}


def test_a_length_beside_the_strip_is_the_plane_s_and_both_stand_side_by_side() -> None:
    hand = scales(PLANE, VELOCITY, TIME)
    assert isinstance(scale_of(hand, LINE, (300, 60), (300, 120)), PlaneScale)
    assert told(hand, LINE, (300, 60), (300, 120))[Quantity.DISTANCE].value == pytest.approx(60)
    assert isinstance(scale_of(hand, LINE, (300, 350), (400, 350)), SpectralScale)


def test_time_alone_is_time_alone() -> None:
    hand = scales(PLANE, TIME)
    assert isinstance(scale_of(hand, LINE, (300, 350), (500, 450)), CurveScale)
    found = told(hand, LINE, (300, 350), (500, 450))
    assert found[Quantity.TIME].value == pytest.approx(1000)
    assert found[Quantity.DISTANCE].value is None
    assert found[Quantity.DISTANCE].reason is Reason.NO_LENGTH_HERE


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (((300, 350), (300, 120)), Reason.ACROSS_REGIONS),
        (((300, 60), (300, 120)), Reason.OUTSIDE_REGIONS),
        (((710, 350), (760, 350)), Reason.OUTSIDE_REGIONS),
    ],
)
def test_over_the_edge_of_the_strip_and_beside_it_pixels_alone(
    points: tuple[Point, Point], reason: Reason
) -> None:
    """Neither the depth nor the velocity of the strip holds in the 2D picture above it."""
    for marks in ((DEPTH, TIME), (VELOCITY, TIME)):
        found = told(scales(*marks), LINE, *points)[Quantity.DISTANCE]
        assert (found.unit, found.reason) == (Unit.PIXELS, reason)


def test_the_device_s_own_scales_are_not_overruled_by_a_strip_of_another_kind() -> None:
    info = clip_of(plane(x1=799, y1=599), width=800, height=600)
    found = told(scales(DEPTH, TIME), LINE, (300, 350), (500, 450), info=info)
    assert found[Quantity.DISTANCE].value == pytest.approx(111.8, abs=0.1)
    assert found[Quantity.DISTANCE].source is ScaleSource.ULTRASOUND_REGION


def test_a_spectrum_of_the_file_without_time_takes_it_from_the_strip_and_says_so() -> None:
    own = spectrum(x0=0, x1=799, y1=599, unit_x=RegionUnit.NONE, reference_y=399.5)
    info = clip_of(own, width=800, height=600)
    points = ((200.0, 400.0), (230.0, 380.0), (260.0, 400.0))
    assert told(HandScales(), TRACE, *points, info=info)[Quantity.VELOCITY].value is None
    found = told(scales(TIME), TRACE, *points, info=info)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(15)
    assert found[Quantity.VELOCITY_TIME_INTEGRAL].source is ScaleSource.BY_HAND


def test_named_slopes_and_sizes_go_into_the_formulas_marked_as_by_hand() -> None:
    shelf = FigureShelf()
    for mark in (DEPTH, TIME):
        shelf.calibrate(SCREENSHOT, mark)
    made = shelf.add(SCREENSHOT, 0, Drawing(LINE, ((300.0, 350.0), (300.0, 446.0))))
    shelf.call(made.id, EchoInput.DIASTOLIC_DIAMETER)
    (one,) = shelf.figures
    assert one.origin is Origin.HAND_CALIBRATED
    value = one.measured()[EchoInput.DIASTOLIC_DIAMETER]
    assert value.value == pytest.approx(48)
    assert value.source is ScaleSource.BY_HAND
    shelf.forget_hand(SCREENSHOT)
    assert shelf.figures[0].readings[0].unit is Unit.PIXELS


@pytest.fixture
def router(qapp: QApplication) -> Iterator[ShortcutRouter]:
    router = ShortcutRouter(qapp)
    yield router
    router.release()


async def test_the_strip_is_drawn_its_time_typed_and_seconds_are_refused(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    scene = FigureScene(viewer_theme, router, clip_of())
    qtbot.addWidget(scene.view)
    await scene.open()
    scene.act("figure.calibrate_time")
    assert "corner of the strip" in scene.bar.instruction()
    scene.click(50, 150)
    scene.click(250, 280)
    assert "ms" in scene.bar.instruction()
    scene.bar.amount.taken.emit(1.0)
    assert "50 to 60000 ms" in scene.bar.instruction()
    assert not scene.shelf.hand.marks
    scene.bar.amount.taken.emit(1000.0)
    assert scene.shelf.hand.time is not None
    scene.act("figure.distance")
    scene.click(100, 200)
    scene.click(200, 200)
    (one,) = scene.shelf.figures
    assert isinstance(one.scale, CurveScale)
    assert one.readings[0].value == pytest.approx(500, abs=6)
    assert "calibrated by hand" in scene.desk.words.finding(one)
    assert scene.desk.words.hand_mark(scene.shelf.hand.marks[0]).startswith("1000\u00a0ms")
    await scene.close()


PLACES = st.tuples(
    st.one_of(st.floats(-50, 900), st.floats()), st.one_of(st.floats(-50, 700), st.floats())
)
MARKS = st.builds(
    HandMark,
    st.sampled_from((Tool.LENGTH_MARK, Tool.VELOCITY_MARK, Tool.TIME_MARK)),
    st.just(0),
    PLACES,
    PLACES,
    st.one_of(st.floats(), st.floats(1, 5000)),
)


@given(
    st.lists(MARKS, max_size=3),
    st.sampled_from((Figure.POINT, Figure.LINE, Figure.TRACE, Figure.AREA, Figure.ELLIPSE)),
    st.lists(PLACES, min_size=1, max_size=6),
)
def test_any_marks_give_finite_values_by_hand_or_a_reason(
    marks: list[HandMark], figure: Figure, points: list[Point]
) -> None:
    for one in told(scales(*marks), figure, *points).values():
        assert one.value is not None or one.reason is not None
        assert one.value is None or isfinite(one.value)
        if one.is_physical and one.unit is not Unit.DEGREE:
            assert one.source is ScaleSource.BY_HAND
