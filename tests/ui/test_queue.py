"""The queue as the doctor sees and drives it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, QTranslator
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.errors import ServerFault, Unreachable
from backend_client.models.listing import Listing, TakenNext
from backend_client.models.requests import (
    Action,
    ItemState,
    QueueGroup,
    RequestRow,
    RequestStatus,
)
from backend_client.models.routes import Route
from tests.factories import changed_row, make_item, make_owner, make_row
from tests.fakes import FakeRequestService
from tests.ui.keys import press
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW, scene_rows
from tests.ui.waiting import emitted, until
from workstation.ui.screens.queue.columns import DOCUMENTS, PATIENT, ROUTE, SORTS, TERM
from workstation.ui.screens.queue.view_model import COUNTS_MS, ListState

NO_BREAK = "\u00a0"
CheckModel = Callable[[QAbstractItemModel], None]


def changed(row: RequestRow, **changes: object) -> RequestRow:
    """The row's next version."""
    return changed_row(row, version=row.version + 1, **changes)


def taken_by_colleague(row: RequestRow) -> RequestRow:
    """As after a colleague's claim."""
    owner = make_owner("Сафонов Д. В.", is_me=False)
    return changed(row, owner=owner, status=RequestStatus.CLAIMED, allowed_actions=[])


async def test_the_list_stands_with_the_first_request_chosen(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        assert desk.names()[0] == "Самойлова Вера Ильинична"
        assert desk.view.table.currentIndex().row() == 0
        assert desk.card.identity.name.text() == "Самойлова Вера Ильинична"
        assert desk.view.table.hasFocus()


async def test_a_row_changes_by_itself_and_stands_out_for_a_moment(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        desk.service.upsert(taken_by_colleague(rows[5]))
        row = desk.model.rows.record(5)
        assert row is not None
        assert row.owner is not None
        assert rows[5].id in desk.view.table.flashes
        shown = desk.model.rows.index(5, DOCUMENTS).data()
        assert "Сафонов Д. В." in shown
        await until(lambda: rows[5].id not in desk.view.table.flashes)


async def test_a_new_request_appears_in_its_place(qtbot: QtBot, around: Surroundings) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows[1:]) as desk:
        desk.service.upsert(rows[0])
        assert desk.names()[0] == "Самойлова Вера Ильинична"


async def test_the_choice_survives_changes_around_it(qtbot: QtBot, around: Surroundings) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows[1:]) as desk:
        desk.view.table.step(2)
        chosen = desk.model.chosen
        assert chosen is not None
        desk.service.upsert(rows[0])
        desk.service.upsert(changed(rows[8], life_threat=True))
        desk.service.remove(rows[1].id)
        here = desk.model.rows.record(desk.view.table.currentIndex().row())
        assert here is not None
        assert here.id == chosen.id
        assert desk.card.identity.name.text() == chosen.patient.full_name


async def test_the_reading_place_survives_a_row_above(qtbot: QtBot, around: Surroundings) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows[1:], size=(1276, 400)) as desk:
        table = desk.view.table
        table.verticalScrollBar().setValue(200)
        top = desk.model.rows.record(table.rowAt(0))
        desk.service.upsert(rows[0])
        assert desk.model.rows.record(table.rowAt(0)) == top


async def test_choice_and_place_survive_a_new_reading(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows(), size=(1276, 400)) as desk:
        desk.view.table.step(9)
        place = desk.view.table.verticalScrollBar().value()
        chosen = desk.model.chosen
        desk.service.reload_needed.emit(None)
        await emitted(desk.model.state_changed)
        assert desk.model.chosen == chosen
        assert desk.view.table.currentIndex().row() == 9
        assert desk.view.table.verticalScrollBar().value() == place


async def test_a_chosen_request_that_a_colleague_takes_stays_until_it_is_left(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = scene_rows()[9:15]
    async with open_queue(qtbot, around, rows, group=QueueGroup.UNCLAIMED) as desk:
        desk.view.table.step(1)
        desk.service.upsert(taken_by_colleague(rows[1]))
        assert desk.card.identity.name.text() == rows[1].patient.full_name
        assert not desk.card.footer.button.isEnabled()
        desk.view.table.step(1)
        await until(lambda: rows[1].patient.full_name not in desk.names())
        assert desk.card.identity.name.text() == rows[2].patient.full_name


async def test_a_request_out_of_sight_leaves_nobody_chosen(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Enter must not act on whoever has moved up."""
    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        desk.view.table.step(3)
        desk.service.remove(rows[3].id)
        assert desk.model.chosen is None
        assert not desk.view.table.currentIndex().isValid()
        desk.press(Qt.Key.Key_Return)
        assert desk.opened == []


async def test_enter_takes_and_opens(qtbot: QtBot, around: Surroundings) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        desk.press(Qt.Key.Key_Down)
        desk.press(Qt.Key.Key_Return)
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(rows[1].id, "")]
        assert ("claim", rows[1].id) in desk.service.backend.calls
        assert rows[1].id not in desk.view.table.flashes, "one's own doing does not stand out"


async def test_a_double_click_opens_what_was_clicked(qtbot: QtBot, around: Surroundings) -> None:
    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        table = desk.view.table
        place = table.visualRect(desk.model.rows.index(3, PATIENT)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        await until(lambda: bool(desk.opened))
        assert desk.opened == [(rows[3].id, "")]


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("о", "л")])
async def test_letters_move_under_both_layouts(
    qtbot: QtBot, around: Surroundings, down: str, up: str
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.press(down)
        desk.press(down)
        desk.press(up)
        assert desk.view.table.currentIndex().row() == 1


async def test_ones_own_request_opens_without_a_claim(qtbot: QtBot, around: Surroundings) -> None:
    mine = make_row(owner=make_owner(), status=RequestStatus.CLAIMED, allowed_actions=[])
    async with open_queue(qtbot, around, [mine]) as desk:
        desk.press(Qt.Key.Key_Return)
        assert desk.opened == [(mine.id, "")]
        assert not any(call[0] == "claim" for call in desk.service.backend.calls)


async def test_a_colleague_who_was_quicker_is_named(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    row = make_row()
    async with open_queue(qtbot, around, [row]) as desk:
        desk.service.rows[row.id] = taken_by_colleague(row)
        desk.press(Qt.Key.Key_Return)
        await until(desk.card.footer.problem.isVisible)
        assert "Сафонов Д. В." in desk.card.footer.problem.text()
        assert desk.opened == []


async def test_without_a_connection_nothing_is_taken_and_the_reason_is_said(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        desk.service.is_offline = True
        desk.press(Qt.Key.Key_Return)
        await until(desk.card.footer.problem.isVisible)
        assert "Сервер не отвечает" in desk.card.footer.problem.text()
        assert desk.card.footer.button.isEnabled()


async def test_groups_show_their_counts_and_open(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        await until(lambda: bool(desk.model.counts))
        mine = desk.view.groups._buttons[QueueGroup.MINE]
        assert mine.text() == "Mine 1"
        QTest.mouseClick(mine, Qt.MouseButton.LeftButton)
        await until(lambda: desk.names() == ["Шубин Аркадий Семёнович"])
        assert desk.view.table.hasFocus()


async def test_the_search_waits_for_the_typing_to_rest_and_esc_clears(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.press(Qt.Key.Key_Slash)
        assert desk.view.search.hasFocus()
        for text in ("с", "са", "сам"):
            desk.view.search.setText(text)
        await until(lambda: desk.names() == ["Самойлова Вера Ильинична"])
        searches = [
            call[1].search
            for call in desk.service.backend.calls
            if call[0] == "page" and isinstance(call[1], Listing)
        ]
        assert searches == ["", "сам"]
        desk.press(Qt.Key.Key_Return)
        assert desk.view.table.hasFocus()
        desk.view.search.setFocus()
        desk.press(Qt.Key.Key_Escape)
        await until(lambda: len(desk.names()) == 20)


async def test_letters_in_the_search_are_text(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.search.setFocus()
        desk.press("j")
        desk.press("1")
        assert desk.view.search.text() == "j1"
        assert desk.view.table.currentIndex().row() == 0
        assert desk.opened == []


async def test_nothing_found_says_so_and_offers_the_way_back(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.search.setText("нет такого")
        await until(lambda: desk.model.state is ListState.EMPTY)
        placeholder = desk.view.list.placeholder
        assert placeholder.isVisible()
        assert placeholder._title.text() == "Ничего не найдено"
        placeholder._button.click()
        await until(lambda: desk.model.state is ListState.ROWS)
        assert desk.view.search.text() == ""


async def test_an_empty_list_says_so(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, [], group=QueueGroup.UNCLAIMED) as desk:
        assert desk.view.list.placeholder._title.text() == "Свободных заявок нет"
        desk.service.upsert(make_row())
        assert desk.view.table.isVisible()


async def test_a_failed_list_says_why_and_reads_again(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    service = FakeRequestService([make_row()])
    service.backend.fail_with(ServerFault(500), ServerFault(500))
    async with open_queue(qtbot, around, [], service=service) as desk:
        await until(lambda: desk.model.state is ListState.FAILED)
        assert desk.view.list.placeholder._title.text() == "Сбой на сервере"
        desk.view.list.placeholder._button.click()
        await until(desk.view.table.isVisible)


async def test_rows_stay_when_a_new_reading_fails(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.service.backend.fail_with(Unreachable())
        desk.model.reload()
        await until(lambda: desk.model.error is not None)
        assert desk.view.table.isVisible()
        assert len(desk.names()) == 20


async def test_what_comes_from_the_cache_is_marked_with_its_time(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        assert not desk.view.head.as_of.isVisible()
        desk.service.as_of = SCENE_NOW
        desk.model.reload()
        await until(desk.view.head.as_of.isVisible)
        assert desk.view.head.as_of.text() == "Показано состояние на 11:42"


async def test_grey_bars_stand_while_the_list_is_slow(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.model._set_state(ListState.LOADING)
        assert not desk.view.list.skeleton.isVisible(), "not at once"
        await until(desk.view.list.skeleton.isVisible)


def long_queue(count: int = 200) -> list[RequestRow]:
    """Requests in the order of their terms."""
    return [
        make_row(number=f"30-{number:04}", due_at=SCENE_NOW + timedelta(hours=number + 1))
        for number in range(count)
    ]


def more_than(desk: QueueDesk, count: int) -> bool:
    """Whether more rows than that are in memory."""
    return len(desk.model.rows.records()) > count


async def test_pages_come_as_the_list_is_scrolled(qtbot: QtBot, around: Surroundings) -> None:
    rows = long_queue()
    async with open_queue(qtbot, around, rows, size=(1276, 400)) as desk:
        bar = desk.view.table.verticalScrollBar()
        assert len(desk.model.rows.records()) == 50
        for _ in range(3):
            known = len(desk.model.rows.records())
            bar.setValue(bar.maximum())
            await until(partial(more_than, desk, known))
        assert desk.model.rows.records() == rows
        assert desk.model.rows.rowCount() == 200


async def test_what_is_not_read_yet_has_its_place_and_is_chosen_once_it_is_there(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = long_queue()
    async with open_queue(qtbot, around, rows, size=(1276, 400)) as desk:
        await desk.card_is_read()
        desk.view.table.step(60)
        desk.press(Qt.Key.Key_Return)
        assert desk.opened == [], "nobody is chosen in a hurry"
        await until(lambda: desk.model.chosen == rows[60])
        assert desk.view.table.currentIndex().row() == 60


async def test_any_column_sorts_on_the_servers_side_and_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = scene_rows()
    names = sorted(row.patient.full_name for row in rows)
    async with open_queue(qtbot, around, rows) as desk:
        usual = desk.names()
        await desk.card_is_read()
        press(desk.view.table, Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.AltModifier)
        await until(lambda: desk.names() == names)
        assert desk.model.chosen == desk.model.rows.record(desk.view.table.currentIndex().row())
        press(desk.view.table, Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.AltModifier)
        await until(lambda: desk.names() == names[::-1])
        desk.view.table.horizontalHeader().sectionClicked.emit(TERM)
        await until(lambda: desk.names() == usual)


async def test_a_new_request_in_a_sorted_list_is_asked_for(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The server alone knows where it stands."""
    rows = scene_rows()
    async with open_queue(qtbot, around, rows[1:]) as desk:
        desk.model.sort_by(SORTS[PATIENT])
        await until(lambda: desk.names() == sorted(desk.names()))
        desk.service.upsert(rows[0])
        await until(lambda: rows[0].patient.full_name in desk.names())
        assert desk.names() == sorted(row.patient.full_name for row in rows)


async def test_n_takes_what_the_server_advises_and_says_why(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    rows = scene_rows()[3:]
    async with open_queue(qtbot, around, rows) as desk:
        await until(desk.view.head.next.isVisible)
        why = desk.view.head.why_next.text().replace(NO_BREAK, " ")
        assert why == "Следующее: срок через 3 ч 08 мин, ваш пациент"
        taken: list[TakenNext] = []
        desk.model.taken_next.connect(taken.append)
        press(desk.view.table, Qt.Key.Key_N)
        await until(lambda: desk.opened == [(rows[0].id, "")])
        assert taken[0].card is not None
        assert taken[0].card.row.owner is not None
        desk.service.rows.clear()
        desk.service.reload_needed.emit(None)
        desk.service.upsert(rows[1])
        del desk.service.rows[rows[1].id]
        await until(lambda: not desk.view.head.next.isEnabled())
        assert desk.view.head.why_next.text() == "Следующее: брать больше нечего"


async def test_counts_beyond_a_thousand_are_not_counted(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    assert around.words.list_size(999) == "999"
    assert around.words.list_size(1000) == "999+"


async def test_a_page_that_failed_is_asked_for_again(qtbot: QtBot, around: Surroundings) -> None:
    rows = long_queue()
    async with open_queue(qtbot, around, rows, size=(1276, 400)) as desk:
        bar = desk.view.table.verticalScrollBar()
        desk.service.backend.fail_with(Unreachable())
        bar.setValue(bar.maximum())
        await until(lambda: desk.model.error is not None)
        assert desk.view.table.isVisible()
        bar.setValue(0)
        bar.setValue(bar.maximum())
        await until(lambda: len(desk.model.rows.records()) > 50)


async def test_a_row_beyond_what_was_read_waits_for_its_page(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = long_queue()
    async with open_queue(qtbot, around, rows, size=(1276, 400)) as desk:
        desk.service.upsert(changed(rows[180]))
        assert len(desk.model.rows.records()) == 50


async def test_the_choice_survives_a_reading_of_what_was_scrolled_away(
    qtbot: QtBot, around: Surroundings
) -> None:
    rows = long_queue(1500)
    async with open_queue(qtbot, around, rows, size=(1276, 400)) as desk:
        table = desk.view.table
        table.step(7)
        bar = table.verticalScrollBar()
        while desk.model.rows.record(7) is not None:
            bar.setValue(bar.maximum())
            await until(lambda: desk.model.rows.wanted() is None)
        assert desk.model.chosen == rows[7]
        del desk.service.rows[rows[2].id]
        bar.setValue(0)
        await until(lambda: desk.model.rows.record(0) is not None)
        assert desk.model.chosen == rows[7]
        assert table.currentIndex().row() == 6


async def test_each_route_has_its_badge(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """OZ-1: four routes, four words; a fifth one of a newer server is unknown."""
    routes = [Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL, Route.UNKNOWN]
    rows = [make_row(route=route, due_at=SCENE_NOW) for route in routes]
    async with open_queue(qtbot, around, rows) as desk:
        shown = {desk.model.rows.index(n, ROUTE).data() for n in range(5)}
        assert shown == {"Заявка", "Направление", "Дежурный", "Журнал", "Неизвестно"}


async def test_missing_documents_are_named_and_present_ones_fold(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """OZ-4, OZ-6: what is required and missing is never elided, however little room there is."""
    missing = [make_item(f"m{n}", ItemState.MISSING, chip=f"УЗИ {n}") for n in range(2)]
    present = [make_item(f"p{n}", chip=f"Вып {n}") for n in range(5)]
    async with open_queue(qtbot, around, [make_row(checklist=missing + present)]) as desk:
        delegate = desk.view.table._documents
        row = desk.model.rows.record(0)
        assert row is not None
        lines = delegate.lines(delegate.chips(row), 150)
        assert [chip.text for line in lines for chip in line] == [
            "нет УЗИ\u00a00",
            "нет УЗИ\u00a01",
            "+5",
        ]


async def test_counts_follow_time_though_nothing_is_heard(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Past midnight, an hour after an appointment: nobody tells of it."""
    async with open_queue(qtbot, around, scene_rows()) as desk:
        service, model = desk.service, desk.model
        await until(lambda: bool(model.counts))
        before = model.counts[QueueGroup.ALL]
        for more, stir in enumerate((model._count.timeout.emit, model.reload), start=1):
            row = make_row()
            service.rows[row.id] = row  # nobody is told
            stir()
            await until(partial(has_counted, desk, before + more))
        assert model._count.isActive()
        assert model._count.interval() == COUNTS_MS == 60_000


def has_counted(desk: QueueDesk, count: int) -> bool:
    return desk.model.counts[QueueGroup.ALL] == count


async def test_counts_that_cannot_be_read_leave_the_last_ones_and_the_list(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        await until(lambda: bool(desk.model.counts))
        known = dict(desk.model.counts)
        asked = desk.service.backend.calls.count(("counts",))
        desk.service.backend.fail_with(Unreachable())
        desk.model._count.timeout.emit()
        await until(lambda: desk.service.backend.calls.count(("counts",)) > asked)
        assert desk.model.counts == known
        assert desk.model.error is None


async def test_a_clock_is_said_in_words(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        terms = [desk.model.rows.index(n, TERM).data() for n in range(8)]
        assert terms[0] == "Угроза, вызвать 103"
        assert terms[1] == "−5\u00a0ч\u00a012\u00a0мин, просрочено"
        assert terms[3] == "3\u00a0ч\u00a008\u00a0мин, до 14:50"
        assert terms[7].startswith("1\u00a0день\u00a04\u00a0ч, завтра")


async def test_the_rows_model_is_a_sound_model(
    qtbot: QtBot, around: Surroundings, check_model: CheckModel
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        check_model(desk.model.rows)


async def test_strange_texts_are_shown_literally_and_the_layout_stands(
    qtbot: QtBot, around: Surroundings
) -> None:
    names = ["Ы" * 500, "محمد عبد الله", "<b>Иванов</b> 🫀"]
    rows = [make_row(full_name=name) for name in names]
    async with open_queue(qtbot, around, rows) as desk:
        width = desk.view.width()
        for _ in names:
            desk.press(Qt.Key.Key_Down)
            desk.view.grab()
        assert set(desk.names()) == set(names)
        assert desk.view.width() == width
        assert desk.view.minimumSizeHint().width() < width
        tooltip = desk.model.rows.index(desk.names().index(names[2]), PATIENT).data(
            Qt.ItemDataRole.ToolTipRole
        )
        assert "&lt;b&gt;Иванов" in tooltip


async def test_the_columns_fit_every_window(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        for width, owner_column in ((934, True), (1276, True), (1830, False)):
            desk.view.resize(width, 740)
            table = desk.view.table
            assert table.horizontalScrollBar().maximum() == 0, width
            assert table._documents.shows_owner is owner_column
        assert desk.view.groups.x() < desk.view.splitter.x(), "a column when wide"


async def test_widths_of_the_card_are_remembered(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        splitter = desk.view.splitter
        assert splitter.sizes()[1] == 392
        splitter.moveSplitter(700, 1)
        kept, width = desk.view.state(), splitter.sizes()[1]
        assert width > 500
        desk.view.restore(b"not of this program")
        assert splitter.sizes()[1] == width
        desk.view.resize(1300, 740)
        assert splitter.sizes()[1] == width, "a larger window is the list's"
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.restore(kept)
        assert desk.view.splitter.sizes()[1] == width


async def test_a_request_of_an_unknown_state_is_shown_and_not_opened(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    row = make_row(status=RequestStatus.UNKNOWN, allowed_actions=[Action.CLAIM])
    async with open_queue(qtbot, around, [row]) as desk:
        desk.press(Qt.Key.Key_Return)
        assert desk.opened == []
        assert not any(call[0] == "claim" for call in desk.service.backend.calls)
        assert "Неизвестно" in desk.card.footer.owner.text()


async def test_everything_is_reached_by_keyboard_in_reading_order(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        await desk.card_is_read()
        desk.view.search.setFocus()
        names = []
        for _ in range(12):
            names.append(desk.view.focusWidget().objectName())
            desk.press(Qt.Key.Key_Tab)
        assert names == [
            "queue.search",
            "queue.takeNext",
            "queue.group.all",
            "queue.filters.tab",
            "queue.table",
            "card.checklist",
            "card.open",
            "card.more",
            "card.threat",
            *names[:3],
        ]


async def test_arrows_go_along_the_lists(qtbot: QtBot, around: Surroundings) -> None:
    async with open_queue(qtbot, around, scene_rows()) as desk:
        desk.view.groups.buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)
        opened: list[QueueGroup] = []
        desk.model.group_changed.connect(lambda: opened.append(desk.model.group))
        desk.press(Qt.Key.Key_Right)
        desk.press(Qt.Key.Key_Right)
        assert opened == [QueueGroup.UNCLAIMED, QueueGroup.MINE]
        await until(lambda: desk.model.state is ListState.ROWS)
        assert desk.names() == ["Шубин Аркадий Семёнович"]


async def test_a_change_paints_its_row_alone(qtbot: QtBot, around: Surroundings) -> None:
    """Ten changes a second must leave the window time for everything else."""

    class Watch(QObject):
        heights: list[int] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                self.heights.append(event.rect().height())
            return False

    rows = scene_rows()
    async with open_queue(qtbot, around, rows) as desk:
        await desk.card_is_read()
        watch = Watch()
        desk.view.table.viewport().installEventFilter(watch)
        desk.view.table.viewport().update()
        await until(lambda: bool(watch.heights))
        watch.heights.clear()
        desk.service.upsert(changed(rows[5]))
        await until(lambda: bool(watch.heights))
        await until(lambda: rows[5].id not in desk.view.table.flashes)
        assert max(watch.heights) < 2 * desk.view.table.rowHeight(5)
