"""The card holds all that a doctor decides by; its least part stands on the smallest screen."""

from datetime import timedelta
from typing import Final

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.messages import Side
from backend_client.models.requests import (
    Consent,
    ConsentKind,
    Diagnosis,
    IdentityLevel,
    ItemState,
    Representative,
    RequestRow,
)
from backend_client.models.routes import Route
from tests.factories import make_item, make_patient, make_row
from tests.fakes import FakeRequestService
from tests.ui.call_scene import FakeChats, make_message
from tests.ui.hostile_texts import HOSTILE
from tests.ui.notice_scene import noticing
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, checklist, scene_card
from tests.ui.test_request_card import texts
from tests.ui.waiting import until
from workstation.ui.screens.request_card.view import RequestCardView

pytestmark = pytest.mark.usefixtures("russian")
LONG: Final = "Константинопольская Александра Всеволодовна "


def whole_box(widget: QWidget, window: QWidget) -> QRect:
    """Where the widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def is_in_sight(widget: QWidget, card: RequestCardView) -> bool:
    """Whether all of the widget is seen on the screen, without scrolling."""
    window, port = card.window(), card.scroll_area.viewport()
    seen = window.rect()
    if card.scroll_area.isAncestorOf(widget):
        seen = seen.intersected(whole_box(port, window))
    return widget.isVisible() and seen.contains(whole_box(widget, window))


@pytest.mark.parametrize("level", [IdentityLevel.CONFIRMED, IdentityLevel.NOT_IDENTIFIED])
async def test_the_least_stands_in_the_whole_window_at_1366x768(
    qtbot: QtBot, around: Surroundings, level: IdentityLevel
) -> None:
    """OZ-7, DRC-1, SPB-1, SPB-12: by geometry, in the real window with its bars, with the longest
    of everything."""
    row = make_row(
        patient=make_patient(LONG * 3, place="Ростов-на-Дону, " * 5),
        diagnosis=Diagnosis(icd10="I35.0", text="Аортальный стеноз, тяжёлый, симптомный " * 6),
        checklist=checklist(),
        route=Route.DUTY,
    )
    async with noticing(qtbot, around, row) as scene:
        card_view = scene.screens.queue.card
        helper = Representative(full_name="Константинопольский В. А.", relation="отец")
        scene.desk.requests.cards[row.id] = msgspec.structs.replace(
            scene_card(row),
            complaints="Одышка при ходьбе, темнело в глазах. " * 60,
            representative=helper,
            identity_level=level,
            topic="Реабилитация",
            phone="+7 921 555-01-02",
        )
        card_view.view_model.retry()
        await until(lambda: card_view.identity.representative.isVisible())
        scene.window.grab()
        assert scene.window.size().toTuple() == (1366, 768)
        identity, complaint = card_view.identity, card_view.complaint
        least = [identity.name, identity.age, identity.phone, identity.identity]
        least += [identity.representative, complaint.diagnosis, complaint.complaints]
        least += [complaint.topic, card_view.clock.headline, card_view.footer.button]
        hidden = [one.objectName() for one in least if not is_in_sight(one, card_view)]
        assert hidden == []
        for label in (identity.age, identity.phone, identity.identity):
            assert label.width() >= label.sizeHint().width(), label.objectName()


async def test_chat_stands_on_the_card_and_is_not_read_by_looking_at_it(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-16: the newest messages, how many are unread, and what comes while one looks."""
    row = make_row(unread_messages=2)
    sent = SCENE_NOW - timedelta(minutes=30)
    chats = FakeChats(
        [
            make_message(1, "Здравствуйте", Side.PATIENT, request_id=row.id, sent_at=sent),
            make_message(2, "Слушаю вас", Side.DOCTOR, request_id=row.id, sent_at=sent),
            make_message(3, "<b>Когда</b> приём?", Side.PATIENT, request_id=row.id, sent_at=sent),
        ]
    )
    async with open_queue(qtbot, around, [row], chats=chats) as desk:
        await until(lambda: desk.card.view_model.chat.is_read)
        said = texts(desk.card.chat).split("\n")
        assert said[:2] == ["Переписка", "непрочитанных: 2"]
        assert said[2:] == [
            *("20.11\u00a011:12, Пациент", "20.11\u00a011:12, Врач", "20.11\u00a011:12, Пациент"),
            *("Здравствуйте", "Слушаю вас", "<b>Когда</b> приём?"),
        ]
        chats.post(make_message(4, "И ещё", request_id=row.id, sent_at=sent))
        assert "И ещё" in texts(desk.card.chat)
        assert "Здравствуйте" not in texts(desk.card.chat)
        chats.post(make_message(9, "Чужое", request_id=make_row().id, sent_at=sent))
        assert "Чужое" not in texts(desk.card.chat)
        assert {call[0] for call in chats.backend.calls} == {"read"}


async def test_chat_of_the_last_patient_is_gone_with_the_next(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = [make_row(), make_row()]
    chats = FakeChats([make_message(1, "О первом", request_id=rows[0].id, sent_at=SCENE_NOW)])
    async with open_queue(qtbot, around, rows, chats=chats) as desk:
        await until(lambda: "О первом" in texts(desk.card.chat))
        chats.messages.clear()
        desk.view.table.step(1)
        assert "О первом" not in texts(desk.card.chat)
        await until(lambda: "Сообщений пока нет" in texts(desk.card.chat))


async def test_a_chat_that_cannot_be_read_says_so_and_comes_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row()
    chats = FakeChats([make_message(1, "Добрый день", request_id=row.id, sent_at=SCENE_NOW)])
    chats.backend.fail_with(Unreachable())
    async with open_queue(qtbot, around, [row], chats=chats) as desk:
        await until(lambda: "Сообщения не прочитаны" in texts(desk.card.chat))
        chats.reload_needed.emit(None)
        await until(lambda: "Добрый день" in texts(desk.card.chat))
        assert "не прочитаны" not in texts(desk.card.chat)


async def test_duty_question_has_its_topic_and_documents_as_the_patient_likes(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-13, OZ-14: nothing is called missing, what was sent is shown and opens by its digit."""
    items = [
        make_item("summary", ItemState.ABSENT, title="Выписки", required=False, file_count=0),
        make_item("ecg", title="ЭКГ", required=False, file_count=1),
    ]
    row = make_row(route=Route.DUTY, checklist=items)
    service = with_topic(row, "Реабилитация")
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        assert desk.card.complaint.topic.text() == "Тема: Реабилитация"
        assert is_in_sight(desk.card.complaint.topic, desk.card)
        assert desk.card.documents.heading.text() == "Документы"
        model = desk.card.view_model.items
        shown = [str(model.index(n, 0).data()) for n in range(model.rowCount())]
        assert shown[0] == "Выписки: нет"
        assert shown[1].startswith("ЭКГ: 1\u00a0файл")
        assert "обязател" not in texts(desk.card).lower()
        desk.press("2")
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(row.id, "ecg")]


@pytest.mark.parametrize("payer", ["ОМС", "ДМС «Страховая медицинская компания»", "Ж" * 500])
async def test_what_is_left_of_the_quota_is_never_cut(
    qtbot: QtBot, around: Surroundings, payer: str
) -> None:
    """DRC-17: beside the place or below it, however the payer is called."""
    row = make_row()
    service = FakeRequestService([row])
    service.cards[row.id] = msgspec.structs.replace(scene_card(row), payer=payer)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        desk.view.grab()
        label = desk.card.complaint.payer
        await until(lambda: label.width() >= label.sizeHint().width())
        assert label.text().endswith(", осталось 2 из 3")
        assert label.text().startswith(payer[:20])
        assert is_in_sight(label, desk.card)


async def test_other_routes_have_no_topic(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row()
    async with open_queue(qtbot, around, [row], service=with_topic(row, "")) as desk:
        await desk.card_is_read()
        assert not desk.card.complaint.topic.isVisible()


async def test_a_withdrawn_consent_is_told_with_its_moment(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-13: not the same as one that was never given."""
    kind = ConsentKind.DISCLOSURE
    row = make_row(missing_consents=[kind])
    gone = Consent(kind=kind, text_version="1", given_at=None, withdrawn_at=SCENE_NOW)
    service = FakeRequestService([row])
    service.cards[row.id] = msgspec.structs.replace(scene_card(row), consents=[gone])
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        lines = texts(desk.card._consents).split("\n")
        assert "отозвано 20.11\u00a011:42" in lines
        assert lines.count("не дано") == 2


@pytest.mark.parametrize("kind", list(HOSTILE))
async def test_hostile_texts_leave_the_card_as_it_was(
    qtbot: QtBot, around: Surroundings, kind: str
) -> None:
    """Shown literally; age, birth date and the next action keep their places."""
    text = HOSTILE[kind]
    usual, hostile = make_row(), make_row(patient=make_patient(text, place=text))
    hostile = msgspec.structs.replace(hostile, diagnosis=Diagnosis(icd10="I35.0", text=text))
    service = FakeRequestService([usual, hostile])
    service.cards[hostile.id] = msgspec.structs.replace(
        scene_card(hostile),
        complaints=text,
        topic=text,
        payer=text,
        requesting_doctor=text,
        representative=Representative(full_name=text, relation=text),
    )
    chats = FakeChats([make_message(1, text, request_id=hostile.id, sent_at=SCENE_NOW)])
    async with open_queue(qtbot, around, [usual, hostile], service=service, chats=chats) as desk:
        width = desk.card.width()
        desk.view.table.step(1)
        await until(lambda: desk.card.view_model.row == hostile)
        await desk.card_is_read()
        await until(lambda: desk.card.view_model.chat.is_read)
        desk.view.grab()
        card = desk.card
        assert card.identity.name.text() == text
        assert card.complaint.complaints.text() == text
        assert card.width() == width
        for widget in (card.identity.name, card.identity.age, card.footer.button):
            assert is_in_sight(widget, card), widget.objectName()
        age = card.identity.age
        assert age.width() >= age.sizeHint().width()
        inner = card.scroll_area.widget()
        assert inner is not None
        assert inner.width() == card.scroll_area.viewport().width()


def with_topic(row: RequestRow, topic: str) -> FakeRequestService:
    """A service whose only request asks about this."""
    service = FakeRequestService([row])
    service.cards[row.id] = msgspec.structs.replace(scene_card(row), topic=topic)
    return service
