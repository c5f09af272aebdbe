"""Reports and documents in the case: whose they are, keys, lines for the conclusion and back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import ReportPlace, TextPlace
from tests.fakes import FakeTriageService
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import MadeUpStudy
from tests.ui.viewers.made_up_documents import MadeUpDocument, make_report
from tests.ui.waiting import until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.report.view import ReportView


class Desk:
    """A case whose document is the given study."""

    def __init__(self, around: Surroundings, study: MadeUpStudy) -> None:
        self.scene = Scene(["pdf"])
        self.scene.studies.studies[self.scene.pdf.id] = study
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
        )

    @property
    def pane(self) -> StudyPane:
        """Where the document hangs."""
        return next(pane for pane in self.view.panes if pane.model.document is not None)

    async def open(self, qtbot: QtBot) -> None:
        qtbot.addWidget(self.view)
        self.view.resize(1200, 700)
        self.view.show()
        self.view.activateWindow()
        self.model.open(self.scene.row.id)
        await until(lambda: any(pane.viewer is not None for pane in self.view.panes))

    def press(self, key: Qt.Key | str) -> None:
        press(QApplication.focusWidget() or self.view, key)

    async def close(self) -> None:
        self.model.leave()
        await self.findings.close()
        await self.model.close()
        await self.triage.close()


async def test_a_line_of_a_report_goes_into_the_conclusion(
    qtbot: QtBot, around: Surroundings
) -> None:
    """One key; what is put there is the device's and leads back."""
    desk = Desk(around, MadeUpStudy(make_report()))
    await desk.open(qtbot)
    viewer = desk.pane.viewer
    assert isinstance(viewer, ReportView)
    viewer.sheet.setFocus()
    desk.press(Qt.Key.Key_Down)
    found = desk.pane.finding()
    assert found is not None
    assert found.place == ReportPlace(item=5)
    desk.press(Qt.Key.Key_Insert)
    await until(lambda: desk.findings.line is not None)
    assert desk.pane.show_place(ReportPlace(item=2))
    assert viewer.sheet.chosen is not None
    assert viewer.sheet.chosen.item == 2
    assert not desk.pane.show_place(TextPlace(page=0, start=(0, 0), stop=(9, 9)))
    await desk.close()


async def test_another_patient_in_a_report_is_asked_about(
    qtbot: QtBot, around: Surroundings
) -> None:
    desk = Desk(around, MadeUpStudy(make_report(patient_name="Петров Пётр")))
    await desk.open(qtbot)
    (note,) = desk.pane.note_texts()
    assert "Петров Пётр" in note
    await desk.close()


async def test_words_are_looked_for_by_the_keys_of_the_case(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Ctrl+F, words, Enter, Esc: and Esc does not leave the case."""
    desk = Desk(around, MadeUpDocument(["АД 160", "преэклампсия", "преэклампсия"]))
    await desk.open(qtbot)
    viewer = desk.pane.viewer
    assert isinstance(viewer, PaperDocumentView)
    left: list[bool] = []
    desk.view.closed.connect(lambda: left.append(True))
    viewer.find_bar.open()
    viewer.find_bar.field.setText("преэклампсия")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: viewer.search.count == 2)
    desk.press(Qt.Key.Key_Return)
    assert viewer.search.current == (2, 0)
    desk.press(Qt.Key.Key_Escape)
    assert viewer.find_bar.isHidden()
    assert left == []
    await desk.close()
