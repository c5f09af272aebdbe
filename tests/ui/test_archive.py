"""Every edition of a conclusion: read, compared, checked, back to its frames (issue 8)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict, Unreachable
from backend_client.models.common import DocumentId, ProblemCode, RequestId
from backend_client.models.conclusions import Approval, ConclusionForm, Edition
from backend_client.models.delivery import (
    ChannelDelivery,
    Delivery,
    DeliveryChannel,
    DeliveryState,
)
from backend_client.models.documents import NO_CONTACT_PAGE
from backend_client.models.evidence import Evidence, FramePlace, Origin
from backend_client.models.requests import RequestStatus
from signing.report import Level, Problem
from tests.factories import NOW, changed_row, make_card, make_document, make_row
from tests.fakes import FakeRequestService
from tests.ui.approvals_scene import make_edition, make_report
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf
from tests.ui.waiting import until
from workstation.services.answers import SignedPdf
from workstation.ui.screens.archive.view import ArchiveView
from workstation.ui.screens.archive.view_model import ArchiveViewModel

SOURCE = Evidence(
    number=1,
    text="Vmax 4,3 м/с",
    document_id=DocumentId("echo"),
    sha256="ab" * 32,
    title="ЭхоКГ",
    place=FramePlace(),
    origin=Origin.BY_HAND,
    made_at=NOW,
)


def make_editions() -> list[Edition]:
    """Returned once, then given to the patient, then corrected and given again; newest first."""
    first = ConclusionForm(findings="ФВ 58 %")
    second = ConclusionForm(findings="ФВ 38 % [1]", evidence=(SOURCE,))
    third = ConclusionForm(
        findings="ФВ 38 % [1]", recommendations="Бисопролол 2,5 мг", evidence=(SOURCE,)
    )
    row = make_row()
    paper = Approval(
        request_id=row.id,
        request_number="20-4817",
        patient_name="",
        diagnosis="",
        author_name="",
        version=0,
        signed_at=SCENE_NOW - timedelta(days=3),
        sha256="",
        size=1,
    )
    made = [make_edition(paper, form) for form in (first, second, third)]
    changes: list[dict[str, object]] = [
        {"sha256": "01" * 32},
        {"sha256": "02" * 32, "delivered_at": SCENE_NOW - timedelta(days=2), "level": "B-T"},
        {
            "sha256": "03" * 32,
            "delivered_at": SCENE_NOW - timedelta(hours=1),
            "approved_at": SCENE_NOW - timedelta(hours=1),
            "approved_by": "Бережной А. К.",
            "correction": "Нет дозы",
            "level": "B-LTA",
            "signers": 2,
        },
    ]
    numbered = [
        msgspec.structs.replace(one, edition=number, **more)
        for number, (one, more) in enumerate(zip(made, changes, strict=True), start=1)
    ]
    return numbered[::-1]


class FakeArchive:
    """Editions in memory."""

    def __init__(self, editions: list[Edition]) -> None:
        self.list = editions
        self.problems: dict[int, Problem] = {}
        self.errors: list[Exception] = []
        self.read_errors: list[Exception] = []
        self.pages: list[MadeUpStudy] = []

    async def editions(self, request_id: RequestId) -> list[Edition]:
        if self.errors:
            raise self.errors.pop()
        return self.list

    async def read(self, approval: Approval) -> SignedPdf:
        if self.read_errors:
            raise self.read_errors.pop()
        wrong = self.problems.get(approval.edition)
        problems = () if wrong is None else (wrong,)
        report = make_report(approval, *problems, level=Level.B_LTA)
        return SignedPdf(approval, b"%PDF", report)

    async def open_pages(self, pdf: bytes) -> MadeUpStudy:
        self.pages.append(MadeUpStudy(make_pdf(2)))
        return self.pages[-1]


class FakeDeliveries:
    """The third edition was downloaded."""

    async def read(self, request_id: RequestId) -> Delivery:
        page = ChannelDelivery(
            channel=DeliveryChannel.PAGE, state=DeliveryState.OPENED, at=SCENE_NOW
        )
        return Delivery(request_id=request_id, edition=3, delivered_at=None, channels=[page])


class Stage:
    """The archive of one request."""

    def __init__(self, qtbot: QtBot, around: Surroundings, editions: list[Edition]) -> None:
        self.row = make_row(status=RequestStatus.DELIVERED)
        self.requests = FakeRequestService([self.row])
        self.archive = FakeArchive(editions)
        self.model = ArchiveViewModel(self.requests, self.archive, FakeDeliveries())
        self.view = ArchiveView(self.model, around.theme, around.shortcuts, around.words)
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.wanted: list[Evidence] = []
        self.model.source_wanted.connect(lambda _, source: self.wanted.append(source))

    def open(self) -> None:
        """As from the conclusion."""
        self.view.show()
        self.view.activateWindow()
        self.model.open(self.row.id)

    async def is_read(self) -> None:
        """Waits for the pages of the chosen edition."""
        await until(lambda: self.model.reader.pages is not None)

    def press(self, key: Qt.Key | str) -> None:
        """Where the focus is."""
        press(QApplication.focusWidget() or self.view, key)

    def said(self) -> list[str]:
        """The list, top to bottom."""
        return [row.accessibleName() for row in self.view.rows]


@asynccontextmanager
async def staged(
    qtbot: QtBot, around: Surroundings, editions: list[Edition] | None = None
) -> AsyncIterator[Stage]:
    stage = Stage(qtbot, around, make_editions() if editions is None else editions)
    try:
        yield stage
    finally:
        stage.view.hide()
        await stage.model.close()


@pytest.mark.usefixtures("russian")
async def test_every_edition_says_who_when_how_well_and_what_came_of_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.open()
        await stage.is_read()
        await until(lambda: "Страница: скачано" in stage.said()[0])
        third, second, first = stage.said()
    assert third.startswith("Редакция 3, B-LTA. Подписано")
    for part in ("Согласовано", "Бережной А. К.", "Нет дозы", "Действует: у пациента с"):
        assert part in third
    assert "Заменена редакцией 3; у пациента была с" in second
    assert "B-T" in second
    assert "пациенту не передавалась; заменена редакцией 2" in first


async def test_editions_are_walked_compared_and_checked_by_keys(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.archive.problems[1] = Problem.ALTERED
        stage.open()
        await stage.is_read()
        assert stage.view.rows[0].hasFocus()
        assert stage.view.check.verdict.title.text() == "All signatures are good"
        stage.press("2")
        assert stage.view.difference.said() == ["nothing was written", "Бисопролол 2,5 мг"]
        stage.press("J")
        await stage.is_read()
        assert stage.view.difference.said() == ["ФВ 58 %", "ФВ 38 % [1]"]
        stage.press("J")
        await stage.is_read()
        assert stage.view.check.verdict.title.text() == "The signatures are not good"
        assert stage.view.document.isVisible()  # before the first there is none
        stage.press("K")
        await stage.is_read()
        assert stage.model.chosen is not None
        assert stage.model.chosen.edition == 2
        assert [one.closed for one in stage.archive.pages] == [True, True, True, False]


async def test_one_press_leads_from_a_source_to_its_frame(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.open()
        await stage.is_read()
        stage.view.check.places()[0].click()
        stage.view.links.followed.emit(1)  # the number on the page
        stage.view.links.followed.emit(7)  # of which nothing is known
        assert stage.wanted == [SOURCE, SOURCE]


async def test_two_editions_that_are_not_neighbours_are_compared(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.open()
        await stage.is_read()
        stage.view.turn(difference=True)
        assert stage.view.against.isVisible()
        stage.model.compare(stage.archive.list[2])
        said = stage.view.difference.said()
        assert said == ["ФВ 58 %", "ФВ 38 % [1]", "nothing was written", "Бисопролол 2,5 мг"]


async def test_page_of_a_lost_contact_stands_under_the_editions(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-11: what was tried to reach the patient is kept, and is one press away."""
    async with staged(qtbot, around) as stage:
        page = make_document(request_id=stage.row.id, item_code=NO_CONTACT_PAGE)
        files = [make_document(request_id=stage.row.id), page]
        stage.requests.cards[stage.row.id] = make_card(stage.row, documents=files)
        wanted: list[tuple[str, str]] = []
        stage.model.page_wanted.connect(lambda case, file: wanted.append((case, file)))
        stage.open()
        await stage.is_read()
        (row,) = stage.view.evidence
        assert "The patient was not reached" in row.accessibleName()
        row.click()
        assert wanted == [(stage.row.id, page.id)]
        assert stage.view.rows[0].isChecked(), "the edition stays chosen"


async def test_waiting_returned_and_none_at_all(qtbot: QtBot, around: Surroundings) -> None:
    only = make_editions()[-1:]
    async with staged(qtbot, around, only) as stage:
        row = stage.row
        stage.requests.upsert(changed_row(row, status=RequestStatus.SIGNED))
        stage.open()
        await stage.is_read()
        assert "Waits for approval" in stage.said()[0]
        assert not stage.view.difference_tab.isVisible()
    async with staged(qtbot, around, []) as stage:
        stage.open()
        await until(lambda: stage.model.is_read)
        assert stage.view.placeholder.isVisible()


async def test_what_cannot_be_read_says_so_and_is_read_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        stage.archive.errors = [Unreachable()]
        stage.archive.read_errors = [Conflict(ProblemCode.FILE_CHANGED)]
        stage.open()
        await until(lambda: stage.model.problem is not None)
        assert stage.view.placeholder.isVisible()
        stage.view.placeholder.pressed.emit()
        await until(lambda: "not the one" in stage.view.check.verdict.title.text())
        assert not stage.archive.pages  # what was not signed is not shown
        left = []
        stage.model.closed.connect(lambda: left.append(True))
        press(stage.view, Qt.Key.Key_Escape)
        assert left == [True]
        assert stage.model.request_id is None
