"""The case in the window with a service of conclusions that keeps what it is given."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.documents import DocumentKind
from backend_client.models.evidence import EcgPlace, Origin
from backend_client.models.requests import Action
from tests.factories import NOW
from tests.ui.case_desk import CaseDesk, open_case
from tests.ui.conclusion_scene import FakeConclusions
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import FakeStudies
from tests.ui.viewers.made_up import MadeUpStudy, make_ecg, make_lead
from tests.ui.waiting import until
from workstation.core.connection import ConnectionState, Link
from workstation.services.conclusions import ConclusionService
from workstation.services.evidence import EvidenceService
from workstation.services.link import LinkState
from workstation.studies.ecg import STANDARD_LEADS
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.ecg.view import EcgView

PLACE = EcgPlace(lead="II", start_s=7.52, stop_s=7.92)
WRITES = {"allowed_actions": [Action.WRITE_CONCLUSION, Action.SIGN_CONCLUSION, Action.RELEASE]}


@dataclass(slots=True)
class SourcesDesk:
    """A doctor before an ECG, with a draft that may be anywhere."""

    case: CaseDesk
    conclusions: FakeConclusions
    service: EvidenceService
    link: LinkState

    @property
    def pane(self) -> StudyPane:
        """The ECG's."""
        return next(
            p for p in self.case.view.panes if p.model is self.case.screens.review_model.ecg
        )

    @property
    def ecg(self) -> EcgView:
        """The trace."""
        viewer = self.pane.viewer
        assert isinstance(viewer, EcgView)
        return viewer

    @property
    def said(self) -> str:
        """What the line beside the trace says."""
        findings = self.case.view.findings
        assert findings is not None
        return findings.line.text if findings.line is not None else ""

    @property
    def model(self) -> ConclusionViewModel:
        """The conclusion's."""
        return self.case.screens.conclusion_model

    @property
    def conclusion(self) -> ConclusionView:
        """The conclusion as it is seen."""
        view = self.case.window.findChild(ConclusionView, "conclusionView")
        assert view is not None
        return view

    @property
    def findings(self) -> CitingEdit:
        """The field."""
        return self.conclusion.form.findings.edit

    @property
    def text(self) -> str:
        """What stands in the findings on the server."""
        records = self.conclusions.records
        record = records.get(self.case.scene.row.id)
        return "" if record is None else record.form.findings

    def measure(self, value: float = 396.0, place: EcgPlace = PLACE) -> None:
        """A caliper's QT, chosen."""
        self.case.screens.review_model.activate(self.case.screens.review_model.ecg)
        measured = Measured(Quantity.QT, value, "ms", place, Origin.BY_HAND)
        self.ecg.measurements.add(measured)

    async def put(self) -> None:
        """Ins, and what is said of it."""
        before = self.said
        press(self.case.window, Qt.Key.Key_Insert)
        await until(lambda: self.said not in (before, ""))

    async def go_to_conclusion(self) -> None:
        """F6."""
        press(self.case.window, Qt.Key.Key_F6)
        await until(lambda: self.model.draft is not None and self.conclusion.isVisible())

    async def is_back_at_files(self) -> None:
        """The review is seen, and the file is open."""
        await until(lambda: self.case.view.isVisible() and self.pane.viewer is not None)

    def click(self, number: int) -> None:
        """One click on the number in the findings."""
        start = self.findings.toPlainText().index(f"[{number}]") + 1
        cursor = self.findings.textCursor()
        cursor.setPosition(start)
        at = self.findings.cursorRect(cursor).center() + QPoint(2, 0)
        QTest.mouseClick(self.findings.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def cut(self) -> None:
        """The network is gone, and that is known."""
        self.link.set(ConnectionState(Link.OFFLINE, NOW))
        self.conclusions.opening.fail_with(*(Unreachable() for _ in range(50)))
        self.conclusions.saving.fail_with(*(Unreachable() for _ in range(50)))

    def mend(self) -> None:
        """It is there again."""
        for calls in (self.conclusions.opening, self.conclusions.saving):
            calls.forgive()
        self.link.set(ConnectionState(Link.ONLINE, NOW))


@asynccontextmanager
async def at_the_desk(
    qtbot: QtBot, around: Surroundings, *, seconds: float = 10.0
) -> AsyncIterator[SourcesDesk]:
    """The case with its ECG open, which is that long."""
    link = LinkState(ConnectionState(Link.ONLINE, NOW))
    made: list[FakeConclusions] = []

    def furnish(desk: FakeDesk) -> None:
        conclusions = FakeConclusions(desk.requests)
        made.append(conclusions)
        desk.conclusions = cast(ConclusionService, conclusions)
        desk.evidence = EvidenceService(conclusions, desk.requests, lambda: NOW, link)
        services.append(desk.evidence)
        leads = [make_lead(name, seconds=seconds) for name in STANDARD_LEADS]
        for document in desk.requests.cards[next(iter(desk.requests.rows))].documents:
            if document.kind is DocumentKind.ECG:
                studies = cast(FakeStudies, desk.studies)
                studies.studies[document.id] = MadeUpStudy(make_ecg(leads))

    services: list[EvidenceService] = []
    async with open_case(qtbot, around, changes=WRITES, furnish=furnish) as case:
        desk = SourcesDesk(case, made[0], services[0], link)
        await until(lambda: isinstance(desk.pane.viewer, EcgView))
        await case.has_keyboard()
        yield desk
