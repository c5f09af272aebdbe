"""Figures on slices, calipers on paper and calibrations by hand come back with the request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.annotations import AnnotationId, CalibrationMark, MarkKind
from backend_client.models.evidence import Figure, FramePlace, Origin, PicturePlace
from backend_client.models.requests import Action
from tests.ui.test_measurement_keeper import QT, Service, Stage
from tests.ui.viewers.made_up import MadeUpStudy, make_clip
from tests.ui.viewers.made_up_stack import MadeUpStack, make_stack
from tests.ui.waiting import until
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.calibration import PlaneScale
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import Method, PaperCalibration, Spot
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.reading import ScaleSource
from workstation.ui.screens.review.kept_calibrations import (
    hand_of,
    marks_of_hand,
    marks_of_paper,
    paper_of,
)
from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.figures.frame_figure import HandMark, HandScales
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.shelf import LineOf
from workstation.ui.viewers.paper_ecg.steps import Aim, CalibrationPoint
from workstation.ui.viewers.stack.figures import statistics_of

MARKS = PaperCalibration(
    along=(Spot(100.0, 500.25, 0.5), Spot(350.0, 501.0, 0.5)),
    up=(Spot(100.0, 500.0, 0.25), Spot(101.5, 250.0, 0.25)),
    mark_mm=(25.0, 25.0),
    speed_mm_s=25.0,
    gain_mm_mv=10.0,
)
CORNERS = PaperCalibration(
    method=Method.CORNERS,
    corners=(Spot(10, 10), Spot(1010, 20), Spot(1000, 520), Spot(5, 510)),
    quarter_turns=3,
    rectangle_mm=(100.0, 50.0),
    speed_mm_s=50.0,
    gain_mm_mv=20.0,
)
CALIPER = PaperCaliper(Spot(120.0, 300.0, 0.75), Spot(340.5, 301.0, 0.5), Quantity.RR)
LINE = Drawing(Figure.LINE, ((5.0, 5.0), (15.0, 5.0)))
ELLIPSE = Drawing(Figure.ELLIPSE, ((5.0, 10.0), (25.0, 10.0), (15.0, 3.0)))
ACROSS = Drawing(Figure.LINE, ((4.0, 4.0), (4.0, 14.0)))


class House:
    """One request that is opened, left and opened again."""

    def __init__(self, *kinds: str) -> None:
        self.service = Service()
        self.stage = Stage(self.service)
        self.scene = self.stage.scene
        self.scene.files = [getattr(self.scene, name) for name in kinds]
        self.scene.requests.cards[self.scene.row.id] = self.scene.card
        self.slices = MadeUpStack(make_stack(9))
        self.scene.studies.studies[self.scene.second_clip.id] = cast(MadeUpStudy, self.slices)
        # Without regions nothing but the doctor's own marks calibrates the third one.
        bare = MadeUpStudy(make_clip(regions=()))
        self.scene.studies.studies[self.scene.third_clip.id] = bare

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[ReviewViewModel]:
        """Another session."""
        model = ReviewViewModel(self.scene.requests, self.scene.studies)
        keeper = MeasurementKeeper(self.service, model, self.stage.is_patients, rest_ms=0)
        self.keeper = keeper
        model.open(self.scene.row.id)
        await until(lambda: model.card is not None)
        await until(lambda: any(pane.state is PaneState.READY for pane in model.panes))
        await until(lambda: keeper.is_ready or self.service.error is not None)
        try:
            yield model
        finally:
            model.leave()
            await keeper.close()
            await model.close()

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.service.kept.values()]


@pytest.fixture
def house() -> House:
    return House("second_clip")


def _put(house: House, **values: object) -> AnnotationId:
    """As another program of the same doctor has put it."""
    (name,) = house.service.kept
    house.service.kept[name] = replace(house.service.kept[name], **values)
    return name


def _draw(model: ReviewViewModel, house: House) -> None:
    """A distance on the third slice and a region on the fifth."""
    shelf = model.slices.of(house.scene.second_clip.id)
    shelf.open_study(house.slices.info)
    shelf.add(2, LINE)
    numbers = house.slices.numbers(4)
    shelf.add(4, ELLIPSE, statistics_of(ELLIPSE, house.slices.info.slices[4], numbers))


async def test_figures_on_slices_come_back_with_their_numbers(qtbot: QtBot, house: House) -> None:
    """OZ-12: the slice by its UID, the distance and the mean by the file itself."""
    async with house.opened() as model:
        _draw(model, house)
        await until(lambda: len(house.texts) == 2)
    line, region = house.service.kept.values()
    place = FramePlace(part="1.2.2", frame=0, figure=Figure.LINE, points=LINE.points)
    assert line.place == place
    assert (line.value, line.unit, line.scale) == (5.0, "mm", "pixel_spacing")
    assert (region.value, region.unit, region.origin) == (5.0, "[hnsf'U]", Origin.BY_HAND)
    before, house.service.calls = dict(house.service.kept), []
    house.slices.late = {4}
    async with house.opened() as model:
        shelf = model.slices.of(house.scene.second_clip.id)
        await until(lambda: len(shelf.every) == 1)
        assert [one.text for one in house.keeper.earlier] == [region.text], "told as it was kept"
        house.slices.let(4)
        await until(lambda: len(shelf.every) == 2)
        assert [(one.index, one.drawing) for one in shelf.every] == [(2, LINE), (4, ELLIPSE)]
        statistics = shelf.every[1].statistics
        assert statistics is not None
        assert statistics.mean == 5.0
        house.keeper.keep()
    assert house.service.kept == before
    assert house.service.calls == ["forget"], "nothing was written anew"


async def test_who_may_not_write_moves_nothing_of_a_slice(qtbot: QtBot, house: House) -> None:
    """What the doctor measured is looked at by others as it was measured."""
    async with house.opened() as model:
        _draw(model, house)
        await until(lambda: len(house.texts) == 2)
    house.scene.change_row(allowed_actions=[])
    house.scene.requests.cards[house.scene.row.id] = house.scene.card
    async with house.opened() as model:
        shelf = model.slices.of(house.scene.second_clip.id)
        await until(lambda: len(shelf.every) == 2)
        before = shelf.every
        shelf.change(before[0].number, ((0.0, 0.0), (9.0, 9.0)), None)
        shelf.remove(before[1].number)
        assert shelf.every == before
        made = house.keeper.made(house.scene.second_clip.id, before[0].number)
        assert made is not None
        assert made.made_by_name == "Левашова М. О."
        house.scene.change_row(allowed_actions=[Action.WRITE_CONCLUSION])
        await until(lambda: not shelf.is_fixed(before[0].number))
        shelf.remove(before[1].number)
        assert shelf.every == before[:1]


async def test_figures_stay_listed_while_their_study_is_closed(qtbot: QtBot, house: House) -> None:
    house.scene.files.append(house.scene.clip)
    house.scene.requests.cards[house.scene.row.id] = house.scene.card
    async with house.opened() as model:
        _draw(model, house)
        await until(lambda: len(house.texts) == 2)
        for pane in model.panes:
            pane.clear()
        shelf = model.slices.of(house.scene.second_clip.id)
        assert len(shelf.every) == 2
        shelf.open_study(make_stack(2))  # the picture of neither is in it
        house.keeper.keep()
        assert len(house.texts) == 2, "nobody has taken them away"
        shelf.open_study(house.slices.info)
        assert [one.drawing for one in shelf.every] == [LINE, ELLIPSE]
        shelf.remove(shelf.every[0].number)
        await until(lambda: len(house.texts) == 1)


@pytest.mark.parametrize("calibration", [MARKS, CORNERS], ids=["marks", "corners"])
async def test_a_caliper_on_paper_comes_back_with_its_calibration(
    qtbot: QtBot, calibration: PaperCalibration
) -> None:
    """The same number to the last digit, and how exactly it was clicked."""
    house = House("photo")
    async with house.opened() as model:
        paper = MarkedPaper(calibration).with_another(CALIPER)
        model.papers.of(house.scene.photo.id).keep(1, paper)
        await until(lambda: len(house.texts) == 1)
    (kept,) = house.service.kept.values()
    found = paper.reading(CALIPER)
    assert found is not None
    assert found.milliseconds is not None
    assert (kept.value, kept.unit) == (abs(found.milliseconds), "ms")
    assert kept.place == PicturePlace(page=1, start=(120.0, 300.0), stop=(340.5, 301.0))
    assert kept.origin is Origin.HAND_CALIBRATED
    before = dict(house.service.kept)
    async with house.opened() as model:
        ((page, again),) = model.papers.of(house.scene.photo.id).pages
        assert page == 1
        assert again.calibration == calibration
        assert again.reading(again.calipers[0]) == found
        assert again.calipers[0].quantity is Quantity.RR
        house.keeper.keep()
    assert house.service.kept == before


async def test_who_may_not_write_moves_nothing_of_paper(qtbot: QtBot) -> None:
    """Neither a caliper nor the calibration under it; what is drawn here may be."""
    house = House("photo")
    async with house.opened() as model:
        shelf = model.papers.of(house.scene.photo.id)
        shelf.keep(0, MarkedPaper(MARKS).with_another(CALIPER))
        await until(lambda: len(house.texts) == 1)
    house.scene.change_row(allowed_actions=[])
    house.scene.requests.cards[house.scene.row.id] = house.scene.card
    async with house.opened() as model:
        shelf = model.papers.of(house.scene.photo.id)
        before = shelf.paper(0)
        session = PaperSession()
        session.show(before, 1200, 800, before.calipers[0].id)
        assert session.is_fixed
        session.move(5.0, 0.0, 0.5)
        session.choose_kind(Quantity.QT)
        session.remove()
        session.name_speed(50.0)
        session.name_gain(20.0)
        session.lengthen(1, 0)
        session.calibrate()
        session.hold(CalibrationPoint(0))
        session.move(5.0, 0.0, 0.5)
        shelf.note(LineOf(0, before.calipers[0].id))
        assert session.paper == shelf.paper(0) == before
        assert session.aim is Aim.TIME
        session.put(Spot(50.0, 60.0, 0.5), 0)
        session.put(Spot(150.0, 60.0, 0.5), 0)
        assert len(session.paper.calipers) == 2
        session.remove()
        assert session.paper.calipers == before.calipers
        house.scene.change_row(allowed_actions=[Action.WRITE_CONCLUSION])
        await until(lambda: not before.is_fixed)
        session.name_speed(50.0)
        assert session.calibration.speed_mm_s == 50.0


async def test_paper_without_a_calibration_keeps_pixels_and_says_so(qtbot: QtBot) -> None:
    house = House("photo")
    async with house.opened() as model:
        model.papers.of(house.scene.photo.id).keep(0, MarkedPaper().with_another(CALIPER))
        await until(lambda: len(house.texts) == 1)
    (kept,) = house.service.kept.values()
    assert (kept.value, kept.unit, kept.origin) == (None, "", Origin.BY_HAND)
    assert "not calibrated: pixels only" in kept.text
    async with house.opened() as model:
        ((_, again),) = model.papers.of(house.scene.photo.id).pages
        assert again.calipers == (again.calipers[0],)
        assert not again.is_calibrated


async def test_a_newer_calibration_is_another_number_of_the_same_measurement(
    qtbot: QtBot,
) -> None:
    house = House("photo")
    async with house.opened() as model:
        shelf = model.papers.of(house.scene.photo.id)
        shelf.keep(0, MarkedPaper(MARKS).with_another(CALIPER))
        await until(lambda: len(house.texts) == 1)
        (first,) = house.service.kept.values()
        shelf.keep(0, shelf.paper(0).calibrated_anew(MARKS.with_lengths(50.0, 25.0)))
        await until(lambda: house.texts != [first.text])
    ((name, second),) = house.service.kept.items()
    assert name == first.id
    assert second.value == pytest.approx(2 * (first.value or 0))
    assert second.calibration != first.calibration


async def test_a_calibration_by_hand_comes_back_with_what_depends_on_it(qtbot: QtBot) -> None:
    house = House("third_clip")
    mark = HandMark(Tool.LENGTH_MARK, 1, (2.0, 2.0), (2.0, 12.0), 25.0)
    async with house.opened() as model:
        info = model.pictures[0].info
        assert isinstance(info, ClipInfo)
        shelf = model.figures.of(house.scene.third_clip.id)
        shelf.calibrate(info, mark)
        made = shelf.add(info, 2, ACROSS)
        await until(lambda: len(house.texts) == 1)
    (kept,) = house.service.kept.values()
    assert (kept.value, kept.unit) == (25.0, "mm")
    assert kept.origin is Origin.HAND_CALIBRATED
    assert kept.calibration == (
        CalibrationMark(
            kind=MarkKind.LENGTH,
            points=((2.0, 2.0), (2.0, 12.0)),
            values=(25.0,),
            unit="mm",
            frame=1,
        ),
    )
    before = dict(house.service.kept)
    async with house.opened() as model:
        shelf = model.figures.of(house.scene.third_clip.id)
        await until(lambda: len(shelf.figures) == 1)
        assert shelf.hand.marks == (mark,)
        (again,) = shelf.figures
        assert isinstance(again.scale, PlaneScale)
        assert again.scale.source is ScaleSource.BY_HAND
        assert again.readings == made.readings
        house.keeper.keep()
    assert house.service.kept == before


@pytest.mark.parametrize(
    "calibration",
    [
        (),
        (CalibrationMark(kind=MarkKind.UNKNOWN, values=(1.0,)),),
        (CalibrationMark(kind=MarkKind.LENGTH, points=((1.0, 1.0),), values=(5.0,), unit="mm"),),
        (
            CalibrationMark(
                kind=MarkKind.LENGTH, points=((1.0, 1.0), (1.0, 1.0)), values=(5.0,), unit="mm"
            ),
        ),
        (
            CalibrationMark(
                kind=MarkKind.LENGTH, points=((1.0, 1.0), (1.0, 9.0)), values=(5.0,), unit="cm"
            ),
        ),
    ],
    ids=["none", "of tomorrow", "one point", "no length", "another unit"],
)
async def test_what_cannot_be_measured_anew_is_told_as_it_was_kept(
    qtbot: QtBot, calibration: tuple[CalibrationMark, ...]
) -> None:
    """Never another number under the same line."""
    house = House("third_clip")
    async with house.opened() as model:
        info = model.pictures[0].info
        assert isinstance(info, ClipInfo)
        model.figures.of(house.scene.third_clip.id).add(info, 2, ACROSS)
        await until(lambda: len(house.texts) == 1)
    name = _put(
        house,
        origin=Origin.HAND_CALIBRATED,
        calibration=calibration,
        value=12.5,
        unit="mm",
        text="Расстояние 12,5 мм (кадр 3)",
    )
    before = dict(house.service.kept)
    async with house.opened() as model:
        await until(lambda: model.pictures[0].state is PaneState.READY)
        assert [one.id for one in house.keeper.earlier] == [name]
        assert model.figures.of(house.scene.third_clip.id).figures == ()
        house.keeper.keep()
    assert house.service.kept == before


async def test_what_cannot_be_measured_anew_can_be_taken_away(qtbot: QtBot) -> None:
    house = House("third_clip")
    async with house.opened() as model:
        info = model.pictures[0].info
        assert isinstance(info, ClipInfo)
        model.figures.of(house.scene.third_clip.id).add(info, 2, ACROSS)
        await until(lambda: len(house.texts) == 1)
    name = _put(house, quantity="of_tomorrow")
    house.scene.change_row(allowed_actions=[])
    async with house.opened():
        assert not house.keeper.can_remove(name)
        house.keeper.remove(name)
    assert list(house.service.kept) == [name]
    house.scene.change_row(allowed_actions=[Action.WRITE_CONCLUSION])
    async with house.opened():
        house.keeper.remove(name)
        assert house.keeper.earlier == ()
        house.service.changed.emit(house.scene.row.id)
        assert house.keeper.earlier == (), "it does not come back while it goes"
        await until(lambda: not house.service.kept)


async def test_what_a_newer_program_calls_it_is_not_taken_from_it(qtbot: QtBot) -> None:
    house = House("third_clip")
    async with house.opened() as model:
        info = model.pictures[0].info
        assert isinstance(info, ClipInfo)
        model.figures.of(house.scene.third_clip.id).add(info, 2, ACROSS)
        await until(lambda: len(house.texts) == 1)
    name = _put(house, quantity="of_tomorrow", label="Завтра")
    async with house.opened() as model:
        await until(lambda: model.pictures[0].state is PaneState.READY)
        assert [one.id for one in house.keeper.earlier] == [name]
        house.keeper.keep()
    assert house.service.kept[name].quantity == "of_tomorrow"


async def test_a_place_that_the_file_has_not_is_told_as_it_was_kept(
    qtbot: QtBot, house: House
) -> None:
    async with house.opened() as model:
        shelf = model.slices.of(house.scene.second_clip.id)
        shelf.open_study(house.slices.info)
        shelf.add(2, LINE)
        await until(lambda: len(house.texts) == 1)
    name = _put(house, place=FramePlace(part="9.9", figure=Figure.LINE, points=LINE.points))
    async with house.opened() as model:
        await until(lambda: model.pictures[0].state is PaneState.READY)
        assert [one.id for one in house.keeper.earlier] == [name]
        assert model.slices.of(house.scene.second_clip.id).every == ()


async def test_measured_without_a_server_it_is_kept_and_not_there_twice(qtbot: QtBot) -> None:
    """What the request has is not known: it goes out as such, and joins what stands there."""
    house = House("ecg")
    async with house.opened() as model:
        model.measurements.bring_back(house.scene.ecg.id, [QT])
        await until(lambda: len(house.texts) == 1)
    (earlier,) = house.service.kept
    house.service.error = Unreachable("x")
    async with house.opened() as model:
        numbers = model.measurements.bring_back(house.scene.ecg.id, [QT])
        await until(lambda: len(house.service.blind) == 1)
        (blind,) = house.service.blind
        del house.service.kept[blind]  # the service found it standing there already
        house.service.error = None
        house.keeper.keep()
        await until(lambda: house.keeper.is_ready)
        lines = model.measurements.of(house.scene.ecg.id).lines
        assert [line.id for line in lines] == numbers, "one line, not two"
        assert house.keeper.line_of(earlier) == (house.scene.ecg.id, "ecg", numbers[0])
        house.keeper.keep()
    assert list(house.service.kept) == [earlier]


async def test_what_the_same_doctor_measures_elsewhere_comes_while_the_case_is_open(
    qtbot: QtBot,
) -> None:
    house = House("ecg")
    async with house.opened() as model:
        model.measurements.bring_back(house.scene.ecg.id, [QT])
        await until(lambda: len(house.texts) == 1)
        (name, kept) = next(iter(house.service.kept.items()))
        rr = replace(kept, id=AnnotationId("b"), quantity="rr", label="RR", text="RR")
        house.service.kept[rr.id] = rr
        house.service.changed.emit(house.scene.row.id)
        found = [line.measured.quantity for line in model.measurements.of(house.scene.ecg.id).lines]
        assert found == [Quantity.QT, Quantity.RR]
        house.keeper.keep()
    assert sorted(house.service.kept) == sorted([name, rr.id])


def test_calibrations_go_over_the_wire_and_back() -> None:
    hand = (
        HandMark(Tool.LENGTH_MARK, 0, (1.5, 2.0), (1.5, 40.25), 30.0),
        HandMark(Tool.VELOCITY_MARK, 2, (10.0, 50.0), (10.0, 20.0), -80.0),
        HandMark(Tool.TIME_MARK, 2, (0.0, 10.0), (200.0, 90.0), 2500.0),
    )
    scales = hand_of(())
    assert scales is None
    first = hand_of(marks_of_hand_of(*hand))
    assert first is not None
    assert first.marks == hand
    for known in (MARKS, CORNERS, PaperCalibration()):
        marks = marks_of_paper(known, (CALIPER.start, CALIPER.stop))
        assert paper_of(marks) == known
    assert paper_of((CalibrationMark(kind=MarkKind.LENGTH),)) is None
    lying = CalibrationMark(
        kind=MarkKind.PAPER_UP, points=((0, 0), (0, 90), (3, 3), (9, 9)), values=(5.0,), unit="mm"
    )
    assert paper_of((lying,)) is None
    assert hand_of((CalibrationMark(kind=MarkKind.TIME, values=(1e300,), unit="ms"),)) is None


def marks_of_hand_of(*marks: HandMark) -> tuple[CalibrationMark, ...]:
    hand = HandScales()
    for mark in marks:
        hand = hand.with_mark(mark)
    return marks_of_hand(hand)
