"""Measurements in the review screen: kept while the case is open, and never another patient's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace, Origin
from tests.fakes import FakeTriageService
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import click
from tests.ui.waiting import until
from workstation.services.kept_panels import KeptPanels
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.placed_caliper import PlacedCaliper, measured_by
from workstation.ui.screens.review.file_shelves import every_shelf
from workstation.ui.screens.review.measuring import ReviewMeasuring
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.measurement_rows import MeasurementHeading, MeasurementRow

FORMULAE = ("Bazett", "Fridericia", "Framingham", "Hodges")
CHECKED = (447, 431, 431, 426)
KINDS = ("ecg", "older_ecg")


@dataclass
class Desk:
    """The screen with two ECGs of one case."""

    scene: Scene
    model: ReviewViewModel
    view: ReviewView

    @property
    def ecg(self) -> EcgView:
        viewer = next(pane.viewer for pane in self.view.panes if pane.model is self.model.ecg)
        assert isinstance(viewer, EcgView)
        return viewer

    def measured(self, lead: str = "II", quantity: Quantity = Quantity.QT) -> Measured:
        record = self.ecg.sheet.record
        assert record is not None
        found = measured_by(PlacedCaliper(lead, 1760, 1958, quantity), record)
        assert found is not None
        return found

    def holds_calipers(self) -> bool:
        """Whether they are in hand, and the button says so."""
        button = self.view.findChild(QAbstractButton, "caliper.time")
        assert button is not None
        assert button.isChecked() == self.ecg.measuring.is_in_hand
        return button.isChecked()

    @property
    def entries(self) -> list[str]:
        """What stands in the list, headings with a "#"."""
        rows = self.view.side.measurements.list.rows
        found = [rows.entry(row) for row in range(rows.rowCount())]
        return [
            f"# {one.title}" if isinstance(one, MeasurementHeading) else f"{one.label} {one.value}"
            for one in found
            if isinstance(one, MeasurementHeading | MeasurementRow)
        ]

    async def open(self, document_id: str) -> None:
        self.model.choose(document_id)
        await until(lambda: self.is_open(document_id))

    def is_open(self, document_id: str) -> bool:
        pane = self.model.ecg
        return (
            pane.info is not None and pane.document is not None and pane.document.id == document_id
        )


@asynccontextmanager
async def desk(qtbot: QtBot, around: Surroundings, scene: Scene) -> AsyncIterator[Desk]:
    model = ReviewViewModel(scene.requests, scene.studies)
    triage = TriageViewModel(FakeTriageService(scene.requests), KeptPanels(None), around.words)
    view = ReviewView(model, triage, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    view.resize(1314, 742)
    view.show()
    model.open(scene.row.id)
    here = Desk(scene, model, view)
    await until(lambda: here.is_open(scene.ecg.id))
    view.activateWindow()
    yield here
    view.hide()
    model.leave()
    await model.close()
    await triage.close()


@pytest.fixture
def scene() -> Scene:
    return Scene(KINDS)


async def test_closed_files_keep_what_was_measured(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    async with desk(qtbot, around, scene) as here:
        assert not here.entries
        number = here.ecg.measurements.add(here.measured())
        here.ecg.measurements.note(number)
        await here.open(scene.older_ecg.id)
        assert not here.ecg.measurements.lines, "another file's"
        here.ecg.measurements.add(here.measured("V5", Quantity.RR))
        assert here.entries == [
            "# ЭКГ 12.11, lead II",
            "QT 396\u00a0ms",
            "# ЭКГ 02.10, lead V5",
            "RR 396\u00a0ms, 152\u00a0per min",
        ]
        await here.open(scene.ecg.id)
        (line,) = here.ecg.measurements.lines
        assert (line.id, line.is_noted, line.measured.value) == (number, True, 396.0)


async def test_they_never_go_to_another_patient(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    async with desk(qtbot, around, scene) as here:
        here.ecg.measurements.add(here.measured())
        view, shelf = here.ecg, here.model.measurements
        here.model.abandon()
        assert not view.measurements.lines
        assert not here.entries
        assert not shelf.of(scene.ecg.id).lines
        here.model.open(scene.row.id)
        await until(lambda: here.is_open(scene.ecg.id))
        assert not here.ecg.measurements.lines, "left is left"


async def test_files_that_nobody_opened_cost_the_list_nothing(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    """A case may have two thousand: each line that changes has the list made anew."""
    async with desk(qtbot, around, scene) as one:
        opened = {pane.model.document.id for pane in one.view.panes if pane.model.document}
        told = [shelf.document.id for shelf in every_shelf(one.model)]
        assert set(told) <= opened
        assert len(told) == len(set(told))
        assert opened < {document.id for document in one.model.documents}


async def test_a_line_leads_into_its_file(qtbot: QtBot, around: Surroundings, scene: Scene) -> None:
    """Also where the file is closed by now; the list keeps the keyboard."""
    async with desk(qtbot, around, scene) as here:
        here.ecg.measurements.add(here.measured("V6"))
        await here.open(scene.older_ecg.id)
        list_ = here.view.side.measurements.list
        list_.setFocus()
        QTest.keyClick(list_, Qt.Key.Key_Down)
        await until(lambda: here.is_open(scene.ecg.id))
        await until(lambda: here.ecg.measurements.chosen is not None)
        sight = here.ecg.sheet.sight
        assert sight is not None
        shown = [strip for strip in sight.page.strips if strip.ref.name == "V6"]
        assert any(strip.start_s <= 3.52 <= strip.start_s + strip.duration_s for strip in shown)
        assert list_.hasFocus()


async def test_what_the_list_chooses_is_what_ins_takes(qtbot: QtBot, around: Surroundings) -> None:
    """Also where the doctor worked in the pictures before."""
    async with desk(qtbot, around, Scene(("ecg", "clip"))) as here:
        here.ecg.measurements.add(here.measured())
        here.ecg.measurements.choose(None)
        here.model.activate(here.model.pictures[0])
        list_ = here.view.side.measurements.list
        measuring = here.view.findChild(ReviewMeasuring)
        assert measuring is not None
        with qtbot.waitSignal(measuring.put_wanted):
            click(list_.viewport(), QPoint(16, list_.visualRect(list_.rows.index(1)).center().y()))
        assert here.model.active is here.model.ecg
        finding = here.ecg.finding()
        assert finding is not None
        assert finding.text.startswith("QT 396")


async def test_several_leads_stand_in_the_lines(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    async with desk(qtbot, around, scene) as here:
        here.ecg.measurements.add(here.measured())
        here.ecg.measurements.propose(here.measured("V5", Quantity.PR))
        assert here.entries == ["# ЭКГ 12.11", "QT, II 396\u00a0ms", "PR, V5 396\u00a0ms"]


async def test_a_formula_that_misleads_says_so(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    """AHA/ACCF/HRS 2009: Bazett's correction is too large at fast rates."""
    async with desk(qtbot, around, scene) as here:
        place = EcgPlace(lead="II", start_s=1.0, stop_s=1.5)
        rr = Measured(Quantity.RR, 500.0, "ms", place, Origin.BY_HAND)
        here.ecg.measurements.add(rr)
        here.ecg.measurements.add(replace(rr, quantity=Quantity.QT, value=320.0))
        rows = here.view.side.measurements.list.rows
        lines = [rows.entry(row) for row in range(rows.rowCount())]
        warnings = {
            one.label: one.warning
            for one in lines
            if isinstance(one, MeasurementRow)
            if one.warning
        }
        assert warnings["QTc Bazett"] == "too long: from 100"
        assert set(warnings) == {f"QTc {name}" for name in FORMULAE}


async def test_the_four_formulae_as_they_stand_in_the_list(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    """QT 400 ms, RR 800 ms: 447.2, 430.9, 430.8, 426.2; each says by which RR."""
    async with desk(qtbot, around, scene) as here:
        place = EcgPlace(lead="II", start_s=1.0, stop_s=1.8)
        rr = Measured(Quantity.RR, 800.0, "ms", place, Origin.BY_HAND)
        here.ecg.measurements.add(rr)
        here.ecg.measurements.add(replace(rr, quantity=Quantity.QT, value=400.0))
        shown = [
            f"QTc {name} {value}\u00a0ms" for name, value in zip(FORMULAE, CHECKED, strict=True)
        ]
        assert here.entries[-4:] == shown
        rows = here.view.side.measurements.list.rows
        entry = rows.entry(rows.rowCount() - 1)
        assert isinstance(entry, MeasurementRow)
        assert "426\u00a0ms at RR 800\u00a0ms" in entry.where


async def test_rr_that_varies_is_said_beside_every_formula(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    """AHA/ACCF/HRS 2009: no correction where RR varies much, as in fibrillation."""
    async with desk(qtbot, around, scene) as here:
        place = EcgPlace(lead="II", start_s=1.0, stop_s=1.8)
        rr = Measured(Quantity.RR, 800.0, "ms", place, Origin.BY_HAND)
        for value in (800.0, 560.0):
            here.ecg.measurements.add(replace(rr, value=value))
        here.ecg.measurements.add(replace(rr, quantity=Quantity.QT, value=400.0))
        rows = here.view.side.measurements.list.rows
        lines = [rows.entry(row) for row in range(rows.rowCount())]
        warnings = [one.warning for one in lines if isinstance(one, MeasurementRow) if one.warning]
        assert warnings == ["RR varies: QTc by one RR misleads"] * 4


async def test_the_devices_values_stand_apart(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    async with desk(qtbot, around, scene) as here:
        here.ecg.measurements.add(here.measured())
        (_, own) = here.entries
        assert own == "QT 396\u00a0ms"
        await until(lambda: len(here.view.facts.texts()) > 1)
        texts = here.view.facts.texts()
        assert "Device's values, not ours" in texts
        assert not any("61" in entry for entry in here.entries), "the device's axis"


async def test_keys_work_from_the_screen(qtbot: QtBot, around: Surroundings, scene: Scene) -> None:
    """By their place on the keyboard; Esc puts the calipers away before it leaves the case."""
    async with desk(qtbot, around, scene) as here:
        press(here.view, Qt.Key(0x041B), scan_code=scan_code("K"))
        assert here.holds_calipers()
        press(here.view, Qt.Key(0x041B), scan_code=scan_code("K"))
        (line,) = here.ecg.measurements.lines
        assert line.measured.value == 200.0
        press(here.view, Qt.Key.Key_Right)
        press(here.view, Qt.Key.Key_5, modifiers=Qt.KeyboardModifier.AltModifier)
        (line,) = here.ecg.measurements.lines
        assert (line.measured.value, line.measured.quantity) == (202.0, Quantity.QT)
        press(here.view, Qt.Key.Key_Delete)
        assert not here.ecg.measurements.lines
        press(here.view, Qt.Key.Key_Escape)
        assert not here.holds_calipers()
        with qtbot.waitSignal(here.view.closed):
            press(here.view, Qt.Key.Key_Escape)


async def test_the_button_takes_the_calipers_and_puts_them_away(
    qtbot: QtBot, around: Surroundings, scene: Scene
) -> None:
    async with desk(qtbot, around, scene) as here:
        button = here.view.findChild(QAbstractButton, "caliper.time")
        assert button is not None
        button.click()
        assert here.holds_calipers()
        button.click()
        assert not here.holds_calipers()
