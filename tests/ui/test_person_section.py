"""What stands out about the patient: an unknown identity, changed personal data."""

from collections.abc import Sequence

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode, UserId
from backend_client.models.identity import (
    ChangedDatum,
    DataField,
    DataSource,
    IdentityConfirmation,
    IdentityMark,
    IdentityProof,
)
from backend_client.models.requests import Action, IdentityLevel, RequestRow
from tests.factories import make_owner, make_row
from tests.fakes import FakeIdentityService, FakeRequestService
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, scene_card
from tests.ui.waiting import until
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.identity import IdentityWording

pytestmark = pytest.mark.usefixtures("russian")
MENU = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Offscreen a menu cannot grab the keyboard."""


def changed(field: DataField, confirmed: str, said: str) -> ChangedDatum:
    return ChangedDatum(
        field=field,
        confirmed=confirmed,
        changed=said,
        source=DataSource.PATIENT,
        by_name="",
        at=SCENE_NOW,
    )


CHANGES = [
    changed(DataField.FULL_NAME, "Верещагин Павел Никитич", "Ёлкин Павел Никитич"),
    changed(DataField.BIRTH_DATE, "1965-03-14", "1965-04-13"),
    changed(DataField.REPRESENTATIVE_NAME, "", "<b>Ольга</b>"),
]
CONFIRMED = IdentityConfirmation(
    proof=IdentityProof.PASSPORT,
    note="показал на звонке",
    by_id=UserId("a"),
    by_name="Орлов П. И.",
    at=SCENE_NOW,
)


def marked(marks: Sequence[IdentityMark], actions: Sequence[Action]) -> RequestRow:
    owner = make_owner(is_me=True)
    return make_row(owner=owner, identity_marks=list(marks), allowed_actions=list(actions))


def with_card(row: RequestRow, **changes: object) -> FakeRequestService:
    service = FakeRequestService([row])
    service.cards[row.id] = msgspec.structs.replace(scene_card(row), **changes)
    return service


async def menu_of(desk: QueueDesk, name: str) -> QMenu:
    found: list[QMenu] = []

    def is_open() -> bool:
        found[:] = [one for one in desk.card.findChildren(QMenu, name) if one.isVisible()]
        return bool(found)

    await until(is_open)
    return found[0]


def choose(menu: QMenu, digit: str) -> None:
    """The digit's place on the keyboard; offscreen a menu has no keys of its window."""
    kind, none = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(kind, ord(digit), none, scan_code(digit), 0, 0, digit)
    QApplication.sendEvent(menu, event)


UNKNOWN = marked([IdentityMark.NOT_IDENTIFIED], [Action.CONFIRM_IDENTITY])
CHANGED = marked([IdentityMark.DATA_CHANGED], [Action.DECIDE_DATA])


async def test_usual_patient_has_no_such_section(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        await desk.card_is_read()
        assert not desk.card.person.isVisible()


@MENU
@pytest.mark.parametrize("layout", ["y", "н"])
async def test_unidentified_patient_is_said_and_confirmed_by_two_keys(
    qtbot: QtBot, around: Surroundings, layout: str
) -> None:
    """DRC-16: under both layouts; the digit names the document."""
    identity = FakeIdentityService()
    service = with_card(UNKNOWN, identity_level=IdentityLevel.NOT_IDENTIFIED)
    async with open_queue(qtbot, around, [UNKNOWN], service=service, identity=identity) as desk:
        await desk.card_is_read()
        person = desk.card.person
        assert "Подписать нельзя" in person.unknown.text()
        assert person.confirm.isVisible()
        assert not person.withdraw.isVisible()
        press(desk.view, layout, scan_code=scan_code("Y"))
        menu = await menu_of(desk, "card.person.proofs")
        choose(menu, "4")
        await until(lambda: bool(identity.backend.calls))
        proof = IdentityProof.CONTACT_CENTRE
        assert identity.backend.calls == [("confirm", UNKNOWN.id, proof)]


@MENU
async def test_who_has_confirmed_is_named_and_the_admin_may_undo_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-16: with one of the reasons."""
    row = marked([IdentityMark.BY_PERSON], [Action.WITHDRAW_IDENTITY])
    identity = FakeIdentityService()
    unknown = IdentityLevel.NOT_IDENTIFIED
    service = with_card(row, identity=CONFIRMED, identity_level=unknown)
    async with open_queue(qtbot, around, [row], service=service, identity=identity) as desk:
        await desk.card_is_read()
        person = desk.card.person
        said = person.confirmed.text()
        assert "Орлов П. И., Паспорт" in said
        assert desk.card.identity.identity.text() == "Личность подтверждена: Орлов П. И."
        assert said.endswith("показал на звонке")
        assert not person.unknown.isVisible()
        person.withdraw.click()
        menu = await menu_of(desk, "card.person.reasons")
        choose(menu, "1")
        await until(lambda: bool(identity.backend.calls))
        assert identity.backend.calls == [("withdraw", row.id, "Подтверждено по ошибке")]


@MENU
async def test_both_values_stand_side_by_side_until_they_are_decided_on(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-14: literally, dates as people read them; upon the version that the card shows."""
    identity = FakeIdentityService()
    service = with_card(CHANGED, changed_data=CHANGES)
    async with open_queue(qtbot, around, [CHANGED], service=service, identity=identity) as desk:
        await desk.card_is_read()
        person = desk.card.person
        assert person.heading.text() == "Данные изменены"
        lines = [
            (name.text(), old.text(), new.text()) for name, old, _, new in person.changes._rows
        ]
        assert lines == [
            ("ФИО", "Верещагин Павел Никитич", "Ёлкин Павел Никитич"),
            ("Дата рождения", "14.03.1965", "13.04.1965"),
            ("Представитель", "нет", "<b>Ольга</b>"),
        ]
        assert "сообщил пациент" in person.source.text()
        press(desk.view, "u", scan_code=scan_code("U"))
        menu = await menu_of(desk, "card.person.words")
        choose(menu, "1")
        await until(lambda: bool(identity.backend.calls))
        fields = tuple(one.field for one in CHANGES)
        assert identity.backend.calls == [("decide_data", CHANGED.version, fields, True)]


async def test_who_may_not_decide_sees_both_values_and_no_button(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-14: a colleague's case."""
    row = marked([IdentityMark.DATA_CHANGED, IdentityMark.NOT_IDENTIFIED], [])
    service = with_card(row, changed_data=CHANGES)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        person = desk.card.person
        assert person.changes.isVisible()
        assert not person.decide.isVisible()
        assert not person.confirm.isVisible()


async def test_refusal_is_said_on_the_card(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-14: changed meanwhile: look again."""
    identity = FakeIdentityService()
    identity.backend.fail_with(Conflict(ProblemCode.STALE_VERSION))
    service = with_card(CHANGED, changed_data=CHANGES)
    async with open_queue(qtbot, around, [CHANGED], service=service, identity=identity) as desk:
        await desk.card_is_read()
        desk.card.view_model.identity.decide(confirm=True)
        await until(desk.card.footer.problem.isVisible)
        assert "изменил" in desk.card.footer.problem.text()
        assert desk.card.person.decide.isEnabled()


def test_strip_of_every_screen_of_the_case_says_it(words: RequestWords) -> None:
    """DRC-14, DRC-16: whatever the width."""
    strip = IdentityWording(words).of(
        marked([IdentityMark.NOT_IDENTIFIED, IdentityMark.DATA_CHANGED], [])
    )
    loud = [sign for sign in strip.signs if sign.text in _TOLD]
    assert [sign.text for sign in loud] == _TOLD
    assert not any(sign.wide_only for sign in loud)


_TOLD = ["Личность не подтверждена", "Данные изменены"]
