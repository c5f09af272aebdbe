"""Figures on clips in the review: their lines in the list, the way into the conclusion and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.models.annotations import AnnotationId, PutAnnotation
from backend_client.models.evidence import Figure, FramePlace, Origin
from backend_client.models.requests import Action
from tests.factories import make_patient
from tests.fakes import FakeTriageService
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.test_measurement_keeper import Service
from tests.ui.viewers.figure_scene import clip_of, plane, spectrum
from tests.ui.viewers.made_up import MadeUpStudy, make_ecg, rest, until
from tests.ui.viewers.made_up_stack import MadeUpStack, make_stack
from workstation.services.kept_panels import KeptPanels
from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.key_hints import KeyHints
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.figures.case_values import is_adult
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.shelf import FigureShelf, PersonFacts
from workstation.ui.viewers.measurement_rows import MeasurementHeading, MeasurementRow, RowKey
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.widgets.key_button import KeyButton

INFO = clip_of(plane(), spectrum())


class Desk:
    """The review with the clip open."""

    def __init__(self, around: Surroundings, annotations: Service | None = None) -> None:
        self.scene = Scene()
        self.scene.studies.studies[self.scene.clip.id] = MadeUpStudy(INFO)
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        service = FakeTriageService(self.scene.requests)
        self.triage = TriageViewModel(service, KeptPanels(None), around.words)
        self.drafts = FakeDrafts()
        self.findings = DraftFindings(self.drafts)
        self.view = ReviewView(
            self.model,
            self.triage,
            around.theme,
            around.shortcuts,
            around.words,
            findings=self.findings,
            annotations=annotations,
        )

    @property
    def clip(self) -> CineView:
        """The clip's viewer."""
        document = self.scene.clip
        pane = next(one for one in self.view.panes if one.model.document == document)
        assert isinstance(pane.viewer, CineView)
        return pane.viewer

    @property
    def shelf(self) -> FigureShelf:
        """Of the clip."""
        return self.model.figures.of(self.scene.clip.id)

    def tool_now(self) -> Tool | None:
        """What is in hand now."""
        return self.clip.figures.session.tool

    def entries(self) -> list[MeasurementHeading | MeasurementRow]:
        """The list of measurements, top down."""
        rows = self.view.side.measurements.list.rows
        found = (rows.entry(row) for row in range(rows.rowCount()))
        return [one for one in found if one is not None]

    def lines(self) -> list[str]:
        """The same in words."""
        return [
            one.title if isinstance(one, MeasurementHeading) else f"{one.label}: {one.value}"
            for one in self.entries()
        ]

    def key_of(self, label: str) -> RowKey:
        """Of the line with that label."""
        rows = (one for one in self.entries() if isinstance(one, MeasurementRow))
        return next(one.key for one in rows if one.label == label)

    def draw(self, name: EchoInput, length: float, frame: int = 0) -> None:
        """A distance of so many pixels of half a millimetre, named."""
        drawing = Drawing(Figure.LINE, ((20.0, 20.0), (20.0, 20.0 + length)))
        self.shelf.call(self.shelf.add(INFO, frame, drawing).id, name)


@asynccontextmanager
async def opened(
    qtbot: QtBot, around: Surroundings, annotations: Service | None = None
) -> AsyncIterator[Desk]:
    desk = Desk(around, annotations)
    qtbot.addWidget(desk.view)
    desk.view.resize(1366, 742)
    desk.view.show()
    desk.model.open(desk.scene.row.id, "echo")
    await until(
        lambda: any(
            pane.document == desk.scene.clip and pane.state is PaneState.READY
            for pane in desk.model.pictures
        )
    )
    desk.model.choose(desk.scene.clip.id)
    desk.clip.pause()
    await until(lambda: desk.clip.figures.session.frame is not None)
    try:
        yield desk
    finally:
        desk.model.leave()
        if desk.view.keeper is not None:
            await desk.view.keeper.close()
        await desk.findings.close()
        await desk.model.close()
        await desk.triage.close()
        desk.view.hide()


async def test_the_toolbar_takes_a_tool(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        button = desk.view.toolbar.findChild(KeyButton, "figure.ellipse")
        assert button is not None
        assert not button.isHidden()
        button.click()
        assert desk.tool_now() is Tool.ELLIPSE
        assert button.isChecked()
        press(desk.clip.figures.surface, "d")
        assert desk.tool_now() is Tool.DISTANCE
        assert not button.isChecked()
        press(desk.clip.figures.surface, Qt.Key.Key_Escape)
        assert desk.tool_now() is None
        assert desk.model.request_id is not None


async def test_lines_stand_by_frames_and_are_put_with_their_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    """ME-5: Ins puts the chosen value into the conclusion, with frame and figure."""
    async with opened(qtbot, around) as desk:
        desk.draw(EchoInput.SEPTUM, 28, 3)
        assert desk.lines()[:2] == ["Парастернально, frame 4", "IVSd: 14\u00a0mm ↑ (6\u20139)"]
        desk.view.side.measurements.list.chosen.emit(desk.key_of("IVSd"))
        await until(lambda: desk.clip.figures.session.chosen is not None)
        assert desk.clip.index == 3
        desk.view.side.measurements.list.note_wanted.emit(desk.key_of("IVSd"))
        await until(lambda: bool(desk.drafts.there))
        (source,) = desk.drafts.there.values()
        assert source.text == "IVSd 14\u00a0mm (frame 4, 2D, region 1)"
        await until(lambda: desk.shelf.figures[0].is_noted)
        desk.clip.figures.session.move(0, 2)
        await rest()
        assert not desk.shelf.figures[0].is_noted


async def test_a_computed_value_goes_into_the_conclusion(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        desk.draw(EchoInput.SEPTUM, 20)
        desk.draw(EchoInput.DIASTOLIC_DIAMETER, 100)
        desk.draw(EchoInput.POSTERIOR_WALL, 20, 2)
        desk.model.figures.set_facts(PersonFacts(170, 70))
        key = desk.key_of("LV mass index")
        desk.view.side.measurements.list.chosen.emit(key)
        await rest()
        desk.view.side.measurements.list.note_wanted.emit(key)
        await until(lambda: bool(desk.drafts.there))
        (source,) = desk.drafts.there.values()
        assert source.text.startswith("LV mass index 100\u00a0g/m² (normal 43\u201395")
        row = next(
            one
            for one in desk.entries()
            if isinstance(one, MeasurementRow) and one.label == "LV mass index"
        )
        assert row.is_noted


async def test_a_source_of_the_conclusion_leads_to_frame_and_figure(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        pane = next(one for one in desk.view.panes if one.viewer is desk.clip)
        points = ((20.0, 20.0), (20.0, 60.0))
        place = FramePlace(frame=4, figure=Figure.LINE, points=points)
        assert pane.show_place(place)
        await until(lambda: desk.clip.figures.session.frame == 4)
        assert not pane.show_place(FramePlace(frame=5))


async def test_another_case_begins_without_figures(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        desk.draw(EchoInput.SEPTUM, 28)
        desk.model.leave()
        assert desk.lines() == []


async def test_a_length_is_typed_and_escape_gives_it_up_without_leaving_the_case(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        figures = desk.clip.figures
        mark = ((20.0, 40.0), (20.0, 140.0))
        for text, key in (("20", Qt.Key.Key_Escape), ("50,5", Qt.Key.Key_Return)):
            figures.take(Tool.LENGTH_MARK)
            for x, y in mark:
                figures.session.put(Spot(x, y, 1.0))
            assert figures.bar.amount.hasFocus()
            for letter in text:
                press(figures.bar.amount, letter)
            press(figures.bar.amount, key)
            assert figures.session.asked is None
            figures.session.take(None)
        assert desk.model.request_id is not None
        (hand,) = desk.shelf.hand.marks
        assert hand.amount == 50.5


async def test_a_child_has_no_limits_of_adults(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        child = make_patient(birth_date=date(2008, 11, 12))
        desk.scene.change_row(patient=child)
        desk.draw(EchoInput.SEPTUM, 28)
        assert desk.lines()[1] == "IVSd: 14\u00a0mm"
        assert is_adult(date(2008, 11, 11), date(2026, 11, 11))
        assert not is_adult(date(2008, 11, 12), date(2026, 11, 11))


async def test_figures_of_slices_stand_in_the_list_too(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        series = cast(MadeUpStudy, MadeUpStack(make_stack(9)))
        desk.scene.studies.studies[desk.scene.second_clip.id] = series
        desk.model.choose(desk.scene.second_clip.id)
        pane = next(x for x in desk.view.panes if x.model is desk.model.active)
        await until(lambda: isinstance(pane.viewer, StackView))
        stack = pane.viewer
        assert isinstance(stack, StackView)
        stack.layer.add(Drawing(Figure.LINE, ((5.0, 5.0), (15.0, 5.0))))
        assert desk.lines()[0] == "Апикально, slice 5"
        stack.key_actions()["stack.last"]()
        key = desk.key_of("Distance")
        desk.view.side.measurements.list.chosen.emit(key)
        assert stack.model is not None
        assert stack.model.index == 4
        desk.view.side.measurements.list.note_wanted.emit(key)
        await until(lambda: bool(desk.drafts.there))
        rows = [one for one in desk.entries() if isinstance(one, MeasurementRow)]
        assert rows[0].is_noted


async def test_the_first_escape_of_who_only_looks_leads_back_from_slices(
    qtbot: QtBot, around: Surroundings
) -> None:
    """As on clips (decision 0059): a chosen figure is no step, a tool in hand is one."""
    async with opened(qtbot, around) as desk:
        desk.scene.studies.studies[desk.scene.second_clip.id] = cast(
            MadeUpStudy, MadeUpStack(make_stack(9))
        )
        desk.model.choose(desk.scene.second_clip.id)
        pane = next(x for x in desk.view.panes if x.model is desk.model.active)
        await until(lambda: isinstance(pane.viewer, StackView))
        stack = pane.viewer
        assert isinstance(stack, StackView)
        for may_write in (True, False):
            actions = [Action.WRITE_CONCLUSION] if may_write else []
            desk.scene.change_row(allowed_actions=actions)
            stack.layer.add(Drawing(Figure.LINE, ((5.0, 5.0), (15.0, 5.0))))
            press(desk.view, Qt.Key.Key_Escape)
            assert (desk.model.request_id is None) is not may_write


async def test_the_keys_of_a_calibration_are_its_own(qtbot: QtBot, around: Surroundings) -> None:
    """A mark has no name, and nothing of it can be removed."""
    async with opened(qtbot, around) as desk:
        hints = desk.view.toolbar.findChild(KeyHints)
        assert hints is not None
        desk.clip.figures.take(Tool.LENGTH_MARK)
        assert "point: Enter" in hints.accessibleName()
        assert "name" not in hints.accessibleName()
        desk.clip.figures.take(Tool.DISTANCE)
        for x in (20.0, 60.0):
            desk.clip.figures.session.put(Spot(x, 40.0, 1.0))
        assert "name: 1\u20139" in hints.accessibleName()


async def test_an_ecg_in_the_pane_of_pictures_has_its_whole_desk(
    qtbot: QtBot, around: Surroundings
) -> None:
    """As on a disc: calipers by the button and by Esc, shown as ECGs were shown last."""
    async with opened(qtbot, around) as desk:
        desk.scene.studies.studies[desk.scene.second_clip.id] = MadeUpStudy(make_ecg())
        desk.model.choose(desk.scene.second_clip.id)
        pane = next(one for one in desk.view.panes if one.model is desk.model.active)
        await until(lambda: pane.ecg_view is not None)
        ecg = pane.ecg_view
        assert ecg is not None
        button = desk.view.toolbar.findChild(KeyButton, "caliper.time")
        assert button is not None
        assert not button.isHidden()
        button.click()
        assert ecg.measuring.is_in_hand
        assert button.isChecked()
        press(ecg.sheet, Qt.Key.Key_Escape)
        assert pane.ecg_view is ecg
        assert not button.isChecked()
        ecg.key_actions()["ecg.speed"]()
        own = next(one for one in desk.view.panes if one.model is desk.model.ecg)
        assert own.ecg_choices == pane.ecg_choices == ecg.choices


async def test_delete_in_the_list_takes_away_what_no_viewer_has(
    qtbot: QtBot, around: Surroundings
) -> None:
    """A line that a newer program measured stays told, until the doctor takes it away."""
    service = Service()
    async with opened(qtbot, around, service) as desk:
        keeper, clip = desk.view.keeper, desk.scene.clip
        assert keeper is not None
        desk.scene.change_row(allowed_actions=[Action.WRITE_CONCLUSION])
        place = FramePlace(frame=1, figure=Figure.LINE, points=((2.0, 2.0), (9.0, 2.0)))
        kept = PutAnnotation(
            id=AnnotationId("a"),
            document_id=clip.id,
            sha256=clip.sha256,
            place=place,
            quantity="of_tomorrow",
            label="Завтра",
            origin=Origin.BY_HAND,
            text="Завтра 5 мм (кадр 2)",
        )
        service.kept[kept.id] = kept
        service.changed.emit(desk.scene.row.id)
        await until(lambda: "Завтра: 5 мм" in desk.lines())
        desk.draw(EchoInput.SEPTUM, 28)
        panel = desk.view.side.measurements.list
        panel.setFocus()
        panel.chosen.emit(desk.key_of("Завтра"))
        await until(lambda: desk.clip.index == 1 and desk.clip.figures.session.frame == 1)
        panel.setFocus()
        row = next(
            x for x in desk.entries() if isinstance(x, MeasurementRow) and x.label == "Завтра"
        )
        assert row.where.endswith("Delete takes it away")
        press(panel, Qt.Key.Key_Delete)
        await until(lambda: kept.id not in service.kept)
        assert not any(line.startswith("Завтра") for line in desk.lines())
        assert len(desk.shelf.figures) == 1
