"""The request card: what a doctor sees of a request before taking it."""

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_client.errors import NotFound, Unreachable
from backend_client.models.common import Page
from backend_client.models.requests import (
    Action,
    CareSetting,
    Consent,
    ConsentKind,
    HistoryEntry,
    IdentityLevel,
    ItemState,
    ProfileMatch,
    Representative,
    RequestCard,
    RequestRow,
    RequestStatus,
    Sex,
    Urgency,
)
from tests.factories import make_document, make_item, make_owner, make_patient, make_row
from tests.fakes import FakeRequestService
from tests.ui.keys import press
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, checklist, scene_card, scene_rows
from tests.ui.waiting import until
from workstation.ui.widgets.labels import SignLabel, TextBlock

pytestmark = pytest.mark.usefixtures("russian")


def with_card(row: RequestRow, **changes: object) -> FakeRequestService:
    """A service whose only request has this card."""
    service = FakeRequestService([row])
    service.cards[row.id] = msgspec.structs.replace(scene_card(row), **changes)
    return service


def texts(widget: QWidget) -> str:
    """Everything that the labels in sight say."""
    found: list[SignLabel | TextBlock] = list(widget.findChildren(SignLabel))
    found += widget.findChildren(TextBlock)
    return "\n".join(label.text() for label in found if label.isVisible())


def in_sight(widget: QWidget, desk: QueueDesk) -> bool:
    """Whether the whole widget is seen without scrolling."""
    scroll = desk.card.scroll_area
    if not scroll.isAncestorOf(widget):
        return widget.isVisible()
    port = scroll.viewport()
    box = QRect(widget.mapTo(port, QPoint(0, 0)), widget.size())
    return widget.isVisible() and port.rect().contains(box)


@pytest.mark.parametrize(
    "complaints", ["Одышка", "Одышка при ходьбе, темнело в глазах. " * 60, "длинно" * 400]
)
async def test_the_least_is_in_sight_without_scrolling(
    qtbot: QtBot, around: Surroundings, complaints: str
) -> None:
    """OZ-7: name, age, diagnosis and complaints at 1366x768, however long they are."""
    row = make_row(
        full_name="Константинопольская Александра Всеволодовна " * 3,
        patient=make_patient("Константинопольская Александра Всеволодовна " * 3),
        checklist=checklist(),
    )
    helper = Representative(full_name="Константинопольский В. А.", relation="отец")
    service = with_card(row, complaints=complaints, representative=helper)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        card = desk.card
        blocks = (card.complaint.diagnosis, card.complaint.complaints)
        await until(lambda: all(b.height() == b.heightForWidth(b.width()) for b in blocks))
        for widget in (card.identity.name, card.identity.age):
            assert in_sight(widget, desk)
        for block in blocks:
            assert in_sight(block, desk)


async def test_long_complaints_open_at_a_press_and_fold_for_the_next(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row()
    service = with_card(row, complaints="Одышка при ходьбе. " * 80)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        desk.view.grab()
        complaint = desk.card.complaint
        assert complaint.complaints.is_cut()
        complaint.more.click()
        assert not complaint.complaints.is_cut()
        assert not complaint.more.isVisible()
        desk.card.view_model.show_row(make_row())
        assert complaint.complaints._max_lines == 5


async def test_who_the_patient_is(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-1, SPB-12, SOK-1: name, age, birth date, confirmed phone, identity level, record."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.table.step(3)
        await desk.card_is_read()
        seen = texts(desk.card)
        for expected in (
            "Верещагин Павел Никитич",
            "61\u00a0год, муж., род. 14.03.1965",
            "Телефон подтверждён",
            "ЕСИА: подтверждённая",
            "К-2026-1184",
            "Направление",
        ):
            assert expected in seen


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (IdentityLevel.STANDARD, "ЕСИА: стандартная"),
        (IdentityLevel.NOT_IDENTIFIED, "Личность не подтверждена"),
        (IdentityLevel.UNKNOWN, "Личность: неизвестно"),
    ],
)
async def test_identity_levels(
    qtbot: QtBot, around: Surroundings, level: IdentityLevel, expected: str
) -> None:
    """SPB-12, DRC-16: the level is named; who is not identified is marked by glyph and word."""
    row = make_row()
    async with open_queue(
        qtbot, around, [row], service=with_card(row, identity_level=level)
    ) as desk:
        await desk.card_is_read()
        label = desk.card.identity.identity
        assert label.text() == expected
        marked = level is not IdentityLevel.STANDARD
        assert (label._color == "warn.text") is marked
        assert label._glyph is not None


async def test_a_representative_is_named(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-1: who acts for a minor stands under the patient's name."""
    child = make_row(patient=make_patient(birth_date=date(2018, 5, 5)))
    helper = Representative(full_name="Иванова Ольга Петровна", relation="мать")
    service = with_card(child, representative=helper)
    async with open_queue(qtbot, around, [child], service=service) as desk:
        await desk.card_is_read()
        told = desk.card.identity.representative
        assert told.text() == "мать: Иванова Ольга Петровна"
        assert told.accessibleName() == "Представитель: Иванова Ольга Петровна, мать"


async def test_of_a_long_representative_who_it_is_stays(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-1: the role stands first, and a long name has a second line."""
    child = make_row(patient=make_patient(birth_date=date(2018, 5, 5)))
    name = "Константинопольская Александра Всеволодовна"
    service = with_card(child, representative=Representative(full_name=name, relation="мать"))
    async with open_queue(qtbot, around, [child], service=service) as desk:
        await desk.card_is_read()
        told = desk.card.identity.representative
        await until(lambda: told.height() == told.heightForWidth(told.width()))
        assert not told.is_cut()
        assert in_sight(told, desk)


async def test_a_representative_of_no_known_relation_is_called_so(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row()
    helper = Representative(full_name="Иванова Ольга Петровна", relation="")
    async with open_queue(
        qtbot, around, [row], service=with_card(row, representative=helper)
    ) as desk:
        await desk.card_is_read()
        told = desk.card.identity.representative
        assert told.text() == told.accessibleName() == "Представитель: Иванова Ольга Петровна"


async def test_consents_are_listed_one_by_one(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-2: three separate consents, each with its time or "not given"."""
    row = make_row()
    given = Consent(kind=ConsentKind.DISCLOSURE, text_version="1", given_at=SCENE_NOW)
    refused = Consent(kind=ConsentKind.INTERVENTION, text_version="1", given_at=None)
    service = with_card(row, consents=[given, refused])
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        lines = texts(desk.card._consents).split("\n")
        assert [lines.count(text) for text in ("20.11\u00a011:42", "не дано")] == [1, 2]
        for name in ("Персональные данные", "Раскрытие центру", "Вмешательство"):
            assert name in lines
        assert "Договор платных услуг" not in lines


@pytest.mark.parametrize("kept", [True, False])
async def test_contract_of_who_pays_is_among_the_consents(
    qtbot: QtBot, around: Surroundings, *, kept: bool
) -> None:
    """SOK-2: given, or asked for and missing; not a word of it where another pays."""
    contract = ConsentKind.PAID_SERVICES
    row = make_row(missing_consents=[] if kept else [contract])
    given = Consent(kind=contract, text_version="1", given_at=SCENE_NOW)
    service = with_card(row, consents=[given] if kept else [])
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        lines = texts(desk.card._consents).split("\n")
        assert "Договор платных услуг" in lines
        assert lines.count("не дано") == (3 if kept else 4)


async def test_payer_and_quota(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-17: programme and what is left of it."""
    row = make_row()
    async with open_queue(qtbot, around, [row], service=with_card(row)) as desk:
        await desk.card_is_read()
        assert desk.card.complaint.payer.text() == "ОМС, осталось 2 из 3"


async def test_a_series_is_one_file_as_in_the_list_of_files(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-4: a CT that came as 300 files."""
    row = make_row(checklist=[make_item("ct", title="КТ", file_count=300, unopened_count=300)])
    slices = [
        msgspec.structs.replace(make_document(item_code="ct"), series_uid="1.2.3")
        for _ in range(300)
    ]
    async with open_queue(qtbot, around, [row], service=with_card(row, documents=slices)) as desk:
        await desk.card_is_read()
        (item,) = desk.card.view_model.items.records()
        assert desk.card.documents.remark.text() == "не открыт 1"
        assert (item.file_count, item.unopened_count) == (1, 1)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [(CareSetting.INPATIENT, "Стационар"), (CareSetting.OUTPATIENT, "Амбулаторно")],
)
async def test_care_setting_town_and_its_hours(
    qtbot: QtBot, around: Surroundings, setting: CareSetting, expected: str
) -> None:
    """OZ-23: under what observation the patient is."""
    patient = make_patient(place="Екатеринбург", time_zone="Asia/Yekaterinburg")
    row = make_row(patient=patient, care_setting=setting)
    async with open_queue(qtbot, around, [row]) as desk:
        assert desk.card.complaint.place.text() == f"{expected}, Екатеринбург (+2\u00a0ч)"


async def test_the_clock_says_when_to_answer(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.table.step(3)
        await desk.card_is_read()
        clock = desk.card.clock
        left = "3\u00a0ч\u00a008\u00a0мин"
        assert clock.headline.text() == f"Ответить сегодня до 14:50, осталось {left}"
        assert clock.rule.text() == "Часы направления: 4 дня; документы полны с 17.11"
        desk.view.table.step(-1)
        assert clock.headline.text().startswith("Просрочено на 48\u00a0мин")


async def test_the_checklist_lists_every_item(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-4: items of the centre's list with what is there, and how much was not opened."""
    items = checklist(ecg="missing", mri="not_applicable")
    async with open_queue(qtbot, around, [make_row(checklist=items)]) as desk:
        model = desk.card.view_model.items
        shown = [model.index(n, 0).data() for n in range(model.rowCount())]
        assert shown == [
            "Заключение лечащего врача: 1\u00a0файл, 12.11",
            "Выписки из истории болезни: 3\u00a0файла, 12.11",
            "ЭКГ: нет, обязателен",
            "ЭхоКГ: 3\u00a0файла, 12.11",
            "КТ, по наличию: нет",
            "МРТ, по наличию: неприменимо: клаустрофобия",
        ]
        assert desk.card.documents.heading.text() == "Документы: обязательные 3 из 4"
        assert desk.card.documents.remark.text() == "не открыто 6"


async def test_a_digit_opens_the_files_of_an_item(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-4: one key for each checklist item."""
    row = make_row(checklist=checklist())
    async with open_queue(qtbot, around, [row]) as desk:
        desk.press("3")
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(row.id, "ecg")]


async def test_a_digit_without_files_opens_nothing_and_says_so(
    qtbot: QtBot, around: Surroundings
) -> None:
    items = [make_item("ecg", ItemState.MISSING), make_item("new", ItemState.UNKNOWN)]
    async with open_queue(qtbot, around, [make_row(checklist=items)]) as desk:
        said = []
        for digit in "129":
            desk.press(digit)
            said.append(desk.card.footer.problem.text())
        assert said == ["ЭКГ: файлов нет", "new: неизвестно", "В списке документов нет пункта 9"]
        assert desk.card.footer.problem.isVisible()
        assert desk.opened == []
        assert not any(call[0] == "claim" for call in desk.service.backend.calls)


async def test_what_stands_below_the_fold_is_reached_by_keys(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Consents and history at 1366x768: held down the key goes to the end, and the list keeps the
    focus and its choice."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        await desk.card_is_read()
        card, bar = desk.card, desk.card.scroll_area.verticalScrollBar()
        await until(lambda: bar.maximum() > 0)
        assert not in_sight(card.history, desk)
        chosen = desk.model.chosen
        control = Qt.KeyboardModifier.ControlModifier
        press(desk.view, Qt.Key.Key_Down, modifiers=control)
        assert 0 < bar.value() < bar.maximum()
        press(desk.view, Qt.Key.Key_Down, modifiers=control, repeats=40)
        assert bar.value() == bar.maximum()
        assert in_sight(card.history, desk)
        press(desk.view, Qt.Key.Key_Up, modifiers=control, repeats=40)
        assert bar.value() == 0
        assert desk.view.table.hasFocus()
        assert desk.model.chosen is chosen
        assert "(Ctrl+↓)" in bar.toolTip()
        assert "(Ctrl+↑)" in bar.toolTip()


async def test_an_item_opens_from_the_list_by_keyboard_alone(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(checklist=checklist())
    async with open_queue(qtbot, around, [row]) as desk:
        items = desk.card.documents.list
        items.setFocus(Qt.FocusReason.TabFocusReason)
        press(items, Qt.Key.Key_Down)
        press(items, Qt.Key.Key_Down)
        press(items, Qt.Key.Key_Return)
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(row.id, "ecg")]


async def test_the_button_says_what_it_does(qtbot: QtBot, around: Surroundings) -> None:
    mine = make_row(owner=make_owner(), status=RequestStatus.CLAIMED, allowed_actions=[])
    free = make_row(due_at=None)
    async with open_queue(qtbot, around, [mine, free]) as desk:
        button = desk.card.footer.button
        assert (button.text(), desk.card.footer.owner.text()) == (
            "Открыть",
            "Вы работаете с заявкой",
        )
        desk.view.table.step(1)
        assert (button.text(), desk.card.footer.owner.text()) == (
            "Взять и открыть",
            "Никто не работает с заявкой",
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(free.id, "")]


async def test_a_colleagues_request_names_them_and_is_not_opened(
    qtbot: QtBot, around: Surroundings
) -> None:
    owner = make_owner("Сафонов Д. В.", is_me=False)
    row = make_row(owner=owner, status=RequestStatus.CLAIMED, allowed_actions=[])
    async with open_queue(qtbot, around, [row]) as desk:
        assert desk.card.footer.owner.text() == "Работает Сафонов Д. В."
        assert not desk.card.footer.button.isEnabled()
        desk.press("1")
        assert desk.card.footer.problem.text() == "Работает Сафонов Д. В."
        assert desk.opened == []


async def test_what_the_server_does_not_allow_is_refused_with_the_reason(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(status=RequestStatus.SCHEDULED, allowed_actions=[Action.UNKNOWN])
    async with open_queue(qtbot, around, [row]) as desk:
        assert not desk.card.footer.button.isEnabled()
        assert desk.card.footer.owner.text() == "В этом состоянии заявку взять нельзя"


async def test_values_of_a_newer_server_are_shown_as_unknown(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(
        patient=make_patient(sex=Sex.UNKNOWN),
        urgency=Urgency.UNKNOWN,
        profile_match=ProfileMatch.UNKNOWN,
        care_setting=CareSetting.UNKNOWN,
        checklist=[make_item("new", ItemState.UNKNOWN)],
    )
    consents = [Consent(kind=ConsentKind.UNKNOWN, text_version="9", given_at=SCENE_NOW)]
    service = with_card(row, identity_level=IdentityLevel.UNKNOWN, consents=consents)
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        seen = texts(desk.card)
        for expected in ("пол неизвестен", "Неизвестно", "Наблюдение неизвестно"):
            assert expected in seen
        assert desk.card.view_model.items.index(0, 0).data() == "new: неизвестно"


async def test_texts_are_shown_literally(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row(full_name="<h1>Иванов</h1>")
    service = with_card(row, complaints="<img src=x> & <b>боль</b>")
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        assert desk.card.identity.name.text() == "<h1>Иванов</h1>"
        assert desk.card.complaint.complaints.text() == "<img src=x> & <b>боль</b>"


async def test_the_row_is_shown_even_where_the_card_fails(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row()
    async with open_queue(qtbot, around, [row]) as desk:
        await desk.card_is_read()
        desk.service.backend.fail_with(NotFound())
        desk.card.view_model.retry()
        await until(desk.card.footer.problem.isVisible)
        assert "Этого больше нет" in desk.card.footer.problem.text()
        assert desk.card.identity.name.text() == row.patient.full_name


async def test_a_card_of_the_cache_says_from_when_it_is(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row()
    service = with_card(row)
    service.as_of = SCENE_NOW
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await until(desk.card._as_of.isVisible)
        assert desk.card._as_of.text() == "Карточка на 11:42"


async def test_another_request_leaves_nothing_of_the_last_one(
    qtbot: QtBot, around: Surroundings
) -> None:
    """One patient's complaints never stand under another one's name."""
    rows = scene_rows()[:2]
    async with open_queue(qtbot, around, rows) as desk:
        await desk.card_is_read()
        desk.view.table.step(1)
        assert desk.card.identity.name.text() == rows[1].patient.full_name
        assert desk.card.complaint.complaints.text() == ""
        assert not desk.card.history.isVisible()
        await desk.card_is_read()
        card = desk.card.view_model.card
        assert isinstance(card, RequestCard)
        assert card.row.id == rows[1].id


async def test_a_changed_row_shows_its_new_card(qtbot: QtBot, around: Surroundings) -> None:
    row = make_row(checklist=checklist(ecg="missing"))
    async with open_queue(qtbot, around, [row]) as desk:
        await desk.card_is_read()
        newer = msgspec.structs.replace(row, version=2, checklist=checklist())
        desk.service.cards[row.id] = scene_card(newer)
        desk.service.upsert(newer)
        assert desk.card.documents.heading.text() == "Документы: обязательные 4 из 4"


async def test_older_lines_of_the_history_come_at_a_press(
    qtbot: QtBot, around: Surroundings
) -> None:
    """A card holds the newest; a failure is said, and the next press tries again."""
    row = make_row()
    service = with_card(row, history=[line("Взята")], history_cursor="a")
    service.history_pages["a"] = Page(items=[line("Полна")], next_cursor="b")
    service.history_pages["b"] = Page(items=[line("Подана")])
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        card, model = desk.card, desk.card.view_model
        assert card.history.earlier.isVisible()
        service.backend.fail_with(Unreachable())
        card.history.earlier.click()
        await until(lambda: model.error is not None)
        card.history.earlier.click()
        await until(lambda: len(model.history) == 2)
        assert card.history.earlier.isVisible()
        card.history.earlier.click()
        await until(lambda: len(model.history) == 3)
        assert not card.history.earlier.isVisible()
        assert "Полна" in texts(card.history)
        assert "Подана" in texts(card.history)
        older = make_row()
        service.rows[older.id] = older
        model.show_row(older)
        await until(lambda: model.card is not None)
        assert not card.history.earlier.isVisible()


async def test_history_that_went_on_is_read_from_its_new_beginning(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The newest lines push older ones out of the card: none of them may be left out."""
    row = make_row()
    service = with_card(row, history=[line("Взята")], history_cursor="a")
    service.history_pages["a"] = Page(items=[line("Подана")])
    async with open_queue(qtbot, around, [row], service=service) as desk:
        await desk.card_is_read()
        model = desk.card.view_model
        model.read_earlier()
        await until(lambda: len(model.history) == 2)
        card = service.cards[row.id]
        model.retry()
        await until(lambda: service.backend.calls[-1][0] == "card")
        assert [one.text for one in model.history] == ["Взята", "Подана"]
        service.cards[row.id] = msgspec.structs.replace(
            card, history=[line("Отдана")], history_cursor="c"
        )
        model.retry()
        await until(lambda: [one.text for one in model.history] == ["Отдана"])
        assert model.has_earlier


def line(text: str) -> HistoryEntry:
    return HistoryEntry(at=SCENE_NOW, text=text)
