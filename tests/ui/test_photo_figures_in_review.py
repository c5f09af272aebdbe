"""Stills of an ultrasound screen in the review: said to be ones, measured by hand, kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.models.annotations import CalibrationMark, MarkKind
from backend_client.models.evidence import Figure, FramePlace, Origin
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.test_figures_in_review import Desk
from tests.ui.test_kept_anew import House
from tests.ui.viewers.made_up import MadeUpStudy, make_picture, until
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Still
from workstation.ui.screens.review.kept_calibrations import hand_of, marks_of_hand
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.figures.frame_figure import HandMark, HandScales
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.widgets.key_button import KeyButton

STILL = Still(400, 300)
MARK = HandMark(Tool.LENGTH_MARK, 0, (390.0, 20.0), (390.0, 220.0), 100.0)
SEPTUM = Drawing(Figure.LINE, ((40.0, 40.0), (40.0, 68.0)))
SHIFT = Qt.KeyboardModifier.ShiftModifier


@asynccontextmanager
async def opened(qtbot: QtBot, around: Surroundings) -> AsyncIterator[tuple[Desk, PictureView]]:
    """The case with the photo open and active."""
    desk = Desk(around)
    photo = desk.scene.photo
    desk.scene.studies.studies[photo.id] = MadeUpStudy(make_picture(width=400, height=300))
    qtbot.addWidget(desk.view)
    desk.view.resize(1366, 742)
    desk.view.show()
    desk.model.open(desk.scene.row.id, "report")
    await until(lambda: desk.model.card is not None)
    desk.model.choose(photo.id)
    await until(lambda: _of(desk) is not None)
    view = viewer(desk)
    await until(lambda: view.canvas.has_picture)
    try:
        yield desk, view
    finally:
        desk.model.leave()
        await desk.findings.close()
        await desk.model.close()
        await desk.triage.close()
        desk.view.hide()


def _of(desk: Desk) -> StudyPane | None:
    panes = (one for one in desk.view.panes if one.model.document == desk.scene.photo)
    return next((one for one in panes if isinstance(one.viewer, PictureView)), None)


def viewer(desk: Desk) -> PictureView:
    """The photo's."""
    pane = _of(desk)
    assert pane is not None
    assert isinstance(pane.viewer, PictureView)
    return pane.viewer


async def test_said_by_a_key_and_measured_into_the_conclusion(
    qtbot: QtBot, around: Surroundings
) -> None:
    """ME-5, OZ-12: calibrated by hand, named, put with its place by one key."""
    async with opened(qtbot, around) as (desk, view):
        tool = desk.view.toolbar.findChild(KeyButton, "figure.distance")
        assert tool is not None
        assert tool.isHidden()
        press(view.canvas, "p", modifiers=SHIFT)
        assert not tool.isHidden()
        session = view.drawn.desk.session
        for place in (MARK.start, MARK.stop):
            session.put(Spot(*place, 1.0))
        for letter in "100":
            press(view.drawn.desk.bar.amount, letter)
        press(view.drawn.desk.bar.amount, Qt.Key.Key_Return)
        press(view.drawn.desk.surface, "d")
        for place in SEPTUM.points:
            session.put(Spot(*place, 1.0))
        session.call(EchoInput.SEPTUM)
        assert desk.lines()[:2] == ["Выписка", "IVSd: 14\u00a0mm ↑ (6\u20139)"]
        press(view.drawn.desk.surface, Qt.Key.Key_Insert)
        await until(lambda: bool(desk.drafts.there))
        (source,) = desk.drafts.there.values()
        assert source.text == "IVSd 14\u00a0mm (calibrated by hand)"
        found = view.finding()
        assert found is not None
        assert found.origin is Origin.HAND_CALIBRATED
        assert found.place == FramePlace(figure=Figure.LINE, points=SEPTUM.points)
        await until(lambda: desk.model.figures.of(desk.scene.photo.id).figures[0].is_noted)


async def test_a_line_of_the_list_leads_to_its_figure_from_the_paper(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (desk, view):
        shelf = desk.model.figures.of(desk.scene.photo.id)
        shelf.calibrate(STILL, MARK)
        shelf.call(shelf.add(STILL, 0, SEPTUM).id, EchoInput.SEPTUM)
        shelf.choose(None)
        view.paper.open()
        assert view.figures is None
        desk.view.side.measurements.list.chosen.emit(desk.key_of("IVSd"))
        await until(lambda: view.drawn.desk.session.chosen is not None)
        assert not view.paper.is_open


async def test_a_source_leads_to_the_figure_on_the_photo(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: as the approver comes to it, with nothing said of the photo and nothing measured."""
    async with opened(qtbot, around) as (desk, view):
        pane = _of(desk)
        assert pane is not None
        assert pane.show_place(FramePlace(figure=Figure.LINE, points=SEPTUM.points))
        assert view.drawn.desk.surface.isVisible()
        assert not pane.show_place(FramePlace(frame=4, figure=Figure.LINE, points=SEPTUM.points))


async def test_figures_and_their_calibration_are_kept_and_come_back(qtbot: QtBot) -> None:
    """OZ-12: the same number in another session, by the marks that are kept with it."""
    house = House("photo")
    photo = house.scene.photo
    house.scene.studies.studies[photo.id] = MadeUpStudy(make_picture(width=400, height=300))
    async with house.opened() as model:
        shelf = model.figures.of(photo.id)
        shelf.calibrate(STILL, MARK)
        made = shelf.add(STILL, 0, SEPTUM)
        shelf.call(made.id, EchoInput.SEPTUM)
        await until(lambda: len(house.texts) == 1 and "IVSd" in house.texts[0])
    (kept,) = house.service.kept.values()
    assert (kept.value, kept.unit) == (14.0, "mm")
    assert kept.text == "IVSd 14 mm (calibrated by hand)"
    assert (kept.origin, kept.quantity) == (Origin.HAND_CALIBRATED, EchoInput.SEPTUM.value)
    assert kept.calibration == (
        CalibrationMark(
            kind=MarkKind.LENGTH, points=(MARK.start, MARK.stop), values=(100.0,), unit="mm"
        ),
    )
    before = dict(house.service.kept)
    async with house.opened() as model:
        await until(lambda: any(pane.state is PaneState.READY for pane in model.panes))
        shelf = model.figures.of(photo.id)
        await until(lambda: len(shelf.figures) == 1)
        assert shelf.hand.marks == (MARK,)
        assert shelf.figures[0].readings == made.readings
        assert shelf.is_ultrasound
        assert shelf.taken_on == photo.taken_on
        house.keeper.keep()
    assert house.service.kept == before


def test_how_the_picture_was_seen_is_kept_with_the_marks() -> None:
    """A program that does not know of it measures nothing by them."""
    hand = HandScales(MARK)
    for tool, unit in ((Tool.TIME_MARK, 2000.0), (Tool.VELOCITY_MARK, 100.0)):
        hand = hand.with_mark(HandMark(tool, 0, (20.0, 100.0), (120.0, 300.0), unit, 3))
    marks = marks_of_hand(hand)
    assert hand_of(marks) == hand
    assert marks[-1] == CalibrationMark(kind=MarkKind.PAPER_TURN, values=(270.0,), unit="deg")
    for degrees in (0.0, 45.0, 360.0, -90.0):
        lying = CalibrationMark(kind=MarkKind.PAPER_TURN, values=(degrees,), unit="deg")
        assert hand_of((*marks[:-1], lying)) is None
    assert hand_of((*marks, marks[-1])) is None
    assert hand_of(marks[-1:]) is None
