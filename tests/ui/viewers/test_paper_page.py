"""A page of a PDF measured as an ECG on paper, and what the review does with such measurements."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backend_client.models.common import DocumentId
from backend_client.models.evidence import PicturePlace
from tests.factories import make_document
from tests.ui.keys import press
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf, rest, until
from workstation.studies.errors import StudyError, Unreadable, UnreadableFile
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import PaperCalibration, Spot
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.measurement_rows import MeasurementHeading, MeasurementRow
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper
from workstation.ui.viewers.paper_ecg.page import size_px
from workstation.ui.viewers.paper_ecg.rows import PaperRows
from workstation.ui.viewers.paper_ecg.shelf import CasePapers, LineOf, PaperShelf

CALIBRATED = PaperCalibration(
    along=(Spot(100, 400), Spot(400, 400)),
    up=(Spot(100, 400), Spot(100, 100)),
    speed_mm_s=25.0,
    gain_mm_mv=10.0,
)
MEASURED = MarkedPaper(CALIBRATED).with_another(
    PaperCaliper(Spot(200, 300), Spot(500, 300), Quantity.RR)
)


def raise_it(error: BaseException) -> None:
    raise error


@pytest.fixture
def view(
    qtbot: QtBot, viewer_theme: Theme, shortcuts: ShortcutRouter
) -> Iterator[PaperDocumentView]:
    view = PaperDocumentView(viewer_theme)
    view.bind(shortcuts)
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    view.activateWindow()
    yield view
    view.clear()
    view.hide()


async def open_paper(view: PaperDocumentView) -> None:
    await until(view.isActiveWindow)
    view.key_actions()["paper.open"]()
    await rest()


async def test_the_page_in_sight_opens_as_paper_in_pixels_of_its_own(
    view: PaperDocumentView,
) -> None:
    study, tasks = MadeUpStudy(make_pdf()), TaskScope(raise_it)
    shelf = PaperShelf()
    view.show_document(make_pdf(), study, tasks, shelf)
    view.turn_page(1)
    await open_paper(view)
    await until(lambda: view.paper.canvas.has_picture)
    width, height = size_px((595.0, 842.0))
    picture = view.paper.canvas.viewport.picture
    assert (width, height) == (2479, 3508)
    assert (picture.width(), picture.height()) == (width, height)
    assert view.paper.desk.surface.hasFocus()
    shelf.keep(1, MEASURED)
    await rest()
    press(view, "j")
    finding = view.finding()
    assert finding is not None
    assert finding.place == PicturePlace(page=1, start=(200, 300), stop=(500, 300))
    press(view, Qt.Key.Key_Escape)
    press(view, Qt.Key.Key_Escape)
    assert not view.paper.isVisible()
    assert view.place_text().startswith("page 2 of 3")
    assert shelf.paper(1) == MEASURED
    view.clear()
    await tasks.close()


async def test_the_road_back_opens_the_page_as_paper(view: PaperDocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf()), TaskScope(raise_it)
    shelf = PaperShelf()
    shelf.keep(2, MEASURED)
    view.show_document(make_pdf(), study, tasks, shelf)
    assert view.show_place(PicturePlace(page=2, start=(200, 300), stop=(500, 300)))
    assert view.paper.desk.is_open
    assert view.paper.desk.session.chosen == 0
    middle = view.paper.canvas.viewport.view_point(QPointF(350, 300))
    assert view.paper.canvas.rect().contains(middle.toPoint())
    assert not view.show_place(PicturePlace(page=9, start=(1, 1), stop=(2, 2)))
    await rest()
    view.clear()
    await tasks.close()


async def test_turning_the_page_leaves_the_paper(view: PaperDocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf()), TaskScope(raise_it)
    view.show_document(make_pdf(), study, tasks)
    button = view.findChild(QAbstractButton, "paper.open")
    assert button is not None
    button.click()
    assert view.paper.desk.surface.isVisible()
    assert button.isHidden()
    assert view.turn_page(1)
    assert view.paper.desk.surface.isHidden()
    assert not button.isHidden()
    await rest()
    view.clear()
    await tasks.close()


async def test_a_page_that_cannot_be_drawn_is_told(view: PaperDocumentView) -> None:
    study, tasks = MadeUpStudy(make_pdf(1)), TaskScope(raise_it)
    told: list[StudyError] = []
    view.failed.connect(told.append)
    view.show_document(make_pdf(1), study, tasks)
    await rest()
    study.errors[0] = [UnreadableFile(Unreadable.DAMAGED)]
    await open_paper(view)
    await until(lambda: told)
    view.clear()
    await tasks.close()


def test_a_page_of_an_odd_shape_still_has_pixels() -> None:
    assert size_px((0.0, 842.0))[0] == 1
    assert size_px((4000.0, 100.0)) == (2480, 62)


def test_rows_say_that_the_doctor_calibrated() -> None:
    document = make_document(title="Плёнка")
    shelf = PaperShelf()
    assert PaperRows().of(document, shelf) == []
    shelf.keep(0, MEASURED)
    shelf.keep(3, MarkedPaper().with_another(MEASURED.calipers[0]))
    first, row, second, raw = PaperRows().of(document, shelf)
    assert first == MeasurementHeading("Плёнка, page 1, calibrated by hand")
    assert isinstance(row, MeasurementRow)
    assert (row.label, row.value) == ("RR", "1000\u00a0ms, 60\u00a0per min")
    assert "calibrated by hand" in row.where
    assert second == MeasurementHeading("Плёнка, page 4, not calibrated: pixels only")
    assert isinstance(raw, MeasurementRow)
    assert raw.value == "300\u00a0pixels"
    assert raw.key.line_id == LineOf(3, 1).number


def test_what_was_noted_is_noted_until_it_is_another_value() -> None:
    shelf = PaperShelf()
    shelf.keep(0, MEASURED)
    shelf.note(LineOf(0, 1))
    noted = shelf.paper(0)
    assert noted.calipers[0].is_noted
    other = noted.calibrated_anew(CALIBRATED.with_lengths(20, 25))
    assert not other.calipers[0].is_noted


def test_nothing_of_a_case_stands_beside_another_patient() -> None:
    papers = CasePapers()
    papers.of(DocumentId("a")).keep(0, MEASURED)
    heard: list[bool] = []
    papers.changed.connect(lambda: heard.append(True))
    papers.forget()
    assert heard == [True]
    assert papers.of(DocumentId("a")).pages == []


def test_a_line_is_found_by_its_number() -> None:
    line = LineOf(12, 7)
    assert LineOf.of(line.number) == line
    shelf = PaperShelf()
    shelf.keep(12, MEASURED)
    assert shelf.place(LineOf(12, 1)) == PicturePlace(page=12, start=(200, 300), stop=(500, 300))
    assert shelf.place(line) is None
