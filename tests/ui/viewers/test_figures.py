"""Figures on clips and pictures: drawn by mouse and by keys, moved, named, kept by frames."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Figure, FramePlace, Origin
from tests.ui.viewers.figure_scene import NO_BUTTON, FigureScene, clip_of, plane, spectrum
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.reading import Quantity, Reason, ScaleSource, Unit
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.reading_words import ReadingWords

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def router(qapp: QApplication) -> Iterator[ShortcutRouter]:
    router = ShortcutRouter(qapp)
    yield router
    router.release()


@pytest.fixture
def scene(qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter) -> FigureScene:
    scene = FigureScene(viewer_theme, router)
    qtbot.addWidget(scene.view)
    return scene


@asynccontextmanager
async def opened(scene: FigureScene) -> AsyncIterator[FigureScene]:
    await scene.open()
    yield scene
    await scene.close()


def tool_of(scene: FigureScene) -> Tool | None:
    """What is in hand now."""
    return scene.session.tool


def chief(scene: FigureScene, unit: Unit) -> float:
    """The last figure's first value, in that unit."""
    reading = scene.shelf.figures[-1].readings[0]
    assert reading.value is not None
    assert reading.unit is unit
    return reading.value


async def test_two_clicks_are_a_distance_in_the_regions_millimetres(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        (one,) = scene.shelf.figures
        assert one.drawing.figure is Figure.LINE
        assert one.readings[0].value == pytest.approx(50, abs=0.6)
        assert one.readings[0].unit is Unit.MILLIMETRE
        assert one.readings[0].region == 1
        assert scene.shelf.chosen == one.id


async def test_a_pull_is_a_distance_too_and_the_next_one_begins_at_its_end(
    scene: FigureScene,
) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.pull((20, 40), (20, 90), (20, 140))
        end = scene.shelf.figures[0].drawing.points[1]
        scene.click(20, 140)
        scene.click(20, 200)
        second = scene.shelf.figures[1]
        assert second.drawing.points[0] == end
        assert scene.shelf.figures[0].drawing.points[1] == end


async def test_a_tool_makes_the_clip_stand(scene: FigureScene) -> None:
    async with opened(scene):
        scene.view.play()
        scene.act("figure.distance")
        assert not scene.view.is_playing
        assert scene.surface.isVisible()
        assert scene.bar.isVisible()


async def test_no_word_is_hidden_by_the_bar_or_by_the_loupe(scene: FigureScene) -> None:
    """Issue 7: whose it is, zoom and scale on every picture, also while it is measured on."""
    async with opened(scene):
        scene.act("figure.ellipse")
        for place in ((20, 100), (120, 100), (70, 140)):
            scene.click(*place)
        scene.view.grab()
        bar, loupe = QRectF(scene.bar.geometry()), scene.surface.loupe
        assert loupe is not None
        values, corners = scene.desk.tool.words_at, scene.view.canvas.words_at
        assert len(values) == 1
        assert not any(box.intersects(loupe) or box.intersects(bar) for box in values)
        assert len(corners) >= 2
        assert not any(box.intersects(bar) for box in corners)


async def test_keys_alone_draw_and_move_by_a_pixel_and_by_ten(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.key(Qt.Key.Key_Left, SHIFT)
        for _ in range(9):
            scene.key(Qt.Key.Key_Left, SHIFT)
        scene.key(Qt.Key.Key_Return)
        scene.key(Qt.Key.Key_Down, SHIFT)
        scene.key(Qt.Key.Key_Return)
        (one,) = scene.shelf.figures
        step = min(1.0, 1 / scene.view.canvas.viewport.scale)
        (x0, y0), (x1, y1) = one.drawing.points
        assert (x1, y1 - y0) == pytest.approx((x0, 10 * step))
        scene.key(Qt.Key.Key_Down)
        moved = scene.shelf.figures[0].drawing.points
        assert moved[1] == pytest.approx((x1, y1 + step))
        scene.key("n")
        scene.key(Qt.Key.Key_Right)
        assert scene.shelf.figures[0].drawing.points[0] == pytest.approx((x0 + step, y0))


async def test_delete_removes_and_backspace_takes_a_point_back(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.angle")
        scene.click(20, 40)
        scene.click(60, 40)
        scene.key(Qt.Key.Key_Backspace)
        assert len(scene.session.begun) == 1
        scene.click(60, 40)
        scene.click(60, 90)
        assert chief(scene, Unit.DEGREE) == pytest.approx(90, abs=1.5)
        scene.key(Qt.Key.Key_Delete)
        assert not scene.shelf.figures


async def test_an_ellipse_takes_the_other_axis_at_right_angles(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.ellipse")
        scene.click(20, 100)
        scene.click(120, 100)
        scene.click(50, 130)
        (one,) = scene.shelf.figures
        readings = {reading.quantity: reading.value for reading in one.readings}
        assert readings[Quantity.LONG_AXIS] == pytest.approx(50, abs=0.6)
        assert readings[Quantity.SHORT_AXIS] == pytest.approx(30, abs=0.6)
        assert one.drawing.points[2][0] == pytest.approx(70, abs=0.6)


async def test_a_contour_is_pulled_in_one_stroke_and_closed(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.contour")
        scene.pull((20, 40), (120, 40), (120, 140), (20, 140), (20, 60))
        (one,) = scene.shelf.figures
        assert one.drawing.figure is Figure.AREA
        assert chief(scene, Unit.SQUARE_MILLIMETRE) == pytest.approx(2500, rel=0.02)


async def test_a_contour_of_clicks_ends_with_a_double_click(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.contour")
        for point in ((20, 40), (120, 40), (120, 140), (20, 140)):
            scene.click(*point)
        scene.double_click(20, 140)
        assert chief(scene, Unit.SQUARE_MILLIMETRE) == pytest.approx(2500, rel=0.02)


async def test_a_point_of_the_spectrum_is_a_velocity_with_its_gradient(scene: FigureScene) -> None:
    """ME-2: 80 pixels below the baseline at 5 cm/s each are 4 m/s and 64 mm Hg."""
    async with opened(scene):
        scene.act("figure.velocity")
        scene.click(300, 130)
        velocity, gradient = scene.shelf.figures[0].readings
        assert velocity.value == pytest.approx(-400, abs=5)
        assert gradient.value == pytest.approx(64, abs=1.7)


async def test_an_envelope_gives_peak_and_integral(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.envelope")
        scene.pull((260, 50), (280, 130), (300, 50))
        readings = {one.quantity: one.value for one in scene.shelf.figures[0].readings}
        assert readings[Quantity.VELOCITY] == pytest.approx(-400, abs=6)
        assert readings[Quantity.VELOCITY_TIME_INTEGRAL] == pytest.approx(40, abs=1)


async def test_across_two_regions_pixels_alone_with_the_reason(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(100, 100)
        scene.click(300, 100)
        reading = scene.shelf.figures[0].readings[0]
        assert reading.unit is Unit.PIXELS
        assert reading.reason is Reason.ACROSS_REGIONS
        finding = scene.view.finding()
        assert finding is not None
        assert "across parts of different scales" in finding.text


async def test_a_figure_belongs_to_its_frame_and_the_bar_has_a_tick(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        await scene.go_to(3)
        assert scene.session.figures == []
        assert scene.shelf.chosen is None
        assert scene.view.bar.slider.ticks == (0,)
        await scene.go_to(0)
        assert len(scene.session.figures) == 1


async def test_escape_lets_go_of_the_begun_then_of_the_tool(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.key(Qt.Key.Key_Escape)
        assert scene.session.begun == ()
        assert tool_of(scene) is Tool.DISTANCE
        scene.key(Qt.Key.Key_Escape)
        assert tool_of(scene) is None
        assert not scene.bar.isVisible()
        assert not scene.desk.put_away()


async def test_without_a_tool_the_picture_is_moved_and_a_point_can_be_taken(
    scene: FigureScene,
) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        scene.key(Qt.Key.Key_Escape)
        assert scene.shelf.chosen is None
        before = scene.shelf.figures[0].drawing.points
        scene.pull((100, 100), (120, 120))
        assert scene.shelf.figures[0].drawing.points == before
        scene.pull((20, 140), (20, 160), (20, 180))
        assert scene.shelf.figures[0].drawing.points[1] == pytest.approx((20, 180), abs=1)
        assert chief(scene, Unit.MILLIMETRE) == pytest.approx(70, abs=0.8)


async def test_a_digit_names_the_figure_and_takes_the_name_away(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 60)
        scene.key("1")
        assert scene.shelf.figures[0].name is EchoInput.SEPTUM
        assert list(scene.shelf.figures[0].measured()) == [EchoInput.SEPTUM]
        scene.key("1")
        assert scene.shelf.figures[0].name is None


async def test_the_finding_leads_back_to_frame_and_figure(scene: FigureScene) -> None:
    async with opened(scene):
        await scene.go_to(2)
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        finding = scene.view.finding()
        assert finding is not None
        assert finding.origin is Origin.BY_HAND
        assert isinstance(finding.place, FramePlace)
        assert finding.place.frame == 2
        await scene.go_to(0)
        assert scene.view.show_place(finding.place)
        await scene.go_to(2)
        assert scene.session.chosen is not None
        assert not scene.view.show_place(FramePlace(frame=9))


async def test_without_a_figure_the_frame_itself_is_offered(scene: FigureScene) -> None:
    async with opened(scene):
        await scene.go_to(1)
        finding = scene.view.finding()
        assert finding is not None
        assert finding.place == FramePlace(frame=1)


async def test_figures_stay_while_the_file_is_closed(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        scene.view.clear()
        assert not scene.surface.isVisible()
        await scene.open()
        assert len(scene.session.figures) == 1


async def test_a_calibration_by_hand_is_said_in_every_value(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    scene = FigureScene(viewer_theme, router, clip_of())
    qtbot.addWidget(scene.view)
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        assert scene.shelf.figures[0].readings[0].reason is Reason.NO_CALIBRATION
        scene.act("figure.calibrate")
        scene.click(200, 100)
        scene.click(200, 200)
        assert scene.bar.amount.isVisible()
        scene.bar.amount.setText("20,0")
        scene.bar.amount.taken.emit(20.0)
        (one,) = scene.shelf.figures
        assert isinstance(one.scale, PlaneScale)
        assert one.readings[0].value == pytest.approx(20, abs=0.3)
        assert one.readings[0].source is ScaleSource.BY_HAND
        assert one.origin is Origin.HAND_CALIBRATED
        assert "calibrated by hand" in scene.desk.words.finding(one)
        assert "calibrated by hand" in scene.desk.words.on_picture(one)
        scene.act("figure.distance")
        scene.key(Qt.Key.Key_Delete, CONTROL)
        assert scene.shelf.figures[0].readings[0].reason is Reason.NO_CALIBRATION


async def test_a_velocity_axis_by_hand_measures_points(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    scene = FigureScene(viewer_theme, router, clip_of())
    qtbot.addWidget(scene.view)
    async with opened(scene):
        scene.act("figure.calibrate_velocity")
        scene.click(200, 50)
        scene.click(200, 150)
        scene.bar.amount.taken.emit(-500.0)
        scene.act("figure.velocity")
        scene.click(200, 130)
        velocity = scene.shelf.figures[0].readings[0]
        assert velocity.value == pytest.approx(-400, abs=8)
        assert velocity.source is ScaleSource.BY_HAND


async def test_marks_that_coincide_calibrate_nothing(scene: FigureScene) -> None:
    async with opened(scene):
        scene.act("figure.calibrate")
        scene.click(100, 100)
        scene.click(103, 100)
        scene.bar.amount.taken.emit(10.0)
        assert scene.session.refused
        assert not scene.shelf.hand.marks


async def test_a_region_without_scale_never_says_millimetres(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    scene = FigureScene(viewer_theme, router, clip_of(plane(delta_x=0.0), spectrum()))
    qtbot.addWidget(scene.view)
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        (one,) = scene.shelf.figures
        assert one.readings[0].reason is Reason.ABSURD_SCALE
        assert one.measured() == {}
        assert "mm" not in scene.desk.words.value(one)


async def test_a_length_by_hand_does_not_reach_into_a_spectrum(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    """Half outside of the file's parts, half in its spectrum: no millimetres."""
    scene = FigureScene(viewer_theme, router, clip_of(spectrum()))
    qtbot.addWidget(scene.view)
    async with opened(scene):
        scene.act("figure.calibrate")
        scene.click(20, 40)
        scene.click(20, 140)
        scene.bar.amount.taken.emit(50.0)
        scene.act("figure.distance")
        scene.click(20, 60)
        scene.click(20, 160)
        assert chief(scene, Unit.MILLIMETRE) == pytest.approx(50, abs=0.7)
        scene.click(100, 60)
        scene.click(300, 60)
        assert scene.shelf.figures[-1].readings[0].reason is Reason.OUTSIDE_REGIONS


def test_what_is_small_is_never_shown_as_nothing() -> None:
    words = ReadingWords()
    assert words.number(0.034, Unit.MILLIMETRE_OF_MERCURY) == "0,034\u00a0mm Hg"
    assert words.number(4.26, Unit.MILLIMETRE_OF_MERCURY) == "4,3\u00a0mm Hg"
    assert words.number(74.4, Unit.MILLIMETRE_OF_MERCURY) == "74\u00a0mm Hg"
    assert words.number(-426.0, Unit.CENTIMETRE_PER_SECOND) == "\u22124,26\u00a0m/s"
    assert words.number(1413.0, Unit.SQUARE_MILLIMETRE) == "14,13\u00a0cm²"


async def test_within_a_figure_another_one_is_begun(scene: FigureScene) -> None:
    """Nothing but points is taken hold of while a tool is in hand."""
    async with opened(scene):
        scene.act("figure.ellipse")
        for point in ((20, 100), (120, 100), (70, 130)):
            scene.click(*point)
        scene.act("figure.distance")
        scene.click(50, 100)
        scene.click(90, 100)
        assert chief(scene, Unit.MILLIMETRE) == pytest.approx(20, abs=0.6)
        scene.click(70, 100)
        scene.click(70, 60)
        assert len(scene.shelf.figures) == 3


async def test_the_bar_never_moves_the_picture_nor_covers_the_point(scene: FigureScene) -> None:
    async with opened(scene):
        before = scene.view.canvas.viewport.target
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        assert scene.view.canvas.viewport.target == before
        assert scene.bar.geometry().bottom() == scene.view.canvas.rect().bottom()
        scene.mouse(QEvent.Type.MouseMove, scene.at(20, 298), NO_BUTTON, NO_BUTTON)
        assert scene.bar.geometry().top() == 0


async def test_an_angiogram_measures_at_the_detector_and_says_so(
    qtbot: QtBot, viewer_theme: Theme, router: ShortcutRouter
) -> None:
    info = clip_of(modality="XA", plane=PlaneScale(ScaleSource.IMAGER_SPACING, 0.2, 0.2))
    scene = FigureScene(viewer_theme, router, info)
    qtbot.addWidget(scene.view)
    async with opened(scene):
        scene.act("figure.distance")
        scene.click(20, 40)
        scene.click(20, 140)
        assert chief(scene, Unit.MILLIMETRE) == pytest.approx(20, abs=0.3)
        (one,) = scene.shelf.figures
        assert scene.desk.words.finding(one).endswith("(frame 1, scale at the detector)")
        assert scene.desk.words.warning(one) == "Scale at the detector"
