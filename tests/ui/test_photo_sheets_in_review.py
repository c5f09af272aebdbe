"""A summary photographed sheet by sheet is read as one document, and cited sheet by sheet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import PicturePlace
from backend_client.models.requests import ConsentKind
from tests.factories import make_document
from tests.fakes import FakeTriageService
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import FakeStudies, Scene
from tests.ui.test_figures_in_review import opened as clip_opened
from tests.ui.viewers.made_up import MadeUpStudy, make_picture, rest, until
from tests.ui.waiting import until as until_done
from workstation.services.kept_panels import KeptPanels
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.picture_view import PictureView

SIZES = ((30, 40), (40, 30), (30, 40))


class GlancedStudies(FakeStudies):
    """Opens files for small pictures, too, and notes it."""

    def __init__(self) -> None:
        super().__init__()
        self.glanced: list[MadeUpStudy] = []
        self.out_of_reach = False

    @asynccontextmanager
    async def glance(self, document: Document) -> AsyncIterator[MadeUpStudy]:
        if self.out_of_reach:
            raise Unreachable
        study = MadeUpStudy(self.studies[document.id].info)
        self.glanced.append(study)
        try:
            yield study
        finally:
            await study.close()


class Desk:
    """The review with three photos of one summary, the first of them open."""

    def __init__(self, around: Surroundings) -> None:
        self.scene = Scene()
        self.studies = self.scene.studies = GlancedStudies()
        titles = ("Выписка, начало", "Выписка, анализы", "Выписка, советы")
        self.photos = [
            make_document(
                request_id=self.scene.row.id,
                item_code="report",
                title=title,
                kind=DocumentKind.PHOTO,
                format="JPEG",
                taken_on=date(2026, 11, 10),
            )
            for title in titles
        ]
        for photo, (width, height) in zip(self.photos, SIZES, strict=True):
            info = make_picture(width=width, height=height)
            self.studies.studies[photo.id] = MadeUpStudy(info)
        self.scene.files = [self.scene.pdf, *self.photos]
        self.scene.requests.cards[self.scene.row.id] = self.scene.card
        self.model = ReviewViewModel(self.scene.requests, self.studies)
        self.triage = TriageViewModel(
            FakeTriageService(self.scene.requests), KeptPanels(None), around.words
        )
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
    def picture(self) -> PictureView:
        """The photo's viewer."""
        pane = next(one for one in self.view.panes if one.model is self.model.document)
        assert isinstance(pane.viewer, PictureView)
        return pane.viewer

    async def reads(self, number: int) -> None:
        """That sheet is the one that is read."""
        pane = self.model.document
        await until(lambda: pane.document == self.photos[number] and pane.study is not None)
        await until(lambda: self.picture.canvas.has_picture)


@asynccontextmanager
async def opened(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Desk]:
    desk = Desk(around)
    qtbot.addWidget(desk.view)
    desk.view.resize(1920, 1000)
    desk.view.show()
    desk.view.activateWindow()
    desk.model.open(desk.scene.row.id)
    await until(lambda: desk.model.card is not None)
    desk.model.choose(desk.photos[0].id)
    await desk.reads(0)
    await until(desk.view.isActiveWindow)
    await rest()
    yield desk
    desk.model.leave()
    await desk.findings.close()
    await desk.model.close()
    await desk.triage.close()
    desk.view.hide()


async def test_the_page_keys_and_a_press_turn_the_sheets(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Each with its own name and day; the small pictures are made once, one after another."""
    async with opened(qtbot, around) as desk:
        thumbnails = desk.picture.thumbnails
        assert thumbnails.isVisible()
        await until_done(lambda: len(desk.studies.glanced) == 3 and _all_closed(desk))
        assert _first_line(desk) == "sheet 1 of 3: Выписка, начало, 10.11.2026"
        press(desk.view, Qt.Key.Key_PageDown)
        await desk.reads(1)
        assert _first_line(desk) == "sheet 2 of 3: Выписка, анализы, 10.11.2026"
        third = QPoint(thumbnails.width() // 2, thumbnails.viewport().height() // 2)
        third.setY(round(2.5 * thumbnails._step))
        QTest.mouseClick(thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=third)
        await desk.reads(2)
        press(desk.view, Qt.Key.Key_PageUp)
        await desk.reads(1)
        assert len(desk.studies.glanced) == 3
        assert "Выписка, советы, 10.11.2026" in thumbnails.accessibleDescription()


async def test_what_was_only_glanced_at_is_not_opened(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        await until_done(lambda: len(desk.studies.glanced) == 3 and _all_closed(desk))
        opened_now = [desk.model.is_opened(one) for one in desk.photos]
        assert opened_now == [True, False, False]


async def test_a_sheet_is_cited_by_itself_and_found_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: the source names the very photo, and the whole of it."""
    async with opened(qtbot, around) as desk:
        press(desk.view, Qt.Key.Key_PageDown)
        await desk.reads(1)
        press(desk.view, Qt.Key.Key_Insert)
        await until(lambda: bool(desk.drafts.there))
        (source,) = desk.drafts.there.values()
        assert source.document_id == desk.photos[1].id
        assert source.text == "photo, sheet 2 of 3"
        pane = next(one for one in desk.view.panes if one.viewer is desk.picture)
        finding = pane.finding()
        assert finding is not None
        assert finding.place == PicturePlace(start=(0.0, 0.0), stop=(40.0, 30.0))
        assert pane.show_place(finding.place)
        assert not pane.show_place(PicturePlace(start=(0.0, 0.0), stop=(400.0, 300.0)))


async def test_the_small_sheets_have_a_key(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        press(desk.picture.canvas, "u")
        assert desk.picture.thumbnails.isHidden()
        press(desk.view, Qt.Key.Key_PageDown)
        await desk.reads(1)
        assert desk.picture.thumbnails.isHidden()
        press(desk.picture.canvas, "u")
        assert desk.picture.thumbnails.isVisible()


async def test_a_photos_own_shades_have_their_keys(qtbot: QtBot, around: Surroundings) -> None:
    """Clips have H, and figures V, too."""
    async with opened(qtbot, around) as desk:
        for key in ("h", "v", "e"):
            press(desk.picture.canvas, key)
        lines = [one.text for one in desk.picture.canvas.corners.bottom_left]
        assert "contrast 150\u00a0%, brightness +16, negative" in lines


async def test_v_is_the_clips_where_a_document_stands_beside_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with clip_opened(qtbot, around) as desk:
        press(desk.clip.canvas, "v")
        assert desk.tool_now() is Tool.VELOCITY


async def test_the_scale_is_that_of_the_present_size(qtbot: QtBot, around: Surroundings) -> None:
    """A window that was made smaller shows the picture smaller, and says so."""
    async with opened(qtbot, around) as desk:
        canvas = desk.picture.canvas
        for width, height in ((1366, 742), (1920, 1000)):
            desk.view.resize(width, height)
            await rest()
            said = canvas.corners.bottom_left[0].text
            assert said.strip("\u2007") == f"{round(canvas.viewport.scale * 100)}\u00a0%"


async def test_without_a_connection_a_sheet_stays_blank_and_nothing_is_said_of_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as desk:
        desk.studies.out_of_reach = True
        press(desk.view, Qt.Key.Key_PageDown)
        await desk.reads(1)
        await rest()
        assert desk.model.document.broken_parts == 0
        assert desk.model.document.error is None


async def test_a_withdrawn_consent_leaves_no_small_picture(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-13: nothing of any photo stays on the screen."""
    async with opened(qtbot, around) as desk:
        await until_done(lambda: len(desk.studies.glanced) == 3 and _all_closed(desk))
        thumbnails = desk.picture.thumbnails
        desk.scene.change_row(missing_consents=[ConsentKind.PERSONAL_DATA])
        await until(lambda: desk.model.is_closed)
        assert thumbnails.isHidden()
        assert thumbnails.accessibleDescription() == ""
        assert not thumbnails._images


async def test_a_photo_that_comes_meanwhile_is_a_sheet(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as desk:
        fourth = msgspec.structs.replace(desk.photos[0], id=desk.scene.photo.id, title="Ещё лист")
        desk.studies.studies[fourth.id] = MadeUpStudy(make_picture())
        desk.scene.files.append(fourth)
        desk.scene.requests.cards[desk.scene.row.id] = desk.scene.card
        desk.scene.requests.reload_needed.emit(None)
        await until(lambda: len(desk.model.documents) == 5)
        await until(lambda: _first_line(desk).startswith("sheet 1 of 4"))


def _first_line(desk: Desk) -> str:
    return desk.picture.canvas.corners.top_left[0].text


def _all_closed(desk: Desk) -> bool:
    return all(one.closed and not one.held for one in desk.studies.glanced)
