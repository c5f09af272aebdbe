"""Whose case is open stands on every screen, whatever the patient is called."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import msgspec
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_client.models.identity import IdentityMark
from backend_client.models.requests import RequestRow
from tests.factories import changed_row, make_owner, make_patient, make_row
from tests.fakes import FakeRequestService, FakeTriageService
from tests.ui.approvals_scene import ApprovalsScene
from tests.ui.call_desk import open_call
from tests.ui.conclusion_scene import ConclusionScene
from tests.ui.hostile_texts import HOSTILE
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.review_scene import Scene as ReviewScene
from tests.ui.slot_scene import SlotScene
from tests.ui.waiting import until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.view import ApprovalsView
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.slot.view import SlotView
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.widgets.case_text import case_of
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.labels import SignLabel

pytestmark = pytest.mark.usefixtures("russian")
WIDTH, HEIGHT = 1314, 742
MARKS = [IdentityMark.NOT_IDENTIFIED, IdentityMark.DATA_CHANGED]
TOLD = ["Личность не подтверждена", "Данные изменены"]
BORN = "09.03.1984"


@dataclass(frozen=True)
class Shown:
    """A screen of a case."""

    view: QWidget
    strip: IdentityStrip
    row: RequestRow
    requests: FakeRequestService

    def rename(self, name: str) -> RequestRow:
        """The patient is called so from now on, and stands out by everything there is."""
        patient = make_patient(name, id=self.row.patient.id, place=name)
        row = changed_row(self.row, patient=patient, identity_marks=MARKS)
        self.requests.upsert(row)
        return row


Opener = Callable[[QtBot, Surroundings], AbstractAsyncContextManager[Shown]]


def put(qtbot: QtBot, view: QWidget) -> None:
    """As large as a case is in a window of 1366x768."""
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show()


@asynccontextmanager
async def review(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Shown]:
    scene = ReviewScene()
    model = ReviewViewModel(scene.requests, scene.studies)
    triage = TriageViewModel(FakeTriageService(scene.requests), KeptPanels(None), around.words)
    view = ReviewView(model, triage, around.theme, around.shortcuts, around.words)
    put(qtbot, view)
    model.open(scene.row.id)
    await until(lambda: model.row is not None)
    try:
        yield Shown(view, view.identity_strip, scene.row, scene.requests)
    finally:
        await model.close()


@asynccontextmanager
async def slot(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Shown]:
    scene = SlotScene(around.words)
    view = SlotView(scene.model, around.theme, around.shortcuts, around.words)
    put(qtbot, view)
    await scene.open()
    try:
        yield Shown(view, view.identity_strip, scene.row, scene.requests)
    finally:
        await scene.model.close()


@asynccontextmanager
async def call(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Shown]:
    async with open_call(qtbot, around) as desk:
        yield Shown(desk.view, desk.view.identity_strip, desk.scene.row, desk.scene.requests)


@asynccontextmanager
async def conclusion(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Shown]:
    scene = ConclusionScene(around.words)
    view = ConclusionView(scene.model, around.theme, around.shortcuts, around.words)
    put(qtbot, view)
    await scene.open()
    try:
        yield Shown(view, view.identity_strip, scene.row, scene.requests)
    finally:
        await scene.model.close()


SCREENS: dict[str, Opener] = {
    "review": review,
    "slot": slot,
    "call": call,
    "conclusion": conclusion,
}


def stands(strip: IdentityStrip, text: str) -> bool:
    """Whether the whole text is within the strip, before its signs."""
    words = strip.words
    assert words is not None
    gap = 16
    signs = sum(strip._sign_width(one) + gap for one in strip.shown_signs(words))
    right = strip.width() - gap - signs
    places = strip.places(words, right)
    return any(one.text == text and one.left + one.width <= right + 1 for one in places)


def fields(view: QWidget) -> list[QWidget]:
    """Where something can be typed about the case."""
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit)
    found = [one for kind in kinds for one in view.findChildren(kind)]
    return [one for one in found if one.objectName() not in ("pin", "")]


@pytest.mark.parametrize("screen", list(SCREENS))
async def test_name_birth_date_and_number_stand_on_the_screen(
    qtbot: QtBot, around: Surroundings, screen: str
) -> None:
    """The patient first, always; what is typed there belongs to that case."""
    async with SCREENS[screen](qtbot, around) as shown:
        words = shown.strip.words
        assert words is not None
        assert shown.strip.isVisible()
        assert shown.strip.mapTo(shown.view, QPoint(0, 0)).y() == 0
        for text in (shown.row.patient.full_name, words.person, f"№ {shown.row.number}"):
            assert stands(shown.strip, text), text
        assert words.person.endswith(BORN)
        for field in fields(shown.view):
            case = case_of(field)
            assert case is not None
            assert case.request_id == shown.row.id


@pytest.mark.parametrize("screen", list(SCREENS))
async def test_who_is_not_identified_and_what_has_changed_stand_on_the_screen(
    qtbot: QtBot, around: Surroundings, screen: str
) -> None:
    """DRC-14, DRC-16: both, at 1366x768, on the call with its appointment, too."""
    async with SCREENS[screen](qtbot, around) as shown:
        shown.rename("Верещагин Павел Никитич")
        words = shown.strip.words
        assert words is not None
        seen = [one.text for one in shown.strip.shown_signs(words)]
        assert seen[:2] == TOLD
        assert stands(shown.strip, "Верещагин Павел Никитич")
        assert stands(shown.strip, words.person)


@pytest.mark.parametrize("kind", list(HOSTILE))
@pytest.mark.parametrize("screen", list(SCREENS))
async def test_a_strange_name_hides_nothing(
    qtbot: QtBot, around: Surroundings, screen: str, kind: str
) -> None:
    """500 characters, right-to-left text, emoji, markup: literal; the birth date keeps its place,
    and the screen its size."""
    async with SCREENS[screen](qtbot, around) as shown:
        shown.rename(HOSTILE[kind])
        shown.view.grab()
        words = shown.strip.words
        assert words is not None
        assert words.name == HOSTILE[kind]
        assert stands(shown.strip, words.person)
        name = shown.strip.places(words, shown.view.width())[0].text
        assert name
        assert one_line(HOSTILE[kind]).startswith(name.rstrip("…"))
        assert [one.text for one in shown.strip.shown_signs(words)][:2] == TOLD
        assert shown.view.size().toTuple() == (WIDTH, HEIGHT)
        assert shown.view.minimumSizeHint().width() <= WIDTH


@pytest.mark.parametrize("kind", list(HOSTILE))
async def test_a_strange_name_hides_nothing_in_the_approvals(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """Name, birth date and what stands out, over the pages that are approved (DRC-16)."""
    scene = ApprovalsScene(around.words.time)
    view = ApprovalsView(scene.model, around.theme, around.shortcuts, around.words)
    qtbot.addWidget(view)
    view.resize(1276, HEIGHT)
    first, name = scene.approvals.list[0], HOSTILE[kind]
    scene.approvals.list[0] = msgspec.structs.replace(first, patient_name=name)
    row = scene.requests.rows[first.request_id]
    row = changed_row(row, patient=make_patient(name), identity_marks=MARKS)
    scene.requests.rows[row.id] = row
    scene.model.start()
    view.show()
    await until(lambda: scene.model.count > 0)
    place = next(
        number
        for number, one in enumerate(scene.model.waiting.rows.records())
        if one.request_id == row.id
    )
    scene.model.choose(place)
    await until(lambda: scene.model.row is not None and scene.model.row.id == row.id)
    view.grab()
    labels = {one.objectName(): one for one in view.findChildren(SignLabel)}
    about = labels["approvals.about"]
    assert labels["approvals.patient"].text() == name
    assert labels["approvals.patient"].width() >= 40
    assert BORN in about.text()
    assert about.isVisible()
    assert about.width() >= about.sizeHint().width()
    assert labels["approvals.marks"].text() == ", ".join(TOLD)
    assert view.size().toTuple() == (1276, HEIGHT)
    case = case_of(view.decision.edit)
    assert case is not None
    assert case.request_id == row.id
    await scene.model.close()


async def test_the_queues_panel_belongs_to_the_chosen_request(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The card beside the list says whose it is, and its words go with it."""
    rows = [make_row(full_name="Верещагин Павел Никитич"), make_row(full_name="Лунёва Тамара")]
    async with open_queue(qtbot, around, rows) as desk:
        for row in rows:
            assert desk.card.identity.name.text() == row.patient.full_name
            assert BORN in desk.card.identity.age.text()
            case = case_of(desk.card.panel.words)
            assert case is not None
            assert case.request_id == row.id
            desk.view.table.step(1)


@pytest.mark.parametrize("width", [1314, 1868])
def test_the_strip_lets_go_of_the_owner_before_the_name(
    qtbot: QtBot, around: Surroundings, width: int
) -> None:
    """A colleague's name of 500 characters takes nothing of the patient's."""
    owner = make_owner("Ж" * 500, is_me=False)
    row = make_row(full_name="Верещагин Павел Никитич", owner=owner, identity_marks=MARKS)
    strip = IdentityStrip(around.theme)
    qtbot.addWidget(strip)
    strip.resize(width, 48)
    words = IdentityWording(around.words).of(row)
    strip.show_words(words)
    strip.grab()
    assert stands(strip, "Верещагин Павел Никитич")
    assert stands(strip, words.person)
