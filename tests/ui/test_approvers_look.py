"""The approver looks into the files: a measurement or a source at its frame, and back (OZ-12)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.models.accounts import Role
from backend_client.models.annotations import Annotation, AnnotationId
from backend_client.models.common import UserId
from backend_client.models.conclusions import Approval
from backend_client.models.evidence import Evidence, Figure, FramePlace, Origin
from backend_client.models.requests import RequestStatus
from tests.factories import NOW, make_account
from tests.ui.approvals_scene import FakeApprovals, FakeMeasurements
from tests.ui.case_desk import CaseDesk, open_case
from tests.ui.fake_desk import FakeDesk
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.core.subscription import Event
from workstation.services.annotations import AnnotationService
from workstation.services.approvals import ApprovalService
from workstation.studies.measure.figures import Drawing
from workstation.ui.screens.approvals.place_row import PlaceRow
from workstation.ui.screens.approvals.view import ApprovalsView
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.widgets.labels import TextBlock

LINE = FramePlace(frame=2, figure=Figure.LINE, points=((4.0, 4.0), (4.0, 14.0)))
SIGNED: dict[str, object] = {
    "status": RequestStatus.SIGNED,
    "owner": None,
    "allowed_actions": [],
}


class Kept(FakeMeasurements):
    """As the service; nobody may write here."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: Event[Exception] = Event()

    async def put(self, *args: object, **more: object) -> None:
        raise AssertionError("nothing is written by who only reads")

    remove = put

    async def finish(self) -> None:
        """Nothing runs."""


@dataclass
class Room:
    """The admin before the approvals."""

    case: CaseDesk
    kept: Kept

    @property
    def approvals(self) -> ApprovalsView:
        view = self.case.window.findChild(ApprovalsView, "approvalsView")
        assert view is not None
        return view

    @property
    def clip(self) -> CineView | None:
        viewers = (pane.viewer for pane in self.case.view.panes)
        return next((one for one in viewers if isinstance(one, CineView)), None)

    def lines(self) -> list[PlaceRow]:
        return self.approvals.verdict_panel.places()

    def is_keyed(self, number: int) -> bool:
        """Whether that line has the keyboard."""
        return self.case.window.focusWidget() is self.lines()[number]


@asynccontextmanager
async def at_the_approvals(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Room]:
    kept = Kept()

    def furnish(desk: FakeDesk) -> None:
        desk.account = make_account(role=Role.CLINIC_ADMIN)
        row = next(iter(desk.requests.rows.values()))
        clip = next(x for x in desk.requests.cards[row.id].documents if x.item_code == "echo")
        facts = {"document_id": clip.id, "sha256": clip.sha256, "place": LINE}
        kept.kept[row.id] = (
            Annotation(
                id=AnnotationId("a"),
                request_id=row.id,
                quantity="septum",
                label="МЖП",
                value=10.0,
                unit="mm",
                origin=Origin.BY_HAND,
                scale="region 1",
                text="МЖП 10 мм (кадр 3)",
                made_by=UserId("u"),
                made_by_name="Левашова М. О.",
                made_at=NOW,
                version=1,
                **facts,  # type: ignore[arg-type]  # fields by name
            ),
        )
        approval = Approval(
            request_id=row.id,
            request_number=row.number,
            patient_name=row.patient.full_name,
            diagnosis="",
            author_name="Левашова М. О.",
            version=4,
            signed_at=NOW,
            sha256="9f3c71d0" + "0" * 52 + "4be2",
            size=24_000,
        )
        approvals = FakeApprovals(desk.requests, [approval])
        source = Evidence(
            number=1,
            text="МЖП 10 мм (кадр 3)",
            title=clip.title,
            origin=Origin.BY_HAND,
            made_at=NOW,
            **facts,  # type: ignore[arg-type]  # fields by name
        )
        approvals.cited[row.id] = (source,)
        desk.approvals = cast(ApprovalService, approvals)
        desk.annotations = cast(AnnotationService, kept)

    async with open_case(qtbot, around, is_opened=False, changes=SIGNED, furnish=furnish) as case:
        case.window.show_room("approvals")
        room = Room(case, kept)
        await until(lambda: len(room.lines()) == 2)
        yield room


async def test_a_line_leads_to_its_frame_with_the_figure_and_escape_leads_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_approvals(qtbot, around) as room:
        for number in range(2):
            line = room.lines()[number]
            if number:
                line.setFocus()
                QTest.keyClick(line, Qt.Key.Key_Return)
            else:
                QTest.mouseClick(line, Qt.MouseButton.LeftButton)
            await until(lambda: room.case.view.isVisible() and room.clip is not None)
            await until(lambda: room.clip is not None and room.clip.figures.session.frame == 2)
            assert room.clip is not None
            (figure,) = room.clip.figures.session.figures
            assert figure.place == LINE
            assert room.case.screens.review_model.steps == ()
            press(room.case.window, Qt.Key.Key_Escape)
            await until(lambda: room.approvals.isVisible() and len(room.lines()) == 2)
            await until(partial(room.is_keyed, number))


async def test_looking_takes_up_nobodys_work(qtbot: QtBot, around: Surroundings) -> None:
    async with at_the_approvals(qtbot, around) as room:
        taken: list[str] = []
        room.case.desk.claims.kept.subscribe(taken.append)
        room.lines()[0].click()
        await until(lambda: room.clip is not None)
        assert taken == []


async def test_what_the_doctor_measured_is_looked_at_as_it_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Who and when is said; nothing is moved, renamed, taken away or offered to a conclusion."""
    async with at_the_approvals(qtbot, around) as room:
        room.lines()[0].click()
        await until(lambda: room.clip is not None and bool(room.clip.figures.session.figures))
        assert room.clip is not None
        desk, session = room.clip.figures, room.clip.figures.session
        (before,) = session.figures
        session.choose(before.id)
        for act in ("figure.right", "figure.remove", "figure.name_2"):
            desk.do(act)
        assert session.figures == [before]
        assert desk.bar.instruction() == (
            "Kept with the request: only the doctor who leads it changes it"
        )
        assert "figure.remove" not in [one.action for one in desk.bar.buttons()]
        panel = room.case.view.side.measurements
        maker = panel.findChild(TextBlock, "measurementMaker")
        assert maker is not None
        assert maker.isVisible()
        assert maker.text() == "Measured by Левашова М. О., 20.11.2026 12:30"
        assert not panel.list.can_note
        assert session.info is not None
        own = session.shelf.add(session.info, 2, Drawing(Figure.LINE, ((0.0, 0.0), (9.0, 0.0))))
        session.shelf.remove(own.id)  # what the approver draws is the approver's
        assert session.figures == [before]
