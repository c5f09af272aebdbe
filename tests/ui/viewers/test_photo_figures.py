"""A still of an ultrasound screen: said to be one, calibrated by hand, measured as a clip is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Figure, FramePlace, Origin, PicturePlace
from tests.ui.keys import press
from tests.ui.viewers.figure_scene import clip_of, plane
from tests.ui.viewers.made_up import MadeUpStudy, make_picture, rest, until
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.reading import Quantity, Reason, ScaleSource, Unit
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.bar_words import BarWords
from workstation.ui.viewers.figures.case_values import case_values
from workstation.ui.viewers.figures.frame_figure import HandMark, HandScales, measured_figure
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.rows import FigureRows
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.picture_view import PictureView

TAKEN = date(2026, 11, 10)
FILE = "one"


class Photo:
    """400 x 300 pixels in their viewer, keys bound."""

    def __init__(self, theme: Theme, router: ShortcutRouter) -> None:
        self.case, self.tasks = CaseFigures(), TaskScope(_raise)
        self.shelf = self.case.of(FILE)  # type: ignore[arg-type]  # an id is a string
        self.view = PictureView(theme)
        self.view.bind(router)
        self.view.resize(870, 660)
        self.view.show()
        self.session = self.view.drawn.desk.session

    async def open(self) -> None:
        """Shows the photo, with what is kept of it."""
        study = MadeUpStudy(make_picture(width=400, height=300))
        self.view.show_picture(
            make_picture(width=400, height=300),
            study,
            self.tasks,
            figures=self.shelf,
            case=self.case,
            taken_on=TAKEN,
        )
        await until(lambda: self.view.canvas.has_picture)
        self.view.canvas.setFocus()
        QApplication.processEvents()

    async def close(self) -> None:
        """All is given back."""
        self.view.clear()
        self.view.hide()
        await self.tasks.close()
        await rest()

    def has_figures(self) -> bool:
        """Whether figures can be drawn now."""
        return self.view.figures is not None

    def act(self, action: str) -> None:
        """What a key of the pane does."""
        self.view.key_actions()[action]()

    def key(self, key: str | Qt.Key) -> None:
        """Where the keyboard is now."""
        press(self.view.focusWidget() or self.view.canvas, key)

    def put(self, *points: Point) -> None:
        """Points of what is drawn, as the surface puts them."""
        turns = self.view.canvas.viewport.quarter_turns
        for x, y in points:
            self.view.drawn.desk.tool.put(Spot(x, y, 1.0), turns)

    def draw(self, tool: Tool, *points: Point) -> None:
        """A whole figure."""
        if self.session.tool is not tool:
            self.view.drawn.desk.take(tool)
        self.put(*points)

    def calibrate(self, tool: Tool, start: Point, stop: Point, amount: float) -> None:
        """By hand."""
        self.draw(tool, start, stop)
        self.session.calibrate(amount)


@pytest.fixture
def photo(qtbot: QtBot, viewer_theme: Theme, shortcuts: ShortcutRouter) -> Photo:
    made = Photo(viewer_theme, shortcuts)
    qtbot.addWidget(made.view)
    return made


@asynccontextmanager
async def opened(photo: Photo) -> AsyncIterator[None]:
    await photo.open()
    try:
        yield
    finally:
        await photo.close()


async def test_said_calibrated_and_measured_by_keys(photo: Photo) -> None:
    """OZ-12: two points of the depth scale, their distance, then figures in mm, marked as such."""
    async with opened(photo):
        assert not photo.has_figures()
        assert "figure.distance" not in photo.view.key_actions()
        photo.act("figure.ultrasound")
        assert photo.session.tool is Tool.LENGTH_MARK
        assert photo.view.entry.scale.text() == "No calibration: sizes in pixels"
        photo.put((300.0, 50.0), (300.0, 250.0))
        photo.session.calibrate(100.0)
        assert photo.view.entry.scale.text().startswith("Calibrated by hand: 100\u00a0mm")
        photo.act("figure.distance")
        photo.put((10.0, 10.0), (10.0, 90.0))
        (one,) = photo.shelf.figures
        assert one.readings[0].value == pytest.approx(40.0)
        assert one.readings[0].source is ScaleSource.BY_HAND
        found = photo.view.finding()
        assert found is not None
        assert found.text == "Distance 40\u00a0mm (calibrated by hand)"
        assert found.origin is Origin.HAND_CALIBRATED
        assert found.place == FramePlace(figure=Figure.LINE, points=((10.0, 10.0), (10.0, 90.0)))


async def test_without_a_calibration_there_are_pixels_and_the_reason(photo: Photo) -> None:
    async with opened(photo):
        photo.act("figure.ultrasound")
        photo.act("figure.distance")
        photo.put((10.0, 10.0), (10.0, 90.0))
        (reading,) = photo.shelf.figures[0].readings[:1]
        assert (reading.value, reading.unit) == (80.0, Unit.PIXELS)
        assert reading.reason is Reason.NO_CALIBRATION
        found = photo.view.finding()
        assert found is not None
        assert found.text == "Distance 80\u00a0pixels (pixels: no calibration)"
        assert found.origin is Origin.BY_HAND


async def test_a_spectrum_by_its_velocity_and_its_time(photo: Photo) -> None:
    """The strip of a Doppler, then an envelope: velocities, gradient and the integral."""
    async with opened(photo):
        photo.view.drawn.say()
        photo.calibrate(Tool.TIME_MARK, (100.0, 100.0), (300.0, 200.0), 2000.0)
        photo.calibrate(Tool.VELOCITY_MARK, (110.0, 180.0), (110.0, 130.0), 100.0)
        photo.draw(Tool.VELOCITY, (150.0, 120.0))
        point = photo.shelf.figures[-1]
        assert {r.quantity: r.value for r in point.readings}[Quantity.VELOCITY] == pytest.approx(
            120.0
        )
        photo.draw(Tool.ENVELOPE, (150.0, 180.0), (170.0, 130.0), (190.0, 180.0))
        photo.session.close()
        told = {r.quantity: r for r in photo.shelf.figures[-1].readings}
        assert told[Quantity.VELOCITY_TIME_INTEGRAL].value == pytest.approx(20.0)
        assert told[Quantity.VELOCITY_TIME_INTEGRAL].source is ScaleSource.BY_HAND


async def test_lengths_hold_however_the_picture_is_turned(photo: Photo) -> None:
    """Points are those of the upright picture: turning the view moves none."""
    async with opened(photo):
        photo.view.drawn.say()
        photo.act("view.rotate")
        photo.calibrate(Tool.LENGTH_MARK, (50.0, 20.0), (250.0, 20.0), 100.0)
        photo.draw(Tool.DISTANCE, (10.0, 10.0), (10.0, 90.0))
        assert photo.shelf.figures[0].readings[0].value == pytest.approx(40.0)
        photo.act("view.rotate")
        assert photo.shelf.figures[0].drawing.points == ((10.0, 10.0), (10.0, 90.0))


async def test_a_scan_that_lies_on_its_side_is_measured_as_it_is_seen(photo: Photo) -> None:
    """Turned clockwise once: what is seen above lies at the file's left, time runs up its rows."""
    async with opened(photo):
        photo.view.drawn.say()
        photo.act("view.rotate")
        photo.calibrate(Tool.TIME_MARK, (20.0, 100.0), (120.0, 300.0), 2000.0)
        photo.calibrate(Tool.VELOCITY_MARK, (100.0, 290.0), (50.0, 290.0), 100.0)
        photo.draw(Tool.VELOCITY, (40.0, 200.0))
        point = photo.shelf.figures[-1]
        assert point.readings[0].value == pytest.approx(120.0)
        assert point.drawing.points == ((40.0, 200.0),)
        photo.draw(Tool.ENVELOPE, (100.0, 250.0), (50.0, 230.0), (100.0, 210.0))
        photo.session.close()
        told = {one.quantity: one.value for one in photo.shelf.figures[-1].readings}
        assert told[Quantity.VELOCITY_TIME_INTEGRAL] == pytest.approx(20.0)
        assert photo.shelf.hand.quarter_turns == 1
        photo.act("view.rotate")
        photo.calibrate(Tool.VELOCITY_MARK, (100.0, 290.0), (100.0, 240.0), 100.0)
        assert photo.shelf.hand.time is None, "of another view: never mixed"


def test_a_file_that_knows_its_directions_is_marked_as_it_lies(qtbot: QtBot) -> None:
    """On a turned clip a mark of velocity would calibrate the other direction: refused."""
    session = FigureSession()
    session.show(clip_of(plane()), session.shelf)
    session.show_frame(0)
    session.take(Tool.VELOCITY_MARK)
    for y in (80.0, 30.0):
        session.put(Spot(110.0, y, 1.0), 1)
    assert session.begun == ()
    assert BarWords().instruction(session).startswith("Time and velocity are marked")
    for y in (80.0, 30.0):
        session.put(Spot(110.0, y, 1.0), 0)
    assert session.asked is not None
    marks = HandScales(velocity=HandMark(Tool.VELOCITY_MARK, 0, (10, 80), (10, 30), 100.0, 1))
    bare = measured_figure(clip_of(plane()), 0, Drawing(Figure.POINT, ((10.0, 20.0),)), marks)
    assert not any(one.is_physical for one in bare[1])


async def test_one_key_is_velocity_or_white_on_black(photo: Photo) -> None:
    """`V` belongs to what can be done: shades of a paper, velocities of an ultrasound picture."""
    async with opened(photo):
        photo.key("v")
        assert "document.invert" in photo.view.key_actions()
        assert len(photo.view.canvas.corners_with_room.bottom_left) == 2, "the shades are said"
        photo.act("figure.ultrasound")
        photo.key("v")
        assert photo.session.tool is Tool.VELOCITY
        photo.key(Qt.Key.Key_Escape)
        photo.key("v")
        assert photo.session.tool is Tool.VELOCITY
        assert "document.invert" not in photo.view.key_actions()


async def test_what_was_said_can_be_taken_back_until_something_is_drawn(photo: Photo) -> None:
    async with opened(photo):
        photo.act("figure.ultrasound")
        photo.act("figure.ultrasound")
        assert not photo.has_figures()
        assert photo.session.tool is None
        photo.act("figure.ultrasound")
        photo.calibrate(Tool.LENGTH_MARK, (0.0, 0.0), (0.0, 100.0), 50.0)
        assert "figure.ultrasound" not in photo.view.key_actions()
        assert photo.has_figures()
        assert not photo.view.entry.ultrasound.isEnabled()


async def test_the_paper_of_an_ecg_lies_over_the_figures(photo: Photo) -> None:
    async with opened(photo):
        photo.view.drawn.say()
        photo.calibrate(Tool.LENGTH_MARK, (0.0, 0.0), (0.0, 100.0), 50.0)
        photo.draw(Tool.DISTANCE, (10.0, 10.0), (10.0, 90.0))
        photo.act("paper.open")
        assert not photo.has_figures()
        assert not photo.view.drawn.desk.surface.isVisible()
        photo.act("paper.open")
        assert photo.view.drawn.desk.surface.isVisible()
        assert len(photo.session.figures) == 1
        photo.act("paper.open")
        photo.act("figure.ultrasound")
        assert not photo.view.paper.is_open
        assert photo.has_figures()


async def test_a_source_leads_back_also_where_nothing_was_said(photo: Photo) -> None:
    async with opened(photo):
        place = FramePlace(figure=Figure.LINE, points=((10.0, 10.0), (10.0, 90.0)))
        assert not photo.view.show_place(
            FramePlace(frame=1, figure=Figure.LINE, points=place.points)
        )
        assert not photo.view.show_place(FramePlace(figure=Figure.LINE, points=((1.0, 1.0),)))
        assert not photo.has_figures()
        photo.view.paper.open()
        assert photo.view.show_place(place)
        assert not photo.view.paper.is_open
        assert photo.view.drawn.desk.surface.isVisible()
        whole = PicturePlace(start=(0.0, 0.0), stop=(400.0, 300.0))
        assert photo.view.show_place(whole)


async def test_figures_are_there_again_when_the_file_is(photo: Photo) -> None:
    async with opened(photo):
        photo.view.drawn.say()
        photo.calibrate(Tool.LENGTH_MARK, (0.0, 0.0), (0.0, 100.0), 50.0)
        photo.draw(Tool.ELLIPSE, (100.0, 100.0), (200.0, 100.0), (150.0, 60.0))
        photo.view.clear()
        assert not photo.has_figures()
        await photo.open()
        assert photo.has_figures()
        assert len(photo.session.figures) == 1
        assert photo.view.finding() is not None


async def test_a_fetus_is_as_old_as_on_the_day_of_the_examination(photo: Photo) -> None:
    """The photo's own date is that of the camera: the request knows the day."""
    async with opened(photo):
        photo.view.drawn.say()
        photo.calibrate(Tool.LENGTH_MARK, (0.0, 0.0), (0.0, 100.0), 50.0)
        photo.draw(Tool.DISTANCE, (10.0, 10.0), (10.0, 110.0))
        photo.session.call(Part.BPD)
        values = case_values(photo.case, [FILE])  # type: ignore[list-item]  # an id is a string
        assert values.taken_on == TAKEN
        assert values.fetus[Part.BPD].value == pytest.approx(50.0)
        lines = FigureRows().computed(photo.case, [], None).fetus
        assert all("by hand" in line.text for line in lines if line.text)


async def test_in_a_small_pane_the_answers_keep_their_places(photo: Photo) -> None:
    """Four pictures at once: keycaps go first, then words; tooltips keep both."""
    async with opened(photo):
        photo.view.drawn.say()
        entry = photo.view.entry
        buttons = (entry.calibrate, entry.ultrasound, entry.button)
        for width in (870, 430, 260):
            photo.view.resize(width, 400)
            await rest()
            assert photo.view.width() == width
            assert max(one.geometry().right() for one in buttons) < width
        assert not any(one.text() for one in buttons)
        assert entry.ultrasound.accessibleName() == "Ultrasound picture"
        assert entry.ultrasound.toolTip().endswith("(Shift+P)")
        photo.view.resize(870, 400)
        await rest()
        assert all(one.text() for one in buttons)


def _raise(error: BaseException) -> None:
    raise error
