"""A photo of an ECG in the review: its keys, its lines in the list, and whose they are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Origin
from tests.fakes import FakeTriageService
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import MadeUpStudy, make_picture, rest, until
from workstation.services.kept_panels import KeptPanels
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import PaperCalibration, Spot
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.measurement_rows import MeasurementHeading, MeasurementRow
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.picture_view import PictureView

MEASURED = MarkedPaper(
    PaperCalibration(
        along=(Spot(100, 400), Spot(400, 400)),
        up=(Spot(100, 400), Spot(100, 100)),
        speed_mm_s=25.0,
        gain_mm_mv=10.0,
    )
).with_another(PaperCaliper(Spot(200, 300), Spot(500, 300), Quantity.RR))


class Desk:
    """The review with the photo open."""

    def __init__(self, around: Surroundings) -> None:
        self.scene = Scene()
        photo = make_picture(width=800, height=600)
        self.scene.studies.studies[self.scene.photo.id] = MadeUpStudy(photo)
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        service = FakeTriageService(self.scene.requests)
        self.triage = TriageViewModel(service, KeptPanels(None), around.words)
        self.view = ReviewView(
            self.model, self.triage, around.theme, around.shortcuts, around.words
        )

    @property
    def picture(self) -> PictureView:
        """The photo's viewer."""
        pane = next(one for one in self.view.panes if one.model is self.model.document)
        assert isinstance(pane.viewer, PictureView)
        return pane.viewer

    def lines(self) -> list[str]:
        """The list of measurements, top down."""
        rows = self.view.side.measurements.list.rows
        entries = [rows.entry(row) for row in range(rows.rowCount())]
        return [
            f"{one.label}: {one.value}" if isinstance(one, MeasurementRow) else one.title
            for one in entries
            if isinstance(one, MeasurementRow | MeasurementHeading)
        ]


@asynccontextmanager
async def opened(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Desk]:
    desk = Desk(around)
    qtbot.addWidget(desk.view)
    desk.view.resize(1366, 742)
    desk.view.show()
    desk.view.activateWindow()
    desk.model.open(desk.scene.row.id)
    await until(lambda: desk.model.card is not None)
    desk.model.choose(desk.scene.photo.id)
    await until(lambda: desk.model.document.study is not None)
    await until(desk.view.isActiveWindow)
    await rest()
    yield desk
    desk.model.leave()
    await desk.model.close()
    await desk.triage.close()
    desk.view.hide()


async def test_the_mode_has_a_key_and_esc_leaves_it_and_not_the_case(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        closed: list[bool] = []
        desk.model.closed.connect(lambda: closed.append(True))
        press(desk.view, "p")
        assert desk.picture.paper.surface.isVisible()
        await rest()
        press(desk.view, "k")
        assert desk.picture.paper.session.can_put
        press(desk.view, Qt.Key.Key_Escape)
        assert desk.picture.paper.surface.isHidden()
        assert closed == []
        press(desk.view, "p")
        press(desk.view, "p")
        assert desk.picture.paper.surface.isHidden()


async def test_lists_beside_the_paper_keep_their_keys(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        press(desk.view, "p")
        await rest()
        paper = desk.picture.paper
        press(desk.view, "k")
        press(desk.view, Qt.Key.Key_Return)
        assert paper.session.is_begun
        desk.view.file_strip.setFocus()
        for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            press(desk.view, key)
        assert paper.session.is_begun
        paper.surface.setFocus()
        press(desk.view, Qt.Key.Key_Backspace)
        assert not paper.session.begun


async def test_its_lines_stand_in_the_list_and_lead_to_their_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        desk.model.papers.of(desk.scene.photo.id).keep(0, MEASURED)
        assert desk.lines() == ["Выписка, calibrated by hand", "RR: 1000\u00a0ms, 60\u00a0per min"]
        desk.model.choose(desk.scene.pdf.id)
        await rest()
        measured = desk.view.side.measurements.list
        measured.chosen.emit(_first_row(desk).key)
        assert desk.model.document.document == desk.scene.photo
        await until(lambda: desk.model.document.study is not None)
        await until(lambda: desk.picture.paper.is_open)
        canvas = desk.picture.canvas
        assert canvas.rect().contains(canvas.viewport.view_point(QPointF(350, 300)).toPoint())
        finding = desk.picture.finding()
        assert finding is not None
        assert finding.origin is Origin.HAND_CALIBRATED


async def test_another_file_and_back_keeps_it_another_case_does_not(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        desk.model.papers.of(desk.scene.photo.id).keep(0, MEASURED)
        desk.model.choose(desk.scene.pdf.id)
        await rest()
        desk.model.choose(desk.scene.photo.id)
        await until(lambda: desk.model.document.study is not None)
        await rest()
        assert desk.picture.paper.session.paper == MEASURED
        desk.model.leave()
        assert desk.lines() == []
        assert desk.model.papers.of(desk.scene.photo.id).pages == []


def _first_row(desk: Desk) -> MeasurementRow:
    rows = desk.view.side.measurements.list.rows
    entries = [rows.entry(row) for row in range(rows.rowCount())]
    return next(one for one in entries if isinstance(one, MeasurementRow))
